package scan_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/scan"
)

func runOptions(t testing.TB, o scan.Options) *ecsentry.Report {
	t.Helper()
	r, err := scan.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOneFindingForEachControlOfTheType(t *testing.T) {
	r := run(t,
		cluster(line("b.json", 2), `{"clusterName": "second"}`),
		cluster(line("b.json", 1), `{"clusterName": "first"}`),
		taskDefinition(line("a.json", 9), `{"family": "web"}`),
		service(line("c.json", 1), `{"serviceName": "web"}`),
		&ecsentry.Resource{Identity: ecsentry.Identity{Type: "AWS::ECS::TaskSet", ID: "ts"}, Variants: []ecsentry.Variant{{}}})
	var got []string
	for f := range r.Findings.All() {
		got = append(got, f.Resource.Name+" "+f.Control.ID)
	}
	want := []string{
		"web ECS.1", "web ECS.3", "web ECS.4", "web ECS.5", "web ECS.8", "web ECS.9",
		"first ECS.12", "second ECS.12", "web ECS.2", "web ECS.10",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("findings (-want +got):\n%s", d)
	}
	if r.Resources != 5 || !r.Complete || r.Version != "test" || r.Started != now() || r.Finished != now() {
		t.Errorf("report: %d resources, complete %v, version %q, from %v to %v", r.Resources, r.Complete, r.Version, r.Started, r.Finished)
	}
}

func TestSettings(t *testing.T) {
	arn := inIreland + "service/prod/web"
	o := options(&source{resources: []*ecsentry.Resource{service(line("s.json", 1), fmt.Sprintf(
		`{"serviceArn": %q, "networkConfiguration": {"awsvpcConfiguration": {"assignPublicIp": "ENABLED"}}}`, arn))}})
	if f := find(t, runOptions(t, o), "ECS.2", arn); f.Verdict.Outcome != ecsentry.Failed {
		t.Errorf("without settings: %s, want FAILED", f.Verdict.Outcome)
	}
	// The source of the first run holds a resource that was judged; it is judged anew.
	o.Settings = ecsentry.Settings{"ECS.2": {"exemptEcsServiceArns": {arn}}}
	if f := find(t, runOptions(t, o), "ECS.2", arn); f.Verdict.Outcome != ecsentry.Passed {
		t.Errorf("exempt: %s, want PASSED", f.Verdict.Outcome)
	}
}

func TestWhatWasNotRead(t *testing.T) {
	gap := func(scope string) []ecsentry.Gap { return []ecsentry.Gap{{Scope: scope, Reason: "because"}} }
	for _, tt := range []struct {
		name     string
		coverage ecsentry.Coverage
		strict   bool
		complete bool
		gaps     []ecsentry.Gap
		left     int // not covered
	}{
		{"nothing", ecsentry.Coverage{Files: 1}, false, true, nil, 0},
		{"skipped files are none of ours", ecsentry.Coverage{Skipped: gap("x")}, false, true, nil, 0},
		{"not covered", ecsentry.Coverage{NotCovered: gap("x")}, false, true, nil, 1},
		{"not covered, strictly", ecsentry.Coverage{NotCovered: gap("x"), Gaps: gap("a")}, true, false, append(gap("a"), gap("x")...), 0},
		{"a gap", ecsentry.Coverage{Gaps: gap("x")}, false, false, gap("x"), 0},
		{"a named file", ecsentry.Coverage{Refused: gap("x")}, false, false, nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := options(&source{coverage: tt.coverage})
			o.Strict = tt.strict
			r := runOptions(t, o)
			if r.Complete != tt.complete || len(r.Coverage.NotCovered) != tt.left {
				t.Errorf("complete %v, %d not covered; want %v, %d", r.Complete, len(r.Coverage.NotCovered), tt.complete, tt.left)
			}
			if d := cmp.Diff(tt.gaps, r.Coverage.Gaps); d != "" {
				t.Errorf("gaps (-want +got):\n%s", d)
			}
		})
	}
}

// An interrupted scan tells what is known, and that it is incomplete.
func TestInterruption(t *testing.T) {
	for _, tt := range []struct {
		name     string
		err      error
		coverage ecsentry.Coverage
		gaps     int
	}{
		{"the source says nothing of it", nil, ecsentry.Coverage{}, 1},
		{"the source has an error", context.Canceled, ecsentry.Coverage{}, 1},
		{"the source says what it did not read", nil, ecsentry.Coverage{Gaps: []ecsentry.Gap{{Scope: "b.json", Reason: "interrupted"}}}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			r, err := scan.Run(ctx, options(&source{
				resources: []*ecsentry.Resource{cluster(line("a.json", 1), `{"clusterName": "a"}`)},
				coverage:  tt.coverage, err: tt.err, after: cancel,
			}))
			if err != nil {
				t.Fatal(err)
			}
			if r.Complete || len(r.Coverage.Gaps) != tt.gaps || r.Findings.Len() != 1 {
				t.Errorf("complete %v, gaps %v, %d findings; want an incomplete report with what is known", r.Complete, r.Coverage.Gaps, r.Findings.Len())
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := scan.Run(ctx, options(&source{resources: []*ecsentry.Resource{cluster(line("a.json", 1), `{}`)}}))
	if err != nil || r.Complete || r.Findings.Len() > 0 {
		t.Errorf("before the start: %v, complete %v, %d findings; want a gap only", err, r.Complete, r.Findings.Len())
	}
}

func TestASourceThatCannotSayAnything(t *testing.T) {
	want := errors.New("no credentials")
	if _, err := scan.Run(context.Background(), options(&source{err: want})); !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

// A panic loses what it was about, not the scan; and it does not tell secrets.
func TestPanics(t *testing.T) {
	const secret = "hunter2"
	bad := &ecsentry.Control{ID: "X.1", ResourceType: ecsentry.Cluster, Check: func(any, ecsentry.Params) ecsentry.Verdict { panic(secret) }}
	good := &ecsentry.Control{ID: "X.2", ResourceType: ecsentry.Cluster, Check: func(any, ecsentry.Params) ecsentry.Verdict {
		return ecsentry.Reason{Outcome: ecsentry.Passed, Message: "is fine"}.Verdict()
	}}
	o := options(
		&source{resources: []*ecsentry.Resource{cluster(line("a.json", 1), `{"clusterName": "a"}`)}, after: func() { panic(secret) }},
		&source{resources: []*ecsentry.Resource{cluster(line("b.json", 1), `{"clusterName": "b"}`)}})
	o.Controls = []*ecsentry.Control{bad, good}
	r := runOptions(t, o)
	var got []string
	for f := range r.Findings.All() {
		got = append(got, f.Resource.ID+" "+f.Control.ID+" "+f.Verdict.Outcome.String())
	}
	if d := cmp.Diff([]string{"a X.1 UNKNOWN", "a X.2 PASSED", "b X.1 UNKNOWN", "b X.2 PASSED"}, got); d != "" {
		t.Errorf("findings (-want +got):\n%s", d)
	}
	if len(r.Coverage.Gaps) != 3 || r.Complete {
		t.Errorf("gaps %v, complete %v; want one for the source and one for each cluster", r.Coverage.Gaps, r.Complete)
	}
	if text := fmt.Sprint(r.Coverage.Gaps, r.Findings.List()[0].Verdict.Reasons); strings.Contains(text, secret) {
		t.Errorf("what the panic said is shown: %s", text)
	}
}

// Findings have IDs of their own where a source numbers resources badly, and one
// resource that a list had twice is one.
func TestIDsAreUnique(t *testing.T) {
	same := `{"clusterName": "same"}`
	arn := fmt.Sprintf(`{"clusterArn": %q}`, inIreland+"cluster/live")
	r := run(t,
		cluster(line("a.json", 1), same), cluster(line("a.json", 2), same), cluster(line("a.json", 3), same),
		cluster(line("b.json", 1), same),
		cluster(at{nil, 1}, arn), cluster(at{nil, 1}, arn))
	ids := map[string]bool{}
	for f := range r.Findings.All() {
		if ids[f.ID] {
			t.Errorf("%s %s:%d has the ID of another finding", f.Resource.ID, f.Resource.File(), f.Resource.At.Position().Line)
		}
		ids[f.ID] = true
	}
	if r.Findings.Len() != 5 || r.Resources != 5 {
		t.Errorf("%d findings, %d resources, want 5", r.Findings.Len(), r.Resources)
	}
}

// The order in which resources arrive, from which source, and whether their input
// is held, changes nothing.
func TestOrderDoesNotMatter(t *testing.T) {
	web := inIreland + "task-definition/web:"
	in := func() []*ecsentry.Resource {
		return []*ecsentry.Resource{
			taskDefinition(line("t.json", 1), revision(web+"9", "ACTIVE")),
			taskDefinition(line("t.json", 2), revision(web+"10", "ACTIVE")),
			taskDefinition(line("t.json", 3), revision(web+"11", "INACTIVE")),
			taskDefinition(line("u.json", 1), revision(web+"10", "ACTIVE")),
			taskDefinition(line("u.json", 2), task(web+"10", "WINDOWS_SERVER_2022_CORE")),
			taskDefinition(line("u.json", 3), `{"family": "web"}`),
			taskDefinition(line("u.json", 4), `{"family": "web"}`),
			taskDefinition(line("u.json", 5), `{"containerDefinitions": [{"name": "?", "privileged": "?"}]}`),
			cluster(line("c.json", 1), clusterOf(inIreland+"cluster/prod", onFargate)),
			cluster(line("c.json", 2), clusterOf(inOhio+"cluster/prod", onEC2)),
			cluster(line("d.json", 1), clusterOf(inOhio+"cluster/prod", onFargate)),
			cluster(line("d.json", 2), `{"clusterName": "prod", "status": "INACTIVE"}`),
			cluster(at{nil, 1}, clusterOf(inOhio+"cluster/live", onFargate)),
			service(line("s.json", 1), ref("cluster", "prod")),
			service(line("s.json", 2), ref("cluster", inOhio+"cluster/prod")),
			service(line("s.json", 3), fmt.Sprintf(`{"serviceArn": %q, "clusterArn": %q, "taskDefinition": %q}`,
				inIreland+"service/prod/web", inIreland+"cluster/prod", web+"9")),
			service(line("s.json", 4), `{"serviceName": "web", "taskDefinition": "web", "launchType": "FARGATE", "platformVersion": "1.0.0"}`),
			service(line("s.json", 5), ref("cluster", "nowhere")),
			service(line("s.json", 6), `{"serviceName": "api", "taskDefinition": "api", "platformVersion": "1.0.0", "cluster": "prod"}`),
			service(line("s.json", 7), `{"serviceName": "open", "taskDefinition": "?", "launchType": "?", "platformVersion": "?"}`),
			service(line("s.json", 8), `{"serviceName": "mixed", "status": "?", "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT"}, {}], "platformVersion": "1.3.0",
				"networkConfiguration": {"awsvpcConfiguration": {"assignPublicIp": "ENABLED"}}}`),
			service(line("s.json", 9), `{"serviceName": "sets", "deploymentController": {"type": "EXTERNAL"}, "platformFamily": "WINDOWS", "capacityProviderStrategy": "?"}`),
			service(at{nil, 1}, fmt.Sprintf(`{"serviceArn": %q, "status": "INACTIVE"}`, inOhio+"service/live/web")),
			taskDefinition(line("v.json", 1), `{"family": "api"}`),
		}
	}
	excusing := &scan.Policy{
		Settings: ecsentry.Settings{}, Severity: map[string]ecsentry.Severity{"ECS.4": ecsentry.Low},
		Spares: func(id *ecsentry.Identity) bool { return id.File() != "u.json" },
		Excuse: func(f *ecsentry.Finding, tags map[string]string) *ecsentry.Exception {
			if f.Resource.File() != "u.json" || f.Control.ID != "ECS.5" && tags["team"] == "" {
				return nil
			}
			return &ecsentry.Exception{Reason: "of " + f.Resource.ID}
		},
	}
	of := func(sources ...ecsentry.Source) *ecsentry.Report {
		o := options(sources...)
		o.Policy = func(*ecsentry.Identity) *scan.Policy { return excusing }
		return runOptions(t, o)
	}
	want := describe(of(&source{resources: in()}))
	if !strings.Contains(want, "ambiguous") || !strings.Contains(want, "Running:arn") || !strings.Contains(want, "of arn") {
		t.Fatalf("the input shows too little:\n%s", want)
	}
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.Permutation(in()).Draw(t, "order")
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		for _, r := range all {
			r.Streamed = rapid.Bool().Draw(t, "streamed")
		}
		r := of(&source{resources: all[:cut]}, &source{resources: all[cut:]})
		for range 2 { // each pass is the same
			if d := cmp.Diff(want, describe(r)); d != "" {
				t.Fatalf("another report (-want +got):\n%s", d)
			}
		}
		var sum ecsentry.Summary
		for f := range r.Findings.All() {
			sum.Add(f)
		}
		if sum != r.Summary() || r.Findings.Len() != len(r.Findings.List()) {
			t.Fatalf("%d findings, %+v; want %+v", r.Findings.Len(), r.Summary(), sum)
		}
	})
}
