package document

import (
	"sync"
	"testing"
)

// TestConcurrent lets the race detector look at what is computed when asked.
func TestConcurrent(t *testing.T) {
	f, err := Parse("x", benchTemplate(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			n := f.Documents[0].Get("Resources")
			f.Position(n.Start)
			f.Quote(n.Start, n.End)
		})
	}
	wg.Wait()
}
