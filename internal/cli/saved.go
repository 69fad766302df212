package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/compare"
	"github.com/ecsentry/ecsentry/internal/report"
)

// readSaved reads results that were saved as JSON; - is standard input.
func readSaved(p Process, name string) (*ecsentry.Report, error) {
	in := p.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			if near := nearPath(name); near != "" {
				return nil, badUsage("did you mean "+near+"?", "read saved results: %s does not exist", name)
			}
			return nil, badUsage("save results with ecsentry scan -o json=FILE", "read saved results: %s", err)
		}
		defer f.Close()
		in = f
	}
	r, err := report.Read(in, catalog.Controls())
	if err != nil {
		if name == "-" {
			name = "the standard input"
		}
		return nil, badUsage("save results with ecsentry scan -o json=FILE", "read saved results: %s %s", name, err)
	}
	return r, nil
}

// readMerged reads several and makes one of them.
func readMerged(p Process, names []string) (*ecsentry.Report, error) {
	seen := map[string]bool{}
	var all []*ecsentry.Report
	for _, name := range names {
		clean := filepath.Clean(name)
		if seen[clean] {
			return nil, badUsage("name it once", "%s is named twice", name)
		}
		seen[clean] = true
		r, err := readSaved(p, name)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return compare.Merge(all), nil
}

// A baseline is what a run is compared with: only what is new fails the run.
type baseline struct {
	name   string
	report *ecsentry.Report
}

// compare marks what the baseline had already, and says what has changed.
func (b *baseline) compare(r *ecsentry.Report, stderr io.Writer, quiet bool) {
	if b == nil {
		return
	}
	d := compare.Reports(b.report, r)
	r.ComparedWith = b.name
	if !quiet {
		fmt.Fprintf(stderr, "compared with %s: %s\n", lines(b.name), report.Changes(&d))
	}
}
