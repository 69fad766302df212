package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// A tally counts the findings of one control.
type tally struct {
	control  *ecsentry.Control
	severity ecsentry.Severity
	judged   []string // what JudgedWith says, each once
	last     *ecsentry.Control
	ecsentry.Summary
}

// tallies counts by control, in the order of their numbers.
func tallies(r *ecsentry.Report) []*tally {
	byID := map[string]*tally{}
	var all []*tally
	for f := range r.Findings.All() {
		t := byID[f.Control.ID]
		if t == nil {
			t = &tally{control: f.Control}
			byID[f.Control.ID] = t
			all = append(all, t)
		}
		t.severity = max(t.severity, f.Severity)
		t.judgedBy(f.Control)
		t.Add(f)
	}
	slices.SortStableFunc(all, func(a, b *tally) int { return compareIDs(a.control.ID, b.control.ID) })
	return all
}

// judgedBy takes note of the parameters that a policy set.
func (t *tally) judgedBy(c *ecsentry.Control) {
	if c == t.last {
		return
	}
	t.last = c
	if s := JudgedWith(c); s != "" && !slices.Contains(t.judged, s) {
		t.judged = append(t.judged, s)
	}
}

// compareIDs puts ECS.10 after ECS.9.
func compareIDs(a, b string) int {
	head := func(id string) (string, int) {
		dot := strings.LastIndexByte(id, '.')
		n, err := strconv.Atoi(id[dot+1:])
		if err != nil {
			return id, 0
		}
		return id[:dot+1], n
	}
	aHead, aNumber := head(a)
	bHead, bNumber := head(b)
	return cmp.Or(cmp.Compare(aHead, bHead), cmp.Compare(aNumber, bNumber), cmp.Compare(a, b))
}

// table writes one line a control.
func (t *textWriter) table(r *ecsentry.Report) {
	all := tallies(r)
	if len(all) == 0 {
		return
	}
	wide, excepted := len("control"), false
	for _, c := range all {
		wide = max(wide, len([]rune(inert.Clip(c.control.ID, maxShown))))
		excepted = excepted || c.Excepted > 0
	}
	head := fmt.Sprintf("%-*s  %-8s  %7s  %7s  %7s", wide, "control", "severity", "failed", "unknown", "passed")
	if excepted {
		head += "  excepted"
	}
	t.write(t.in(bold, head), "\n")
	for _, c := range all {
		t.write(fmt.Sprintf("%-*s  %-8s", wide, inert.Clip(c.control.ID, maxShown), c.severity),
			t.count(c.Failed, red), t.count(c.Unknown, yellow), t.count(c.Passed, green))
		if excepted {
			t.write(fmt.Sprintf("  %8d", c.Excepted))
		}
		t.write("  ", inert.Cut(c.control.Title, maxShown), "\n")
	}
	for _, c := range all {
		for _, judged := range c.judged {
			t.write(t.in(bold, "note"), ": ", inert.Clip(c.control.ID, maxShown), " was ", judged, "\n")
		}
	}
	t.write("\n")
}

func (t *textWriter) count(n int, c paint) string {
	cell := fmt.Sprintf("  %7d", n)
	if n == 0 {
		return cell
	}
	return t.in(c, cell)
}

// totals writes one line about the whole run.
func (t *textWriter) totals(r *ecsentry.Report) {
	c := &r.Coverage
	seen := plural(r.Resources, "resource")
	if r.Resources == 0 {
		seen = "no Amazon ECS resources"
	}
	if c.Files > 0 || r.Resources == 0 {
		seen += " in " + plural(c.Files, "file")
	}
	parts := []string{judgement(r), seen}
	if n := len(c.Skipped); n > 0 {
		parts = append(parts, plural(n, "file")+" skipped")
	}
	if r.OlderRevisions > 0 {
		parts = append(parts, plural(r.OlderRevisions, "older revision")+" not judged")
	}
	parts = append(parts, duration(r.Finished.Sub(r.Started)))
	if gaps := len(unread(r)); gaps > 0 {
		parts = append(parts, t.in(yellow, "incomplete: "+plural(gaps, "gap")))
	} else if !r.Complete {
		parts = append(parts, t.in(yellow, "incomplete"))
	}
	t.write(strings.Join(parts, "; "), "\n")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

func duration(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	default:
		return d.Round(time.Second).String()
	}
}
