package live

import (
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/internal/ecstest"
)

// Only the tags that a policy asks for are kept, of all types.
func TestTags(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tags := []any{
			ecstest.Object{"key": "team", "value": "payments"}, ecstest.Object{"key": "tier", "value": "1"},
		}
		w := &ecstest.World{}
		r := w.Region(accountID, home)
		r.Register("web", ecstest.Object{"containerDefinitions": []any{ecstest.Object{"name": "app", "image": "app"}}}, tags...)
		r.AddCluster("prod", ecstest.Object{"tags": tags}).AddService("web", ecstest.Object{
			"tags": tags, "launchType": "FARGATE", "taskDefinition": r.ARN("task-definition/web:1"),
		})
		s := ecstest.StartInMemory(w)
		defer s.Close()
		for _, test := range []struct {
			wanted []string
			want   map[string]string
		}{
			{nil, nil},
			{[]string{"team", "stage"}, map[string]string{"team": "payments"}},
		} {
			got := collect(t.Context(), t, against(s, Config{Tags: test.wanted}))
			if len(got.resources) != 3 {
				t.Fatalf("%d resources, want 3", len(got.resources))
			}
			for id, res := range got.resources {
				if d := cmp.Diff(test.want, res.Tags); d != "" {
					t.Errorf("%s: %s", id, d)
				}
			}
		}
	})
}

// An aggregator's rows have the tags only where a policy asks for some.
func TestAggregatorTags(t *testing.T) {
	inAggregator(t, func(t *testing.T, s *ecstest.Server, a *ecstest.Aggregator) {
		for _, item := range []ecstest.Object{
			recorded("Cluster", arn("cluster/main"), ecstest.Object{}),
			recorded("Service", arn("service/main/web"), ecstest.Object{}),
			recorded("TaskDefinition", arn("task-definition/web:1"), ecstest.Object{"Status": "ACTIVE"}),
		} {
			item["tags"] = []any{
				ecstest.Object{"tag": "team=payments", "key": "team", "value": "payments"},
				ecstest.Object{"tag": "tier=1", "key": "tier", "value": "1"},
			}
			a.Record(item)
		}
		for _, test := range []struct {
			wanted []string
			want   map[string]string
		}{
			{nil, nil},
			{[]string{"team", "stage"}, map[string]string{"team": "payments"}},
		} {
			got := collect(t.Context(), t, against(s, Config{Aggregator: aggregatorName, Tags: test.wanted}))
			if len(got.resources) != 3 {
				t.Fatalf("%d resources, want 3", len(got.resources))
			}
			for id, res := range got.resources {
				if d := cmp.Diff(test.want, res.Tags); d != "" {
					t.Errorf("%s: %s", id, d)
				}
			}
		}
	})
}
