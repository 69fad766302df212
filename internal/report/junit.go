package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// A junitWriter writes JUnit's XML: a suite for each control, a case for each
// finding. Excepted failures and what nobody can tell are skipped cases; a gap is
// a case with an error, so that nothing is green that was not read.
type junitWriter struct {
	out *bufio.Writer
}

func writeJUnit(w io.Writer, r *ecsentry.Report, _ Options) error {
	j := junitWriter{bufio.NewWriterSize(w, buffered)}
	all, gaps := tallies(r), unread(r)
	sum := r.Summary()
	j.out.WriteString(xml.Header)
	j.write("<testsuites name=", quoted(toolName), counts(r.Findings.Len()+len(gaps), sum.Failed, len(gaps)),
		fmt.Sprintf(` time="%.3f"`, max(0, r.Finished.Sub(r.Started).Seconds())), ">\n")
	for _, t := range all {
		n := t.Passed + t.Failed + t.Unknown + t.NotApplicable + t.Excepted
		j.suite(t.control.ID+" "+t.control.Title, r, counts(n, t.Failed, 0)+skips(n-t.Passed-t.Failed))
		j.judged(t)
		for f := range r.Findings.All() {
			if f.Control.ID == t.control.ID {
				j.finding(f)
			}
		}
		j.write("  </testsuite>\n")
	}
	if len(gaps) > 0 {
		j.suite("could not be read", r, counts(len(gaps), 0, len(gaps))+skips(0))
		for _, g := range gaps {
			j.open(inert.Clip(g.Scope, maxPath), "gap")
			j.write(">\n      <error message=", quoted(inert.Cut(g.Reason, maxMessage)), " type=\"gap\"></error>\n    </testcase>\n")
		}
		j.write("  </testsuite>\n")
	}
	j.write("</testsuites>\n")
	return j.out.Flush()
}

func (j junitWriter) write(parts ...string) {
	for _, s := range parts {
		j.out.WriteString(s)
	}
}

func (j junitWriter) suite(name string, r *ecsentry.Report, counted string) {
	j.write("  <testsuite name=", quoted(inert.Cut(name, maxMessage)), counted,
		" time=\"0\" timestamp=", quoted(r.Started.UTC().Format("2006-01-02T15:04:05")), ">\n")
}

// judged tells of the parameters that a policy has set.
func (j junitWriter) judged(t *tally) {
	if len(t.judged) == 0 {
		return
	}
	j.write("    <properties>\n")
	for _, s := range t.judged {
		j.write("      <property name=\"parameters\" value=", quoted(s), "></property>\n")
	}
	j.write("    </properties>\n")
}

// open starts a case, without the end of its tag.
func (j junitWriter) open(name, class string) {
	j.write("    <testcase name=", quoted(name), " classname=", quoted(class), " time=\"0\"")
}

func (j junitWriter) finding(f *ecsentry.Finding) {
	j.open(junitName(f.Resource), inert.Text(f.Control.ID))
	switch {
	case f.Verdict.Outcome == ecsentry.Passed:
		j.write("></testcase>\n")
		return
	case f.Exception != nil:
		j.skipped("excepted: " + Excuse(f.Exception))
	case f.Verdict.Outcome == ecsentry.Failed:
		j.failure(f)
	default:
		j.skipped(junitWhy(f))
	}
	j.write("    </testcase>\n")
}

func (j junitWriter) skipped(why string) {
	j.write(">\n      <skipped message=", quoted(inert.Cut(why, maxMessage)), "></skipped>\n")
}

func (j junitWriter) failure(f *ecsentry.Finding) {
	j.write(">\n      <failure message=", quoted(inert.Cut(junitWhy(f), maxMessage)),
		" type=", quoted(strings.ToUpper(f.Severity.String())), ">")
	for k := range f.Verdict.Reasons {
		r := &f.Verdict.Reasons[k]
		if r.Outcome < ecsentry.Unknown || f.Excuse(k) != nil {
			continue
		}
		j.write("\n", escaped(r.Outcome.String()+" "+inert.Clip(address(f, r), maxPath)+": "+inert.Cut(explain(f, r), 2*maxMessage)))
	}
	j.write("\n</failure>\n")
}

// junitWhy is the first reason of the finding's outcome, and how many more there
// are.
func junitWhy(f *ecsentry.Finding) string {
	first, more := "", 0
	for k := range f.Verdict.Reasons {
		r := &f.Verdict.Reasons[k]
		switch {
		case r.Outcome != f.Verdict.Outcome, f.Excuse(k) != nil:
		case first == "":
			first = inert.Cut(sentence(f, r), maxMessage-20)
		default:
			more++
		}
	}
	if more > 0 {
		first += fmt.Sprintf(" (and %d more)", more)
	}
	if f.Verdict.Outcome == ecsentry.Unknown {
		return "unknown: " + first
	}
	return first
}

// junitName tells the resource from all others: cases of one name in a suite
// would be one case. It has no line, so that a case keeps its history.
func junitName(id *ecsentry.Identity) string {
	name := inert.Clip(id.ID, maxPath)
	if file := id.File(); file != "" && file != id.ID {
		name = inert.Clip(file, maxPath) + " " + name
	}
	if id.Ordinal > 0 {
		name += fmt.Sprintf(" (%d)", id.Ordinal+1)
	}
	return name
}

func counts(tests, failures, errors int) string {
	return fmt.Sprintf(` tests="%d" failures="%d" errors="%d"`, tests, failures, errors)
}

func skips(n int) string { return fmt.Sprintf(` skipped="%d"`, n) }

// quoted is an attribute's value.
func quoted(s string) string { return `"` + escaped(s) + `"` }

// escaped is text in which nothing is markup. The writer into a builder has no
// errors.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(inert.Text(s)))
	return b.String()
}
