package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	startRounds  = 101
	startTimeout = 10 * time.Second
	startLimit   = 15 * time.Millisecond // beyond a process that does nothing
)

// start measures one small file from start to exit against a Go program that
// does nothing.
func start(ctx context.Context, l *lab) ([]row, error) {
	const text = `{"family": "web", "networkMode": "awsvpc", "containerDefinitions": [
	{"name": "app", "image": "web:1", "readonlyRootFilesystem": true, "logConfiguration": {"logDriver": "awslogs"}}]}
`
	file := filepath.Join(l.dir, "web.json")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return nil, err
	}
	out := filepath.Join(l.dir, "report.text")
	samples, err := l.run(ctx, job{
		Commands: []command{l.command(out, nil, l.bare), l.command(out, nil, l.ecsentry, "scan", file)},
		Rounds:   startRounds, Timeout: startTimeout,
	})
	if err != nil {
		return nil, err
	}
	bare, scan := median(samples[0]), median(samples[1])
	return []row{{
		figure: "one small file, start to exit", target: fmt.Sprintf("≤ %s beyond a bare process", ms(startLimit)),
		measured: ms(scan - bare), met: scan-bare <= startLimit, disturbed: disturbed(samples[1]),
		note: fmt.Sprintf("%s against %s, medians of %s, in turns (shortest %s, %s)",
			ms(scan), ms(bare), runs(samples[1]), ms(shortest(samples[1])), ms(shortest(samples[0]))),
	}}, nil
}
