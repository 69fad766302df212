package remedy

import (
	"context"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// Options say what to mend, and how to prove it.
type Options struct {
	// Scan judges the input with these texts in place of those files. Its reasons keep
	// their places.
	Scan func(ctx context.Context, texts map[string][]byte) (*ecsentry.Report, error)
	// Wanted tells which findings to mend; all if it is nil.
	Wanted func(*ecsentry.Finding) bool
	// Answer answers what an edit asks for, "" for no answer.
	Answer func(f *ecsentry.Finding, asked value.Asked) string
	// MayBreak makes edits that may break something, too.
	MayBreak bool
	// Check says what else than the edits changed between two texts of a file; it may
	// be nil.
	Check func(file string, before, after []byte, edits []ecsentry.Splice) error
}

// A Plan is what mends an input.
type Plan struct {
	Start     *ecsentry.Report // of the input as it is
	Report    *ecsentry.Report // of the input as it would be
	Files     []File           // that change, in order
	Made      []Item           // what the changes mend
	Withheld  []Item           // edits that may break something, where those are not wanted
	Withdrawn []Item           // edits that were tried and taken back, or cannot be made
	Steps     []Item           // what a person has to do
	Unknown   int              // findings that nobody mends, since nobody knows
	Excepted  int              // failures that are excused
}

// A File is a text that changes. Hidden are the parts that no output may show.
type File struct {
	Name                      string
	Before, After             []byte
	HiddenBefore, HiddenAfter []ecsentry.Span

	pieces pieces // of Before that After is made of
}

// An Item is a failed reason and what becomes of it.
type Item struct {
	Finding *ecsentry.Finding
	Reason  *ecsentry.Reason
	Safety  ecsentry.Safety
	Why     string   // why its edits are not made
	Notes   []string // on how they are made
	Files   []string // that they change
}

// maxRounds bounds how often edits are made of which some could not be made
// together with others.
const maxRounds = 32

// Make plans. An error means that nothing can be said at all.
func Make(ctx context.Context, o Options) (*Plan, error) {
	r := &run{
		Options: o, ctx: ctx, original: map[string][]byte{}, pieces: map[string]pieces{}, touch: map[string][]string{},
		made: map[key]Item{}, withdrawn: map[key]string{}, refused: map[key]bool{},
	}
	report, err := o.Scan(ctx, nil)
	if err != nil {
		return nil, err
	}
	r.start = newState(report, nil)
	at := r.start
	tried := 0 // how much was made when what is refused was tried last
	for range maxRounds {
		todo := r.todo(at)
		if len(todo) == 0 {
			if len(r.order) == tried {
				break
			}
			tried = len(r.order)
			r.reconsider()
			continue
		}
		if at, err = r.settle(at, todo); err != nil {
			return nil, err
		}
	}
	return r.plan(at), nil
}

// reconsider lets edits be tried again that could not be made: an alias that was
// in their way may be gone.
func (r *run) reconsider() {
	for k := range r.refused {
		delete(r.withdrawn, k)
	}
	clear(r.refused)
}

// A run makes one plan.
type run struct {
	Options
	ctx       context.Context
	start     *state
	order     []key // of what was made
	made      map[key]Item
	withdrawn map[key]string
	refused   map[key]bool        // those of them that a rewriter could not make
	original  map[string][]byte   // of the files that change
	pieces    map[string]pieces   // of those, as they are now
	touch     map[string][]string // findings whose edits change a file
}

// A key names a failed reason, whatever else changes in its resource.
type key struct {
	finding, subject, key, container string
}

func keyOf(f *ecsentry.Finding, r *ecsentry.Reason) key {
	return key{finding: f.ID, subject: r.Subject, key: r.Key, container: containerOf(r)}
}

// A state is the input with some texts changed.
type state struct {
	report   *ecsentry.Report
	findings []*ecsentry.Finding
	byID     map[string]*ecsentry.Finding
	texts    map[string][]byte
	places   map[string][]*value.Place // of resources, by file; see within
}

func newState(r *ecsentry.Report, texts map[string][]byte) *state {
	s := &state{report: r, byID: map[string]*ecsentry.Finding{}, texts: texts}
	for f := range r.Findings.All() {
		s.findings = append(s.findings, f)
		s.byID[f.ID] = f
	}
	return s
}

// failures are the failed reasons that count and are wanted.
func (r *run) failures(s *state, do func(*ecsentry.Finding, *ecsentry.Reason)) {
	for _, f := range s.findings {
		if !f.Failed() || r.Wanted != nil && !r.Wanted(f) {
			continue
		}
		seen := map[key]bool{}
		for i := range f.Verdict.Reasons {
			reason := &f.Verdict.Reasons[i]
			if k := keyOf(f, reason); reason.Outcome == ecsentry.Failed && f.Excuse(i) == nil && !seen[k] {
				seen[k] = true
				do(f, reason)
			}
		}
	}
}

// todo are the failed reasons of a state that have edits to be made.
func (r *run) todo(s *state) (out []key) {
	r.failures(s, func(f *ecsentry.Finding, reason *ecsentry.Reason) {
		k := keyOf(f, reason)
		if _, no := r.withdrawn[k]; no || !r.fixable(f, reason) {
			return
		}
		if _, done := r.made[k]; done {
			r.withdrawn[k] = "it fails again"
			return
		}
		out = append(out, k)
	})
	return out
}

// plan is what the run has come to.
func (r *run) plan(end *state) *Plan {
	p := &Plan{Start: r.start.report, Report: end.report, Files: r.files(end)}
	for _, k := range r.order {
		p.Made = append(p.Made, r.made[k])
	}
	for _, f := range r.start.findings {
		switch {
		case f.Verdict.Outcome == ecsentry.Unknown:
			p.Unknown++
		case f.Exception != nil:
			p.Excepted++
		}
	}
	r.failures(r.start, func(f *ecsentry.Finding, reason *ecsentry.Reason) {
		k := keyOf(f, reason)
		if _, done := r.made[k]; done {
			return
		}
		item := Item{Finding: f, Reason: reason, Safety: r.safety(f, reason)}
		why, tried := r.withdrawn[k]
		now := end.byID[f.ID]
		switch {
		case len(r.order) > 0 && now != nil && !has(now, k, ecsentry.Unknown):
			item.Notes = []string{"another edit mends this, too"}
			p.Made = append(p.Made, item)
		case tried:
			item.Why = why
			p.Withdrawn = append(p.Withdrawn, item)
		case item.Safety == ecsentry.MayBreak && !r.MayBreak && !r.halved(f, reason):
			p.Withheld = append(p.Withheld, item)
		default:
			item.Why = elsewhere(f)
			p.Steps = append(p.Steps, item)
		}
	})
	return p
}
