// Package scan runs a scan: it collects resources from sources, selects those
// that controls judge, links services with what they refer to, judges, and puts
// everything into a report.
//
// Resources are judged as they arrive and forgotten, so that a source which
// streams needs little memory. Only services whose source did not link them wait
// for the end, and of task definitions and clusters what such services need to
// know is kept. Which revision of a family is the latest is known at the end
// only; the others' verdicts are then replaced. Of several states of a resource
// the latest replaces what came of the one before.
//
// Of resources whose input is held, verdicts are kept with all that they lead to;
// those of others are packed, and unpacked for each pass over the report.
//
// Files: scan.go the run, judge.go one resource, keep.go what is kept of it, pack.go
// and unpack.go in which form, with the tables of words.go; outside.go what no
// control judges, state.go resources of which an input holds several states, link.go,
// waiting.go, linkpacked.go and follow.go services and what they refer to, policy.go what a policy
// changes, explain.go what people read, order.go the order and the names of
// findings, store.go the findings of the report.
package scan

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
)

// Options say what to scan, and how.
type Options struct {
	Sources  []ecsentry.Source
	Controls []*ecsentry.Control // in the order in which reports show them
	Settings ecsentry.Settings   // of the controls' parameters, without a policy
	// Policy is what a resource is judged by, always the same for the same one; nil,
	// also of one resource, for the controls as they are.
	Policy   func(*ecsentry.Identity) *Policy
	Terse    bool   // leave out how to decide what is unknown, which takes time to find out
	Strict   bool   // what is not covered by declared limits is a gap
	Version  string // of ecsentry, for the report
	Now      func() time.Time
	Progress func(resources int) // called after each resource; may be nil
}

// Run scans. When the context ends, the report says what is known by then, and
// that it is incomplete. An error means that a source could say nothing at all.
func Run(ctx context.Context, o Options) (*ecsentry.Report, error) {
	s := newScan(o)
	report := &ecsentry.Report{Version: o.Version, Started: o.Now()}
	for _, source := range o.Sources {
		c, err := s.collect(ctx, source)
		if err != nil {
			return nil, err
		}
		s.coverage.Add(c)
	}
	s.settle()
	s.findPacked()
	s.judgeServices()
	report.OlderRevisions = s.retireRevisions()
	report.Resources, report.Findings = s.findings()
	report.Coverage = s.covered()
	report.Complete = len(report.Coverage.Gaps) == 0 && len(report.Coverage.Refused) == 0
	report.Finished = o.Now()
	return report, nil
}

// A scan is one run.
type scan struct {
	options  Options
	standard *rule // without a policy
	rules    map[*Policy]*rule
	seen     []*judged
	services []*waiting // for what they refer to
	states   states
	index    index
	packer   packer
	coverage ecsentry.Coverage // what sources read, and what went wrong in judging
}

func newScan(o Options) *scan {
	return &scan{options: o, standard: newRule(o.Controls, Policy{Settings: o.Settings}), rules: map[*Policy]*rule{}, index: newIndex()}
}

// collect takes the resources of a source.
func (s *scan) collect(ctx context.Context, source ecsentry.Source) (c ecsentry.Coverage, err error) {
	if ctx.Err() != nil {
		return ecsentry.Coverage{Gaps: []ecsentry.Gap{interruption(ctx)}}, nil
	}
	defer func() {
		if p := recover(); p != nil {
			c.Gaps = append(c.Gaps, ecsentry.Gap{Scope: "scan", Reason: "the rest of a source could not be read: " + stumble(p)})
			err = nil
		}
	}()
	n := len(s.seen) + len(s.services) + len(s.states.order)
	c, err = source.Collect(ctx, func(r *ecsentry.Resource) error {
		s.take(r)
		if n++; s.options.Progress != nil {
			s.options.Progress(n)
		}
		return nil
	})
	if ctx.Err() != nil && (err != nil || len(c.Gaps) == 0) {
		c.Gaps = append(c.Gaps, interruption(ctx))
		err = nil
	}
	return c, err
}

func interruption(ctx context.Context) ecsentry.Gap {
	why := "interrupted before everything was read"
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		why = "the deadline passed before everything was read"
	}
	return ecsentry.Gap{Scope: "scan", Reason: why}
}

// take judges a resource, or lets it wait.
func (s *scan) take(r *ecsentry.Resource) {
	exclude(r)
	if r.State != nil {
		s.takeState(r)
		return
	}
	if waits(r) {
		s.services = append(s.services, s.wait(r))
		return
	}
	j, entries := s.judge(r)
	s.seen = append(s.seen, j)
	s.index.insert(entries)
}

// waits tells whether a resource is judged at the end only.
func waits(r *ecsentry.Resource) bool { return r.Type == ecsentry.Service && !linkedBySource(r) }

// judgeServices judges the services that waited.
func (s *scan) judgeServices() {
	for _, w := range s.services {
		r := s.resource(w)
		*w = waiting{} // it is not needed any more
		service := r.Variants[0].Data.(*ecs.Service)
		s.index.link(service, &r.Identity)
		if r.Outside == "" && r.Running == "" {
			r.Running = s.index.running(service)
		}
		j, _ := s.judge(r)
		s.seen = append(s.seen, j)
	}
	s.services = nil
}

// covered is what was read and what was not, in a stable order.
func (s *scan) covered() ecsentry.Coverage {
	c := s.coverage
	if s.options.Strict {
		c.Gaps, c.NotCovered = append(c.Gaps, c.NotCovered...), nil
	}
	for _, gaps := range [][]ecsentry.Gap{c.Gaps, c.NotCovered, c.Refused, c.Skipped} {
		slices.SortStableFunc(gaps, func(a, b ecsentry.Gap) int { return cmp.Compare(a.Scope, b.Scope) })
	}
	return c
}
