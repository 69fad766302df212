package ecstest

import (
	"sync"
	"time"
)

// Outcome is how a call ended, as its caller saw it.
type Outcome string

// The outcomes. An answer that was cut short counts as failed.
const (
	Succeeded Outcome = "succeeded"
	Throttled Outcome = "throttled"
	Failed    Outcome = "failed"
)

// A Call is one request that reached the server.
type Call struct {
	Service string // ecs, sts or account
	Action  string
	Input   string // the request's body, which tells calls of one action apart
	Account string
	Region  string
	Begin   time.Time
	Outcome Outcome
	Error   string // the error code that was answered
}

// recorder keeps the calls in the order of their arrival.
type recorder struct {
	mu       sync.Mutex
	calls    []*Call
	inFlight int
	most     int
}

func (r *recorder) begin(c *Call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls = append(r.calls, c)
	r.inFlight++
	r.most = max(r.most, r.inFlight)
}

// end must run before the last byte of an answer leaves, or a client that sends
// its next call at once seems to have two in flight.
func (r *recorder) end(c *Call, o Outcome, code string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c.Outcome, c.Error = o, code
	r.inFlight--
}

// Calls returns the calls so far, in the order of their arrival. Those without
// an outcome are still being answered.
func (s *Server) Calls() []Call {
	s.record.mu.Lock()
	defer s.record.mu.Unlock()
	out := make([]Call, len(s.record.calls))
	for i, c := range s.record.calls {
		out[i] = *c
	}
	return out
}

// MaxInFlight is the largest number of calls that were being answered at once.
func (s *Server) MaxInFlight() int {
	s.record.mu.Lock()
	defer s.record.mu.Unlock()
	return s.record.most
}

// Count returns how many calls of an action ended so; "" stands for any action
// or outcome.
func (s *Server) Count(action string, o Outcome) int {
	n := 0
	for _, c := range s.Calls() {
		if (action == "" || c.Action == action) && (o == "" || c.Outcome == o) {
			n++
		}
	}
	return n
}

// Actions returns the IAM actions that were called, such as ecs:ListClusters,
// each once.
func (s *Server) Actions() []string {
	set := map[string]bool{}
	for _, c := range s.Calls() {
		set[c.Service+":"+c.Action] = true
	}
	return sortedKeys(set)
}

// Repeated returns the calls that succeeded although the same call had succeeded
// before.
func (s *Server) Repeated() []Call {
	type key struct{ action, input, account, region string }
	seen := map[key]bool{}
	var out []Call
	for _, c := range s.Calls() {
		if c.Outcome != Succeeded {
			continue
		}
		k := key{c.Action, c.Input, c.Account, c.Region}
		if seen[k] {
			out = append(out, c)
		}
		seen[k] = true
	}
	return out
}

// Forget drops the calls recorded so far.
func (s *Server) Forget() {
	s.record.mu.Lock()
	defer s.record.mu.Unlock()
	s.record.calls, s.record.most = nil, s.record.inFlight
}
