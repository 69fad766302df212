package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

const (
	engineRounds  = 5
	engineMost    = 15 // rounds on a busy machine
	engineTimes   = 200_000
	engineWait    = 20 * time.Second
	engineTimeout = 30 * time.Second
	engineLimit   = 2000.0 // ns
)

// engine measures the controls alone: a benchmark of internal/scan.
func engine(ctx context.Context, l *lab) ([]row, error) {
	binary := filepath.Join(l.dir, "scan.test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-o", binary, "github.com/ecsentry/ecsentry/internal/scan") //nolint:gosec // our own sources
	build.Env = os.Environ()
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	run := func(times int) command {
		return l.command("", nil, binary, "-test.run", "^$", "-test.bench", "^BenchmarkControls$",
			"-test.benchtime", strconv.Itoa(times)+"x")
	}
	samples, err := l.run(ctx, job{Commands: []command{run(engineTimes), run(1)}, Rounds: engineRounds, Most: engineMost, Wait: engineWait, Timeout: engineTimeout})
	if err != nil {
		return nil, err
	}
	least := 0.0
	for _, s := range samples[0] {
		n, err := perOperation(s.Stdout)
		if err != nil {
			return nil, err
		}
		if least == 0 || n < least {
			least = n
		}
	}
	processor := float64(leastCPU(samples[0])-leastCPU(samples[1])) / engineTimes
	return []row{{
		figure: "six controls over one task definition of 3 containers", target: fmt.Sprintf("≤ %.2f µs", engineLimit/1000),
		measured: fmt.Sprintf("%.2f µs", least/1000), met: least <= engineLimit, disturbed: disturbed(samples[0]),
		note: fmt.Sprintf("BenchmarkControls of internal/scan, the shortest of %s (processor time %.2f µs)", runs(samples[0]), processor/1000),
	}}, nil
}

// perOperation reads the nanoseconds of a benchmark's result.
func perOperation(out string) (float64, error) {
	m := regexp.MustCompile(`(?m)^BenchmarkControls\S*\s+\d+\s+([\d.]+) ns/op`).FindStringSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("no result of BenchmarkControls in %q", out)
	}
	return strconv.ParseFloat(m[1], 64)
}
