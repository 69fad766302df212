package terraform_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

// scanPath scans a path with all controls.
func scanPath(t *testing.T, path string) *ecsentry.Report {
	t.Helper()
	return scanGiven(t, path, terraform.Variables{})
}

func scanGiven(t *testing.T, path string, given terraform.Variables) *ecsentry.Report {
	t.Helper()
	source, err := files.New(files.Options{Paths: []string{path}, Formats: []files.Format{terraform.New(given)}})
	if err != nil {
		t.Fatal(err)
	}
	report, err := scan.Run(context.Background(), scan.Options{
		Sources: []ecsentry.Source{source}, Controls: catalog.Controls(), Version: "test", Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// scanText scans one document as plan.json.
func scanText(t *testing.T, text string) *ecsentry.Report {
	t.Helper()
	name := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return scanPath(t, name)
}

// find is the finding of a control about a resource.
func find(t *testing.T, r *ecsentry.Report, id, control string) *ecsentry.Finding {
	t.Helper()
	for f := range r.Findings.All() {
		if f.Resource.ID == id && f.Control.ID == control {
			return f
		}
	}
	t.Fatalf("no finding of %s about %s: %v, %v", control, id, ids(r), r.Coverage)
	return nil
}

func ids(r *ecsentry.Report) (out []string) {
	for f := range r.Findings.All() {
		out = append(out, f.Resource.ID+" "+f.Control.ID)
	}
	return out
}

// expect compares verdicts with lines of ID, control and outcome.
func expect(t *testing.T, r *ecsentry.Report, want string) {
	t.Helper()
	for line := range strings.Lines(want) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) != 3 {
			t.Fatalf("want %q is not of three words", line)
		}
		f := find(t, r, words[0], words[1])
		if got := f.Verdict.Outcome.String(); got != words[2] {
			t.Errorf("%s %s: %s, want %s: %+v", words[0], words[1], got, words[2], f.Verdict.Reasons)
		}
	}
}
