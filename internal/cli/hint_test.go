package cli

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// decided is a finding as far as hints are about it.
type decided struct {
	Control, Status string
	Resource        struct {
		ID       string
		Location struct{ File string }
	}
	Reasons []struct{ Status, Hint string }
}

func scanJSON(t *testing.T, args ...string) []decided {
	t.Helper()
	p, stdout, stderr := process("", append([]string{"scan", "--format", "json"}, args...)...)
	if code := Main(context.Background(), p); code == exitUsage {
		t.Fatalf("scan %v: %s", args, stderr)
	}
	var r struct{ Findings []decided }
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	return r.Findings
}

// What an unknown says would decide it does decide it: each hint is followed, and
// the same finding is looked at again.
func TestHintsAreTrue(t *testing.T) {
	inputs := []string{"../../examples", "testdata/open.yaml"}
	followed := 0
	for _, f := range scanJSON(t, inputs...) {
		if f.Status != "UNKNOWN" {
			continue
		}
		for _, reason := range f.Reasons {
			if !strings.HasPrefix(reason.Hint, "--parameter ") {
				continue
			}
			followed++
			again := scanJSON(t, append(strings.Fields(reason.Hint), inputs...)...)
			i := slices.IndexFunc(again, func(g decided) bool {
				return g.Control == f.Control && g.Resource == f.Resource
			})
			if i < 0 || again[i].Status == "UNKNOWN" {
				t.Errorf("%s %s of %s: %s does not decide it", f.Resource.Location.File, f.Control, f.Resource.ID, reason.Hint)
			}
		}
	}
	if followed < 12 {
		t.Errorf("only %d hints were followed", followed)
	}
}
