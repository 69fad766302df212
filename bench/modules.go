package main

import (
	"context"
	_ "embed" // the modules
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	moduleFolders   = 1000
	moduleResources = 6 // a cluster, its capacity providers, and twice a task definition and a service
	moduleFindings  = 1 + 2*(6+2)
	moduleRounds    = 5
	moduleMost      = 10 // rounds on a busy machine
	moduleWait      = 30 * time.Second
	moduleTimeout   = 60 * time.Second
	moduleLimit     = 2 * time.Millisecond // a folder
)

//go:embed root.tf.tmpl
var rootTemplate string

//go:embed module.tf.tmpl
var moduleTemplate string

// modules measures folders of Terraform modules, each with a module that it calls
// twice.
func modules(ctx context.Context, l *lab) ([]row, error) {
	dir := filepath.Join(l.dir, "modules")
	defer os.RemoveAll(dir) //nolint:errcheck // the lab's folder goes at the end
	for i := range moduleFolders {
		folder := filepath.Join(dir, fmt.Sprintf("stack-%04d", i))
		if err := os.MkdirAll(filepath.Join(folder, "service"), 0o700); err != nil {
			return nil, err
		}
		text := strings.ReplaceAll(rootTemplate, "NAME", "stage-"+strconv.Itoa(i))
		if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte(text), 0o600); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(folder, "service", "main.tf"), []byte(moduleTemplate), 0o600); err != nil {
			return nil, err
		}
	}
	out := filepath.Join(l.dir, "report.json")
	samples, err := l.run(ctx, job{Commands: []command{
		l.command(out, []string{"GOMAXPROCS=2"}, l.ecsentry, "scan", "--format", "json", dir),
	}, Rounds: moduleRounds, Most: moduleMost, Wait: moduleWait, Timeout: moduleTimeout})
	if err != nil {
		return nil, err
	}
	if err := check(out, moduleFolders*moduleResources, moduleFolders*moduleFindings); err != nil {
		return nil, err
	}
	each := shortest(samples[0]) / moduleFolders
	return []row{{
		figure: "1,000 folders of Terraform modules, json report: time a folder on 2 cores", target: "≤ " + ms(moduleLimit),
		measured: ms(each), met: each <= moduleLimit, disturbed: disturbed(samples[0]),
		note: fmt.Sprintf("the shortest of %s (median %s; processor time %s for all)", runs(samples[0]), ms(median(samples[0])/moduleFolders), seconds(leastCPU(samples[0]))),
	}}, nil
}
