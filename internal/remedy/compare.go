package remedy

import (
	"slices"

	"github.com/ecsentry/ecsentry"
)

// A problem is something that edits may not lead to.
type problem struct {
	finding *ecsentry.Finding // that shows it, nil where it is about a file
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
			out = append(out, problem{finding: item.Finding, file: item.Finding.Resource.File(), text: "the edit does not mend it"})
		}
	}
	for _, was := range r.start.findings {
		if now := to.byID[was.ID]; now == nil {
			out = append(out, problem{finding: was, file: was.Resource.File(), text: was.Control.ID + " could no longer be judged then"})
		}
	}
	for _, now := range to.findings {
		if text := worse(now, r.start.byID[now.ID]); text != "" {
			out = append(out, problem{finding: now, file: now.Resource.File(), text: text})
		}
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

// worse says what is worse in a finding than it was, "" for nothing.
func worse(now, was *ecsentry.Finding) string {
	if now.Verdict.Outcome < ecsentry.Unknown {
		return ""
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
		return now.Control.ID + verb + ": " + sentence(r)
	}
	return ""
}

// sentence says of what a reason is, and what it says.
func sentence(r *ecsentry.Reason) string {
	if r.Subject == "" {
		return r.Message
	}
	return "container " + r.Subject + " " + r.Message
}

// blame parts the reasons of a trial: into those that have nothing to do with any
// problem and the others, else into halves.
func blame(keys []key, t *trial, problems []problem) (first, second []key) {
	files, resources := map[string]bool{}, map[*ecsentry.Identity]bool{}
	ids := map[string]bool{}
	for _, p := range problems {
		files[p.file] = true
		if p.finding != nil {
			resources[p.finding.Resource] = true
			ids[p.finding.ID] = true
		}
	}
	near := func(k key) bool { return slices.ContainsFunc(t.files[k], func(f string) bool { return files[f] }) }
	this := func(k key) bool {
		return ids[k.finding] || resources[t.items[k].Finding.Resource]
	}
	for _, involved := range []func(key) bool{near, this} {
		first, second = nil, nil
		for _, k := range keys {
			if involved(k) {
				second = append(second, k)
			} else {
				first = append(first, k)
			}
		}
		if len(first) > 0 && len(second) > 0 {
			return first, second
		}
	}
	return keys[:len(keys)/2], keys[len(keys)/2:]
}
