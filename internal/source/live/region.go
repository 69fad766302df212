package live

import (
	"context"
	"errors"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/ecs"

	"github.com/ecsentry/ecsentry/ecs"
)

// The largest pages and batches that the API allows.
const (
	listPage     = 100
	clusterBatch = 100
	serviceBatch = 10
)

// region reads one Region.
type region struct {
	*scan
	name   string
	client *sdk.Client

	// The service throttles these groups of actions, each by a bucket of its own.
	clusterReads, serviceReads, taskDefinitionReads *limiter

	mu       sync.Mutex
	clusters map[string]bool   // the ARNs of those that were read
	families map[string]string // the ARN of each family's latest ACTIVE revision
	allKnown bool              // families holds every family with such a one
	services []*ecs.Service
	tagged   map[string]map[string]string // the tags of services that have wanted ones, by ARN
	vanished []string                     // clusters that the service did not know any more
	grants   map[string]int               // by action; see worthSplitting
}

func (s *scan) region(cfg aws.Config, name string) *region {
	return &region{
		scan: s, name: name,
		client: sdk.NewFromConfig(cfg, func(o *sdk.Options) {
			o.Region = name
			o.Retryer = aws.NopRetryer{}
			o.Protocol = tap{o.Protocol}
			o.HTTPClient = packed{o.HTTPClient}
		}),
		clusterReads: newLimiter(), serviceReads: newLimiter(), taskDefinitionReads: newLimiter(),
		clusters: map[string]bool{}, families: map[string]string{}, tagged: map[string]map[string]string{}, grants: map[string]int{},
	}
}

func (r *region) read(ctx context.Context) {
	var wg sync.WaitGroup
	wg.Go(func() { r.readFamilies(ctx) })
	wg.Go(func() { r.readClusters(ctx) })
	wg.Wait()
	r.yieldServices()
}

var errSameToken = errors.New("the service gives the same page token again")

// list reads the pages of a list of strings, of which name is the property. An
// element that is on two pages, because the list changed meanwhile, is handed on
// once.
func (r *region) list(ctx context.Context, l *limiter, name string,
	call func(ctx context.Context, token *string) (*node, error), page func([]string),
) error {
	seen, tokens := map[string]bool{}, map[string]bool{}
	var token *string
	for {
		var n *node
		err := r.caller.do(ctx, l, func(ctx context.Context) (err error) {
			n, err = call(ctx, token)
			return err
		})
		if err != nil {
			return err
		}
		var fresh []string
		for _, item := range n.field(name).items() {
			text := item.string()
			if text == "" {
				return errMalformed
			}
			if !seen[text] {
				seen[text] = true
				fresh = append(fresh, text)
			}
		}
		page(fresh)
		next := n.field("nextToken").string()
		switch {
		case next == "":
			return nil
		case tokens[next]:
			return errSameToken
		}
		tokens[next] = true
		token = &next
	}
}

// A batch is a way to describe several resources with one call.
type batch struct {
	action     string
	limiter    *limiter
	list, name string // the properties of the answer's list and of an element's ARN
	call       func(ctx context.Context, arns []string) (*node, error)
	got        func(*node)
}

// describe reads the resources with the ARNs. Each that it cannot read is a gap.
func (r *region) describe(ctx context.Context, b batch, arns []string) {
	var n *node
	err := r.caller.do(ctx, b.limiter, func(ctx context.Context) (err error) {
		n, err = b.call(ctx, arns)
		return err
	})
	if err != nil {
		// One resource that may not be read has the whole batch refused.
		if len(arns) > 1 && ctx.Err() == nil && r.worthSplitting(b.action, err) {
			r.describe(ctx, b, arns[:len(arns)/2])
			r.describe(ctx, b, arns[len(arns)/2:])
			return
		}
		for _, arn := range arns {
			r.fail(ctx, arn, b.action, err)
		}
		return
	}
	r.granted(b.action)
	open := make(map[string]string, len(arns)) // what was asked for, by name
	for _, arn := range arns {
		open[ecs.LastName(arn)] = arn
	}
	for _, item := range n.field(b.list).items() {
		name := ecs.LastName(item.field(b.name).string())
		if _, asked := open[name]; asked {
			delete(open, name)
			b.got(item)
		}
	}
	for _, f := range n.field("failures").items() {
		arn := f.field("arn").string()
		name := ecs.LastName(arn)
		if asked, ok := open[name]; ok {
			arn = asked
			delete(open, name)
		}
		r.gap(arn, b.action+": "+failureReason(f))
	}
	for _, arn := range open {
		r.gap(arn, b.action+": the answer does not mention it")
	}
}

func failureReason(f *node) string {
	reason := f.field("reason").string()
	if reason == "MISSING" {
		return "MISSING: it was deleted after it was listed"
	}
	if detail := f.field("detail").string(); detail != "" {
		reason += ": " + detail
	}
	return reason
}

// maxDenials is how many calls of an action may be refused, and none granted,
// until refused batches are no longer split.
const maxDenials = 8

// worthSplitting tells whether a refused batch may hold resources that would be
// described by themselves.
func (r *region) worthSplitting(action string, err error) bool {
	if kindOf(err) != final || rejected(err) || codeOf(err) == clusterNotFound {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.grants[action] > 0 {
		return true
	}
	r.grants[action]--
	return r.grants[action] > -maxDenials
}

func (r *region) granted(action string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.grants[action] = 1
}

// workers run functions at once, a bounded number of them.
type workers struct {
	wg    sync.WaitGroup
	slots chan struct{}
}

func newWorkers() *workers { return &workers{slots: make(chan struct{}, maxInFlight)} }

// run starts a function as soon as there is room for it.
func (w *workers) run(f func()) {
	w.slots <- struct{}{}
	w.wg.Go(func() {
		defer func() { <-w.slots }()
		f()
	})
}

func (w *workers) wait() { w.wg.Wait() }
