package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	templateRounds  = 7
	templateMost    = 25 // rounds on a busy machine
	templateWait    = time.Minute
	templateTimeout = 30 * time.Second
	templateLimit   = 1.5 // of the time that reading and parsing takes one core
	templateMemory  = 100 // MB
)

// templates measures a folder of 1,000 templates, from the start of the program
// to its end with a report in a file, against reading and parsing the same files.
func templates(ctx context.Context, l *lab) ([]row, error) {
	dir := filepath.Join(l.dir, "templates")
	if err := writeFleet(dir); err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the lab's folder goes at the end
	formats := []string{"json", "text"}
	commands := []command{l.command("", []string{"GOMAXPROCS=1"}, l.self, parserCommand, dir)}
	for _, format := range formats {
		commands = append(commands, l.command(filepath.Join(l.dir, "report."+format), []string{"GOMAXPROCS=2"},
			l.ecsentry, "scan", "--format", format, dir))
	}
	samples, err := l.run(ctx, job{Commands: commands, Rounds: templateRounds, Most: templateMost, Wait: templateWait, Timeout: templateTimeout})
	if err != nil {
		return nil, err
	}
	if err := check(filepath.Join(l.dir, "report.json"), fleetSize*ecsResources, fleetSize*findingsEach); err != nil {
		return nil, err
	}
	parsing, err := parsed(samples[0])
	if err != nil {
		return nil, err
	}
	var rows []row
	for i, format := range formats {
		what := fmt.Sprintf("1,000 templates, %s report", format)
		scans := samples[1+i]
		ratio := float64(shortest(scans)) / float64(parsing)
		rows = append(rows, row{
			figure: what + ": time on 2 cores", target: fmt.Sprintf("≤ %.1f × parsing on 1", templateLimit),
			measured: fmt.Sprintf("%.2f ×", ratio), met: ratio <= templateLimit, disturbed: disturbed(scans) || disturbed(samples[0]),
			note: fmt.Sprintf("%s against %s, the shortest of %s, in turns (medians %s, %s; processor time %s)", ms(shortest(scans)), ms(parsing),
				runs(scans), ms(median(scans)), ms(median(samples[0])), ms(leastCPU(scans))),
		}, memory(what+": peak memory", scans, templateMemory))
	}
	return rows, nil
}

// parsed is the shortest time that the parser's runs report.
func parsed(samples []sample) (time.Duration, error) {
	var least time.Duration
	for _, s := range samples {
		n, err := strconv.ParseInt(strings.TrimSpace(s.Stdout), 10, 64)
		if err != nil || n <= 0 {
			return 0, fmt.Errorf("the parser reports %q, want nanoseconds", s.Stdout)
		}
		if d := time.Duration(n); least == 0 || d < least {
			least = d
		}
	}
	return least, nil
}
