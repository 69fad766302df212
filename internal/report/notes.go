package report

import (
	"bufio"
	"io"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// WriteNotes writes what the run did not get to see: what the user named and
// could not be read, other gaps, and what is left out by declared limits. It
// stands beside a report, on standard error, whatever the format. Options.Quiet
// leaves out the last.
func WriteNotes(w io.Writer, r *ecsentry.Report, o Options) error {
	n := noteWriter{out: bufio.NewWriterSize(w, buffered), palette: palette(o.Color)}
	c := &r.Coverage
	gaps := unread(r)
	refused := len(gaps) - len(c.Gaps)
	n.list("error", red, gaps[:refused])
	n.list("gap", yellow, gaps[refused:])
	if !o.Quiet {
		n.list("not covered", faint, c.NotCovered)
	}
	return n.out.Flush()
}

type noteWriter struct {
	out *bufio.Writer
	palette
}

func (n *noteWriter) list(what string, c paint, gaps []ecsentry.Gap) {
	for _, g := range gaps {
		n.out.WriteString(n.in(c, what) + ": " + gapText(g) + "\n")
	}
}

// gapText says what was not read and why, inert. A reason that starts with the
// scope, as errors about files do, needs no other start.
func gapText(g ecsentry.Gap) string {
	if strings.HasPrefix(g.Reason, g.Scope) {
		return inert.Cut(g.Reason, maxPath+maxMessage)
	}
	return inert.Clip(g.Scope, maxPath) + ": " + inert.Cut(g.Reason, maxMessage)
}
