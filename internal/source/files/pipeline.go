package files

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/ecsentry/ecsentry"
)

// A job is one file in work. Its resources come through out, in order; once out
// is closed, the rest is set.
type job struct {
	target   *target
	size     int64
	out      chan *ecsentry.Resource
	coverage ecsentry.Coverage
	whole    bool // it was read to its end
}

// waiting is how many resources of a file wait to be taken.
const waiting = 32

// run reads the targets, several at a time, and yields what comes of them in
// order, but for slow ones, which come last: they must not hold back the others
// for good. After an interruption it yields what was read by then.
func (s *Source) run(ctx context.Context, targets []target, c *ecsentry.Coverage, yield func(*ecsentry.Resource) error) error {
	ctx, cancel := context.WithCancel(ctx)
	d := dispatcher{Source: s, freed: make(chan struct{}, 1)}
	defer d.workers.Wait()
	defer cancel()

	// Jobs start in order and are taken in order, so the oldest is always one that
	// runs: nothing can wait for what comes later.
	queue := make(chan *job, max(1, s.options.Workers-1))
	d.workers.Go(func() {
		defer close(queue)
		d.dispatch(ctx, targets, queue)
	})
	for j := range queue {
		for r := range j.out {
			if err := yield(r); err != nil {
				return err
			}
		}
		d.free(j.size)
		c.Add(j.coverage)
		j.target.done = j.whole
	}
	return nil
}

// A dispatcher starts a job for each file, as long as the files in work are not
// too many or too large together.
type dispatcher struct {
	*Source
	workers sync.WaitGroup
	bytes   atomic.Int64 // in work
	freed   chan struct{}
}

func (d *dispatcher) free(size int64) {
	d.bytes.Add(-size)
	select {
	case d.freed <- struct{}{}:
	default:
	}
}

func (d *dispatcher) dispatch(ctx context.Context, targets []target, queue chan<- *job) {
	slow := 0
	ready := make(chan *target, len(targets))
	for i := range targets {
		if t := &targets[i]; t.slow {
			slow++
			d.workers.Go(func() {
				t.data, t.flow, t.bad = d.await(ctx, t)
				ready <- t
			})
		}
	}
	for i := range targets {
		if t := &targets[i]; !t.slow && !d.start(ctx, t, queue) {
			return
		}
	}
	for range slow {
		select {
		case t := <-ready:
			if !d.start(ctx, t, queue) {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// start begins with a target as soon as there is room for it. It reports false
// after an interruption.
func (d *dispatcher) start(ctx context.Context, t *target, queue chan<- *job) bool {
	j := &job{target: t, size: d.size(t), out: make(chan *ecsentry.Resource, waiting)}
	for busy := d.bytes.Load(); busy > 0 && busy+j.size > inWork; busy = d.bytes.Load() {
		select {
		case <-d.freed:
		case <-ctx.Done():
			return false
		}
	}
	d.bytes.Add(j.size)
	select {
	case queue <- j:
	case <-ctx.Done():
		return false
	}
	d.workers.Go(func() {
		defer close(j.out)
		d.work(ctx, j)
	})
	return true
}

// size is about how large a file is.
func (s *Source) size(t *target) int64 {
	switch {
	case t.data != nil:
		return int64(len(t.data))
	case t.owned || t.slow || t.folder != nil:
		return 0
	}
	info, err := s.disk.Stat(t.disk)
	if err != nil {
		return 0
	}
	size := info.Size()
	if compressed(t.name) {
		size *= 10
	}
	return min(size, int64(s.options.MaxBytes))
}
