package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strconv"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/report"
	"github.com/ecsentry/ecsentry/value"
)

const (
	fewFindings     = 10_000
	manyFindings    = 100_000
	findingsTimeout = 60 * time.Second
	findingsRounds  = 3
	findingsGrowth  = 8 // MB: where the collector stops is not the same in each run
)

// findings measures how much more memory a report of many findings takes than one
// of few, when nobody but the report holds any.
func findings(ctx context.Context, l *lab) ([]row, error) {
	var commands []command
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name)
		for _, n := range []int{fewFindings, manyFindings} {
			commands = append(commands, l.command("", []string{"GOGC=25"}, l.self, reportCommand, f.Name, strconv.Itoa(n)))
		}
	}
	samples, err := l.run(ctx, job{Commands: commands, Rounds: findingsRounds, Timeout: findingsTimeout})
	if err != nil {
		return nil, err
	}
	most, which := int64(0), names[0]
	for i, name := range names {
		// The least of some runs: more is what the collector had not come to yet.
		if grown := leastMemory(samples[2*i+1]) - leastMemory(samples[2*i]); grown > most {
			most, which = grown, name
		}
	}
	return []row{{
		figure: "100,000 findings: memory that a report takes more than for 10,000", target: fmt.Sprintf("none (≤ %d MB)", findingsGrowth),
		measured: mb(most), met: most <= findingsGrowth*megabyte,
		note: fmt.Sprintf("the most of all %d formats (%s), largest resident set, the least of %d runs", len(names), which, findingsRounds),
	}}, nil
}

const reportCommand = "write-report"

// writeReport writes a report of findings that nobody holds.
func writeReport(args []string) error {
	f, ok := report.Lookup(args[0])
	n, err := strconv.Atoi(args[1])
	if !ok || err != nil {
		return fmt.Errorf("no report %v", args)
	}
	r := &ecsentry.Report{Version: "bench", Complete: true, Resources: n / 6, Findings: ecsentry.Stored(madeUp(n))}
	return f.Write(io.Discard, r, report.Options{})
}

// madeUp findings are made when they are asked for.
type madeUp int

// A line is a text in which places are.
type line int

// Position is the line's, whatever the offset.
func (l line) Position(off int32) value.Position {
	return value.Position{File: "snapshot.json", Line: int(l), Column: int(off) + 1}
}

// Len is how many there are.
func (m madeUp) Len() int { return int(m) }

// Summary counts them: every third fails.
func (m madeUp) Summary() (s ecsentry.Summary) {
	for f := range m.All() {
		s.Add(f)
	}
	return s
}

// All makes them.
func (m madeUp) All() iter.Seq[*ecsentry.Finding] {
	var controls []*ecsentry.Control
	for _, c := range catalog.Controls() {
		if c.ResourceType == ecsentry.TaskDefinition {
			controls = append(controls, c)
		}
	}
	return func(yield func(*ecsentry.Finding) bool) {
		var id *ecsentry.Identity
		for i := range int(m) {
			if i%len(controls) == 0 {
				name := "family-" + strconv.Itoa(i)
				id = &ecsentry.Identity{
					Type: ecsentry.TaskDefinition, ID: "arn:aws:ecs:eu-west-1:111122223333:task-definition/" + name + ":1", Name: name,
					Source: ecsentry.SourceAWSConfig, Account: "111122223333", Region: "eu-west-1", Partition: "aws", At: &value.Place{In: line(i + 1)},
				}
			}
			c := controls[i%len(controls)]
			r := ecsentry.Reason{Outcome: ecsentry.Passed, Subject: "app", Message: "is as the control wants it", At: &value.Place{In: line(i + 1), Off: 7, End: 9}}
			if i%3 == 0 {
				r.Outcome, r.Message, r.Hint = ecsentry.Failed, "is not as the control wants it", "change it"
			}
			v := r.Verdict()
			if !yield(&ecsentry.Finding{ID: ecsentry.FindingID(c, id), Control: c, Resource: id, Severity: c.Severity, Verdict: v, Fix: v.Advise()}) {
				return
			}
		}
	}
}
