// Package compare puts the reports of two runs side by side: merge.go makes one
// report of many, compare.go says what has changed from one run to another.
//
// Findings of two runs are matched by control, type and ID of the resource, and by
// how many there are, never by files or lines: a file that was renamed is known,
// and a copy is new.
package compare

import "github.com/ecsentry/ecsentry"

// A Difference is what has changed between two runs. Each list is in the order of
// the report that it comes from: Gone in that of the old one, the others in that
// of the new one.
type Difference struct {
	New       []*ecsentry.Finding // failures that were none
	Fixed     []*ecsentry.Finding // failures that pass now, or are not applicable
	Unchanged []*ecsentry.Finding // failures that were failures
	Gone      []*ecsentry.Finding // failures of resources that are not there any more
	Excepted  []*ecsentry.Finding // failures that have an exception now, and had none
	Undecided []*ecsentry.Finding // unknowns that were none
	// Complete is false where the new run did not see everything: what is gone may
	// only not have been read.
	Complete bool
}

// A standing is how bad a finding is.
type standing uint8

const (
	fine standing = iota
	excepted
	undecided
	failing
)

func standingOf(f *ecsentry.Finding) standing {
	switch {
	case f.Verdict.Outcome == ecsentry.Failed && f.Exception != nil:
		return excepted
	case f.Verdict.Outcome == ecsentry.Failed:
		return failing
	case f.Verdict.Outcome == ecsentry.Unknown && f.Exception == nil:
		return undecided
	default:
		return fine
	}
}

// Reports compares two runs, and marks what the new one has in common with the old
// one: see ecsentry.Finding.Known.
func Reports(before, after *ecsentry.Report) Difference {
	old, all := before.Findings.List(), after.Findings.List()
	pairs := match(old, all)
	known := make([]bool, len(all))
	d := Difference{Complete: after.Complete && len(after.Coverage.Gaps) == 0 && len(after.Coverage.Refused) == 0}
	for i, f := range all {
		was, now := fine, standingOf(f)
		if o := pairs.of[i]; o >= 0 {
			was = standingOf(old[o])
		}
		f.Known = now >= undecided && was >= now
		known[i] = f.Known
		switch {
		case now == failing && was == failing:
			d.Unchanged = append(d.Unchanged, f)
		case now == failing:
			d.New = append(d.New, f)
		case now == undecided && was != undecided:
			d.Undecided = append(d.Undecided, f)
		case now == excepted && was != excepted:
			d.Excepted = append(d.Excepted, f)
		case now == fine && was == failing:
			d.Fixed = append(d.Fixed, f)
		}
	}
	after.Findings.MarkKnown(known)
	for i, f := range old {
		if !pairs.taken[i] && standingOf(f) == failing {
			d.Gone = append(d.Gone, f)
		}
	}
	return d
}

type key struct {
	control  string
	typ      ecsentry.ResourceType
	resource string
}

func keyOf(f *ecsentry.Finding) key { return key{f.Control.ID, f.Resource.Type, f.Resource.ID} }

// pairing says which finding of the old run is which of the new one.
type pairing struct {
	of    []int  // by the index of the new one; -1 for none
	taken []bool // by the index of the old one
}

// match pairs findings of one key: the most alike first, so that as few as can be
// count as changed.
func match(before, after []*ecsentry.Finding) pairing {
	p := pairing{of: make([]int, len(after)), taken: make([]bool, len(before))}
	groups := make(map[key][]int, len(before))
	for i, f := range before {
		k := keyOf(f)
		groups[k] = append(groups[k], i)
	}
	rest := make(map[key][]int, len(groups))
	for i, f := range after {
		p.of[i] = -1
		k := keyOf(f)
		rest[k] = append(rest[k], i)
	}
	for k, now := range rest {
		p.pair(before, after, groups[k], now, true, true)
		p.pair(before, after, groups[k], now, false, true)
		p.pair(before, after, groups[k], now, true, false)
		p.pair(before, after, groups[k], now, false, false)
	}
	return p
}

// A likeness is what two findings of one key have in common where it is asked for.
type likeness struct {
	id       string
	standing standing
}

// pair pairs what is left of a group, those that are alike in what is asked for.
func (p *pairing) pair(before, after []*ecsentry.Finding, was, now []int, byID, byStanding bool) {
	like := func(f *ecsentry.Finding) likeness {
		var l likeness
		if byID {
			l.id = f.ID
		}
		if byStanding {
			l.standing = standingOf(f)
		}
		return l
	}
	free := map[likeness][]int{}
	for _, o := range was {
		if !p.taken[o] {
			l := like(before[o])
			free[l] = append(free[l], o)
		}
	}
	for _, n := range now {
		l := like(after[n])
		if p.of[n] >= 0 || len(free[l]) == 0 {
			continue
		}
		p.of[n], free[l] = free[l][0], free[l][1:]
		p.taken[p.of[n]] = true
	}
}
