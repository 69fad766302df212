package live

import (
	"context"
	"sync"
	"time"
)

const (
	// documentedRate is at how many calls a second Amazon ECS says to refill the
	// buckets of all its reading categories. It is where a limiter starts when it
	// first hears that there is a limit; others may share the bucket, or AWS may
	// have raised it, so the rate moves from there.
	documentedRate = 20
	firstRate      = 0.9 * documentedRate
	minRate        = 0.5
	cut            = 0.8  // the rate after a refusal, of that before
	firstGrowth    = 0.5  // by how much the rate grows in a second without one, until the second
	growth         = 0.05 // the same from then on
)

// A limiter keeps calls to the rate that a token bucket somewhere allows, which
// it learns from the refusals. It starts without a limit.
//
// As long as the bucket is not full, a rate that swings around the refill rate
// uses every token, at the price of about one refusal a swing.
type limiter struct {
	turn chan struct{} // held by the one call that waits for its time; the others queue for it

	mu      sync.Mutex
	limited bool
	rate    float64 // calls a second
	last    time.Time
	epoch   int // counts the cuts
}

func newLimiter() *limiter { return &limiter{turn: make(chan struct{}, 1)} }

// wait returns when a call may be made. What it returns is for throttled.
func (l *limiter) wait(ctx context.Context) (epoch int, err error) {
	if epoch, free := l.free(); free {
		return epoch, context.Cause(ctx)
	}
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
	defer func() { <-l.turn }()
	for {
		epoch, pause := l.next(now())
		if pause <= 0 {
			return epoch, context.Cause(ctx)
		}
		if err := sleep(ctx, pause); err != nil {
			return 0, err
		}
		l.grow(pause)
	}
}

func (l *limiter) free() (epoch int, free bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.epoch, !l.limited
}

// next takes the next time slot if it has come, or says how long that takes.
func (l *limiter) next(at time.Time) (epoch int, pause time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	interval := time.Duration(float64(time.Second) / l.rate)
	due := l.last.Add(interval)
	if at.Before(due) {
		return 0, due.Sub(at)
	}
	// A late timer must not cost throughput; a long idle time must not save some up.
	l.last = due
	if earliest := at.Add(-interval); due.Before(earliest) {
		l.last = earliest
	}
	return l.epoch, 0
}

// grow raises the rate after calls had to wait.
func (l *limiter) grow(waited time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	by := growth
	if l.epoch == 1 {
		by = firstGrowth
	}
	l.rate += max(0.1, by*l.rate) * waited.Seconds()
}

// throttled takes note that a call was refused. A call that was let through
// before the last cut says nothing new.
func (l *limiter) throttled(epoch int, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case epoch != l.epoch:
		return
	case !l.limited:
		l.limited, l.rate = true, firstRate
	default:
		l.rate = max(minRate, cut*l.rate)
	}
	l.epoch++
	l.last = at
}

// now is the clock that paces the calls. It is not passed in: the timers that
// wait run by it too, and nothing that a scan finds depends on it.
func now() time.Time { return time.Now() } //nolint:forbidigo // see above

// sleep waits, or returns why the context ended.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
