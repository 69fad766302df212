package compare

import (
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
)

// Merge makes one report of several. A resource that has an ARN is the same
// wherever it is reported: of several verdicts on it that of the latest run counts.
// What has none is another resource in each report.
func Merge(reports []*ecsentry.Report) *ecsentry.Report {
	if len(reports) == 1 {
		return reports[0]
	}
	m := merger{index: map[string]int{}}
	m.out.ComparedWith = comparedWith(reports)
	m.out.Complete = true
	for _, r := range reports {
		m.add(r)
	}
	m.out.Findings = ecsentry.Hold(m.findings...)
	return &m.out
}

// comparedWith is what all reports were compared with, "" if one was compared with
// nothing: nobody knows what is new in it.
func comparedWith(reports []*ecsentry.Report) string {
	var all []string
	for _, r := range reports {
		if r.ComparedWith == "" {
			return ""
		}
		if !slices.Contains(all, r.ComparedWith) {
			all = append(all, r.ComparedWith)
		}
	}
	return strings.Join(all, ", ")
}

type merger struct {
	out      ecsentry.Report
	findings []ecsentry.Finding
	index    map[string]int     // findings by ID
	from     []*ecsentry.Report // of the findings
}

func (m *merger) add(r *ecsentry.Report) {
	if m.out.Started.IsZero() || r.Started.Before(m.out.Started) {
		m.out.Started = r.Started
	}
	if r.Finished.After(m.out.Finished) {
		m.out.Finished, m.out.Version = r.Finished, r.Version
	}
	m.out.Complete = m.out.Complete && r.Complete
	m.out.Resources += r.Resources
	m.out.OlderRevisions += r.OlderRevisions
	m.out.Coverage.Add(r.Coverage)
	again := map[*ecsentry.Identity]bool{}               // resources that another report has too
	other := map[*ecsentry.Identity]*ecsentry.Identity{} // what takes their place where they are others
	for found := range r.Findings.All() {
		f := *found
		at, seen := m.index[f.ID]
		switch {
		case !seen:
			m.put(f, r)
		case strings.HasPrefix(f.Resource.ID, "arn:"), f.Resource.File() == "":
			again[f.Resource] = true
			if r.Finished.After(m.from[at].Finished) {
				m.findings[at], m.from[at] = f, r
			}
		default:
			m.rename(&f, other)
			m.put(f, r)
		}
	}
	m.out.Resources -= len(again)
}

func (m *merger) put(f ecsentry.Finding, r *ecsentry.Report) {
	m.index[f.ID] = len(m.findings)
	m.findings = append(m.findings, f)
	m.from = append(m.from, r)
}

// rename gives a finding an ID of its own: that of the next resource with this ID
// in this file.
func (m *merger) rename(f *ecsentry.Finding, other map[*ecsentry.Identity]*ecsentry.Identity) {
	id := other[f.Resource]
	if id == nil {
		copied := *f.Resource
		id = &copied
		other[f.Resource] = id
	}
	f.Resource = id
	for f.ID = ecsentry.FindingID(f.Control, id); ; f.ID = ecsentry.FindingID(f.Control, id) {
		if _, taken := m.index[f.ID]; !taken {
			return
		}
		id.Ordinal++
	}
}
