package remedy

import (
	"runtime"
	"sync"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A job is a reason whose patch is to be made.
type job struct {
	finding *ecsentry.Finding
	reason  *ecsentry.Reason
	key     key
	patch   ecsentry.Patch
	err     error
	done    bool
}

// text is the text in which the edits of a job lie, as far as others are no matter
// of it; nil where they may be.
func (j *job) text() value.Text {
	var only value.Text
	for i := range j.finding.Verdict.Reasons {
		reason := &j.finding.Verdict.Reasons[i]
		if reason.Fix == nil || keyOf(j.finding, reason) != j.key {
			continue
		}
		for _, e := range reason.Fix.Edits {
			if e.At == nil {
				return nil
			}
			if _, ok := e.At.In.(ecsentry.Independent); !ok || only != nil && only != e.At.In {
				return nil
			}
			only = e.At.In
		}
	}
	return only
}

// work makes the patches of jobs. Texts that have nothing to do with each other
// are edited side by side, all others one after the other.
func (r *run) work(jobs []*job) {
	byText := map[value.Text][]*job{}
	var texts []value.Text
	for _, j := range jobs {
		text := j.text()
		if byText[text] == nil {
			texts = append(texts, text)
		}
		byText[text] = append(byText[text], j)
	}
	each(texts, func(text value.Text) {
		writers := map[value.Text]writer{}
		for _, j := range byText[text] {
			if r.ctx.Err() != nil {
				return
			}
			j.patch, j.err = r.patch(j.finding, j.key, writers)
			j.done = true
		}
	})
}

// each does something with each of a list, on all processors.
func each[T any](list []T, do func(T)) {
	next := make(chan T)
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		group.Go(func() {
			for x := range next {
				do(x)
			}
		})
	}
	for _, x := range list {
		next <- x
	}
	close(next)
	group.Wait()
}
