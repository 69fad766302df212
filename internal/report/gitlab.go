package report

import (
	"io"
	"iter"
	slashpath "path"
	"strconv"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// A gitlabIssue is an entry of GitLab's Code Quality report.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end,omitempty"`
}

// writeGitLab writes what failed and what nobody can tell for GitLab's Code
// Quality widget.
func writeGitLab(w io.Writer, r *ecsentry.Report, _ Options) error {
	s := newJSONStream(w)
	writeList(s, gitlabIssues(r))
	s.raw("\n")
	return s.close()
}

func gitlabIssues(r *ecsentry.Report) iter.Seq[*gitlabIssue] {
	return func(yield func(*gitlabIssue) bool) {
		seen := marks{}
		for f, reason := range open(r) {
			if !yield(&gitlabIssue{
				Description: inert.Text(f.Control.ID) + ": " + explain(f, reason),
				CheckName:   inert.Text(f.Control.ID),
				Fingerprint: seen.next(f, reason),
				Severity:    gitlabSeverity(f, reason),
				Location:    gitlabLocationOf(f, reason),
			}) {
				return
			}
		}
	}
}

// gitlabSeverity is one of GitLab's five words; info is for what nobody can tell.
func gitlabSeverity(f *ecsentry.Finding, r *ecsentry.Reason) string {
	if r.Outcome == ecsentry.Unknown {
		return "info"
	}
	switch f.Severity {
	case ecsentry.Critical:
		return "blocker"
	case ecsentry.High:
		return "critical"
	case ecsentry.Medium:
		return "major"
	default:
		return "minor"
	}
}

// gitlabLocationOf is a place in the repository. The form knows nothing else: a
// resource that is in no file stands there with its ARN.
func gitlabLocationOf(f *ecsentry.Finding, r *ecsentry.Reason) gitlabLocation {
	at := place(f, r)
	if at == nil {
		return gitlabLocation{Path: inert.Text(f.Resource.ID), Lines: gitlabLines{Begin: 1}}
	}
	from, to := span(at)
	lines := gitlabLines{Begin: from.Line}
	if to.Line > from.Line {
		lines.End = to.Line
	}
	return gitlabLocation{Path: slashpath.Clean(from.File), Lines: lines}
}

// open lists the reasons that want something done: failures that count and what
// nobody can tell.
func open(r *ecsentry.Report) iter.Seq2[*ecsentry.Finding, *ecsentry.Reason] {
	return func(yield func(*ecsentry.Finding, *ecsentry.Reason) bool) {
		for f := range r.Findings.All() {
			for k := range f.Verdict.Reasons {
				if reason := &f.Verdict.Reasons[k]; reason.Outcome >= ecsentry.Unknown && f.Excuse(k) == nil && !yield(f, reason) {
					return
				}
			}
		}
	}
}

// marks tell reasons of one finding apart by what they are about, never by lines.
type marks struct {
	finding *ecsentry.Finding
	count   map[string]int
}

// next is the fingerprint of a reason; those of a finding come one after another.
func (m *marks) next(f *ecsentry.Finding, r *ecsentry.Reason) string {
	if m.finding != f {
		m.finding, m.count = f, map[string]int{}
	}
	mark := fingerprint(f.ID, r.Subject, r.Key)
	m.count[mark]++
	if n := m.count[mark]; n > 1 {
		return fingerprint(mark, strconv.Itoa(n))
	}
	return mark
}
