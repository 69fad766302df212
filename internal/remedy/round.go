package remedy

import (
	"errors"
	"maps"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// settle makes the edits of some reasons, as many together as can be, and gives
// the state that they lead to. What makes something worse is found by what it makes
// worse, else by halving.
// Edits that could not be made beside others are left for another round.
func (r *run) settle(from *state, todo []key) (*state, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	t := r.try(from, todo)
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	if len(t.made) == 0 {
		return from, nil
	}
	report, err := r.Scan(r.ctx, t.texts)
	if err != nil {
		return nil, err
	}
	to := newState(report, t.texts)
	problems := r.problems(to, t)
	if len(problems) == 0 {
		r.accept(t)
		return to, nil
	}
	keys := t.made
	if len(keys) == 1 {
		r.withdrawn[keys[0]] = problems[0].text
		return from, nil
	}
	s, ok := t.sort(problems)
	if !ok {
		first, second := t.halves(problems)
		s = sorted{clean: first, steps: [][]key{second}}
	}
	for k, why := range s.bad {
		r.withdrawn[k] = why
	}
	for _, part := range append([][]key{s.clean}, s.steps...) {
		if from, err = r.settle(from, part); err != nil {
			return nil, err
		}
	}
	return from, nil
}

// A trial is a set of edits that were made together, of which nobody knows yet
// whether they are good.
type trial struct {
	made  []key // in order
	items map[key]Item
	files map[key][]string // that a reason's edits change
	edits map[string]*edits
	texts map[string][]byte
}

// accept keeps what a trial made.
func (r *run) accept(t *trial) {
	for _, k := range t.made {
		r.made[k] = t.items[k]
		r.order = append(r.order, k)
		for _, name := range t.files[k] {
			r.touch[name] = append(r.touch[name], k.finding)
		}
	}
	for name, e := range t.edits {
		if _, changed := r.original[name]; !changed {
			r.original[name] = e.original
			r.pieces[name] = whole(e.original)
		}
		r.pieces[name] = r.pieces[name].splice(e.list)
	}
}

// try makes the edits of the reasons that can be made together.
func (r *run) try(from *state, todo []key) *trial {
	t := &trial{items: map[key]Item{}, files: map[key][]string{}, edits: map[string]*edits{}, texts: maps.Clone(from.texts)}
	if t.texts == nil {
		t.texts = map[string][]byte{}
	}
	wanted := make(map[key]bool, len(todo))
	for _, k := range todo {
		wanted[k] = true
	}
	var jobs []*job
	r.failures(from, func(f *ecsentry.Finding, reason *ecsentry.Reason) {
		if k := keyOf(f, reason); wanted[k] {
			jobs = append(jobs, &job{finding: f, reason: reason, key: k})
		}
	})
	r.work(jobs)
	for _, j := range jobs {
		f, reason, k, patch := j.finding, j.reason, j.key, j.patch
		switch {
		case !j.done: // settle says why
		case j.err != nil:
			r.withdrawn[k], r.refused[k] = j.err.Error(), true
		case t.add(k, patch):
			item := Item{Finding: f, Reason: reason, Safety: r.safety(f, reason), Notes: patch.Notes, Files: t.files[k]}
			item.Finding, item.Reason = r.asRead(f, reason)
			t.items[k] = item
			t.made = append(t.made, k)
		case len(t.made) == 0: // not for others' sake
			r.withdrawn[k], r.refused[k] = errOwnWay.Error(), true
		}
	}
	for name, e := range t.edits {
		t.texts[name] = e.apply()
	}
	return t
}

// asRead is a failed reason as people know it, of the input as it is: with the
// place that it has there.
func (r *run) asRead(f *ecsentry.Finding, reason *ecsentry.Reason) (*ecsentry.Finding, *ecsentry.Reason) {
	was := r.start.byID[f.ID]
	if was == nil {
		return f, reason
	}
	for i := range was.Verdict.Reasons {
		old := &was.Verdict.Reasons[i]
		switch {
		case keyOf(was, old) != keyOf(f, reason):
		case old.Outcome == ecsentry.Failed:
			return was, old
		default: // it failed in some worlds only
			now := *reason
			now.At = old.At
			return was, &now
		}
	}
	return f, reason
}

// A writer is the rewriter of a text, or why it has none.
type writer struct {
	ecsentry.Rewriter
	err error
}

var errOwnWay = errors.New("its changes are in each other's way")

var errNoEdits = errors.New("nothing can be edited there")

// patch is what mends all reasons of a finding that have the key.
func (r *run) patch(f *ecsentry.Finding, k key, writers map[value.Text]writer) (ecsentry.Patch, error) {
	byText := map[value.Text][]value.Edit{}
	var texts []value.Text
	for i := range f.Verdict.Reasons {
		reason := &f.Verdict.Reasons[i]
		if reason.Outcome != ecsentry.Failed || reason.Fix == nil || f.Excuse(i) != nil || keyOf(f, reason) != k {
			continue
		}
		for _, e := range reason.Fix.Edits {
			if e.At == nil {
				return ecsentry.Patch{}, errNoEdits
			}
			if byText[e.At.In] == nil {
				texts = append(texts, e.At.In)
			}
			byText[e.At.In] = append(byText[e.At.In], e)
		}
	}
	var all ecsentry.Patch
	for _, text := range texts {
		w, known := writers[text]
		if !known {
			if editable, ok := text.(ecsentry.Editable); ok {
				w.Rewriter, w.err = editable.Rewriter()
			} else {
				w.err = errNoEdits
			}
			writers[text] = w
		}
		if w.err != nil {
			return all, w.err
		}
		p, err := r.rewrite(f, w, byText[text])
		if err != nil {
			return all, err
		}
		all.Splices = append(all.Splices, p.Splices...)
		all.Notes = append(all.Notes, p.Notes...)
	}
	if len(all.Splices) == 0 {
		return all, errNoEdits
	}
	return all, nil
}

var errNoAnswer = errors.New("the input does not say the Region: give it with --log-region")

func (r *run) rewrite(f *ecsentry.Finding, w writer, list []value.Edit) (ecsentry.Patch, error) {
	filled := make([]value.Edit, 0, len(list))
	for _, e := range list {
		switch answered, ok := r.fill(f, e, w.Rewriter); {
		case ok:
			filled = append(filled, answered)
		case !optional(e):
			return ecsentry.Patch{}, errNoAnswer
		}
	}
	return w.Rewrite(filled)
}
