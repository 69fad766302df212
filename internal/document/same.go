package document

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// SameBut says what differs between a document and what edits made of it, but for
// what the edits touch: nothing else may have another meaning, be lost, or be
// new. The splices are of the text before, in its order.
func SameBut(before, after *File, splices []Splice) error {
	if len(before.Documents) != len(after.Documents) {
		return fmt.Errorf("the edit makes %d documents of %d", len(after.Documents), len(before.Documents))
	}
	c := comparison{before.Data, splices}
	for i, doc := range before.Documents {
		if bad := c.compare(doc, after.Documents[i]); bad != nil {
			return fmt.Errorf("the edit changes what it is not about, at line %d", before.Position(bad.Start).Line)
		}
	}
	return nil
}

type comparison struct {
	text    []byte
	splices []Splice // none overlaps another
}

// from is the index of the first splice that ends at an offset or behind it. A file
// may have as many edits as values: nobody looks at all of them for each.
func (c *comparison) from(off int32) int {
	i, _ := slices.BinarySearchFunc(c.splices, off, func(s Splice, off int32) int { return cmp.Compare(s.End, off) })
	return i
}

// grown reports whether an edit adds something to a collection: in it, or behind
// comments that follow it.
func (c *comparison) grown(n *Node) bool {
	if c.touched(n.Start, n.End) {
		return true
	}
	for _, s := range c.splices[c.from(n.End):] {
		switch {
		case s.Start <= n.End:
		case !onlyComments(c.text[n.End:s.Start]):
			return false
		case len(s.New) > 0:
			return true
		}
	}
	return false
}

func onlyComments(text []byte) bool {
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// touched reports whether an edit lies in a span, or replaces some of it.
func (c *comparison) touched(start, end int32) bool {
	for _, s := range c.splices[c.from(start):] {
		if s.Start > end {
			break
		}
		if s.Start < end && s.End > start || s.Start == s.End {
			return true
		}
	}
	return false
}

// gone reports whether edits replace a whole span.
func (c *comparison) gone(start, end int32) bool {
	for _, s := range c.splices[c.from(start):] {
		if s.Start > start || start >= end {
			break
		}
		start = max(start, s.End)
	}
	return start >= end
}

// compare is the first node that has become another without being touched, nil if
// there is none.
func (c *comparison) compare(a, b *Node) *Node {
	touched := c.touched(a.Start, a.End) || a.Kind == Null && a.Start == a.End && c.grown(a) // behind its comment
	switch {
	case a.Kind != b.Kind || a.Tag != b.Tag:
		// An edit writes no null: it is what is left where two edits take all elements away.
		if touched && b.Kind != Null {
			return nil
		}
		return a
	case a.IsScalar():
		if touched || a.Value == b.Value {
			return nil
		}
		return a
	case a.Kind == List:
		return c.items(a, b)
	default:
		return c.fields(a, b)
	}
}

// items compares elements; edits take some away, and add others at the end.
func (c *comparison) items(a, b *Node) *Node {
	i := 0
	for k, item := range a.Items {
		if i < len(b.Items) && c.compare(item, b.Items[i]) == nil && !(c.gone(item.Start, item.End) && len(b.Items)-i < len(a.Items)-k) {
			i++
			continue
		}
		if !c.touched(item.Start, item.End) {
			return item
		}
		if !c.gone(item.Start, item.End) {
			return item
		}
	}
	if i < len(b.Items) && !c.grown(a) {
		return a
	}
	return nil
}

// inherited reports whether a merge key brings a field, which a map that grows may
// write itself then.
func inherited(n, key *Node) bool { return key.Start < n.Start || key.Start >= n.End }

// fields compares values by their keys; edits take some away, and add others.
func (c *comparison) fields(a, b *Node) *Node {
	inB, inA := ordered{fields: b.Fields}, ordered{fields: a.Fields}
	for _, f := range a.Fields {
		other := inB.get(f.Key.Value)
		switch {
		case other == nil && !c.gone(f.Key.Start, f.Key.End):
			return f.Key
		case other == nil:
		default:
			if bad := c.compare(f.Value, other); bad != nil && !(inherited(a, f.Key) && c.grown(a)) {
				return bad
			}
		}
	}
	if len(a.Fields) == len(b.Fields) || c.grown(a) {
		return nil
	}
	for _, f := range b.Fields {
		if inA.get(f.Key.Value) == nil {
			return a
		}
	}
	return nil
}

// An ordered is the fields of a map whose keys are asked for about as they are
// written: a map may be large.
type ordered struct {
	fields []Field
	next   int
}

func (o *ordered) get(key string) *Node {
	for i := range o.fields {
		at := (o.next + i) % len(o.fields)
		if o.fields[at].Key.Value == key {
			o.next = at + 1
			return o.fields[at].Value
		}
	}
	return nil
}
