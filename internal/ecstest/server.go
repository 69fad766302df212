package ecstest

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"time"
)

// A Server answers calls about a World.
type Server struct {
	URL    string
	client *http.Client
	world  *World

	record   recorder
	throttle throttle
	faults   faults
	closing  chan struct{}
	shut     func()
}

// Start serves a world on the loopback interface.
func Start(w *World) *Server {
	s := &Server{world: w, closing: make(chan struct{})}
	h := httptest.NewServer(s)
	s.URL, s.client, s.shut = h.URL, h.Client(), h.Close
	return s
}

// Close ends the server, and the calls that hang in it.
func (s *Server) Close() {
	close(s.closing)
	s.client.CloseIdleConnections()
	s.shut()
}

// Client is an HTTP client that reaches the server.
func (s *Server) Client() *http.Client { return s.client }

// request is a call being answered.
type request struct {
	*Call
	account *account
	region  *Region
	omit    bool
}

// read decodes the call's input.
func (q *request) read(into any) *failure {
	if err := json.Unmarshal([]byte(q.Input), into); err != nil {
		return &failure{http.StatusBadRequest, "SerializationException", err.Error()}
	}
	return nil
}

var scope = regexp.MustCompile(`Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request`)

const target = "AmazonEC2ContainerServiceV20141113."

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return
	}
	c := &Call{Input: string(body), Begin: time.Now()}
	switch t := r.Header.Get("X-Amz-Target"); {
	case strings.HasPrefix(t, target):
		c.Service, c.Action = "ecs", t[len(target):]
	case strings.HasPrefix(t, configTarget):
		c.Service, c.Action = "config", t[len(configTarget):]
	case r.URL.Path == "/listRegions":
		c.Service, c.Action = "account", "ListRegions"
	case strings.Contains(c.Input, "Action=GetCallerIdentity"):
		c.Service, c.Action = "sts", "GetCallerIdentity"
	default:
		c.Service, c.Action = "unknown", r.Method+" "+r.URL.Path
	}
	q := &request{Call: c}
	if m := scope.FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		c.Region = m[2]
		if a := s.world.find(m[1]); a != nil {
			q.account, c.Account = a, a.id
		}
	}
	s.record.begin(c)
	if !s.wait(r.Context(), s.delay()) {
		s.record.end(c, Failed, "")
		return
	}
	s.answer(w, r, q)
}

// wait sleeps; it tells whether somebody still waits for the answer.
func (s *Server) wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-s.closing:
	}
	return false
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, q *request) {
	c := q.Call
	kind := s.faults.pick(c)
	switch kind {
	case Reset:
		s.record.end(c, Failed, "")
		reset(w)
		return
	case Hang:
		s.wait(r.Context(), 24*time.Hour)
		s.record.end(c, Failed, "")
		reset(w)
		return
	case Unavailable:
		s.record.end(c, Failed, "503")
		w.WriteHeader(http.StatusServiceUnavailable)
		io.WriteString(w, "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>")
		return
	case Empty, Garbled:
		s.record.end(c, Failed, "")
		if kind == Garbled {
			io.WriteString(w, "<html>Please log in to this network</html>")
		}
		return
	case Omit:
		q.omit = true
	}
	fail := failureOf(kind, c)
	if fail == nil && !s.throttle.take(c) {
		fail = throttled()
	}
	var out []byte
	if fail == nil {
		out, fail = s.handle(q)
	}
	s.write(w, c, kind, out, fail)
}

// handle runs the action while the world holds still.
func (s *Server) handle(q *request) ([]byte, *failure) {
	s.world.mu.RLock()
	defer s.world.mu.RUnlock()
	if q.account == nil {
		if q.Service == "sts" {
			return nil, &failure{http.StatusForbidden, "InvalidClientTokenId", "The security token included in the request is invalid."}
		}
		return nil, &failure{http.StatusBadRequest, "UnrecognizedClientException", "The security token included in the request is invalid."}
	}
	if q.Service == "sts" {
		return callerIdentity(q), nil
	}
	do := actions[q.Service+":"+q.Action]
	if do == nil {
		return nil, &failure{http.StatusBadRequest, "UnknownOperationException", q.Service + ":" + q.Action}
	}
	if q.region = q.account.regions[q.Region]; q.region == nil { // nothing was made there
		q.region = &Region{world: s.world, account: q.account.id, name: q.Region, partition: "aws"}
	}
	v, fail := do(s, q)
	if fail != nil {
		return nil, fail
	}
	out, err := json.Marshal(v)
	if err != nil {
		return nil, &failure{http.StatusInternalServerError, "ServerException", err.Error()}
	}
	return out, nil
}

// find returns the account of an access key.
func (w *World) find(accessKey string) *account {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.accounts[accessKey]
}

type action func(*Server, *request) (any, *failure)

// actions are the calls that are answered, by IAM action.
var actions = map[string]action{
	"account:ListRegions": listRegions,
	"config:DescribeConfigurationAggregatorSourcesStatus": describeAggregatorSources,
	"config:SelectAggregateResourceConfig":                selectAggregateResourceConfig,
	"ecs:ListClusters":                                    listClusters,
	"ecs:DescribeClusters":                                describeClusters,
	"ecs:DescribeCapacityProviders":                       describeCapacityProviders,
	"ecs:ListServices":                                    listServices,
	"ecs:DescribeServices":                                describeServices,
	"ecs:DescribeTaskSets":                                describeTaskSets,
	"ecs:ListTaskDefinitionFamilies":                      listTaskDefinitionFamilies,
	"ecs:ListTaskDefinitions":                             listTaskDefinitions,
	"ecs:DescribeTaskDefinition":                          describeTaskDefinition,
}
