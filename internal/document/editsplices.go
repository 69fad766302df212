package document

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ecsentry/ecsentry/value"
)

// Splices are what the edits do to the text, in its order; those of a text in
// another one are of that. There are none if nothing needs to change.
func (e *Editor) Splices() ([]Splice, error) {
	if e.file.released {
		return nil, fmt.Errorf("%w: the tree of the file is gone", ErrPlace)
	}
	if err := e.nested(); err != nil {
		return nil, err
	}
	// What is added behind an inner value comes before what is added behind an
	// outer one that ends there too.
	changes := slices.SortedStableFunc(slices.Values(e.changes), func(a, b *change) int {
		return cmp.Compare(b.at.depth, a.at.depth)
	})
	var out []Splice
	for _, c := range changes {
		splices, err := e.splices(c)
		if err != nil {
			return nil, fmt.Errorf("edit: %w", err) // lines are those of a text that nobody has seen
		}
		out = append(out, splices...)
	}
	out, err := inOrder(e.file.part(out), int32(len(e.file.Data)))
	if err != nil || len(out) == 0 {
		return nil, err
	}
	return e.outside(one(out))
}

// part makes room for what is inserted at the end of the last line that goes: of
// the line breaks around those lines the one before goes then.
func (f *File) part(splices []Splice) []Splice {
	for _, added := range splices {
		if added.Start != added.End || len(added.New) == 0 {
			continue
		}
		for i := range splices {
			s := &splices[i]
			last := len(s.New) == 0 && s.Start < added.Start && added.Start < s.End && added.Start+f.breakFrom(added.Start) == s.End
			w := f.breakBefore(s.Start)
			if !last || w == 0 {
				continue
			}
			s.Start, s.End = s.Start-w, added.Start
		}
	}
	return splices
}

// one makes a single splice of what is inserted where bytes go, so that the two are
// not taken for edits in each other's way. The splices are in order.
func one(splices []Splice) (out []Splice) {
	for _, s := range splices {
		for n := len(out); s.End > s.Start && n > 0 && out[n-1].Start == s.Start && out[n-1].End == s.Start; n-- {
			s.New = append(slices.Clip(out[n-1].New), s.New...)
			out = out[:n-1]
		}
		out = append(out, s)
	}
	return out
}

// Text is the text that the splices are of.
func (e *Editor) Text() value.Text {
	text, _ := e.file.Outer(0)
	return text
}

// nested refuses edits in what another edit removes or replaces.
func (e *Editor) nested() error {
	for _, outer := range e.changes {
		for i, entry := range outer.at.entries {
			_, replaced := outer.values[i]
			_, same := outer.same[i]
			if !replaced && !same && !outer.removed[i] {
				continue
			}
			for _, c := range e.changes {
				in := c.at.node.Start >= entry.start && c.at.node.End <= entry.end
				if in && c.any() && c.at.isIn(outer.at) {
					return fmt.Errorf("edit a value that another edit removes: %w", ErrOverlap)
				}
			}
		}
	}
	return nil
}

// isIn reports whether a place lies in another.
func (p *place) isIn(outer *place) bool {
	for at := p.up; at != nil; at = at.up {
		if at.node == outer.node {
			return true
		}
	}
	return false
}

// any reports whether there is anything to do.
func (c *change) any() bool { return len(c.removed)+len(c.values)+len(c.added) > 0 }

func (e *Editor) splices(c *change) ([]Splice, error) {
	x := edited{change: c, file: e.file}
	if err := x.replaceValues(); err != nil {
		return nil, err
	}
	if len(c.removed)+len(c.added) > 0 {
		entries := x.block
		if c.at.flow {
			entries = x.brackets
		}
		if err := entries(); err != nil {
			return nil, err
		}
	}
	// What is removed may meet.
	slices.SortFunc(x.deleted, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	for i, s := range x.deleted {
		if i+1 < len(x.deleted) && x.deleted[i+1].start <= s.end {
			x.deleted[i+1] = span{s.start, max(s.end, x.deleted[i+1].end)}
			continue
		}
		x.put(s.start, s.end, "")
	}
	return x.out, nil
}
