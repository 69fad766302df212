package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/compare"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// diffSchema names the form of a comparison as JSON: docs/schema/diff-1.schema.json.
const diffSchema = "ecsentry.diff/1"

// A DiffFormat is one way to write what has changed between two runs.
type DiffFormat struct {
	Name  string
	Write func(io.Writer, *compare.Difference, Options) error
}

// DiffFormats lists the formats, the default first.
func DiffFormats() []DiffFormat {
	return []DiffFormat{{"text", writeDiffText}, {"json", writeDiffJSON}, {"markdown", writeDiffMarkdown}}
}

// A change is a list of findings that changed in one way.
type change struct {
	key      string // in JSON
	word     string
	paint    paint
	findings []*ecsentry.Finding
	counted  string // after the number
	quiet    bool   // shown only where much is
}

// changes are those of a difference, what matters first.
func changes(d *compare.Difference) []change {
	return []change{
		{"new", "NEW", red, d.New, "new", false},
		{"undecided", "UNKNOWN", yellow, d.Undecided, "newly unknown", false},
		{"excepted", "EXCEPTED", faint, d.Excepted, "newly excepted", false},
		{"fixed", "FIXED", green, d.Fixed, "fixed", false},
		{"gone", "GONE", faint, d.Gone, "gone", false},
		{"unchanged", "UNCHANGED", faint, d.Unchanged, "unchanged", true},
	}
}

// Changes is a difference in one line.
func Changes(d *compare.Difference) string {
	var parts []string
	for _, c := range changes(d) {
		if n := len(c.findings); n > 0 || c.key != "undecided" && c.key != "excepted" {
			parts = append(parts, fmt.Sprintf("%d %s", n, c.counted))
		}
	}
	return strings.Join(parts, ", ")
}

// incomplete says what it means that the new run did not see everything.
const incomplete = "the new results are not complete: what is gone may only not have been read"

func writeDiffText(w io.Writer, d *compare.Difference, o Options) error {
	t := &textWriter{out: bufio.NewWriterSize(w, buffered), palette: palette(o.Color), Options: o}
	for _, c := range changes(d) {
		if c.quiet && !o.Verbose {
			continue
		}
		for _, f := range c.findings {
			t.changed(c, f)
		}
		if len(c.findings) > 0 {
			t.write("\n")
		}
	}
	if !o.Quiet {
		t.write(Changes(d), "\n")
		if !d.Complete {
			t.write(t.in(yellow, incomplete), "\n")
		}
	}
	return t.out.Flush()
}

// changed writes a line for each reason that made the finding what it is.
func (t *textWriter) changed(c change, f *ecsentry.Finding) {
	pad := strings.Repeat(" ", max(0, len("UNCHANGED")-len(c.word)))
	for _, r := range deciding(f) {
		t.write(t.in(c.paint, c.word), pad, "  ", t.in(bold, inert.Text(f.Control.ID)+" "+f.Severity.String()), "   ",
			inert.Cut(claim(f, r), maxMessage), "   ", t.in(faint, whereabouts(f, r)))
		if f.Exception != nil {
			t.write("   ", t.in(faint, "= "+inert.Cut(Excuse(f.Exception), maxMessage)))
		}
		if s := JudgedWith(f.Control); s != "" {
			t.write("   ", t.in(faint, "= "+s))
		}
		t.write("\n")
	}
}

// deciding are the reasons that have the finding's outcome.
func deciding(f *ecsentry.Finding) []*ecsentry.Reason {
	var out []*ecsentry.Reason
	for k := range f.Verdict.Reasons {
		if r := &f.Verdict.Reasons[k]; r.Outcome == f.Verdict.Outcome && f.Excuses[k] == nil {
			out = append(out, r)
		}
	}
	return out
}

func writeDiffJSON(w io.Writer, d *compare.Difference, _ Options) error {
	s := newJSONStream(w)
	s.raw(`{"schema":`)
	s.value(diffSchema)
	s.raw(",\n\"complete\":")
	s.value(d.Complete)
	counts := map[string]int{}
	for _, c := range changes(d) {
		counts[c.key] = len(c.findings)
	}
	s.raw(",\n\"summary\":")
	s.value(counts)
	for _, c := range changes(d) {
		s.raw(",\n\"" + c.key + "\":")
		writeList(s, func(yield func(*jsonFinding) bool) {
			for _, f := range c.findings {
				if !yield(jsonFindingOf(f)) {
					return
				}
			}
		})
	}
	s.raw("}\n")
	return s.close()
}

func writeDiffMarkdown(w io.Writer, d *compare.Difference, o Options) error {
	m := &markdownWriter{bufio.NewWriter(w), maxComment}
	m.write(markdownMark + "\n## ecsentry: " + Changes(d) + "\n\n")
	if !d.Complete {
		m.write(incomplete + "\n\n")
	}
	for _, c := range changes(d) {
		if c.quiet && !o.Verbose || len(c.findings) == 0 || !m.fits(details(fmt.Sprintf("%d %s", len(c.findings), c.counted), c.key == "new")) {
			continue
		}
		for i, f := range c.findings {
			var b strings.Builder
			for _, r := range deciding(f) {
				b.WriteString(markdownReason(f, r))
			}
			if !m.fits(b.String()) {
				m.write(fmt.Sprintf("- and %d more\n", len(c.findings)-i))
				break
			}
		}
		m.write("\n</details>\n\n")
	}
	return m.out.Flush()
}

// LookupDiff finds a format of comparisons by its name.
func LookupDiff(name string) (DiffFormat, bool) {
	all := DiffFormats()
	i := slices.IndexFunc(all, func(f DiffFormat) bool { return f.Name == name })
	if i < 0 {
		return DiffFormat{}, false
	}
	return all[i], true
}
