package remedy

import (
	"slices"

	"github.com/ecsentry/ecsentry"
)

// A problem is something that edits may not lead to.
type problem struct {
	finding *ecsentry.Finding // that shows it, nil where it is about a file
	reason  *ecsentry.Reason  // of the finding, that shows it
	file    string
	text    string
}

// problems are what is wrong with a state that a trial led to: a failure that is
// still there, a verdict that is worse than at the start, something that can no
// longer be read, a text that changed elsewhere.
func (r *run) problems(to *state, t *trial) (out []problem) {
	for _, k := range t.made {
		if f := to.byID[k.finding]; f == nil || !gone(f, k, r.start.byID[k.finding]) {
			item := t.items[k]
			out = append(out, problem{finding: item.Finding, reason: item.Reason, file: item.Finding.Resource.File(), text: "the edit does not mend it"})
		}
	}
	for _, was := range r.start.findings {
		if now := to.byID[was.ID]; now == nil {
			out = append(out, problem{finding: was, file: was.Resource.File(), text: was.Control.ID + " could no longer be judged then"})
		}
	}
	for _, now := range to.findings {
		worse(now, r.start.byID[now.ID], func(reason *ecsentry.Reason, text string) {
			out = append(out, problem{finding: now, reason: reason, file: now.Resource.File(), text: text})
		})
	}
	for _, g := range slices.Concat(to.report.Coverage.Gaps, to.report.Coverage.Refused) {
		old := &r.start.report.Coverage
		same := func(h ecsentry.Gap) bool { return h.Scope == g.Scope }
		if !slices.ContainsFunc(old.Gaps, same) && !slices.ContainsFunc(old.Refused, same) {
			out = append(out, problem{file: g.Scope, text: "the file could not be read then"})
		}
	}
	if r.Check == nil {
		return out
	}
	for name, e := range t.edits {
		if err := r.Check(name, e.original, t.texts[name], e.list); err != nil {
			out = append(out, problem{file: name, text: err.Error()})
		}
	}
	return out
}

// gone tells whether a reason fails no more, nor is unknown where it was not so
// before.
func gone(f *ecsentry.Finding, k key, before *ecsentry.Finding) bool {
	for i := range f.Verdict.Reasons {
		r := &f.Verdict.Reasons[i]
		if keyOf(f, r) != k {
			continue
		}
		if r.Outcome == ecsentry.Failed || r.Outcome == ecsentry.Unknown && !has(before, k, ecsentry.Unknown) {
			return false
		}
	}
	return true
}

// has tells whether a finding has such a reason with at least the outcome.
func has(f *ecsentry.Finding, k key, least ecsentry.Outcome) bool {
	if f == nil {
		return false
	}
	for i := range f.Verdict.Reasons {
		if r := &f.Verdict.Reasons[i]; r.Outcome >= least && keyOf(f, r) == k {
			return true
		}
	}
	return false
}

// uncovered tells whether a reason that holds in some worlds failed in some before,
// too: beside a failure in all worlds it was but unknown, and now that this one is
// mended it is a failure with others. It is the next to be mended.
func uncovered(r *ecsentry.Reason, k key, was *ecsentry.Finding) bool {
	if was == nil || was.Verdict.Outcome != ecsentry.Failed || r.When == "" {
		return false
	}
	return slices.ContainsFunc(was.Verdict.Reasons, func(old ecsentry.Reason) bool {
		return old.When != "" && old.Outcome == ecsentry.Unknown && keyOf(was, &old) == k
	})
}

// worse tells each reason of a finding that is worse than it was.
func worse(now, was *ecsentry.Finding, tell func(r *ecsentry.Reason, text string)) {
	if now.Verdict.Outcome < ecsentry.Unknown {
		return
	}
	for i := range now.Verdict.Reasons {
		r := &now.Verdict.Reasons[i]
		if r.Outcome < ecsentry.Unknown || has(was, keyOf(now, r), r.Outcome) || uncovered(r, keyOf(now, r), was) {
			continue
		}
		verb := " would fail then"
		if r.Outcome == ecsentry.Unknown {
			verb = " would be unknown then"
		}
		tell(r, now.Control.ID+verb+": "+sentence(r))
	}
}

// sentence says of what a reason is, and what it says.
func sentence(r *ecsentry.Reason) string {
	switch {
	case r.Subject == "":
		return r.Message
	case r.Outcome == ecsentry.Unknown: // cannot tell whether it …
		return "container " + r.Subject + ": " + r.Message
	default:
		return "container " + r.Subject + " " + r.Message
	}
}
