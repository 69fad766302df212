package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// A limit holds as long as little is alive, and no longer.
func TestFrugal(t *testing.T) {
	before := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(before)
	const limit = 1 << 40

	frugal(limit, limit)
	for range 5 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if got := debug.SetMemoryLimit(-1); got != limit {
		t.Errorf("the limit is %d, though hardly anything is alive", got)
	}
	frugal(limit/2, 0)
	if got := debug.SetMemoryLimit(-1); got != limit {
		t.Errorf("the limit is %d: one that was set does not stay", got)
	}

	debug.SetMemoryLimit(math.MaxInt64)
	frugal(limit, 0)
	for end := time.Now().Add(10 * time.Second); debug.SetMemoryLimit(-1) == limit && time.Now().Before(end); {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if got := debug.SetMemoryLimit(-1); got != math.MaxInt64 {
		t.Errorf("the limit is still %d", got)
	}
}
