package report

import (
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/ecsentry/ecsentry"
)

// scanSchema names the form of the JSON report: docs/schema/scan-1.schema.json.
// Within /1 fields are only added.
const scanSchema = "ecsentry.scan/1"

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonScan struct {
	Started  string `json:"started"`
	Finished string `json:"finished"`
	Complete bool   `json:"complete"`

	ComparedWith string `json:"compared_with,omitempty"`
}

type jsonSummary struct {
	Resources      int `json:"resources"`
	Passed         int `json:"passed"`
	Failed         int `json:"failed"`
	Unknown        int `json:"unknown"`
	NotApplicable  int `json:"not_applicable"`
	Excepted       int `json:"excepted"`
	OlderRevisions int `json:"older_revisions"`
	SkippedFiles   int `json:"skipped_files"`
	Files          int `json:"files"`
}

type jsonFinding struct {
	ID        string         `json:"id"`
	Control   string         `json:"control"`
	Title     string         `json:"title"`
	Status    string         `json:"status"`
	Severity  string         `json:"severity"`
	Resource  jsonResource   `json:"resource"`
	Reasons   []jsonReason   `json:"reasons"`
	Fix       *jsonFix       `json:"fix,omitempty"` // of a failure
	Exception *jsonException `json:"exception"`
	Known     bool           `json:"known,omitempty"`

	Parameters map[string]jsonParameter `json:"parameters,omitempty"` // that a policy set, by name
}

type jsonResource struct {
	Type      string        `json:"type"`
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Source    string        `json:"source"`
	Account   string        `json:"account"`
	Region    string        `json:"region"`
	Partition string        `json:"partition"`
	Running   string        `json:"running,omitempty"`
	Construct string        `json:"construct,omitempty"`
	Location  *jsonLocation `json:"location,omitempty"`
}

type jsonReason struct {
	Status   string        `json:"status"`
	Subject  string        `json:"subject"`
	Message  string        `json:"message"`
	Hint     string        `json:"hint"`
	Path     string        `json:"path"`
	Location *jsonLocation `json:"location,omitempty"`
	Image    string        `json:"image,omitempty"`
	Detail   string        `json:"detail,omitempty"`
	Key      string        `json:"key,omitempty"`

	Exception *jsonException `json:"exception,omitempty"` // of a finding that counts for other reasons
}

type jsonLocation struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"`
}

type jsonFix struct {
	Safety string `json:"safety"`
	Text   string `json:"text"`
}

type jsonException struct {
	Reason  string `json:"reason"`
	Owner   string `json:"owner"`
	Expires string `json:"expires"` // "" for never
}

type jsonGap struct {
	Scope  string `json:"scope"`
	Reason string `json:"reason"`
}

func writeJSON(w io.Writer, r *ecsentry.Report, _ Options) error {
	gaps := unread(r)
	s := newJSONStream(w)
	s.raw(`{"schema":`)
	s.value(scanSchema)
	s.raw(",\n\"tool\":")
	s.value(jsonTool{toolName, r.Version})
	s.raw(",\n\"scan\":")
	s.value(jsonScan{rfc3339(r.Started), rfc3339(r.Finished), r.Complete && len(gaps) == 0, r.ComparedWith})
	s.raw(",\n\"summary\":")
	s.value(jsonSummaryOf(r))
	s.raw(",\n\"findings\":")
	writeList(s, jsonFindings(r))
	s.raw(",\n\"not_covered\":")
	writeList(s, jsonGaps(r.Coverage.NotCovered))
	s.raw(",\n\"gaps\":")
	writeList(s, jsonGaps(gaps))
	s.raw("}\n")
	return s.close()
}

func jsonSummaryOf(r *ecsentry.Report) jsonSummary {
	sum := r.Summary()
	return jsonSummary{
		Resources: r.Resources, OlderRevisions: r.OlderRevisions, SkippedFiles: len(r.Coverage.Skipped), Files: r.Coverage.Files,
		Passed: sum.Passed, Failed: sum.Failed, Unknown: sum.Unknown,
		NotApplicable: sum.NotApplicable, Excepted: sum.Excepted,
	}
}

func jsonFindings(r *ecsentry.Report) iter.Seq[*jsonFinding] {
	return func(yield func(*jsonFinding) bool) {
		for f := range r.Findings.All() {
			if !yield(jsonFindingOf(f)) {
				return
			}
		}
	}
}

func jsonFindingOf(f *ecsentry.Finding) *jsonFinding {
	id := f.Resource
	out := &jsonFinding{
		ID: f.ID, Control: f.Control.ID, Title: f.Control.Title,
		Status: f.Verdict.Outcome.String(), Severity: strings.ToUpper(f.Severity.String()),
		Resource: jsonResource{
			Type: string(id.Type), ID: id.ID, Name: id.Name, Source: string(id.Source),
			Account: id.Account, Region: id.Region, Partition: id.Partition, Running: id.Running, Construct: id.Construct,
		},
		Reasons: make([]jsonReason, len(f.Verdict.Reasons)),
		Known:   f.Known, Parameters: jsonParameters(f.Control),
	}
	if p := id.At.Position(); p.Line > 0 {
		out.Resource.Location = &jsonLocation{File: p.File, Line: p.Line, Column: p.Column}
	}
	for i := range f.Verdict.Reasons {
		out.Reasons[i] = jsonReasonOf(&f.Verdict.Reasons[i])
		out.Reasons[i].Exception = jsonExceptionOf(f.Excuses[i])
	}
	if a := f.Fix; a != nil {
		out.Fix = &jsonFix{string(a.Safety), a.Text}
	}
	out.Exception = jsonExceptionOf(f.Exception)
	return out
}

func jsonExceptionOf(e *ecsentry.Exception) *jsonException {
	if e == nil {
		return nil
	}
	return &jsonException{e.Reason, e.Owner, e.Expires}
}

func jsonReasonOf(r *ecsentry.Reason) jsonReason {
	out := jsonReason{
		Status: r.Outcome.String(), Subject: r.Subject, Message: message(r), Hint: r.Hint, Path: r.At.Path(),
		Image: r.Image, Detail: r.Detail, Key: r.Key,
	}
	if from, to := span(r.At); from.Line > 0 {
		out.Location = &jsonLocation{from.File, from.Line, from.Column, to.Line, to.Column}
	}
	return out
}

func jsonGaps(gaps []ecsentry.Gap) iter.Seq[jsonGap] {
	return func(yield func(jsonGap) bool) {
		for _, g := range gaps {
			if !yield(jsonGap(g)) {
				return
			}
		}
	}
}

// unread is all that should have been read and could not be: what the user named
// first. A source may have listed it as a gap as well.
func unread(r *ecsentry.Report) []ecsentry.Gap {
	c := &r.Coverage
	if len(c.Refused) == 0 {
		return c.Gaps
	}
	var out []ecsentry.Gap
	for _, g := range c.Refused {
		if !slices.Contains(c.Gaps, g) {
			out = append(out, g)
		}
	}
	return append(out, c.Gaps...)
}

func rfc3339(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
