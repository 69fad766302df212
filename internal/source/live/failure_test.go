package live

import (
	"strings"
	"testing"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/ecstest"
)

// Failures that pass lose nothing and repeat no call that succeeded.
func TestPassingFailures(t *testing.T) {
	for name, kind := range map[string]ecstest.Kind{
		"status 500": ecstest.Break, "status 503": ecstest.Unavailable, "reset connection": ecstest.Reset,
		"answer cut short": ecstest.CutShort, "error cut short": ecstest.CutError, "empty answer": ecstest.Empty,
		"not the API": ecstest.Garbled, "throttled": ecstest.Throttling,
	} {
		t.Run(name, func(t *testing.T) {
			f := small()
			inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
				for _, action := range []string{
					"GetCallerIdentity", "ListClusters", "DescribeClusters", "ListServices", "DescribeServices",
					"ListTaskDefinitionFamilies",
				} {
					s.Inject(ecstest.Fault{Kind: kind, Action: action, Times: 2})
				}
				s.Inject(ecstest.Fault{Kind: kind, Match: ecstest.FamilyName(4) + `"`, Times: 5})
				r := collect(t.Context(), t, against(s, Config{}))
				whole(t, r, f)
				if n := len(s.Repeated()); n > 0 {
					t.Errorf("%d calls repeated", n)
				}
				if r.took > 40*time.Second {
					t.Errorf("took %v", r.took)
				}
			})
		})
	}
}

// What fails for ever is given up after a fair number of tries, alone.
func TestLastingFailures(t *testing.T) {
	for name, tc := range map[string]struct {
		kind   ecstest.Kind
		tries  int
		reason string
	}{
		"status 500":       {ecstest.Break, maxTries, "ServerException: Service Unavailable. Please try again later. (tried 8 times)"},
		"status 503":       {ecstest.Unavailable, maxTries, "HTTP status 503 (tried 8 times)"},
		"reset connection": {ecstest.Reset, maxTries, "EOF (tried 8 times)"},
		"cut short":        {ecstest.CutShort, maxTries, "the answer was cut short (tried 8 times)"},
		"empty":            {ecstest.Empty, maxTries, "the answer is not what the Amazon ECS API promises (tried 8 times)"},
		"not the API":      {ecstest.Garbled, maxTries, "the answer is not what the Amazon ECS API promises (tried 8 times)"},
		"says nothing":     {ecstest.Omit, maxTries, "the answer is not what the Amazon ECS API promises (tried 8 times)"},
		"no answer":        {ecstest.Hang, 3, "no answer within 10s (tried 3 times)"},
		"refused":          {ecstest.Deny, 1, "not authorized to perform: ecs:DescribeTaskDefinition"},
		"expired":          {ecstest.Expire, 1, "ExpiredTokenException: The security token included in the request is expired"},
	} {
		t.Run(name, func(t *testing.T) {
			f := small()
			inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
				s.Inject(ecstest.Fault{Kind: tc.kind, Match: ecstest.FamilyName(4) + `"`})
				r := collect(t.Context(), t, against(s, Config{}))
				reason := r.gap(arn("task-definition/" + ecstest.FamilyName(4)))
				if len(r.gaps) != 1 || !strings.Contains(reason, tc.reason) {
					t.Errorf("gaps %v, want a reason with %q", r.gaps, tc.reason)
				}
				tries := 0
				for _, c := range s.Calls() {
					if strings.Contains(c.Input, ecstest.FamilyName(4)) {
						tries++
					}
				}
				if tries != tc.tries || r.took > patience {
					t.Errorf("%d tries in %v, want %d", tries, r.took, tc.tries)
				}
				if r.count(ecsentry.TaskDefinition) != f.Families-f.Inactive-1 || r.count(ecsentry.Service) != f.Services {
					t.Errorf("other resources are missing")
				}
				for id, res := range r.resources {
					if name := serviceName(4); res.Type == ecsentry.Service && strings.HasSuffix(id, name) {
						if s := serviceOf(res); s.TaskDefinition.Why == nil || res.Running != "" {
							t.Errorf("%s: task definition %+v, running %q", name, s.TaskDefinition, res.Running)
						}
					}
				}
			})
		})
	}
}

func serviceName(i int) string {
	return strings.Replace(ecstest.FamilyName(i), "family-0", "service-", 1)
}

// A refused action never ends the scan.
func TestRefused(t *testing.T) {
	f := small()
	everything := map[ecsentry.ResourceType]int{
		ecsentry.Cluster: f.Clusters, ecsentry.Service: f.Services, ecsentry.TaskDefinition: f.Families - f.Inactive,
	}
	for action, tc := range map[string]struct {
		lost []ecsentry.ResourceType
		gaps int
	}{
		"ListClusters":               {[]ecsentry.ResourceType{ecsentry.Cluster, ecsentry.Service}, 1},
		"DescribeClusters":           {[]ecsentry.ResourceType{ecsentry.Cluster}, f.Clusters},
		"ListServices":               {[]ecsentry.ResourceType{ecsentry.Service}, f.Clusters},
		"DescribeServices":           {[]ecsentry.ResourceType{ecsentry.Service}, f.Services},
		"ListTaskDefinitionFamilies": {[]ecsentry.ResourceType{ecsentry.TaskDefinition}, 1},
		"DescribeTaskDefinition":     {[]ecsentry.ResourceType{ecsentry.TaskDefinition}, f.Families - f.Inactive},
		"GetCallerIdentity":          {nil, 0},
	} {
		t.Run(action, func(t *testing.T) {
			inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
				s.Inject(ecstest.Fault{Kind: ecstest.Deny, Action: action})
				r := collect(t.Context(), t, against(s, Config{}))
				for typ, want := range everything {
					for _, lost := range tc.lost {
						if lost == typ {
							want = 0
						}
					}
					if got := r.count(typ); got != want {
						t.Errorf("%d of %s, want %d", got, typ, want)
					}
				}
				if len(r.gaps) != tc.gaps {
					t.Errorf("gaps %v, want %d", r.gaps, tc.gaps)
				}
				for _, g := range r.gaps {
					where := strings.Contains(g.Scope, accountID) && strings.Contains(g.Scope, home)
					if !where || !strings.HasPrefix(g.Scope, "arn:aws:ecs:") && !strings.HasPrefix(g.Scope, "ecs:"+action) {
						t.Errorf("scope %q", g.Scope)
					}
					if !strings.HasPrefix(g.Reason, "ecs:"+action+": AccessDeniedException: ") {
						t.Errorf("reason %q", g.Reason)
					}
				}
				for id, res := range r.resources {
					if res.Type == ecsentry.Service && action == "DescribeClusters" && serviceOf(res).Cluster.Why == nil {
						t.Errorf("%s: the link to its cluster says nothing", id)
					}
				}
				if n := s.Count(action, ""); n > 30 {
					t.Errorf("%d calls of %s", n, action)
				}
			})
		})
	}
}

// One service that may not be read has its batch refused; the others of the
// batch are read all the same.
func TestRefusedInBatch(t *testing.T) {
	f := small()
	inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		secret := arn("service/cluster-00/service-003")
		s.Inject(ecstest.Fault{Kind: ecstest.Deny, Action: "DescribeServices", Match: secret + `"`})
		r := collect(t.Context(), t, against(s, Config{}))
		if len(r.gaps) != 1 || r.gap(secret) == "" || r.count(ecsentry.Service) != f.Services-1 {
			t.Errorf("%d services, gaps %v", r.count(ecsentry.Service), r.gaps)
		}
	})
}

func TestVanished(t *testing.T) {
	f := small()
	inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		gone := []string{arn("service/cluster-00/service-003"), arn("cluster/cluster-02"), arn("task-definition/" + ecstest.FamilyName(1))}
		s.Vanish(gone...)
		r := collect(t.Context(), t, against(s, Config{}))
		for _, scope := range gone {
			if r.gap(scope) == "" {
				t.Errorf("no gap for %s", scope)
			}
		}
		if len(r.gaps) != len(gone) || !hasReason(r.gaps, "deleted after it was listed") {
			t.Errorf("gaps %v", r.gaps)
		}
	})
	inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		s.Inject(ecstest.Fault{Kind: ecstest.Omit, Action: "DescribeServices", Times: 1})
		r := collect(t.Context(), t, against(s, Config{}))
		if n := f.Services - r.count(ecsentry.Service); n == 0 || len(r.gaps) != n {
			t.Errorf("%d services lost, %d gaps", n, len(r.gaps))
		}
	})
}
