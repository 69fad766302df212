package scan

import (
	"cmp"
	"hash/maphash"
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A placed resource knows its position: finding a line takes time.
type placed struct {
	*judged
	value.Position
}

// inOrder lists what was judged, in an order that depends on nothing but the
// input: by file and position, else by ID.
func (s *scan) inOrder() []*judged {
	all := make([]placed, len(s.seen))
	for i, j := range s.seen {
		all[i] = placed{j, j.position()}
	}
	slices.SortStableFunc(all, s.compare)
	return s.number(all)
}

func (s *scan) compare(a, b placed) int {
	if order := cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)); order != 0 {
		return order
	}
	x, y := s.identity(a.judged), s.identity(b.judged)
	return cmp.Or(
		cmp.Compare(x.ID, y.ID), cmp.Compare(x.Type, y.Type), cmp.Compare(x.Ordinal, y.Ordinal),
		cmp.Compare(x.Region, y.Region), cmp.Compare(x.Account, y.Account),
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
func (s *scan) number(sorted []placed) []*judged {
	groups, names := s.namesakes(sorted)
	double := make([]bool, len(sorted))
	for _, n := range names {
		switch members := groups[n]; {
		case len(members) == 1:
		case n.file == "":
			for _, i := range members[1:] {
				double[i] = true
			}
		case !s.numbered(sorted, members):
			for k, i := range members {
				sorted[i].renumber(k)
			}
		}
	}
	out := make([]*judged, 0, len(sorted))
	for i, p := range sorted {
		if !double[i] {
			out = append(out, p.judged)
		}
	}
	return out
}

// namesakes are the indices of resources with a name that several may have. Names
// of many resources would take much memory, so only those are compared of which a
// hash is not alone.
func (s *scan) namesakes(sorted []placed) (groups map[name][]int, names []name) {
	seed := maphash.MakeSeed()
	hashes := make([]uint64, len(sorted))
	count := make(map[uint64]int32, len(sorted))
	for i, p := range sorted {
		hashes[i] = maphash.Comparable(seed, s.nameOf(p))
		count[hashes[i]]++
	}
	groups = map[name][]int{}
	for i, p := range sorted {
		if count[hashes[i]] == 1 {
			continue
		}
		n := s.nameOf(p)
		if groups[n] == nil {
			names = append(names, n)
		}
		groups[n] = append(groups[n], i)
	}
	return groups, names
}

func (s *scan) nameOf(p placed) name {
	id := s.identity(p.judged)
	return name{p.File, id.ID, id.Type, id.Partition, id.Account, id.Region}
}

// renumber says which of several of its name a resource is.
func (j *judged) renumber(n int) {
	if j.whole != nil {
		j.whole.identity.Ordinal = n
	}
	j.number = n + 1
}

// numbered tells whether the members of a group have different numbers.
func (s *scan) numbered(all []placed, members []int) bool {
	taken := make(map[int]bool, len(members))
	for _, i := range members {
		taken[s.identity(all[i].judged).Ordinal] = true
	}
	return len(taken) == len(members)
}
