package live

import (
	"testing"
	"time"

	"github.com/ecsentry/ecsentry/internal/ecstest"
)

// The figures of the large fleet: no more calls than the API makes necessary.
func TestCallsAndTime(t *testing.T) {
	f := ecstest.Large()
	inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
		s.Latency(20 * time.Millisecond)
		r := collect(t.Context(), t, against(s, Config{}))
		whole(t, r, f)
		calls := len(s.Calls())
		t.Logf("%d calls, least %d; %v; %d in flight", calls, f.Calls(), r.took, s.MaxInFlight())
		if calls > f.Calls()+1 { // and one to learn the account
			t.Errorf("%d calls, want %d", calls, f.Calls()+1)
		}
		if n := len(s.Repeated()); n > 0 {
			t.Errorf("%d calls repeated", n)
		}
		if s.MaxInFlight() > 64 {
			t.Errorf("%d calls in flight", s.MaxInFlight())
		}
		if most := 2 * time.Duration(calls) * 20 * time.Millisecond / 32; r.took > most {
			t.Errorf("took %v, want %v at most", r.took, most)
		}
	})
}

func TestThrottled(t *testing.T) {
	const millisecond = time.Millisecond
	half := ecstest.Fleet{Clusters: 5, Services: 40, Families: 1000, Revisions: 1}
	for _, tc := range []struct {
		name        string
		fleet       ecstest.Fleet
		rule        func(string) ecstest.Bucket
		rate, burst float64 // of the bucket that decides
		latency     time.Duration
	}{
		{"per action", ecstest.Large(), ecstest.PerAction(20, 40), 20, 40, 20 * millisecond},
		{"per category", half, ecstest.PerCategory, 20, 50, 20 * millisecond},
		{"slow answers", half, ecstest.PerAction(20, 40), 20, 40, 300 * millisecond},
		{"a bucket that others use too", half, ecstest.PerAction(5, 40), 5, 40, 20 * millisecond},
		{"a bucket that AWS raised", half, ecstest.PerAction(100, 200), 100, 200, 20 * millisecond},
	} {
		t.Run(tc.name, func(t *testing.T) {
			inBubble(t, tc.fleet, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
				s.Latency(tc.latency)
				s.Throttle(tc.rule)
				r := collect(t.Context(), t, against(s, Config{}))
				whole(t, r, tc.fleet)
				calls, refused := len(s.Calls()), s.Count("", ecstest.Throttled)
				described := float64(tc.fleet.Families - tc.fleet.Inactive)
				allowed := time.Duration((described - tc.burst) / tc.rate * float64(time.Second))
				t.Logf("%d calls, %d throttled (%.1f %%); %v, the bucket allows %v (%.2f)", calls, refused,
					100*float64(refused)/float64(calls), r.took, allowed, r.took.Seconds()/allowed.Seconds())
				if refused*10 > calls {
					t.Errorf("%d of %d calls throttled", refused, calls)
				}
				if r.took > allowed*5/4 {
					t.Errorf("took %v, want %v at most", r.took, allowed*5/4)
				}
				if n := len(s.Repeated()); n > 0 {
					t.Errorf("%d calls repeated", n)
				}
			})
		})
	}
}
