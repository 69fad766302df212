package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

func TestRepository(t *testing.T) {
	for image, want := range map[string]string{
		"":                                 "",
		"nginx":                            "nginx",
		"nginx:1.27":                       "nginx",
		"amazon/aws-for-fluent-bit:latest": "amazon/aws-for-fluent-bit",
		"906394416424.dkr.ecr.us-west-2.amazonaws.com/aws-for-fluent-bit:stable": "aws-for-fluent-bit",
		"public.ecr.aws/aws-observability/aws-for-fluent-bit@sha256:0123":        "aws-observability/aws-for-fluent-bit",
		"localhost:5000/team/app":                       "team/app",
		"localhost/app:1":                               "app",
		"*.dkr.ecr.*.amazonaws.com/web:*":               "web",
		"registry.example.com:5000/a/b/c:1@sha256:0123": "a/b/c",
	} {
		if got := repository(image); got != want {
			t.Errorf("repository(%q) is %q, want %q", image, got, want)
		}
	}
}

// fleet has the same containers in many task definitions.
func fleet() *ecsentry.Report {
	c5 := control("ECS.5", ecsentry.High, ecsentry.TaskDefinition, "Read-only")
	c12 := control("ECS.12", ecsentry.Medium, ecsentry.Cluster, "Insights")
	r := &ecsentry.Report{Complete: true}
	for i := range 5 {
		id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: fmt.Sprintf("arn:aws:ecs:eu-west-1:1:task-definition/t%d:1", i), Name: fmt.Sprintf("t%d", i)}
		region := fmt.Sprintf("1.dkr.ecr.eu-west-%d.amazonaws.com", i)
		router := ecsentry.Reason{Outcome: ecsentry.Failed, Subject: "log_router", Message: "can write", Image: region + "/aws-for-fluent-bit:" + fmt.Sprint(i)}
		app := ecsentry.Reason{Outcome: ecsentry.Passed, Subject: "app", Message: "cannot write", Image: "x/app"}
		if i < 2 {
			app.Outcome, app.Image = ecsentry.Unknown, fmt.Sprintf("team-%d/app", i)
		}
		r.Findings.Add(finding(c5, id, router, app))
	}
	cluster := &ecsentry.Identity{Type: ecsentry.Cluster, ID: "c", Name: "c"}
	r.Findings.Add(finding(c12, cluster, ecsentry.Reason{Outcome: ecsentry.Failed, Message: "has none"}))
	return r
}

func TestCauses(t *testing.T) {
	var got []string
	for _, c := range causes(fleet()) {
		got = append(got, c.outcome.String()+" "+c.line())
	}
	want := []string{
		"FAILED ECS.5 · log_router · aws-for-fluent-bit · 5 task definitions",
		"FAILED ECS.12 · 1 cluster",
		"UNKNOWN ECS.5 · app · team-0/app · 1 task definition", // two repositories end in app
		"UNKNOWN ECS.5 · app · team-1/app · 1 task definition",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGoldenGroups(t *testing.T) {
	for _, by := range GroupWords() {
		golden(t, "group-"+by+".txt", write(t, "text", fleet(), Options{GroupBy: by}))
		golden(t, "group-"+by+".md", write(t, "markdown", fleet(), Options{GroupBy: by}))
	}
}

// Only formats that say so group; and no group lets a hostile name out.
func TestGrouped(t *testing.T) {
	for _, f := range Formats() {
		for _, by := range GroupWords() {
			differs := string(write(t, f.Name, fleet(), Options{})) != string(write(t, f.Name, fleet(), Options{GroupBy: by}))
			if differs != f.Grouped {
				t.Errorf("%s by %s: makes a difference: %v, says %v", f.Name, by, differs, f.Grouped)
			}
			out := string(write(t, f.Name, hostile(), Options{GroupBy: by, Verbose: true}))
			for _, bad := range []string{"\x1b", "\u202e", "\nFAILED ECS.1"} {
				if strings.Contains(out, bad) {
					t.Errorf("%s by %s has %q", f.Name, by, bad)
				}
			}
			if f.Name == "markdown" && len(out) > maxComment {
				t.Errorf("%s by %s has %d bytes", f.Name, by, len(out))
			}
		}
	}
}
