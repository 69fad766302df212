package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// What a scan of files may take that holds little.
const (
	smallMemory = 76 << 20
	smallHeap   = 40 << 20 // alive
)

// frugal keeps a process within some memory as long as it holds little: on a busy
// machine the collector comes late, and what it left would else stay. Where more
// than most is alive after a collection, there is no limit any more, since to keep
// it would cost time. A limit that the user has set stays.
func frugal(limit, most int64) {
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return
	}
	debug.SetMemoryLimit(limit)
	watch(uint64(max(most, 0)))
}

// collected is something that the next collection frees.
type collected struct{ _ *int }

// watch looks at what is alive after each collection.
func watch(most uint64) {
	runtime.AddCleanup(new(collected), func(most uint64) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if live[0].Value.Kind() != metrics.KindUint64 || live[0].Value.Uint64() > most {
			debug.SetMemoryLimit(math.MaxInt64)
			return
		}
		watch(most)
	}, most)
}
