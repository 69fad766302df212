package report

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"iter"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
	"github.com/ecsentry/ecsentry/value"
)

//go:embed html
var assets embed.FS

// writeHTML writes one page that needs nothing else: style and script are in it,
// and its own policy lets it load nothing and run no other script. The list of
// resources is written as it is made; only counts are held.
func writeHTML(w io.Writer, r *ecsentry.Report, _ Options) error {
	page, err := template.ParseFS(assets, "html/*")
	if err != nil {
		return fmt.Errorf("parse the page: %w", err)
	}
	data, err := newPage(r)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, buffered)
	if err := page.ExecuteTemplate(out, "page.html", data); err != nil {
		return err
	}
	return out.Flush()
}

// htmlPage is what the page shows besides the charts.
type htmlPage struct {
	StyleHash, ScriptHash      string
	Verdicts, Started, Version string
	Incomplete                 string
	htmlCharts
	Facts    []htmlCount
	Controls []htmlControl
	htmlCauses
	Families  []htmlFamily
	Unread    []htmlList
	Resources iter.Seq[htmlResource]
}

type htmlCount struct{ Name, Class, Count string }

type htmlList struct {
	Name  string
	Texts iter.Seq[string]
}

func newPage(r *ecsentry.Report) (*htmlPage, error) {
	style, err := hashOf("html/style.css")
	if err != nil {
		return nil, err
	}
	script, err := hashOf("html/script.js")
	if err != nil {
		return nil, err
	}
	sum, all := r.Summary(), tallies(r)
	p := &htmlPage{
		StyleHash: style, ScriptHash: script,
		Verdicts: judgement(r), Version: inert.Cut(r.Version, maxShown),
		Started:    r.Started.UTC().Format("2006-01-02 15:04 UTC"),
		htmlCharts: charts(r, &sum),
		Controls:   htmlControls(all),
		htmlCauses: htmlCausesOf(r),
		Families:   htmlFamilies(all),
		Resources:  htmlResources(r),
	}
	gaps := unread(r)
	if len(gaps) > 0 {
		p.Incomplete = plural(len(gaps), "gap")
		p.Unread = append(p.Unread, htmlList{"Gaps: should have been read, and could not be", gapTexts(gaps)})
	} else if !r.Complete {
		p.Incomplete = "the scan did not end"
	}
	if n := r.Coverage.NotCovered; len(n) > 0 {
		p.Unread = append(p.Unread, htmlList{"Not covered, by declared limits", gapTexts(n)})
	}
	for _, fact := range []struct {
		name string
		n    int
	}{
		{"resources", r.Resources}, {"files", r.Coverage.Files}, {"older revisions", r.OlderRevisions},
		{"files skipped", len(r.Coverage.Skipped)}, {"gaps", len(gaps)}, {"not covered", len(r.Coverage.NotCovered)},
	} {
		if fact.n > 0 || fact.name == "resources" || fact.name == "gaps" {
			p.Facts = append(p.Facts, htmlCount{Name: fact.name, Count: fmt.Sprint(fact.n)})
		}
	}
	return p, nil
}

// hashOf is how a policy names what a file holds.
func hashOf(name string) (string, error) {
	text, err := assets.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("read the page: %w", err)
	}
	sum := sha256.Sum256(text)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'", nil
}

func gapTexts(gaps []ecsentry.Gap) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, g := range gaps {
			if !yield(gapText(g)) {
				return
			}
		}
	}
}

type htmlResource struct {
	Name, Kind, Where string
	Findings          iter.Seq[htmlFinding]
}

type htmlFinding struct {
	Class, Status, Control, Title, Severity, SeverityClass, Excuse, Judged string
	Reasons                                                                []htmlReason
}

type htmlReason struct {
	Class, Sentence, Detail, Where, Lead, Excuse string
	Hint                                         []htmlSpan
	Lines                                        []htmlLine
}

type htmlLine struct {
	Number                int
	Before, Marked, After string
}

// htmlResources lists resources in the order of the findings: those of one stand
// one after another.
func htmlResources(r *ecsentry.Report) iter.Seq[htmlResource] {
	return func(yield func(htmlResource) bool) {
		var findings []*ecsentry.Finding
		for f := range r.Findings.All() {
			if len(findings) > 0 && findings[0].Resource != f.Resource {
				if !yield(htmlResourceOf(findings[0].Resource, findings)) {
					return
				}
				findings = nil
			}
			findings = append(findings, f)
		}
		if len(findings) > 0 {
			yield(htmlResourceOf(findings[0].Resource, findings))
		}
	}
}

func htmlResourceOf(id *ecsentry.Identity, findings []*ecsentry.Finding) htmlResource {
	where := []string{inert.Clip(id.ID, maxPath)}
	if p := id.At.Position(); p.Line > 0 {
		where = append(where, inert.Clip(p.String(), maxPath))
	}
	for _, s := range []string{id.Account, id.Region} {
		if s != "" {
			where = append(where, inert.Clip(s, maxShown))
		}
	}
	if id.Construct != "" {
		where = append(where, inert.Clip(id.Construct, maxPath))
	}
	if id.Running != "" {
		where = append(where, "runs "+inert.Clip(id.Running, maxPath))
	}
	return htmlResource{
		Name: inert.Clip(name(id), maxShown), Kind: kind(id.Type), Where: strings.Join(where, " · "),
		Findings: func(yield func(htmlFinding) bool) {
			for _, f := range findings {
				if !yield(htmlFindingOf(f)) {
					return
				}
			}
		},
	}
}

func htmlFindingOf(f *ecsentry.Finding) htmlFinding {
	out := htmlFinding{
		Class: htmlClass(f), Status: strings.ReplaceAll(f.Verdict.Outcome.String(), "_", " "),
		Control: inert.Clip(f.Control.ID, maxShown), Title: inert.Cut(f.Control.Title, maxMessage),
		Severity: f.Severity.String(), SeverityClass: strings.ToLower(f.Severity.String()), Judged: JudgedWith(f.Control),
	}
	if f.Exception != nil {
		out.Excuse = inert.Cut(Excuse(f.Exception), maxMessage)
	}
	for k := range f.Verdict.Reasons {
		r := htmlReasonOf(f, &f.Verdict.Reasons[k])
		if excuse := f.Excuses[k]; excuse != nil {
			r.Class, r.Excuse = "excepted", inert.Cut(Excuse(excuse), maxMessage)
		}
		out.Reasons = append(out.Reasons, r)
	}
	return out
}

func htmlClass(f *ecsentry.Finding) string {
	if f.Verdict.Outcome == ecsentry.Failed && f.Exception != nil {
		return "excepted"
	}
	return outcomeClass(f.Verdict.Outcome)
}

func outcomeClass(o ecsentry.Outcome) string {
	switch o {
	case ecsentry.Failed:
		return "failed"
	case ecsentry.Unknown:
		return "unknown"
	case ecsentry.Passed:
		return "passed"
	default:
		return "none"
	}
}

func htmlReasonOf(f *ecsentry.Finding, r *ecsentry.Reason) htmlReason {
	out := htmlReason{Class: outcomeClass(r.Outcome), Sentence: inert.Cut(sentence(f, r), maxMessage)}
	at := place(f, r)
	if at != nil {
		out.Where = inert.Clip(at.Position().String(), maxPath)
	} else if p := r.At.Path(); p != "" {
		out.Where = inert.Clip(p, maxPath)
	}
	if r.Outcome < ecsentry.Unknown {
		return out
	}
	out.Detail, out.Hint, out.Lead = inert.Cut(r.Detail, maxMessage), prose(r.Hint), "What to do"
	if r.Outcome == ecsentry.Unknown {
		out.Lead = "To decide it"
	}
	for _, l := range quote(at) {
		out.Lines = append(out.Lines, htmlLineOf(l))
	}
	return out
}

// An htmlSpan is a part of a text: what stood between backquotes is code.
type htmlSpan struct {
	Text string
	Code bool
}

func prose(s string) []htmlSpan {
	if s == "" {
		return nil
	}
	s = inert.Cut(s, 2*maxMessage)
	spans := strings.Split(s, "`")
	if len(spans)%2 == 0 { // one of them is alone
		return []htmlSpan{{Text: s}}
	}
	out := make([]htmlSpan, len(spans))
	for i, span := range spans {
		out[i] = htmlSpan{span, i%2 == 1}
	}
	return out
}

func htmlLineOf(l value.Line) htmlLine {
	text := []rune(inert.Text(l.Text))
	from := min(max(l.Mark, 0), len(text))
	to := min(max(l.MarkEnd, from), len(text))
	return htmlLine{l.Number, string(text[:from]), string(text[from:to]), string(text[to:])}
}
