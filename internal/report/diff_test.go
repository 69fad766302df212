package report

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/compare"
)

// changed has something in each list.
func changed() *compare.Difference {
	r := sample()
	all := func(o ecsentry.Outcome, excepted bool) (out []*ecsentry.Finding) {
		for f := range r.Findings.All() {
			if f.Verdict.Outcome == o && (f.Exception != nil) == excepted {
				out = append(out, f)
			}
		}
		return out
	}
	return &compare.Difference{
		New: all(ecsentry.Failed, false), Undecided: all(ecsentry.Unknown, false), Excepted: all(ecsentry.Failed, true),
		Fixed: all(ecsentry.Passed, false), Gone: all(ecsentry.Failed, false), Unchanged: all(ecsentry.Failed, false),
	}
}

func TestGoldenDiff(t *testing.T) {
	for _, f := range DiffFormats() {
		var b bytes.Buffer
		if err := f.Write(&b, changed(), Options{Verbose: true}); err != nil {
			t.Fatal(err)
		}
		golden(t, "diff."+f.Name, b.Bytes())
	}
}

func TestDiffMatchesItsSchema(t *testing.T) {
	c := jsonschema.NewCompiler()
	const base = "https://github.com/ecsentry/ecsentry/docs/schema/"
	for _, name := range []string{"scan-1.schema.json", "diff-1.schema.json"} {
		if err := c.AddResource(base+name, parseFile(t, filepath.Join("..", "..", "docs", "schema", name))); err != nil {
			t.Fatal(err)
		}
	}
	schema, err := c.Compile(base + "diff-1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]*compare.Difference{"changed": changed(), "nothing": {Complete: true}} {
		var b bytes.Buffer
		if err := writeDiffJSON(&b, d, Options{}); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(parse(t, b.Bytes())); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestChanges(t *testing.T) {
	if got, want := Changes(changed()), "2 new, 1 newly unknown, 1 newly excepted, 1 fixed, 2 gone, 2 unchanged"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Changes(&compare.Difference{}), "0 new, 0 fixed, 0 gone, 0 unchanged"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDiffIsInert(t *testing.T) {
	r := hostile()
	d := compare.Reports(&ecsentry.Report{}, r)
	if len(d.New) == 0 {
		t.Fatal("nothing is new")
	}
	for _, f := range DiffFormats() {
		var b bytes.Buffer
		if err := f.Write(&b, &d, Options{}); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"\x1b", "\u202e", "\nFAILED ECS.1"} {
			if strings.Contains(b.String(), bad) {
				t.Errorf("%s has %q", f.Name, bad)
			}
		}
	}
}
