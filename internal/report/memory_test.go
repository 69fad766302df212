package report

import (
	"runtime"
	"testing"

	"github.com/ecsentry/ecsentry"
)

// A weighingWriter weighs what is alive from time to time, and throws away what
// it is given.
type weighingWriter struct {
	writes int
	most   uint64
}

func (w *weighingWriter) Write(p []byte) (int, error) {
	if w.writes++; w.writes%20 == 0 {
		w.most = max(w.most, alive())
	}
	return len(p), nil
}

func alive() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Memory does not grow with the number of findings: what lives while a report is
// written is no more for many than buffers and counts take.
func TestMemoryDoesNotGrow(t *testing.T) {
	const n, most = 25_000, 1 << 20
	r := many(n, nil)
	r.Coverage.Skipped = make([]ecsentry.Gap, 10)
	for _, f := range Formats() {
		before := alive()
		w := &weighingWriter{}
		if err := f.Write(w, r, Options{}); err != nil {
			t.Fatal(err)
		}
		if w.most > before+most {
			t.Errorf("%s holds %d KiB for %d findings", f.Name, (w.most-before)>>10, n)
		}
		if f.Name != "markdown" && w.most == 0 { // which is cut before there is anything to weigh
			t.Errorf("%s was never weighed: %d writes", f.Name, w.writes)
		}
	}
	runtime.KeepAlive(r)
}
