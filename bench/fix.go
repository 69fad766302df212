package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	fixRounds  = 5
	fixMost    = 15 // rounds on a busy machine
	fixWait    = time.Minute
	fixTimeout = time.Minute
	fixLimit   = 3 // of the time that scanning takes
)

// fix measures planning, proving and showing all fixes of 1,000 templates against
// scanning the same templates with a JSON report.
func fix(ctx context.Context, l *lab) ([]row, error) {
	dir := filepath.Join(l.dir, "templates")
	if err := writeFleet(dir); err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the lab's folder goes at the end
	scanning := l.command(filepath.Join(l.dir, "report.json"), []string{"GOMAXPROCS=2"}, l.ecsentry, "scan", "--format", "json", dir)
	fixing := l.command(filepath.Join(l.dir, "fix.diff"), []string{"GOMAXPROCS=2"}, l.ecsentry, "fix",
		"--user", "1000:1000", "--log-group", "/ecs/all", "--log-region", "eu-central-1", dir)
	samples, err := l.run(ctx, job{Commands: []command{scanning, fixing}, Rounds: fixRounds, Most: fixMost, Wait: fixWait, Timeout: fixTimeout})
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(filepath.Join(l.dir, "fix.diff")); err != nil || info.Size() == 0 {
		return nil, fmt.Errorf("there is no difference: %w", err)
	}
	scans, fixes := samples[0], samples[1]
	ratio := float64(shortest(fixes)) / float64(shortest(scans))
	return []row{{
		figure: "1,000 templates, all fixes", target: fmt.Sprintf("≤ %d × scanning", fixLimit),
		measured: fmt.Sprintf("%.2f ×", ratio), met: ratio <= fixLimit, disturbed: disturbed(scans) || disturbed(fixes),
		note: fmt.Sprintf("%s against %s, the shortest of %s, in turns (medians %s, %s)", ms(shortest(fixes)), ms(shortest(scans)),
			runs(fixes), ms(median(fixes)), ms(median(scans))),
	}}, nil
}
