package ecstest

import (
	"strings"
	"sync"
	"time"
)

// A Bucket is a token bucket: it holds up to Burst calls and is filled with Rate
// calls a second. A Bucket without Burst lets everything pass.
type Bucket struct {
	Name  string // actions with the same name share a bucket
	Rate  float64
	Burst float64
}

// PerAction gives each action a bucket of its own.
func PerAction(rate, burst float64) func(action string) Bucket {
	return func(action string) Bucket { return Bucket{action, rate, burst} }
}

// PerCategory is how Amazon ECS throttles, per account and Region, by its API
// reference: the actions of a category share a bucket.
func PerCategory(action string) Bucket {
	switch {
	case strings.HasPrefix(action, "Describe"), strings.HasPrefix(action, "List"):
	default:
		return Bucket{}
	}
	switch {
	case strings.Contains(action, "TaskDefinition"):
		return Bucket{"task definition read", 20, 50}
	case strings.Contains(action, "Cluster"):
		return Bucket{"cluster read", 20, 50}
	case strings.Contains(action, "CapacityProvider"):
		return Bucket{"capacity provider read", 20, 50}
	case action == "DescribeServices", action == "ListServices":
		return Bucket{"service read", 20, 100}
	default:
		return Bucket{}
	}
}

// throttle holds the buckets of all accounts and Regions.
type throttle struct {
	mu      sync.Mutex
	rule    func(action string) Bucket
	buckets map[string]*fill
}

type fill struct {
	level float64
	at    time.Time
}

// take takes a token, or says that there is none.
func (t *throttle) take(c *Call) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.rule == nil || c.Service != "ecs" {
		return true
	}
	b := t.rule(c.Action)
	if b.Burst <= 0 {
		return true
	}
	now := time.Now()
	key := c.Account + "/" + c.Region + "/" + b.Name
	f := t.buckets[key]
	if f == nil {
		f = &fill{level: b.Burst, at: now}
		if t.buckets == nil {
			t.buckets = map[string]*fill{}
		}
		t.buckets[key] = f
	}
	f.level = min(b.Burst, f.level+b.Rate*now.Sub(f.at).Seconds())
	f.at = now
	if f.level < 1 {
		return false
	}
	f.level--
	return true
}

// Throttle sets how ECS calls are throttled; nil stops it.
func (s *Server) Throttle(rule func(action string) Bucket) {
	s.throttle.mu.Lock()
	defer s.throttle.mu.Unlock()
	s.throttle.rule, s.throttle.buckets = rule, nil
}
