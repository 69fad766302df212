package live

import (
	"context"
	"math/rand/v2"
	"time"
)

const (
	maxTries       = 8
	patience       = 30 * time.Second // for all tries of a call together, without the time for throttling
	attemptTimeout = 10 * time.Second
	firstPause     = 200 * time.Millisecond
	longestPause   = 5 * time.Second
)

// A caller makes calls: a bounded number at once, each until it has an answer or
// there is no hope for one.
type caller struct {
	slots chan struct{} // one for each call in flight
	tries int           // how often a call is tried whose failure may pass
	tally func(failed bool, k kind)
}

// do makes a call and repeats it as long as that makes sense. Throttled calls
// are repeated until the context ends.
func (c *caller) do(ctx context.Context, l *limiter, attempt func(context.Context) error) error {
	var spent time.Duration
	for tries := 1; ; {
		epoch, err := l.wait(ctx)
		if err != nil {
			return err
		}
		took, err := c.once(ctx, patience-spent, attempt)
		if err == nil {
			c.tally(false, 0)
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		k := kindOf(err)
		c.tally(true, k)
		switch k {
		case final:
			return err
		case throttled:
			l.throttled(epoch, now())
			continue
		}
		pause := backoff(tries)
		spent += took + pause
		if tries == c.tries || spent >= patience {
			return &exhausted{tries, err}
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		tries++
	}
}

// once makes one attempt, when there is room for it.
func (c *caller) once(ctx context.Context, left time.Duration, attempt func(context.Context) error) (time.Duration, error) {
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
	defer func() { <-c.slots }()
	begin := now()
	ctx, cancel := context.WithTimeout(ctx, min(attemptTimeout, left))
	defer cancel()
	err := attempt(ctx)
	return now().Sub(begin), err
}

// backoff is the pause after the n-th try. It is spread, so that calls which
// failed together do not come back together.
func backoff(n int) time.Duration {
	d := min(longestPause, firstPause<<(n-1))
	return d/2 + rand.N(d/2)
}
