package live

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry/internal/ecstest"
)

// The policy allows what a scan calls, no more, and nothing that can write.
func TestPolicy(t *testing.T) {
	allowed := allowedBy(t, Policy())
	inBubble(t, small(), func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		collect(t.Context(), t, against(s, Config{Regions: []string{AllRegions}}))
		called := slices.DeleteFunc(s.Actions(), func(a string) bool { return a == "sts:GetCallerIdentity" }) // needs no permission
		slices.Sort(allowed)
		if !slices.Equal(called, allowed) {
			t.Errorf("a scan calls %v, the policy allows %v", called, allowed)
		}
	})
	out, err := json.Marshal(Policy())
	if err != nil || !strings.HasPrefix(string(out), `{"Version":"2012-10-17","Statement":[{"Sid":`) {
		t.Errorf("%s, %v", out, err)
	}
}

// The same of the policy for an aggregator.
func TestAggregatorPolicy(t *testing.T) {
	allowed := allowedBy(t, AggregatorPolicy())
	inAggregator(t, func(t *testing.T, s *ecstest.Server, _ *ecstest.Aggregator) {
		collect(t.Context(), t, against(s, Config{Aggregator: aggregatorName}))
		called := slices.DeleteFunc(s.Actions(), func(a string) bool { return a == "sts:GetCallerIdentity" })
		slices.Sort(allowed)
		if !slices.Equal(called, allowed) {
			t.Errorf("a scan calls %v, the policy allows %v", called, allowed)
		}
	})
}

// allowedBy are the actions that a policy allows; none of them can write.
func allowedBy(t *testing.T, p PolicyDocument) (allowed []string) {
	t.Helper()
	for _, s := range p.Statement {
		if s.Effect != "Allow" || s.Resource != "*" {
			t.Errorf("statement %+v", s)
		}
		allowed = append(allowed, s.Action...)
	}
	for _, action := range allowed {
		_, verb, _ := strings.Cut(action, ":")
		reads := strings.HasPrefix(verb, "List") || strings.HasPrefix(verb, "Describe") || strings.HasPrefix(verb, "Get") || strings.HasPrefix(verb, "Select")
		if !reads || strings.ContainsAny(action, "*?") {
			t.Errorf("%s may write", action)
		}
	}
	return allowed
}
