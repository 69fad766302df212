package document

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A change is what is to become of a collection.
type change struct {
	at      *place
	removed map[int]bool
	values  map[int]any // new values of entries
	same    map[int]any // values that entries have already
	added   []Entry     // new entries; the keys of a list's are not written
}

// change is the change of a collection, begun if there is none yet.
func (e *Editor) change(n *Node) (*change, error) {
	if n.Alias {
		if !e.allUses {
			return nil, ErrShared
		}
		n = e.file.anchor(n)
	}
	if e.file.shared(n) && !e.allUses {
		return nil, ErrShared
	}
	for _, c := range e.changes {
		if c.at.node == n {
			return c, nil
		}
	}
	at, err := e.find(n)
	if err != nil {
		return nil, err
	}
	c := &change{at: at, removed: map[int]bool{}, values: map[int]any{}, same: map[int]any{}}
	e.changes = append(e.changes, c)
	return c, nil
}

// owner is the change of the collection that n is in, and where in it.
func (e *Editor) owner(n *Node) (*change, int, error) {
	if n == e.root {
		return nil, 0, fmt.Errorf("%w: it is the whole document", ErrPlace)
	}
	if e.file.shared(n) && !e.allUses {
		return nil, 0, ErrShared
	}
	at, i, err := e.holder(n)
	if err != nil {
		return nil, 0, err
	}
	was := e.allUses
	e.allUses = true // what n itself is counts
	c, err := e.change(at)
	e.allUses = was
	return c, i, err
}

func (c *change) replace(i int, v any) error {
	before, ok := c.values[i]
	if !ok {
		before, ok = c.same[i]
	}
	switch n := c.at.entries[i].value; {
	case ok && reflect.DeepEqual(before, v):
		return nil
	case ok || c.removed[i]:
		return ErrConflict
	case n.is(v):
		c.same[i] = v
		return nil
	}
	n := c.at.entries[i].value
	if e := c.at.editor; e.file.shared(n) && !e.allUses {
		return fmt.Errorf("replace a value: %w", ErrShared)
	}
	if c.at.editor.needed(n.Start, n.End, n) {
		return fmt.Errorf("replace a value: %w: what is in it", ErrShared)
	}
	c.values[i] = v
	return nil
}

func (c *change) add(key string, v any, deep bool) error {
	for i := range c.added {
		if c.added[i].Key == key {
			before := c.added[i].Value
			if !deep {
				if !reflect.DeepEqual(before, v) {
					return ErrConflict
				}
				return nil
			}
			both, err := join(before, v, true)
			if err == nil {
				c.added[i].Value = both
			}
			return err
		}
	}
	c.added = append(c.added, Entry{key, v})
	return nil
}

func (e *Editor) remove(c *change, i int) error {
	_, set := c.values[i]
	if _, same := c.same[i]; set || same {
		return ErrConflict
	}
	if e.needed(c.at.entries[i].start, c.at.entries[i].end, nil) {
		return fmt.Errorf("remove a value: %w: what is in it", ErrShared)
	}
	c.removed[i] = true
	return nil
}

// join is what two edits make of one value: maps become one, if deep those in
// them too.
func join(before, v any, deep bool) (any, error) {
	object, ok := before.(Object)
	more, both := v.(Object)
	if !ok || !both {
		if reflect.DeepEqual(before, v) {
			return before, nil
		}
		return nil, ErrConflict
	}
	object = slices.Clone(object)
next:
	for _, entry := range more {
		for i := range object {
			if object[i].Key != entry.Key {
				continue
			}
			if !deep && !reflect.DeepEqual(object[i].Value, entry.Value) {
				return nil, ErrConflict
			}
			in, err := join(object[i].Value, entry.Value, deep)
			if err != nil {
				return nil, err
			}
			object[i].Value = in
			continue next
		}
		object = append(object, entry)
	}
	return object, nil
}

const fewSorted = 4 // keys that are in order by chance

// addWhere adds the new entries behind the last one or, in a map whose keys are
// sorted, behind the key that each comes after.
func (x *edited) addWhere(last int, add func(behind int) error) error {
	entries := x.at.entries
	if len(x.added) == 0 {
		return nil
	}
	sorted := len(entries) >= fewSorted && len(x.removed) == 0 && entries[0].key != nil &&
		slices.IsSortedFunc(entries, func(a, b entry) int { return strings.Compare(a.key.Value, b.key.Value) })
	if !sorted {
		return add(last)
	}
	all := slices.Clone(x.added)
	defer func(added []Entry) { x.added = added }(x.added)
	slices.SortStableFunc(all, func(a, b Entry) int { return strings.Compare(a.Key, b.Key) })
	for len(all) > 0 {
		behind := func(key string) int {
			for i := range entries {
				if entries[i].key.Value > key {
					return i - 1
				}
			}
			return last
		}
		at, n := behind(all[0].Key), 1
		for n < len(all) && behind(all[n].Key) == at {
			n++
		}
		x.added, all = all[:n], all[n:]
		if at < 0 { // in front is no place that is surely right
			at = last
		}
		if err := add(at); err != nil {
			return err
		}
	}
	return nil
}
