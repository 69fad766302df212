package report

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

// A sarifRun is what the tests look at.
type sarifRun struct {
	Tool        sarifTool
	Invocations []sarifInvocation
	Results     []sarifResult
}

func sarifOf(t *testing.T, r *ecsentry.Report) sarifRun {
	t.Helper()
	var doc struct{ Runs []sarifRun }
	if err := json.Unmarshal(write(t, "sarif", r, Options{}), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Runs) != 1 {
		t.Fatalf("%d runs", len(doc.Runs))
	}
	return doc.Runs[0]
}

func TestSARIFMatchesItsSchema(t *testing.T) {
	s := sarifSchema(t)
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			if err := s.Validate(parse(t, write(t, "sarif", r, Options{}))); err != nil {
				t.Error(err)
			}
		})
	}
	doc := parse(t, write(t, "sarif", sample(), Options{})).(object)
	doc["runs"].([]any)[0].(object)["results"].([]any)[0].(object)["kind"] = "unknown"
	if s.Validate(doc) == nil {
		t.Error("the schema takes a kind that there is not")
	}
}

// Failed is fail, unknown is open with level none; passes, what is not
// applicable and what is excepted are not there.
func TestSARIFResults(t *testing.T) {
	run := sarifOf(t, sample())
	type result struct{ Rule, Kind, Level string }
	var got []result
	for _, r := range run.Results {
		got = append(got, result{r.RuleID, r.Kind, r.Level})
		if rule := run.Tool.Driver.Rules[r.RuleIndex].ID; rule != r.RuleID {
			t.Errorf("ruleIndex of %s is that of %s", r.RuleID, rule)
		}
	}
	want := []result{
		{"ECS.4", "open", "none"}, {"ECS.5", "fail", "error"}, {"ECS.5", "fail", "error"}, {"ECS.2", "fail", "error"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if run.Invocations[0].ExecutionSuccessful {
		t.Error("a run with gaps was successful")
	}
}

func TestSARIFLevels(t *testing.T) {
	for s, want := range map[ecsentry.Severity][2]string{
		ecsentry.Critical: {"error", "9.5"}, ecsentry.High: {"error", "8.0"},
		ecsentry.Medium: {"warning", "5.5"}, ecsentry.Low: {"note", "2.0"},
	} {
		if got := [2]string{sarifLevel(s), securitySeverity(s)}; got != want {
			t.Errorf("%s is %v, want %v", s, got, want)
		}
	}
}

// Fingerprints stay when lines move, and tell containers, variables, resources
// and controls apart.
func TestSARIFFingerprints(t *testing.T) {
	prints := func(r *ecsentry.Report) []string {
		var out []string
		for _, result := range sarifOf(t, r).Results {
			out = append(out, result.Fingerprints["ecsentry/v1"])
		}
		return out
	}
	before := prints(sample())
	moved := sample()
	for f := range moved.Findings.All() {
		for k := range f.Verdict.Reasons {
			if at := f.Verdict.Reasons[k].At; at != nil {
				at.Off, at.End = at.Off+7, at.End+7
			}
		}
	}
	if diff := cmp.Diff(before, prints(moved)); diff != "" {
		t.Errorf("moved (-before +after):\n%s", diff)
	}

	id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "web", Source: ecsentry.SourceLive}
	c := control("ECS.8", ecsentry.High, ecsentry.TaskDefinition, "t")
	failed := func(subject, key string) ecsentry.Reason {
		return ecsentry.Reason{Outcome: ecsentry.Failed, Subject: subject, Key: key, Message: "m"}
	}
	other := *id
	other.ID = "api"
	all := prints(&ecsentry.Report{Findings: ecsentry.Hold(
		finding(c, id, failed("app", "A"), failed("app", "B"), failed("log", "A"), failed("app", "A")),
		finding(c, &other, failed("app", "A")),
	)})
	seen := map[string]bool{}
	for _, p := range all {
		if p == "" || seen[p] {
			t.Errorf("fingerprint %q twice, or empty, in %v", p, all)
		}
		seen[p] = true
	}
}

func TestFileURI(t *testing.T) {
	for path, want := range map[string]string{
		"web.yaml":            "web.yaml",
		"a b/ä#1?.yaml":       "a%20b/%C3%A4%231%3F.yaml",
		"100%.json":           "100%25.json",
		"../x.json":           "../x.json",
		"a:b.json":            "./a:b.json",
		"-":                   "-",
		"<stdin>":             "%3Cstdin%3E",
		"/srv/x y.json":       "file:///srv/x%20y.json",
		"C:/srv/x.json":       "file:///C:/srv/x.json",
		"a\nb\x1b.json":       "a%0Ab%1B.json",
		"bad\xff.json":        "bad%FF.json",
		".aws/task/[1].json":  ".aws/task/%5B1%5D.json",
		"//server/share.json": "file:////server/share.json",
	} {
		if got := fileURI(path); got != want {
			t.Errorf("fileURI(%q) = %q, want %q", path, got, want)
		}
	}
}

// In SARIF [text](target) is a link; a name must not become one.
func TestSARIFTextHasNoLinks(t *testing.T) {
	if got := plain("container [click](https://evil.example) is"); got != "container [click] (https://evil.example) is" {
		t.Errorf("got %q", got)
	}
}
