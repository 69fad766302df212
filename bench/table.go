package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// A row is a line of the table: a figure, what it must be and what it is.
type row struct {
	figure, target, measured string
	met                      bool
	disturbed                bool // others had the cores all the time, so that a time that is too long says nothing
	note                     string
}

func (r row) verdict() string {
	switch {
	case r.met:
		return "met"
	case r.disturbed:
		return "undecided: the machine is busy"
	default:
		return "MISSED"
	}
}

// missed counts the figures that are not shown to be met.
func missed(rows []row) (n int) {
	for _, r := range rows {
		if !r.met {
			n++
		}
	}
	return n
}

// table is the rows as Markdown.
func table(rows []row) string {
	var b strings.Builder
	b.WriteString("| figure | target | measured | verdict | how |\n|---|---|---|---|---|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.figure, r.target, r.measured, r.verdict(), r.note)
	}
	return b.String()
}

func ms(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

// Memory is counted in units of 10⁶ bytes, the smaller ones.
const megabyte = 1_000_000

func mb(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/megabyte) }

// memory is the row of a peak of memory.
func memory(figure string, samples []sample, most int64) row {
	peak := mostMemory(samples)
	return row{
		figure: figure, target: fmt.Sprintf("≤ %d MB", most), measured: mb(peak),
		met:  peak > 0 && peak <= most*megabyte,
		note: "largest resident set of the process, the largest of all runs",
	}
}

const (
	beginMark = "<!-- measured: what follows is written by go run ./bench -record -->"
	endMark   = "<!-- end of what was measured -->"
)

// recordInto replaces what stands between the marks of a file.
func recordInto(name, text string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("record the table: %w", err)
	}
	before, rest, ok := strings.Cut(string(data), beginMark)
	_, after, ended := strings.Cut(rest, endMark)
	if !ok || !ended {
		return fmt.Errorf("record the table: %s lacks the marks %q and %q", name, beginMark, endMark)
	}
	return os.WriteFile(name, []byte(before+beginMark+"\n\n"+text+"\n"+endMark+after), 0o600) //nolint:gosec // the file that the user named
}
