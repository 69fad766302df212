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
	var allowed []string
	for _, s := range Policy().Statement {
		if s.Effect != "Allow" || s.Resource != "*" {
			t.Errorf("statement %+v", s)
		}
		allowed = append(allowed, s.Action...)
	}
	for _, action := range allowed {
		_, verb, _ := strings.Cut(action, ":")
		reads := strings.HasPrefix(verb, "List") || strings.HasPrefix(verb, "Describe") || strings.HasPrefix(verb, "Get")
		if !reads || strings.ContainsAny(action, "*?") {
			t.Errorf("%s may write", action)
		}
	}
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
