package live

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/ecstest"
)

func manyRegions() *ecstest.World {
	var w ecstest.World
	for _, name := range []string{home, "us-east-1", "ap-southeast-2"} {
		r := w.Region(accountID, name)
		r.AddCluster("web", nil).AddService("api", ecstest.Object{"taskDefinition": r.Register("api", nil)})
	}
	w.Region(accountID, "us-west-2")
	w.OptIn(accountID, "me-south-1", "DISABLED")
	w.OptIn(accountID, "il-central-1", "ENABLED")
	return &w
}

func regionsOf(r *result) []string {
	set := map[string]bool{}
	for _, res := range r.resources {
		set[res.Region] = true
	}
	var out []string
	for name := range set {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func called(s *ecstest.Server, service string) []string {
	var out []string
	for _, c := range s.Calls() {
		if c.Service == service && !slices.Contains(out, c.Region) {
			out = append(out, c.Region)
		}
	}
	slices.Sort(out)
	return out
}

func TestRegions(t *testing.T) {
	for _, tc := range []struct {
		regions, want []string
	}{
		{nil, []string{home}},
		{[]string{"us-east-1"}, []string{"us-east-1"}},
		{[]string{"us-east-1", home, "us-east-1"}, []string{home, "us-east-1"}},
		{[]string{"all"}, []string{"ap-southeast-2", home, "us-east-1"}},
		{[]string{"all", home}, []string{"ap-southeast-2", home, "us-east-1"}},
		{[]string{"us-west-2"}, nil},
	} {
		t.Run(strings.Join(tc.regions, " "), func(t *testing.T) {
			s := ecstest.Start(manyRegions())
			defer s.Close()
			r := collect(t.Context(), t, against(s, Config{Regions: tc.regions}))
			if got := regionsOf(r); !slices.Equal(got, tc.want) || len(r.resources) != 3*len(tc.want) || len(r.gaps) > 0 {
				t.Errorf("%d resources in %v, want Regions %v; gaps %v", len(r.resources), got, tc.want, r.gaps)
			}
			if slices.Contains(called(s, "ecs"), "me-south-1") {
				t.Errorf("a Region that is not enabled was called")
			}
		})
	}
}

func TestRefusedRegions(t *testing.T) {
	s := ecstest.Start(manyRegions())
	defer s.Close()
	s.Inject(ecstest.Fault{Kind: ecstest.Deny, Action: "ListRegions"}, ecstest.Fault{Kind: ecstest.Deny, Region: "us-east-1"})

	r := collect(t.Context(), t, against(s, Config{Regions: []string{"us-east-1", "all"}}))
	if got := regionsOf(r); !slices.Equal(got, []string{home}) {
		t.Errorf("read %v, want the configured Region at least", got)
	}
	want := []string{
		"account:ListRegions in account " + accountID,
		"ecs:ListClusters in account " + accountID + ", Region us-east-1",
		"ecs:ListTaskDefinitionFamilies in account " + accountID + ", Region us-east-1",
	}
	for i, scope := range want {
		if len(r.gaps) != len(want) || r.gaps[i].Scope != scope {
			t.Fatalf("gaps %v, want %v", r.gaps, want)
		}
	}

	src := against(s, Config{Regions: []string{"all"}})
	with := src.load
	src.load = func(ctx context.Context, c Config) (aws.Config, error) {
		cfg, err := with(ctx, c)
		cfg.Region = ""
		return cfg, err
	}
	_, err := src.Collect(t.Context(), nil)
	if err == nil || !strings.Contains(err.Error(), "--region") {
		t.Errorf("no Region at all: %v", err)
	}
	src.config.Regions = nil
	if _, err = src.Collect(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "--region") {
		t.Errorf("no Region at all: %v", err)
	}
}

func TestRejectedCredentials(t *testing.T) {
	s := ecstest.Start(&ecstest.World{}) // knows no account
	defer s.Close()
	_, err := against(s, Config{}).Collect(t.Context(), nil)
	if !errors.Is(err, ErrNoCredentials) || !strings.Contains(err.Error(), "InvalidClientTokenId") {
		t.Errorf("error %v", err)
	}
}

// A network that does not reach AWS STS is no reason not to scan.
func TestUnknownAccount(t *testing.T) {
	inBubble(t, small(), func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		s.Inject(ecstest.Fault{Kind: ecstest.Reset, Action: "GetCallerIdentity"},
			ecstest.Fault{Kind: ecstest.Deny, Match: ecstest.FamilyName(2) + `"`})
		r := collect(t.Context(), t, against(s, Config{}))
		if len(r.gaps) != 1 || r.count(ecsentry.Service) != small().Services {
			t.Errorf("gaps %v", r.gaps)
		}
		if n := s.Count("GetCallerIdentity", ""); n != 3 {
			t.Errorf("%d tries", n)
		}
	})
}

// The default chain, through the environment, and AWS_ENDPOINT_URL.
func TestDefaultChain(t *testing.T) {
	s := ecstest.Start(manyRegions())
	defer s.Close()
	for k, v := range map[string]string{
		"AWS_ENDPOINT_URL": s.URL, "AWS_ACCESS_KEY_ID": ecstest.AccessKey(accountID), "AWS_SECRET_ACCESS_KEY": "secret",
		"AWS_SESSION_TOKEN": "", "AWS_REGION": "us-east-1", "AWS_PROFILE": "", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_CONFIG_FILE": t.TempDir() + "/none", "AWS_SHARED_CREDENTIALS_FILE": t.TempDir() + "/none",
		"AWS_MAX_ATTEMPTS": "7", "AWS_RETRY_MODE": "adaptive",
	} {
		t.Setenv(k, v)
	}
	s.Inject(ecstest.Fault{Kind: ecstest.Reset, Action: "ListClusters", Times: 1})
	r := collect(t.Context(), t, New(Config{}))
	if got := regionsOf(r); !slices.Equal(got, []string{"us-east-1"}) || len(r.gaps) > 0 {
		t.Errorf("read %v, gaps %v", got, r.gaps)
	}
	if n := s.Count("ListClusters", ""); n != 2 {
		t.Errorf("%d calls, want one and a second try", n)
	}
	if _, err := New(Config{Profile: "none"}).Collect(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("a profile that is not there: %v", err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	if _, err := New(Config{}).Collect(t.Context(), nil); !errors.Is(err, ErrNoCredentials) {
		t.Errorf("no credentials: %v", err)
	}
}
