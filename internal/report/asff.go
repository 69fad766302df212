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
		for i := range r.Findings {
			if f, ok := c.Finding(&r.Findings[i]); ok && !yield(&f) {
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
		start, n := 0, 0
		part := func(end int) *ecsentry.Report {
			p := *r
			p.Findings = r.Findings[start:end]
			return &p
		}
		for i := range r.Findings {
			if r.Findings[i].Verdict.Outcome == ecsentry.NotApplicable {
				continue
			}
			if n == asff.MostFindings {
				if !yield(part(i)) {
					return
				}
				start, n = i, 0
			}
			n++
		}
		yield(part(len(r.Findings)))
	}
}
