package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/ecsentry/ecsentry/internal/source/live"
)

// A progress is a line on a terminal that says how far a scan is. A nil progress
// says nothing.
type progress struct {
	mu    sync.Mutex
	out   io.Writer
	now   func() time.Time
	last  time.Time
	shown bool
}

const (
	progressEvery = 100 * time.Millisecond
	clearLine     = "\r\x1b[K"
)

// newProgress shows progress on standard error, if a person looks at it.
func newProgress(p Process, quiet bool) *progress {
	if quiet || !isTerminal(p.Stderr) {
		return nil
	}
	return &progress{out: p.Stderr, now: p.Now, last: p.Now()}
}

func (p *progress) resources(n int) {
	p.show(func() string { return fmt.Sprintf("%d resources", n) })
}

func (p *progress) live(l live.Progress) {
	p.show(func() string {
		s := fmt.Sprintf("%s clusters, %s services, %s task definitions; %d calls",
			count(l.Clusters), count(l.Services), count(l.TaskDefinitions), l.Calls)
		if l.Throttled > 0 {
			s += fmt.Sprintf(", %d throttled", l.Throttled)
		}
		if l.Retried > 0 {
			s += fmt.Sprintf(", %d tried again", l.Retried)
		}
		if l.Gaps > 0 {
			s += fmt.Sprintf("; %d gaps", l.Gaps)
		}
		return s
	})
}

func count(c live.Count) string { return fmt.Sprintf("%d/%d", c.Read, c.Listed) }

func (p *progress) show(text func() string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if now.Sub(p.last) < progressEvery {
		return
	}
	p.last, p.shown = now, true
	fmt.Fprintf(p.out, "%sscanning: %s", clearLine, text())
}

// done takes the line away.
func (p *progress) done() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.out, clearLine)
	}
}
