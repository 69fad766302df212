package report

import (
	"io"
	"iter"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/asff"
)

// writeASFF writes a plain array, ready for
// aws securityhub batch-import-findings --findings file://….
func writeASFF(w io.Writer, r *ecsentry.Report, o Options) error {
	c := converter(r, o)
	s := newJSONStream(w)
	writeList(s, func(yield func(*asff.Finding) bool) {
		for found := range r.Findings.All() {
			if f, ok := c.Finding(found); ok && !yield(&f) {
				return
			}
		}
	})
	s.raw("\n")
	return s.close()
}

// splitASFF divides a report so that each part has no more findings than one
// import takes.
func splitASFF(r *ecsentry.Report) iter.Seq[*ecsentry.Report] {
	return func(yield func(*ecsentry.Report) bool) {
		var list []ecsentry.Finding
		part := func() *ecsentry.Report {
			p := *r
			p.Findings = ecsentry.Hold(list...)
			return &p
		}
		for f := range r.Findings.All() {
			if f.Verdict.Outcome == ecsentry.NotApplicable {
				continue // it is not written
			}
			if len(list) == asff.MostFindings {
				if !yield(part()) {
					return
				}
				list = nil
			}
			list = append(list, *f)
		}
		yield(part())
	}
}
