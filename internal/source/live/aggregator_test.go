package live

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/ecstest"
)

const aggregatorName = "org"

// inAggregator serves an aggregator of two accounts in memory.
func inAggregator(t *testing.T, test func(*testing.T, *ecstest.Server, *ecstest.Aggregator)) {
	synctest.Test(t, func(t *testing.T) {
		w := &ecstest.World{}
		a := w.Region(accountID, home).AddAggregator(aggregatorName)
		s := ecstest.StartInMemory(w)
		defer s.Close()
		test(t, s, a)
	})
}

const elsewhere = "arn:aws:ecs:us-east-1:444455556666:"

func recorded(kind, arn string, configuration ecstest.Object) ecstest.Object {
	parts := strings.Split(arn, ":")
	return ecstest.Object{
		"arn": arn, "resourceType": "AWS::ECS::" + kind, "accountId": parts[4], "awsRegion": parts[3], "resourceId": parts[5],
		"configuration": configuration,
	}
}

func verdictOf(r *ecsentry.Resource, control string) string {
	for _, c := range catalog.Controls() {
		if c.ID == control {
			return ecsentry.Judge(c, r, nil).Outcome.String()
		}
	}
	return ""
}

func TestAggregator(t *testing.T) {
	inAggregator(t, func(t *testing.T, s *ecstest.Server, a *ecstest.Aggregator) {
		a.Record(recorded("Cluster", elsewhere+"cluster/main", ecstest.Object{"ClusterName": "main"}))
		a.Record(recorded("Cluster", arn("cluster/main"), ecstest.Object{"ClusterName": "main", "ClusterSettings": []any{
			ecstest.Object{"Name": "containerInsights", "Value": "enabled"},
		}}))
		a.Record(recorded("Service", elsewhere+"service/main/web", ecstest.Object{
			"NetworkConfiguration": ecstest.Object{"AwsvpcConfiguration": ecstest.Object{"AssignPublicIp": "ENABLED"}},
		}))
		a.Record(recorded("TaskDefinition", elsewhere+"task-definition/web:7", ecstest.Object{"Family": "web", "PidMode": "host", "Status": "ACTIVE"}))
		a.Record(recorded("Instance", "arn:aws:ec2:us-east-1:444455556666:instance/i-1", nil))
		r := collect(t.Context(), t, against(s, Config{Aggregator: aggregatorName}))
		got := map[string]string{}
		for id, res := range r.resources {
			control := map[ecsentry.ResourceType]string{ecsentry.Cluster: "ECS.12", ecsentry.Service: "ECS.2", ecsentry.TaskDefinition: "ECS.3"}[res.Type]
			got[id] = res.Name + " " + verdictOf(res, control)
			if res.Source != ecsentry.SourceLive || res.At != nil || res.State != nil || id != elsewhere+strings.SplitN(id, ":", 6)[5] && (res.Account != accountID || res.Region != home) {
				t.Errorf("identity %+v", res.Identity)
			}
		}
		want := map[string]string{
			elsewhere + "cluster/main": "main FAILED", arn("cluster/main"): "main PASSED",
			elsewhere + "service/main/web": "web FAILED", elsewhere + "task-definition/web:7": "web FAILED",
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
		if len(r.gaps) > 0 {
			t.Errorf("gaps %v", r.gaps)
		}
	})
}

// A hundred resources take one call.
func TestAggregatorPages(t *testing.T) {
	inAggregator(t, func(t *testing.T, s *ecstest.Server, a *ecstest.Aggregator) {
		for i := range 950 {
			a.Record(recorded("TaskDefinition", arn(fmt.Sprintf("task-definition/f%d:1", i)), ecstest.Object{"Status": "ACTIVE"}))
		}
		s.Latency(time.Second)
		r := collect(t.Context(), t, against(s, Config{Aggregator: aggregatorName}))
		if n := r.count(ecsentry.TaskDefinition); n != 950 || len(r.gaps) > 0 {
			t.Errorf("%d task definitions, %v", n, r.gaps)
		}
		// 10 pages of task definitions; services and clusters meanwhile; who and which sources before.
		if n := len(s.Calls()); n != 14 || r.took > 13*time.Second {
			t.Errorf("%d calls in %v", n, r.took)
		}
	})
}

// Throttled calls are repeated, and so are those that fail for a passing reason.
func TestAggregatorFaults(t *testing.T) {
	for _, kind := range []ecstest.Kind{ecstest.Throttling, ecstest.Reset, ecstest.CutShort, ecstest.Empty, ecstest.Unavailable} {
		t.Run(fmt.Sprint(kind), func(t *testing.T) {
			inAggregator(t, func(t *testing.T, s *ecstest.Server, a *ecstest.Aggregator) {
				for i := range 250 {
					a.Record(recorded("Service", arn(fmt.Sprintf("service/main/s%d", i)), ecstest.Object{}))
				}
				s.Inject(ecstest.Fault{Action: "SelectAggregateResourceConfig", Kind: kind, Times: 3})
				r := collect(t.Context(), t, against(s, Config{Aggregator: aggregatorName}))
				if n := r.count(ecsentry.Service); n != 250 || len(r.gaps) > 0 {
					t.Errorf("%d services, %v", n, r.gaps)
				}
			})
		})
	}
}

// What the aggregator cannot say is a gap.
func TestAggregatorGaps(t *testing.T) {
	inAggregator(t, func(t *testing.T, s *ecstest.Server, a *ecstest.Aggregator) {
		a.Record(recorded("Cluster", arn("cluster/main"), ecstest.Object{}))
		a.Record(ecstest.Object{"resourceType": "AWS::ECS::Service"})
		a.Stale("777788889999", "eu-north-1", "AccessDenied", "no role")
		s.Inject(ecstest.Fault{Action: "SelectAggregateResourceConfig", Match: "TaskDefinition", Kind: ecstest.Deny})
		r := collect(t.Context(), t, against(s, Config{Aggregator: aggregatorName}))
		if r.count(ecsentry.Cluster) != 1 || len(r.resources) != 1 {
			t.Errorf("resources %v", r.resources)
		}
		in := " in aggregator org in account " + accountID + ", Region " + home
		for scope, reason := range map[string]string{
			"source 777788889999, Region eu-north-1 of aggregator org":              "could not bring the aggregator up to date: AccessDenied: no role",
			"config:SelectAggregateResourceConfig of AWS::ECS::Service" + in:        "1 rows are not what",
			"config:SelectAggregateResourceConfig of AWS::ECS::TaskDefinition" + in: "AccessDenied",
		} {
			if got := r.gap(scope); !strings.Contains(got, reason) {
				t.Errorf("gap of %s: %q", scope, got)
			}
		}
		if len(r.gaps) != 3 {
			t.Errorf("gaps %v", r.gaps)
		}
	})
}

// An aggregator that does not exist is an error that says how to find the others.
func TestNoSuchAggregator(t *testing.T) {
	inAggregator(t, func(t *testing.T, s *ecstest.Server, _ *ecstest.Aggregator) {
		_, err := against(s, Config{Aggregator: "other"}).Collect(t.Context(), func(*ecsentry.Resource) error { return nil })
		if err == nil || !strings.Contains(err.Error(), `"other"`) || !strings.Contains(err.Error(), "describe-configuration-aggregators") {
			t.Errorf("%v", err)
		}
	})
}
