package live

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/ecsentry/ecsentry"
)

const (
	// DefaultTimeout is how long a scan may take if nobody says otherwise.
	DefaultTimeout = 30 * time.Minute

	maxInFlight = 64
)

// AllRegions stands for the Regions that are enabled in the account.
const AllRegions = "all"

// Config says what to read. The zero Config reads the default Region with the
// default credentials.
type Config struct {
	Profile    string         // of the shared AWS configuration; "" for the default chain
	Regions    []string       // by name, or AllRegions; none for the configured one
	Aggregator string         // a configuration aggregator of AWS Config to read instead of Amazon ECS; "" for none
	Timeout    time.Duration  // for the whole scan; 0 for DefaultTimeout
	Tags       []string       // the keys of the tags that are wanted
	InFlight   int            // how many calls at once, 64 at most; 0 for that
	Progress   func(Progress) // called after every change, from one goroutine at a time; may be nil
}

// Progress counts what a scan has done so far.
type Progress struct {
	Clusters, Services, TaskDefinitions Count
	Calls                               int // attempts that were answered or failed
	Throttled                           int // of those, refused by the service's rate limits
	Retried                             int // of those, failed in a way that may pass
	Gaps                                int
}

// Count is how many resources were listed, and how many of those were read.
type Count struct{ Listed, Read int }

// Source reads Amazon ECS through its API.
type Source struct {
	config Config
	load   func(context.Context, Config) (aws.Config, error)
}

var _ ecsentry.Source = (*Source)(nil)

// New makes a source. It does nothing before [Source.Collect].
func New(c Config) *Source { return &Source{config: c, load: load} }

// Collect reads the clusters, services and latest active task definitions of the
// configured Regions. An error means that there are no credentials that AWS
// accepts, or no Region; else what failed is in the coverage.
//
// When the context ends, Collect yields the services it knows and returns soon.
func (s *Source) Collect(ctx context.Context, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	timeout := s.config.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	ctx, stop := context.WithTimeoutCause(ctx, timeout, deadline{timeout})
	defer stop()
	ctx, abort := context.WithCancelCause(ctx)
	defer abort(nil)

	sc := &scan{config: s.config, emit: yield, abort: abort}
	sc.caller = caller{slots: make(chan struct{}, inFlight(s.config.InFlight)), tries: maxTries, tally: sc.tally}
	cfg, err := s.load(ctx, s.config)
	if err == nil {
		err = sc.identify(ctx, cfg)
	}
	var regions []string
	switch {
	case err != nil:
	case s.config.Aggregator != "":
		err = sc.aggregate(ctx, cfg)
	default:
		regions, err = sc.regions(ctx, cfg)
	}
	if err != nil {
		if ctx.Err() == nil {
			return ecsentry.Coverage{}, err
		}
		sc.cutShort = true
	}
	var wg sync.WaitGroup
	for _, name := range regions {
		wg.Go(func() { sc.region(cfg, name).read(ctx) })
	}
	wg.Wait()
	if sc.refused != nil {
		return ecsentry.Coverage{}, sc.refused
	}
	if sc.cutShort {
		sc.gap("live scan"+sc.where(""), ending(ctx))
	}
	slices.SortFunc(sc.gaps, func(a, b ecsentry.Gap) int { return strings.Compare(a.Scope, b.Scope) })
	return ecsentry.Coverage{Gaps: sc.gaps}, nil
}

func inFlight(n int) int {
	if n <= 0 || n > maxInFlight {
		return maxInFlight
	}
	return n
}

// scan is one run of a Source.
type scan struct {
	config Config
	caller caller
	abort  context.CancelCauseFunc

	yielding sync.Mutex
	emit     func(*ecsentry.Resource) error
	refused  error // what emit returned

	mu                 sync.Mutex
	account, partition string // "" until known
	gaps               []ecsentry.Gap
	cutShort           bool // something was not read because the context ended
	progress           Progress
}

// yield hands a resource on. The first error stops the scan.
func (s *scan) yield(r *ecsentry.Resource) {
	s.yielding.Lock()
	defer s.yielding.Unlock()
	if s.refused != nil {
		return
	}
	if err := s.emit(r); err != nil {
		s.refused = err
		s.abort(err)
	}
}

// note changes the progress and tells about it.
func (s *scan) note(change func(*Progress)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.progress)
	if s.config.Progress != nil {
		s.config.Progress(s.progress)
	}
}

func (s *scan) tally(failed bool, k kind) {
	s.note(func(p *Progress) {
		p.Calls++
		switch {
		case !failed:
		case k == throttled:
			p.Throttled++
		case k == passing:
			p.Retried++
		}
	})
}

func (s *scan) gap(scope, reason string) {
	s.note(func(p *Progress) {
		s.gaps = append(s.gaps, ecsentry.Gap{Scope: scope, Reason: reason})
		p.Gaps++
	})
}

// fail makes a gap of what could not be read.
func (s *scan) fail(ctx context.Context, scope, action string, err error) {
	if ctx.Err() == nil {
		reason := action + ": " + explain(err)
		if c := codeOf(err); c == "UnrecognizedClientException" || c == "InvalidClientTokenId" {
			reason += " (the credentials are good elsewhere: is the Region enabled in the account?)"
		}
		s.gap(scope, reason)
		return
	}
	s.mu.Lock()
	s.cutShort = true
	s.mu.Unlock()
	s.gap(scope, "not read: "+ending(ctx))
}

// where names the account and a Region for people.
func (s *scan) where(region string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := " in account " + s.account
	if s.account == "" {
		out = " in the account of the credentials"
	}
	if region != "" {
		out += ", Region " + region
	}
	return out
}

// arn is the ARN of something in the account.
func (s *scan) arn(region, resource string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	partition := s.partition
	if partition == "" {
		partition = "aws"
	}
	return fmt.Sprintf("arn:%s:ecs:%s:%s:%s", partition, region, s.account, resource)
}

// learn takes the account from an ARN, if nobody else told.
func (s *scan) learn(account, partition string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.account == "" {
		s.account, s.partition = account, partition
	}
}
