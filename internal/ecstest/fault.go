package ecstest

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Kind is a way for a call to go wrong.
type Kind uint8

// The ways.
const (
	Deny        Kind = iota + 1 // AccessDeniedException
	Break                       // ServerException, status 500
	Unavailable                 // status 503 with a body that is not JSON, as a load balancer sends it
	Throttling                  // ThrottlingException, whatever the buckets say
	Expire                      // ExpiredTokenException
	Reset                       // the connection is reset without an answer
	CutShort                    // the connection ends in the middle of a good answer
	CutError                    // the connection ends in the middle of an error's body
	Empty                       // status 200 without a body
	Garbled                     // status 200 with HTML, as a captive portal sends it
	Hang                        // no answer until the client gives up
	Omit                        // a good answer that does not mention what was asked for
)

// A Fault makes calls go wrong: those of an action, in a Region, whose input
// contains a text. Empty members match everything.
type Fault struct {
	Kind   Kind
	Action string
	Region string
	Match  string
	Times  int // how many calls; 0: all
	After  int // how many matching calls go well first
}

type faults struct {
	mu      sync.Mutex
	rules   []*Fault
	gone    map[string]bool
	latency time.Duration
}

// Inject adds faults. The first that matches a call decides.
func (s *Server) Inject(all ...Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	for _, f := range all {
		if f.Times == 0 {
			f.Times = -1
		}
		s.faults.rules = append(s.faults.rules, &f)
	}
}

// Mend removes all faults.
func (s *Server) Mend() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rules, s.faults.gone = nil, nil
}

// Vanish makes resources listed and never found, as if they were deleted between
// the two calls. A family's ARN is that of its revisions without the number.
func (s *Server) Vanish(arns ...string) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	if s.faults.gone == nil {
		s.faults.gone = map[string]bool{}
	}
	for _, arn := range arns {
		s.faults.gone[arn] = true
	}
}

// Latency delays every answer.
func (s *Server) Latency(d time.Duration) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.latency = d
}

func (s *Server) delay() time.Duration {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	return s.faults.latency
}

func (s *Server) vanished(arn string) bool {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	return s.faults.gone[arn]
}

// pick returns the fault that a call meets, 0 for none.
func (f *faults) pick(c *Call) Kind {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.rules {
		switch {
		case r.Times == 0,
			r.Action != "" && r.Action != c.Action,
			r.Region != "" && r.Region != c.Region,
			!strings.Contains(c.Input, r.Match):
			continue
		}
		if r.After > 0 {
			r.After--
			continue
		}
		if r.Times > 0 {
			r.Times--
		}
		return r.Kind
	}
	return 0
}

// failure is an error answer.
type failure struct {
	status        int
	code, message string
}

func (f *failure) Error() string { return f.code + ": " + f.message }

func invalid(format string, args ...any) *failure {
	return &failure{http.StatusBadRequest, "InvalidParameterException", fmt.Sprintf(format, args...)}
}

func clientError(format string, args ...any) *failure {
	return &failure{http.StatusBadRequest, "ClientException", fmt.Sprintf(format, args...)}
}

// failureOf is the error answer of a fault, nil if it has none.
func failureOf(k Kind, c *Call) *failure {
	switch k {
	case Deny:
		status := http.StatusBadRequest
		if c.Service != "ecs" {
			status = http.StatusForbidden
		}
		return &failure{status, "AccessDeniedException", fmt.Sprintf(
			"User: arn:aws:iam::%s:user/test is not authorized to perform: %s:%s because no identity-based policy allows the %[2]s:%[3]s action",
			c.Account, c.Service, c.Action)}
	case Break, CutError:
		return &failure{http.StatusInternalServerError, "ServerException", "Service Unavailable. Please try again later."}
	case Throttling:
		return throttled()
	case Expire:
		return &failure{http.StatusBadRequest, "ExpiredTokenException", "The security token included in the request is expired"}
	default:
		return nil
	}
}

func throttled() *failure {
	return &failure{http.StatusBadRequest, "ThrottlingException", "Rate exceeded"}
}
