package scan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

// state is a resource as it was at a time.
func state(r *ecsentry.Resource, time, sequence int64, gone bool) *ecsentry.Resource {
	r.State = &ecsentry.State{Of: r.ID, Time: time, Sequence: sequence, Gone: gone}
	return r
}

// Of several states of a resource the latest alone counts, in whatever order they
// come and whichever source has them.
func TestTheLatestStateCounts(t *testing.T) {
	const old, later = inIreland + "task-definition/web:1", inIreland + "task-definition/web:2"
	where := line("a.json", 1)
	host := func(arn string) *ecsentry.Resource {
		return taskDefinition(where, `{"taskDefinitionArn": "`+arn+`", "pidMode": "host"}`)
	}
	task := func(arn string) *ecsentry.Resource {
		return taskDefinition(where, `{"taskDefinitionArn": "`+arn+`", "pidMode": "task"}`)
	}
	for name, tt := range map[string]struct {
		states []*ecsentry.Resource
		want   []string
		older  int
	}{
		"by time":     {states: []*ecsentry.Resource{state(host(old), 1, 9, false), state(task(old), 2, 1, false)}, want: []string{old + " PASSED"}},
		"by sequence": {states: []*ecsentry.Resource{state(host(old), 1, 9, false), state(task(old), 1, 8, false)}, want: []string{old + " FAILED"}},
		"the first of equal ones": {
			states: []*ecsentry.Resource{state(host(old), 1, 1, false), state(task(old), 1, 1, false)}, want: []string{old + " FAILED"},
		},
		"it has ended":   {states: []*ecsentry.Resource{state(host(old), 1, 1, false), state(host(old), 2, 1, true)}},
		"it came back":   {states: []*ecsentry.Resource{state(host(old), 3, 1, false), state(host(old), 2, 1, true)}, want: []string{old + " FAILED"}},
		"other revision": {states: []*ecsentry.Resource{state(host(old), 1, 1, false), state(task(later), 1, 1, false)}, want: []string{old + " NOT_APPLICABLE", later + " PASSED"}, older: 1},
		"an older revision is the latest again": {
			states: []*ecsentry.Resource{state(task(later), 1, 1, false), state(host(old), 1, 1, false), state(task(later), 2, 1, true)},
			want:   []string{old + " FAILED"},
		},
		"states and what has none": {
			states: []*ecsentry.Resource{host(old), state(task(old), 1, 1, false)}, want: []string{old + " FAILED", old + " PASSED"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, split := range []int{0, 1} {
				first, second := &source{resources: tt.states[:split]}, &source{resources: tt.states[split:]}
				o := options(first, second)
				o.Controls = only(o.Controls, "ECS.3")
				r := runOptions(t, o)
				var got []string
				for f := range r.Findings.All() {
					got = append(got, f.Resource.ID+" "+f.Verdict.Outcome.String())
				}
				if d := cmp.Diff(tt.want, got); d != "" {
					t.Errorf("findings (-want +got):\n%s", d)
				}
				if r.OlderRevisions != tt.older || r.Resources != len(tt.want) {
					t.Errorf("%d older revisions of %d resources", r.OlderRevisions, r.Resources)
				}
			}
		})
	}
}

// A service is judged with the latest states of what it refers to.
func TestTheLatestStateIsLinked(t *testing.T) {
	arn, in := inIreland+"service/prod/web", inIreland+"cluster/prod"
	fargate := cluster(line("c.json", 1), `{"clusterArn": "`+in+`", "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE"}]}`)
	own := cluster(line("c.json", 2), `{"clusterArn": "`+in+`", "defaultCapacityProviderStrategy": [{"capacityProvider": "own"}]}`)
	was := service(line("s.json", 1), `{"serviceArn": "`+arn+`", "cluster": "`+in+`", "platformVersion": "1.3.0", "launchType": "EC2"}`)
	is := service(line("s.json", 2), `{"serviceArn": "`+arn+`", "cluster": "`+in+`", "platformVersion": "1.3.0"}`)
	r := run(t, state(is, 2, 1, false), state(was, 1, 1, false), state(own, 1, 1, false), state(fargate, 2, 1, false))
	if f := find(t, r, "ECS.10", arn); f.Verdict.Outcome != ecsentry.Failed {
		t.Errorf("%s, want FAILED, its cluster runs tasks on Fargate: %+v", f.Verdict.Outcome, f.Verdict.Reasons)
	}
}

func only(all []*ecsentry.Control, id string) []*ecsentry.Control {
	for _, c := range all {
		if c.ID == id {
			return []*ecsentry.Control{c}
		}
	}
	return nil
}
