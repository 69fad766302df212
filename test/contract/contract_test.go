package contract

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ecsentry/ecsentry/test/program"
)

func TestReportOfTheExamples(t *testing.T) {
	p := program.Build(t)
	p.Dir = program.Root(t)
	schema := jsonschema.NewCompiler().MustCompile(filepath.Join(p.Dir, "docs", "schema", "scan-1.schema.json"))
	for _, args := range [][]string{
		{"examples/"},
		{"examples/cloudformation", "--parameter", "Stage=production"},
		{"examples/describe/clusters.json"},
		{"examples/yaml"},
		{"--controls", "ECS.5,ECS.12", "examples/"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			r := p.Run(t, append([]string{"scan", "--format", "json"}, args...)...)
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(r.Stdout)))
			if err != nil {
				t.Fatalf("%v\n%s", err, r.Stderr)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("the report breaks its schema: %v", err)
			}
			checkRules(t, r)
		})
	}
}

// checkRules checks what the schema cannot say: that counts, exit code and
// findings agree.
func checkRules(t *testing.T, r program.Result) {
	t.Helper()
	report := r.Report(t)
	count := map[string]int{}
	ids := map[string]bool{}
	for _, f := range report.Findings {
		count[strings.ToLower(f.Status)]++
		if ids[f.ID] {
			t.Errorf("%s %s: its id %s is another's too", f.Control, f.Resource.ID, f.ID)
		}
		ids[f.ID] = true
		checkFinding(t, f)
	}
	if len(report.Findings) == 0 {
		t.Error("no findings")
	}
	for _, outcome := range []string{"passed", "failed", "unknown", "not_applicable"} {
		if report.Summary[outcome] != count[outcome] {
			t.Errorf("summary.%s is %d, the findings say %d", outcome, report.Summary[outcome], count[outcome])
		}
	}
	want := 0
	switch {
	case count["failed"] > 0:
		want = 1
	case len(report.Gaps) > 0:
		want = 3
	}
	if r.Code != want {
		t.Errorf("exit code %d, want %d", r.Code, want)
	}
	if report.Scan.Complete != (len(report.Gaps) == 0) {
		t.Errorf("complete is %v with %d gaps", report.Scan.Complete, len(report.Gaps))
	}
}

func checkFinding(t *testing.T, f program.Finding) {
	t.Helper()
	if at := f.Resource.Location; at == nil || at.File == "" || at.Line < 1 || at.Column < 1 {
		t.Errorf("%s %s: no place of the resource: %+v", f.Control, f.Resource.ID, at)
	}
	rank := map[string]int{"NOT_APPLICABLE": 0, "PASSED": 1, "UNKNOWN": 2, "FAILED": 3}
	said := false
	for _, reason := range f.Reasons {
		said = said || reason.Status == f.Status && reason.Message != ""
		if rank[reason.Status] > rank[f.Status] {
			t.Errorf("%s %s: %s, with a reason that is %s", f.Control, f.Resource.ID, f.Status, reason.Status)
		}
	}
	if !said {
		t.Errorf("%s %s: %s, and no reason says why", f.Control, f.Resource.ID, f.Status)
	}
}

// Two scans of the same files give the same findings in the same order.
func TestReportIsStable(t *testing.T) {
	p := program.Build(t)
	p.Dir = program.Root(t)
	first := p.Run(t, "scan", "--format", "json", "examples/").Report(t)
	again := p.Run(t, "scan", "--format", "json", "examples/").Report(t)
	if diff := cmp.Diff(first.Findings, again.Findings); diff != "" {
		t.Errorf("another scan of the same files reports (-first +second):\n%s", diff)
	}
}

// A finding keeps its id when lines are added above it, and when it is mended.
func TestIDsDoNotDependOnLines(t *testing.T) {
	p := program.Build(t)
	p.Dir = t.TempDir()
	template, err := os.ReadFile(filepath.Join(program.Root(t), "examples", "cloudformation", "web.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	ids := func(text string) map[string]string {
		if err := os.WriteFile(filepath.Join(p.Dir, "web.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, f := range p.Run(t, "scan", "--format", "json", "web.yaml").Report(t).Findings {
			out[f.Resource.ID+" "+f.Control] = f.ID
		}
		return out
	}
	before := ids(string(template))
	moved := strings.Replace(string(template), "Resources:\n", "Resources:\n\n\n\n", 1)
	mended := strings.Replace(moved, "          User: \"1000\"\n", "          User: \"1000\"\n          ReadonlyRootFilesystem: true\n", 1)
	if moved == string(template) || mended == moved {
		t.Fatal("the example has changed; change this test too")
	}
	if diff := cmp.Diff(before, ids(mended)); diff != "" || len(before) == 0 {
		t.Errorf("ids changed (-before +after):\n%s", diff)
	}
}
