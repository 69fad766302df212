package report

import (
	"io"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/asff"
	"github.com/ecsentry/ecsentry/internal/ocsf"
)

// writeOCSF writes an array of Compliance Findings, one a line.
func writeOCSF(w io.Writer, r *ecsentry.Report, o Options) error {
	c := converter(r, o)
	s := newJSONStream(w)
	writeList(s, func(yield func(*ocsf.Finding) bool) {
		for found := range r.Findings.All() {
			if f, ok := ocsf.Convert(&c, found); ok && !yield(&f) {
				return
			}
		}
	})
	s.raw("\n")
	return s.close()
}

// converter makes findings of Security Hub's forms.
func converter(r *ecsentry.Report, o Options) asff.Converter {
	return asff.Converter{
		Account: o.Account, Region: o.Region,
		Version: r.Version, Created: r.Started, Updated: r.Finished,
	}
}
