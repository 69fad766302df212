package scan_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

func revision(arn, status string) string {
	return fmt.Sprintf(`{"taskDefinitionArn": %q, "status": %q, "containerDefinitions": [{"name": "app"}]}`, arn, status)
}

// Judged are the numerically highest ACTIVE revisions of each family in an
// account and Region, and what has no revision number.
func TestLatestActiveRevision(t *testing.T) {
	web := inIreland + "task-definition/web:"
	for _, tt := range []struct {
		name  string
		in    []string
		want  map[int]string // by line: the reason not to judge it, "" where it is judged
		older int
	}{
		{
			"10 comes after 9",
			[]string{revision(web+"9", "ACTIVE"), revision(web+"10", "ACTIVE")},
			map[int]string{1: "is not the latest active revision: 10 is", 2: ""}, 1,
		},
		{
			"a higher one that is inactive does not count",
			[]string{revision(web+"3", "INACTIVE"), revision(web+"2", "ACTIVE"), revision(web+"4", "DELETE_IN_PROGRESS")},
			map[int]string{1: "is INACTIVE", 2: "", 3: "is DELETE_IN_PROGRESS"}, 2,
		},
		{
			"another Region",
			[]string{revision(web+"9", "ACTIVE"), revision(inOhio+"task-definition/web:10", "ACTIVE")},
			map[int]string{1: "", 2: ""}, 0,
		},
		{
			"no status is ACTIVE, and the revision may be a property",
			[]string{`{"family": "web", "revision": 1}`, `{"family": "web", "revision": 2}`, revision(web+"3", "ACTIVE")},
			map[int]string{1: "is not the latest active revision: 2 is", 2: "", 3: ""}, 1,
		},
		{
			"what has no number is judged and supersedes nothing",
			[]string{`{"family": "web"}`, revision(web+"9", "ACTIVE"), `{"family": "web"}`},
			map[int]string{1: "", 2: "", 3: ""}, 0,
		},
		{
			"the same ARN at two places is judged at each",
			[]string{revision(web+"2", "ACTIVE"), revision(web+"2", "ACTIVE"), revision(web+"1", "ACTIVE")},
			map[int]string{1: "", 2: "", 3: "is not the latest active revision: 2 is"}, 1,
		},
		{
			"no active one at all",
			[]string{revision(web+"1", "INACTIVE")},
			map[int]string{1: "is INACTIVE"}, 1,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var in []*ecsentry.Resource
			for i, text := range tt.in {
				in = append(in, taskDefinition(line("revisions.json", i+1), text))
			}
			r := run(t, in...)
			got, controls := map[int]string{}, map[int]int{}
			for f := range r.Findings.All() {
				at := f.Resource.At.Position().Line
				controls[at]++
				got[at] = ""
				if f.Verdict.Outcome == ecsentry.NotApplicable && f.Verdict.Reasons[0].Message != "has no container definitions" {
					got[at] = f.Verdict.Reasons[0].Message
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("why not judged, by line (-want +got):\n%s", d)
			}
			for at, n := range controls {
				if n != 6 {
					t.Errorf("line %d: %d findings, want one for each of the six controls", at, n)
				}
			}
			if r.OlderRevisions != tt.older {
				t.Errorf("%d older revisions, want %d", r.OlderRevisions, tt.older)
			}
		})
	}
}

// Clusters and services that have ended are not judged, and are no revisions.
func TestInactive(t *testing.T) {
	r := run(t,
		cluster(line("c.json", 1), `{"clusterName": "old", "status": "INACTIVE"}`),
		cluster(line("c.json", 2), `{"clusterName": "new", "status": "ACTIVE"}`),
		service(line("s.json", 1), `{"serviceName": "old", "status": "INACTIVE", "launchType": "FARGATE"}`),
		service(line("s.json", 2), `{"serviceName": "leaving", "status": "DRAINING", "launchType": "FARGATE"}`))
	var got []string
	for f := range r.Findings.All() {
		got = append(got, fmt.Sprintf("%s %s %s %s", f.Resource.Name, f.Control.ID, f.Verdict.Outcome, f.Verdict.Reasons[0].Message))
	}
	want := []string{
		"old ECS.12 NOT_APPLICABLE is INACTIVE",
		"new ECS.12 FAILED does not use Container Insights", // only the source knows what was asked for
		"old ECS.2 NOT_APPLICABLE is INACTIVE",
		"old ECS.10 NOT_APPLICABLE is INACTIVE",
		"leaving ECS.2 PASSED does not give its tasks public IP addresses",
		"leaving ECS.10 PASSED runs on the latest Fargate platform version",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("findings (-want +got):\n%s", d)
	}
	if r.OlderRevisions != 0 {
		t.Errorf("%d older revisions, want none", r.OlderRevisions)
	}
}
