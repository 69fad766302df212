package hcledit

import (
	"cmp"
	"errors"
	"reflect"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// What is written is nil, a bool, a string, a Raw, an Object or a List.
type (
	// A Raw is an expression as it is written.
	Raw string
	// An Object is one in braces.
	Object []Entry
	// An Entry is a key with its value.
	Entry struct {
		Key   string
		Value any
	}
	// A List is one in brackets.
	List []any
)

// A Splice replaces the bytes from Start to End, end exclusive.
type Splice struct {
	Start, End int
	New        string
}

// ErrConflict is the error of edits that contradict each other.
var ErrConflict = errors.New("two edits contradict each other")

// An Editor collects edits of one file. They name nodes of its tree.
type Editor struct {
	file    *File
	plain   []Splice
	wraps   []*wrap
	changes []*change
}

// NewEditor edits a file.
func NewEditor(f *File) *Editor { return &Editor{file: f} }

// Replace writes v where an expression is.
func (e *Editor) Replace(x hclsyntax.Expression, v any) error {
	r := x.Range()
	s := Splice{r.Start.Byte, r.End.Byte, e.file.inPlace(x, v)}
	for _, have := range e.plain {
		if have == s {
			return nil
		}
		if have.Start < s.End && s.Start < have.End {
			return ErrConflict
		}
	}
	e.plain = append(e.plain, s)
	return nil
}

// A wrap is a call around an expression.
type wrap struct {
	x        hclsyntax.Expression
	function string
	more     change
}

// Wrap writes a call of merge or concat around an expression, with an object or a
// list of what comes to it.
func (e *Editor) Wrap(x hclsyntax.Expression, function string, v any) error {
	for _, have := range e.wraps {
		if have.x != x {
			continue
		}
		if have.function != function {
			return ErrConflict
		}
		return have.add(v)
	}
	w := &wrap{x: x, function: function}
	e.wraps = append(e.wraps, w)
	return w.add(v)
}

func (w *wrap) add(v any) error {
	switch v := v.(type) {
	case Object:
		for _, entry := range v {
			if err := w.more.add(entry); err != nil {
				return err
			}
		}
	case List:
		for _, item := range v {
			w.more.added = once(w.more.added, Entry{Value: item})
		}
	}
	return nil
}

func (w *wrap) splice(f *File) Splice {
	var v any = Object(w.more.added)
	if w.function == "concat" {
		list := List{}
		for _, x := range w.more.added {
			list = append(list, x.Value)
		}
		v = list
	}
	r := w.x.Range()
	return Splice{r.Start.Byte, r.End.Byte, w.function + "(" + f.Text(r) + ", " + f.inPlace(w.x, v) + ")"}
}

// After writes one more argument behind one of a call.
func (e *Editor) After(x hclsyntax.Expression, v any) error {
	return e.Replace(x, Raw(e.file.Text(x.Range())+", "+e.file.inPlace(x, v)))
}

// Set sets an entry of an object.
func (e *Editor) Set(o *hclsyntax.ObjectConsExpr, key string, v any) error {
	for _, item := range o.Items {
		if keyOf(item.KeyExpr) == key {
			return e.Replace(item.ValueExpr, v)
		}
	}
	return e.change(e.file.object(o)).add(Entry{key, v})
}

// Append adds an element to a list, once.
func (e *Editor) Append(l *hclsyntax.TupleConsExpr, v any) {
	c := e.change(e.file.tuple(l))
	c.added = once(c.added, Entry{Value: v})
}

// once adds what is not there.
func once(to []Entry, x Entry) []Entry {
	if slices.ContainsFunc(to, func(have Entry) bool { return reflect.DeepEqual(have, x) }) {
		return to
	}
	return append(to, x)
}

// Remove removes the entry of an object, of a list or of a body that lies at an
// offset.
func (e *Editor) Remove(in hclsyntax.Node, start int) {
	var at *collection
	switch in := in.(type) {
	case *hclsyntax.ObjectConsExpr:
		at = e.file.object(in)
	case *hclsyntax.TupleConsExpr:
		at = e.file.tuple(in)
	case *hclsyntax.Body:
		at = e.file.bodyOf(in)
	default:
		return
	}
	c := e.change(at)
	for i, x := range c.at.entries {
		if x.start == start {
			c.removed[i] = true
		}
	}
}

// SetArgument gives a body an argument that it does not have.
func (e *Editor) SetArgument(b *hclsyntax.Body, name string, v any) error {
	return e.change(e.file.bodyOf(b)).add(Entry{name, v})
}

// AddBlock gives a body one more block, once.
func (e *Editor) AddBlock(b *hclsyntax.Body, kind string, arguments Object) {
	c := e.change(e.file.bodyOf(b))
	c.blocks = once(c.blocks, Entry{kind, arguments})
}

// A change is what is to become of a collection.
type change struct {
	at      *collection
	removed map[int]bool
	added   []Entry
	blocks  []Entry
}

func (e *Editor) change(at *collection) *change {
	for _, c := range e.changes {
		if c.at.node == at.node {
			return c
		}
	}
	c := &change{at: at, removed: map[int]bool{}}
	e.changes = append(e.changes, c)
	return c
}

// add adds an entry. Two lists of one key become one, with each element once.
func (c *change) add(x Entry) error {
	for i := range c.added {
		have := &c.added[i]
		if have.Key != x.Key {
			continue
		}
		list, ok := have.Value.(List)
		more, both := x.Value.(List)
		switch {
		case ok && both:
			joined := slices.Clone(list)
			for _, v := range more {
				if !slices.ContainsFunc(joined, func(o any) bool { return reflect.DeepEqual(o, v) }) {
					joined = append(joined, v)
				}
			}
			have.Value = joined
		case !reflect.DeepEqual(have.Value, x.Value):
			return ErrConflict
		}
		return nil
	}
	c.added = append(c.added, x)
	return nil
}

// Splices are what all edits come to, in order.
func (e *Editor) Splices() ([]Splice, error) {
	all := slices.Clone(e.plain)
	for _, w := range e.wraps {
		all = append(all, w.splice(e.file))
	}
	for _, c := range e.changes {
		if c.at.body != nil {
			all = append(all, c.bodySplices()...)
		} else {
			all = append(all, c.splices()...)
		}
	}
	slices.SortStableFunc(all, func(a, b Splice) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(min(a.End-a.Start, 1), min(b.End-b.Start, 1)))
	})
	var out []Splice
	for _, s := range all {
		if s.Start == s.End && s.New == "" {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].End >= s.Start {
			if out[last].End > s.Start {
				return nil, ErrConflict
			}
			out[last].End, out[last].New = s.End, out[last].New+s.New
			continue
		}
		out = append(out, s)
	}
	return out, nil
}
