package terraform_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

// worst are the outcomes by resource and control.
func worst(r *ecsentry.Report) map[string]ecsentry.Outcome {
	out := map[string]ecsentry.Outcome{}
	for f := range r.Findings.All() {
		k := f.Resource.ID + " " + f.Control.ID
		out[k] = max(out[k], f.Verdict.Outcome)
	}
	return out
}

func TestFix(t *testing.T) {
	names, err := filepath.Glob("testdata/fix/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			f := readFixture(t, name)
			dir := f.write(t)
			before := f.scan(t, dir)
			failed := false
			for finding := range before.Findings.All() {
				failed = failed || finding.Control.ID == f.control && finding.Failed()
			}
			if !failed {
				t.Fatalf("nothing fails %s: %v %+v", f.control, worst(before), before.Coverage)
			}
			rounds := 0
			for f.round(t, dir) {
				if rounds++; rounds > 8 {
					t.Fatal("it changes again and again")
				}
			}
			for file, text := range f.files {
				want, changed := f.want[file]
				if !changed {
					want = text
				}
				got, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, string(got)); diff != "" {
					t.Errorf("%s (-want +got)\n%s", file, diff)
				}
			}
			if f.manual {
				for finding := range before.Findings.All() {
					if finding.Control.ID == f.control && finding.Verdict.Advise().Safety != ecsentry.Manual {
						t.Errorf("it is %s", finding.Verdict.Advise().Safety)
					}
				}
				return
			}
			if f.refused != "" {
				if !slices.Contains(f.refusal, f.refused) {
					t.Errorf("refused: %q, want %q", f.refusal, f.refused)
				}
				return
			}
			if len(f.refusal) > 0 {
				t.Errorf("refused: %q", f.refusal)
			}
			if diff := cmp.Diff(f.notes, f.splices); diff != "" {
				t.Errorf("notes (-want +got)\n%s", diff)
			}
			was := worst(before)
			for k, now := range worst(f.scan(t, dir)) {
				_, id, _ := strings.Cut(k, " ")
				switch {
				case id == f.control && !f.open && now > ecsentry.Passed:
					t.Errorf("%s: %v after the fix", k, now)
				case now > was[k]:
					t.Errorf("%s: %v after the fix, was %v", k, now, was[k])
				}
			}
		})
	}
}
