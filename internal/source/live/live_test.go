package live

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/ecstest"
)

const (
	accountID = "111122223333"
	home      = "eu-west-1"
)

// against makes a source read from a test server instead of AWS.
func against(s *ecstest.Server, c Config) *Source {
	src := New(c)
	src.load = func(context.Context, Config) (aws.Config, error) {
		return aws.Config{
			Region: home, BaseEndpoint: &s.URL, HTTPClient: s.Client(),
			Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
				return aws.Credentials{AccessKeyID: ecstest.AccessKey(accountID), SecretAccessKey: "secret"}, nil
			}),
		}, nil
	}
	return src
}

// result is what a scan came to.
type result struct {
	resources map[string]*ecsentry.Resource // by ID
	gaps      []ecsentry.Gap
	took      time.Duration
}

func (r *result) count(t ecsentry.ResourceType) int {
	n := 0
	for _, res := range r.resources {
		if res.Type == t {
			n++
		}
	}
	return n
}

func (r *result) gap(scope string) string {
	for _, g := range r.gaps {
		if g.Scope == scope {
			return cmp.Or(g.Reason, "no reason")
		}
	}
	return ""
}

func collect(ctx context.Context, t *testing.T, src *Source) *result {
	t.Helper()
	out := &result{resources: map[string]*ecsentry.Resource{}}
	begin := time.Now()
	cover, err := src.Collect(ctx, func(r *ecsentry.Resource) error {
		if out.resources[r.ID] != nil {
			t.Errorf("%s was yielded twice", r.ID)
		}
		out.resources[r.ID] = r
		return nil
	})
	if err != nil {
		t.Fatalf("Collect: %v", err)
	}
	out.gaps, out.took = cover.Gaps, time.Since(begin)
	return out
}

// inBubble serves a fleet in memory, on a clock of its own.
func inBubble(t *testing.T, f ecstest.Fleet, test func(t *testing.T, s *ecstest.Server, w *ecstest.World)) {
	synctest.Test(t, func(t *testing.T) {
		w := &ecstest.World{}
		f.Build(w.Region(accountID, home))
		s := ecstest.StartInMemory(w)
		defer s.Close()
		test(t, s, w)
	})
}

func small() ecstest.Fleet {
	return ecstest.Fleet{Clusters: 3, Services: 25, Families: 30, Inactive: 5, Revisions: 3}
}

func whole(t *testing.T, r *result, f ecstest.Fleet) {
	t.Helper()
	for typ, want := range map[ecsentry.ResourceType]int{
		ecsentry.Cluster: f.Clusters, ecsentry.Service: f.Services, ecsentry.TaskDefinition: f.Families - f.Inactive,
	} {
		if got := r.count(typ); got != want {
			t.Errorf("%d of %s, want %d", got, typ, want)
		}
	}
	if len(r.gaps) > 0 {
		t.Errorf("%d gaps, the first: %v", len(r.gaps), r.gaps[0])
	}
}

func serviceOf(r *ecsentry.Resource) *ecs.Service { return r.Variants[0].Data.(*ecs.Service) }

func arn(resource string) string { return "arn:aws:ecs:" + home + ":" + accountID + ":" + resource }

func TestIdentitiesAndRunning(t *testing.T) {
	f := small()
	inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		r := collect(t.Context(), t, against(s, Config{}))
		whole(t, r, f)
		running := 0
		for id, res := range r.resources {
			if res.Account != accountID || res.Region != home || res.Partition != "aws" || res.Source != ecsentry.SourceLive || res.ID != id || res.Name == "" {
				t.Errorf("identity %+v", res.Identity)
			}
			if res.Type == ecsentry.Service {
				svc := serviceOf(res)
				if svc.Cluster.Why != nil || svc.TaskDefinition.Why != nil {
					t.Errorf("%s: something could not be read", id)
				}
				if res.Running != "" {
					running++
				}
			}
		}
		if running != 2 {
			t.Errorf("%d services run an older revision, want 2", running)
		}
		if got := s.Actions(); len(got) != 7 {
			t.Errorf("actions %v", got)
		}
	})
}

func TestYieldStops(t *testing.T) {
	inBubble(t, small(), func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		s.Latency(time.Second)
		full, n := errors.New("full"), 0
		_, err := against(s, Config{}).Collect(t.Context(), func(*ecsentry.Resource) error {
			n++
			return full
		})
		if !errors.Is(err, full) || n != 1 {
			t.Errorf("%d resources, error %v", n, err)
		}
	})
}

func TestProgress(t *testing.T) {
	f := small()
	inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		s.Inject(ecstest.Fault{Kind: ecstest.Throttling, Times: 2}, ecstest.Fault{Kind: ecstest.Break, Times: 3},
			ecstest.Fault{Kind: ecstest.Deny, Action: "DescribeTaskDefinition", Match: ecstest.FamilyName(3) + `"`})
		var last Progress
		collect(t.Context(), t, against(s, Config{Progress: func(p Progress) {
			if p.Calls < last.Calls || p.Services.Read < last.Services.Read || p.Gaps < last.Gaps {
				t.Errorf("progress goes back: %+v, %+v", last, p)
			}
			last = p
		}}))
		active := f.Families - f.Inactive
		want := Progress{
			Clusters: Count{f.Clusters, f.Clusters}, Services: Count{f.Services, f.Services},
			TaskDefinitions: Count{active, active - 1}, Calls: len(s.Calls()), Throttled: 2, Retried: 3, Gaps: 1,
		}
		if last != want {
			t.Errorf("progress %+v, want %+v", last, want)
		}
	})
}

// An interruption keeps what is known, and says what is not.
func TestInterrupted(t *testing.T) {
	f := ecstest.Fleet{Clusters: 3, Services: 25, Families: 500, Revisions: 1}
	inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		s.Latency(time.Second)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(6*time.Second+time.Second/2, cancel)
		r := collect(ctx, t, against(s, Config{}))
		if r.took > 7*time.Second {
			t.Errorf("ended after %v", r.took)
		}
		if got := r.count(ecsentry.Service); got != f.Services {
			t.Errorf("%d services", got)
		}
		read := r.count(ecsentry.TaskDefinition)
		if read == 0 || read == f.Families {
			t.Errorf("%d task definitions", read)
		}
		if got := r.gap("live scan in account " + accountID); got != "the scan was interrupted" {
			t.Errorf("gap: %q", got)
		}
		if got := r.gap("ecs:ListTaskDefinitionFamilies in account " + accountID + ", Region " + home); got != "not read: the scan was interrupted" {
			t.Errorf("gap of the list: %q", got)
		}
		for id, res := range r.resources {
			if res.Type == ecsentry.Service && res.Running != "" {
				t.Errorf("%s: runs %q, although its family may not have been read", id, res.Running)
			}
		}
	})
}

// What is throttled for ever is tried until the deadline, and then a gap each.
func TestDeadline(t *testing.T) {
	f := small()
	inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		s.Inject(ecstest.Fault{Kind: ecstest.Throttling, Action: "DescribeTaskDefinition", Match: ecstest.FamilyName(7)})
		r := collect(t.Context(), t, against(s, Config{Timeout: 10 * time.Minute}))
		if r.took != 10*time.Minute {
			t.Errorf("ended after %v", r.took)
		}
		if got := r.gap(arn("task-definition/" + ecstest.FamilyName(7))); got != "not read: the deadline of 10m0s passed" {
			t.Errorf("gap: %q", got)
		}
		if got := r.gap("live scan in account " + accountID); got != "the deadline of 10m0s passed" {
			t.Errorf("gap of the scan: %q", got)
		}
		if len(r.gaps) != 2 || r.count(ecsentry.TaskDefinition) != f.Families-f.Inactive-1 || r.count(ecsentry.Service) != f.Services {
			t.Errorf("gaps %v", r.gaps)
		}
		if n := len(s.Repeated()); n > 0 {
			t.Errorf("%d calls repeated", n)
		}
	})
}

func hasReason(gaps []ecsentry.Gap, text string) bool {
	return slices.ContainsFunc(gaps, func(g ecsentry.Gap) bool { return strings.Contains(g.Reason, text) })
}
