// Command comparison judges a few tricky inputs, each of which a sentence of a
// control decides, by ecsentry and by the other tools that it finds, and writes
// docs/comparison.md:
//
//	go run ./bench/comparison                 print the page, with the tools that are there
//	go run ./bench/comparison -record         and keep it, with what they answered in answers.json
//	go run ./bench/comparison -kept -record   write the page anew; the others' answers are the kept ones
//
// `make comparison` installs those of the tools that pip has, and records. A test
// demands that our verdict on each input is the one that the sentence wants, and
// that the page is current; it needs no other tool.
//
// Files: cases.go has the inputs' facts (their files are in cases/), ours.go
// runs ecsentry, peer.go finds the other tools, which checkov.go, prowler.go and
// lint.go run, account.go makes the resources of an emulated account for those
// that read accounts, page.go writes.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, patience)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	cancel()
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "comparison:", err)
		os.Exit(1)
	}
}

// patience is how long all of it may take.
const patience = 15 * time.Minute

// Where things are, from the module's top folder.
const (
	folder  = "bench/comparison"
	answers = folder + "/answers.json"
	page    = "docs/comparison.md"
)

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("comparison", flag.ContinueOnError)
	flags.SetOutput(stderr)
	record := flags.Bool("record", false, "write "+answers+" and "+page)
	kept := flags.Bool("kept", false, "run no other tool: take the answers that are kept")
	if err := flags.Parse(args); err != nil {
		return err
	}
	root, err := top()
	if err != nil {
		return err
	}
	all := cases()
	verdicts, err := ours(ctx, root, all)
	if err != nil {
		return err
	}
	a, err := readAnswers(filepath.Join(root, answers))
	if err != nil {
		return err
	}
	if !*kept {
		if a, err = ask(ctx, root, all, stderr); err != nil {
			return err
		}
		a.Made = time.Now().UTC().Format(time.DateOnly)
	}
	text := write(all, verdicts, a)
	if !*record {
		_, err := io.WriteString(stdout, text)
		return err
	}
	b, err := json.MarshalIndent(a, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, answers), append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, page), []byte(text), 0o600)
}

func readAnswers(file string) (given, error) {
	var a given
	b, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return a, nil
	}
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(b, &a); err != nil {
		return a, fmt.Errorf("read %s: %w", file, err)
	}
	return a, nil
}

// top is the module's top folder.
func top() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod here or above: run it in a clone of ecsentry")
		}
		dir = parent
	}
}

// environment is this process's, without what steers clients of AWS.
func environment(more ...string) []string {
	var out []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "AWS_") {
			out = append(out, e)
		}
	}
	return append(out, more...)
}
