package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// A group is what a grouped report shows under one heading.
type group struct {
	heading, where string
	findings       []*ecsentry.Finding
	ecsentry.Summary
}

func (g *group) add(f *ecsentry.Finding) {
	g.findings = append(g.findings, f)
	g.Add(f)
}

// The ways to group.
const (
	byControl  = "control"
	byResource = "resource"
	byCause    = "cause"
)

// GroupWords are the ways to group a report.
func GroupWords() []string { return []string{byControl, byResource, byCause} }

// groups puts findings under headings, by control or by resource.
func groups(r *ecsentry.Report, by string) []*group {
	var all []*group
	index := map[any]*group{}
	for f := range r.Findings.All() {
		key := any(f.Control.ID)
		if by == byResource {
			key = f.Resource
		}
		g := index[key]
		if g == nil {
			g = newGroup(f, by)
			index[key] = g
			all = append(all, g)
		}
		g.add(f)
	}
	if by == byControl {
		slices.SortStableFunc(all, func(a, b *group) int {
			return compareIDs(a.findings[0].Control.ID, b.findings[0].Control.ID)
		})
	}
	return all
}

func newGroup(f *ecsentry.Finding, by string) *group {
	if by == byResource {
		return &group{heading: kind(f.Resource.Type) + " " + inert.Clip(name(f.Resource), maxShown), where: whereIs(f.Resource)}
	}
	return &group{heading: inert.Text(f.Control.ID) + " " + f.Severity.String(), where: inert.Cut(f.Control.Title, maxShown)}
}

func whereIs(id *ecsentry.Identity) string {
	if p := id.At.Position(); p.Line > 0 {
		if id.ID == label(id) {
			return inert.Clip(p.String(), maxPath)
		}
		return inert.Clip(p.String(), maxPath) + " " + inert.Clip(id.ID, maxPath) // of many accounts
	}
	return inert.Clip(id.ID, maxPath)
}

// grouped writes a text report by groups.
func (t *textWriter) grouped(r *ecsentry.Report, by string) {
	if by == byCause {
		for _, c := range causes(r) {
			t.write(t.in(paintOf(c.outcome), fmt.Sprintf("%-7s", c.outcome)), fmt.Sprintf("  %-8s  ", c.severity), t.in(bold, c.line()), "\n")
		}
		t.write("\n")
		return
	}
	for _, g := range groups(r, by) {
		if g.Failed+g.Unknown == 0 && !t.Verbose {
			continue
		}
		t.write(t.in(bold, g.heading), "   ", g.where, "   ", t.in(faint, verdicts(&g.Summary)), "\n")
		for _, o := range ecsentry.Outcomes() {
			t.groupLines(g, by, o)
		}
		t.write("\n")
	}
}

// groupLines writes the reasons of one outcome in a group.
func (t *textWriter) groupLines(g *group, by string, o ecsentry.Outcome) {
	for _, f := range g.findings {
		for k := range f.Verdict.Reasons {
			r := &f.Verdict.Reasons[k]
			if r.Outcome != o || (o < ecsentry.Unknown || f.Excuse(k) != nil) && !t.Verbose {
				continue
			}
			word, c := r.Outcome.String(), paintOf(r.Outcome)
			if f.Excuse(k) != nil && o == ecsentry.Failed {
				word, c = "EXCEPTED", faint
			}
			what, lead := "", ""
			if place(f, r) != nil { // else the address is the ID
				what = "   " + t.in(faint, inert.Clip(f.Resource.ID, maxPath))
			}
			if by == byResource {
				what, lead = "", t.in(bold, inert.Text(f.Control.ID)+" "+f.Severity.String())+"   "
			}
			t.write("  ", t.in(c, fmt.Sprintf("%-8s", word)), " ", lead, inert.Cut(sentence(f, r), maxMessage), "   ",
				t.in(faint, whereabouts(f, r)), what, "\n")
		}
	}
}

// grouped writes a Markdown report by groups.
func (m *markdownWriter) grouped(r *ecsentry.Report, by string) {
	if by == byCause {
		m.causes(r)
		return
	}
	all := groups(r, by)
	for i, g := range all {
		if g.Failed+g.Unknown == 0 {
			continue
		}
		heading := plainMarkdown(g.heading) + " · " + plainMarkdown(g.where) + " · " + verdicts(&g.Summary)
		if !m.fits(details(heading, false)) {
			m.write(fmt.Sprintf("and %d more\n\n", len(all)-i))
			return
		}
		for k, f := range g.findings {
			var b strings.Builder
			for i := range f.Verdict.Reasons {
				if reason := &f.Verdict.Reasons[i]; reason.Outcome >= ecsentry.Unknown && f.Excuse(i) == nil {
					b.WriteString(markdownReason(f, reason))
				}
			}
			if !m.fits(b.String()) {
				m.write(fmt.Sprintf("- and up to %d more\n", len(g.findings)-k))
				break
			}
		}
		m.write("\n</details>\n\n")
	}
}

func (m *markdownWriter) causes(r *ecsentry.Report) {
	all := causes(r)
	if len(all) == 0 {
		return
	}
	m.write("| verdict | severity | control | container | image | resources |\n|---|---|---|---|---|---|\n")
	for i, c := range all {
		row := fmt.Sprintf("| %s | %s | %s | %s | %s | %s |\n", c.outcome, c.severity, plainMarkdown(inert.Clip(c.control.ID, maxShown)),
			plainMarkdown(inert.Clip(c.subject, maxShown)), plainMarkdown(inert.Clip(c.shown, maxShown)), c.count())
		if !m.fits(row) {
			m.write(fmt.Sprintf("| and %d more | | | | | |\n", len(all)-i))
			break
		}
	}
	m.write("\n")
}
