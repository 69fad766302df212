package live

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter()
		begin := time.Now()
		epoch := 0
		for range 1000 {
			epoch, _ = l.wait(t.Context())
		}
		if d := time.Since(begin); d != 0 {
			t.Errorf("1000 calls took %v although nothing was refused", d)
		}
		l.throttled(epoch, time.Now())
		l.throttled(epoch, time.Now()) // of the same time: says nothing new
		if l.rate != firstRate {
			t.Errorf("rate %v", l.rate)
		}
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if _, err := l.wait(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if d := time.Since(begin).Seconds(); d < 0.7 || d > 20/firstRate {
			t.Errorf("20 calls took %v s at %v a second and rising", d, firstRate)
		}
		before := l.rate
		epoch, _ = l.wait(t.Context())
		l.throttled(epoch, time.Now())
		if l.rate >= before*0.9 {
			t.Errorf("rate %v after %v", l.rate, before)
		}
		for range 100 {
			l.throttled(l.epoch, time.Now())
		}
		if l.rate != minRate {
			t.Errorf("least rate %v", l.rate)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.wait(ctx); err == nil {
			t.Error("waited beyond the context's end")
		}
		time.Sleep(time.Hour) // idle time saves nothing up
		last := time.Now()
		for range 5 {
			if _, err := l.wait(t.Context()); err != nil {
				t.Error(err)
			}
		}
		if d := time.Since(last); d < 3*time.Second { // one was due already
			t.Errorf("5 calls took %v at %v a second", d, minRate)
		}
	})
}
