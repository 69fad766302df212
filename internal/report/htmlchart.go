package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// htmlCharts are the charts at the head of the page.
type htmlCharts struct {
	Score      string
	Slices     []htmlSlice
	Legend     []htmlCount
	Severities []htmlSeverity
}

// An htmlSlice is a part of the ring, in thousandths of it.
type htmlSlice struct {
	Class               string
	Length, Gap, Offset int
}

type htmlSeverity struct {
	Name, Class            string
	Y, TextY, Width, Count int
}

// charts draws. The score is the share of passes among all that was judged, as a
// percentage that is 100 only if everything passed.
func charts(r *ecsentry.Report, s *ecsentry.Summary) htmlCharts {
	out := htmlCharts{Score: "–"}
	judged := s.Passed + s.Failed + s.Unknown + s.Excepted
	if judged > 0 {
		out.Score = fmt.Sprintf("%d %%", s.Passed*100/judged)
	}
	start := 0
	for _, part := range []struct {
		name, class string
		n           int
		ring        bool
	}{
		{"failed", "failed", s.Failed, true},
		{"unknown", "unknown", s.Unknown, true},
		{"excepted", "excepted", s.Excepted, true},
		{"passed", "passed", s.Passed, true},
		{"not applicable", "none", s.NotApplicable, false},
	} {
		out.Legend = append(out.Legend, htmlCount{part.name, part.class, fmt.Sprint(part.n)})
		if !part.ring || part.n == 0 {
			continue
		}
		length := max(1, part.n*1000/judged)
		out.Slices = append(out.Slices, htmlSlice{part.class, length, 1000 - length, -start})
		start += length
	}
	out.Severities = severities(r)
	return out
}

func severities(r *ecsentry.Report) []htmlSeverity {
	var failed [ecsentry.Critical + 1]int
	most := 1
	for f := range r.Findings.All() {
		if f.Failed() && int(f.Severity) < len(failed) {
			failed[f.Severity]++
			most = max(most, failed[f.Severity])
		}
	}
	var out []htmlSeverity
	for s := ecsentry.Critical; s >= ecsentry.Low; s-- {
		y := 6 + 30*len(out)
		out = append(out, htmlSeverity{s.String(), strings.ToLower(s.String()), y, y + 11, 190 * failed[s] / most, failed[s]})
	}
	return out
}

// An htmlBar is a bar of verdicts, in hundredths of its width.
type htmlBar struct {
	Label string
	Parts []htmlPart
}

type htmlPart struct {
	Class    string
	X, Width string
}

func barOf(s *ecsentry.Summary) htmlBar {
	b := htmlBar{Label: verdicts(s)}
	judged := s.Passed + s.Failed + s.Unknown + s.Excepted
	x := 0.0
	for _, p := range []struct {
		class string
		n     int
	}{{"failed", s.Failed}, {"unknown", s.Unknown}, {"excepted", s.Excepted}, {"passed", s.Passed}} {
		if p.n == 0 {
			continue
		}
		width := 100 * float64(p.n) / float64(judged)
		b.Parts = append(b.Parts, htmlPart{p.class, fmt.Sprintf("%.2f", x), fmt.Sprintf("%.2f", width)})
		x += width
	}
	return b
}

type htmlControl struct {
	ID, Title, Severity, SeverityClass  string
	Judged                              []string
	Description, Rationale, Remediation []htmlSpan
	ecsentry.Summary
	Bar htmlBar
}

func htmlControls(all []*tally) []htmlControl {
	var out []htmlControl
	for _, t := range all {
		c := t.control
		out = append(out, htmlControl{
			ID: inert.Clip(c.ID, maxShown), Title: inert.Cut(c.Title, maxMessage),
			Severity: t.severity.String(), SeverityClass: strings.ToLower(t.severity.String()), Judged: t.judged,
			Description: prose(c.Description), Rationale: prose(c.Rationale), Remediation: prose(c.Remediation),
			Summary: t.Summary, Bar: barOf(&t.Summary),
		})
	}
	return out
}

// htmlCauses are the causes that are shown, and how many are not.
type htmlCauses struct {
	Causes     []htmlCause
	MoreCauses int
}

type htmlCause struct {
	Class, Verdict, Severity, SeverityClass, Control, Container, Image, Count string
}

func htmlCausesOf(r *ecsentry.Report) htmlCauses {
	const most = 100
	all := causes(r)
	out := htmlCauses{MoreCauses: max(0, len(all)-most)}
	for _, c := range all[:min(most, len(all))] {
		out.Causes = append(out.Causes, htmlCause{
			Class: outcomeClass(c.outcome), Verdict: c.outcome.String(),
			Severity: c.severity.String(), SeverityClass: strings.ToLower(c.severity.String()),
			Control: inert.Clip(c.control.ID, maxShown), Container: inert.Clip(c.subject, maxShown),
			Image: inert.Clip(c.shown, maxShown), Count: c.count(),
		})
	}
	return out
}

// An htmlFamily is a family of requirements, such as access control.
type htmlFamily struct {
	Name         string
	Requirements []htmlRequirement
}

type htmlRequirement struct {
	Name     string
	Controls []string
	Failed   int
	Bar      htmlBar
}

const nist = "NIST.800-53.r5 "

// htmlFamilies are the requirements of NIST SP 800-53 that the controls are
// related to, each with the verdicts of its controls.
func htmlFamilies(all []*tally) []htmlFamily {
	byName := map[string][]*tally{}
	for _, t := range all {
		for _, r := range t.control.Requirements {
			if name, ok := strings.CutPrefix(r, nist); ok && !slices.Contains(byName[name], t) {
				byName[name] = append(byName[name], t)
			}
		}
	}
	var out []htmlFamily
	for _, name := range slices.SortedFunc(maps.Keys(byName), compareRequirements) {
		family, _, _ := strings.Cut(name, "-")
		if title := familyName(family); len(out) == 0 || out[len(out)-1].Name != title {
			out = append(out, htmlFamily{Name: title})
		}
		req := htmlRequirement{Name: inert.Clip(name, maxShown)}
		var sum ecsentry.Summary
		for _, t := range byName[name] {
			req.Controls = append(req.Controls, inert.Clip(t.control.ID, maxShown))
			sum.Passed += t.Passed
			sum.Failed += t.Failed
			sum.Unknown += t.Unknown
			sum.Excepted += t.Excepted
			sum.NotApplicable += t.NotApplicable
		}
		req.Failed, req.Bar = sum.Failed, barOf(&sum)
		last := &out[len(out)-1]
		last.Requirements = append(last.Requirements, req)
	}
	return out
}

// compareRequirements puts AC-3(15) after AC-3(7).
func compareRequirements(a, b string) int {
	split := func(s string) (family string, number, enhancement int) {
		family, rest, _ := strings.Cut(s, "-")
		_, _ = fmt.Sscanf(rest, "%d(%d)", &number, &enhancement) // what is no number sorts first
		return family, number, enhancement
	}
	aFamily, aNumber, aMore := split(a)
	bFamily, bNumber, bMore := split(b)
	return cmp.Or(cmp.Compare(aFamily, bFamily), cmp.Compare(aNumber, bNumber), cmp.Compare(aMore, bMore), cmp.Compare(a, b))
}

func familyName(family string) string {
	names := map[string]string{
		"AC": "Access Control", "AU": "Audit and Accountability", "CA": "Assessment, Authorization, and Monitoring",
		"CM": "Configuration Management", "IA": "Identification and Authentication", "RA": "Risk Assessment",
		"SA": "System and Services Acquisition", "SC": "System and Communications Protection", "SI": "System and Information Integrity",
	}
	if name, ok := names[family]; ok {
		return family + " " + name
	}
	return inert.Clip(family, maxShown)
}
