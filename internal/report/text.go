package report

import (
	"bufio"
	"io"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// A textWriter writes the report for people. The first error of out stays in it.
type textWriter struct {
	out *bufio.Writer
	palette
	Options
}

// writeText writes failures first, then what nobody can tell, then a table by
// control and one line of totals.
func writeText(w io.Writer, r *ecsentry.Report, o Options) error {
	t := &textWriter{out: bufio.NewWriterSize(w, buffered), palette: palette(o.Color), Options: o}
	if o.GroupBy != "" {
		t.grouped(r, o.GroupBy)
	} else {
		t.diagnostics(r, ecsentry.Failed)
		t.diagnostics(r, ecsentry.Unknown)
	}
	if o.Verbose && o.GroupBy == "" {
		t.excepted(r)
		t.lines(r, ecsentry.Passed)
		t.lines(r, ecsentry.NotApplicable)
		t.skipped(r)
	}
	if !o.Quiet {
		t.running(r)
		t.table(r)
		t.totals(r)
	}
	return t.out.Flush()
}

func (t *textWriter) write(parts ...string) {
	for _, s := range parts {
		t.out.WriteString(s)
	}
}

// diagnostics writes the reasons with an outcome, each in full.
func (t *textWriter) diagnostics(r *ecsentry.Report, outcome ecsentry.Outcome) {
	for f := range r.Findings.All() {
		for k := range f.Verdict.Reasons {
			if reason := &f.Verdict.Reasons[k]; reason.Outcome == outcome && f.Excuse(k) == nil {
				t.diagnostic(f, reason)
			}
		}
	}
}

// lines writes the reasons with an outcome, one a line.
func (t *textWriter) lines(r *ecsentry.Report, outcome ecsentry.Outcome) {
	found := false
	for f := range r.Findings.All() {
		for k := range f.Verdict.Reasons {
			reason := &f.Verdict.Reasons[k]
			if reason.Outcome != outcome || f.Exception != nil {
				continue
			}
			found = true
			t.heading(f, reason, outcome.String(), paintOf(outcome))
			t.write("   ", t.in(faint, whereabouts(f, reason)), "\n")
			t.judged(f, "   ")
		}
	}
	if found {
		t.write("\n")
	}
}

// excepted writes the failures that do not count, and why.
func (t *textWriter) excepted(r *ecsentry.Report) {
	found := false
	for f := range r.Findings.All() {
		for k := range f.Verdict.Reasons {
			reason, e := &f.Verdict.Reasons[k], f.Excuse(k)
			if e != nil && reason.Outcome == ecsentry.Failed {
				found = true
				t.heading(f, reason, "EXCEPTED", faint)
				t.write("   ", t.in(faint, whereabouts(f, reason)), "\n")
				t.write("   = ", inert.Cut(Excuse(e), maxMessage), "\n")
				t.judged(f, "   ")
			}
		}
	}
	if found {
		t.write("\n")
	}
}

// Excuse is an exception in one line.
func Excuse(e *ecsentry.Exception) string {
	s := e.Reason
	if e.Owner != "" {
		s += " (" + e.Owner + ")"
	}
	if e.Expires != "" {
		s += ", until " + e.Expires
	}
	return s
}

// skipped lists the files that are not ours.
func (t *textWriter) skipped(r *ecsentry.Report) {
	for _, g := range r.Coverage.Skipped {
		if g.Scope == "" { // saved reports only count them
			continue
		}
		t.write(t.in(faint, "skipped"), "  ", gapText(g), "\n")
	}
	if len(r.Coverage.Skipped) > 0 {
		t.write("\n")
	}
}

// running tells of services that run another revision than the one that was
// judged, each once.
func (t *textWriter) running(r *ecsentry.Report) {
	told := map[string]bool{}
	for f := range r.Findings.All() {
		id := f.Resource
		if id.Running == "" || told[id.ID] {
			continue
		}
		told[id.ID] = true
		t.write(t.in(bold, "note"), ": service ", inert.Clip(id.ID, maxPath), " runs ", inert.Clip(id.Running, maxPath),
			", not its family's latest active revision\n")
	}
	if len(told) > 0 {
		t.write("\n")
	}
}
