package scan

import (
	"cmp"
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A placed resource knows its position: finding a line takes time.
type placed struct {
	*judged
	value.Position
}

// findings lists what was judged, in an order that depends on nothing but the
// input: by file and position, else by ID; then by control. It counts resources
// too.
func (s *scan) findings() (resources int, out []ecsentry.Finding) {
	all := make([]placed, len(s.seen))
	n := 0
	for i, j := range s.seen {
		all[i] = placed{j, j.identity.At.Position()}
		n += len(j.verdicts)
	}
	slices.SortStableFunc(all, compare)
	all = number(all)
	out = make([]ecsentry.Finding, 0, n)
	for _, p := range all {
		for i, c := range p.rule.checks[p.identity.Type] {
			out = append(out, p.rule.finding(c.Control, p.judged, p.verdicts[i]))
		}
	}
	return len(all), out
}

func compare(a, b placed) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.identity.ID, b.identity.ID), cmp.Compare(a.identity.Type, b.identity.Type),
		cmp.Compare(a.identity.Ordinal, b.identity.Ordinal),
		cmp.Compare(a.identity.Region, b.identity.Region), cmp.Compare(a.identity.Account, b.identity.Account),
	)
}

// A name is what a finding's ID knows of its resource, but for the ordinal.
type name struct {
	file, id                   string
	typ                        ecsentry.ResourceType
	partition, account, region string
}

// number makes the names of resources unique: the n-th with a name in a file has
// the number n. What is in no file is one resource, however often a list that
// changed while it was read had it.
func number(sorted []placed) []placed {
	groups := make(map[name][]int, len(sorted))
	for i, p := range sorted {
		n := name{p.File, p.identity.ID, p.identity.Type, p.identity.Partition, p.identity.Account, p.identity.Region}
		groups[n] = append(groups[n], i)
	}
	double := make([]bool, len(sorted))
	for n, members := range groups {
		switch {
		case len(members) == 1:
		case n.file == "":
			for _, i := range members[1:] {
				double[i] = true
			}
		case !numbered(sorted, members):
			for k, i := range members {
				sorted[i].identity.Ordinal = k
			}
		}
	}
	out := sorted[:0]
	for i, p := range sorted {
		if !double[i] {
			out = append(out, p)
		}
	}
	return out
}

// numbered tells whether the members of a group have different numbers.
func numbered(all []placed, members []int) bool {
	taken := make(map[int]bool, len(members))
	for _, i := range members {
		taken[all[i].identity.Ordinal] = true
	}
	return len(taken) == len(members)
}
