package document

import (
	"errors"
	"fmt"
	"slices"
)

// The kinds of refusal. Their errors say more.
var (
	// ErrShared is the error of an edit whose place is used elsewhere too, by
	// aliases or merge keys. After [Editor.ForAllUses] such edits are made.
	ErrShared = errors.New("is used in several places")
	// ErrMerged is the error of removing a key that a merge key brings.
	ErrMerged = errors.New("is merged in from elsewhere")
	// ErrConflict is the error of edits that contradict each other.
	ErrConflict = errors.New("two edits contradict each other")
	// ErrPlace is the error of a place that cannot be written with care, such as
	// one behind an explicit key (?).
	ErrPlace = errors.New("cannot be edited here")
)

// An Editor changes one document of a text, byte by byte: it collects edits and
// makes splices of them, in the style of what stands around.
//
//	e := document.NewEditor(file, file.Documents[0])
//	err := e.Set(container, "ReadonlyRootFilesystem", true)
//	err = e.Remove(container, "Privileged")
//	splices, err := e.Splices()
//	mended, err := document.Apply(file.Data, splices)
//
// Edits name nodes of the file's tree, which stays as it is: a node that an edit
// adds cannot be named. An edit that is refused leaves the others as they were.
// Of a file in another one (see [File.Embedded]) the splices are those of the
// outermost text, which [File.Outer] names. What the result means is for the
// caller to check: it should parse it again.
type Editor struct {
	file    *File
	root    *Node
	allUses bool
	escape  func(string) (string, error)
	changes []*change
}

// NewEditor edits the document of f that root is.
func NewEditor(f *File, root *Node) *Editor { return &Editor{file: f, root: root} }

// ForAllUses makes the edits that follow be made even where aliases or merge keys
// use the same bytes, and says whether they are.
func (e *Editor) ForAllUses(yes bool) { e.allUses = yes }

// EscapeWith tells how a text is written in what surrounds it, where that is no
// document itself: a heredoc of another language. Line breaks and indentation
// are the editor's.
func (e *Editor) EscapeWith(escape func(string) (string, error)) { e.escape = escape }

// Set makes v the value of a key of parent, which is inserted if it is missing or
// only merged in. A parent that is null, or left out, becomes a map.
func (e *Editor) Set(parent *Node, key string, v any) error { return e.set(parent, key, v, false) }

// set is Set; deep tells whether maps that several edits add become one.
func (e *Editor) set(parent *Node, key string, v any, deep bool) error {
	v, err := e.data(v)
	if err != nil {
		return err
	}
	if parent.Kind == Null && parent != e.root && !parent.Alias {
		return e.fill(parent, Object{{key, v}}, deep)
	}
	if parent.Kind != Map {
		return fmt.Errorf("set %s: %w: it would be in what is no map", safeKey(key), ErrPlace)
	}
	c, err := e.change(parent)
	if err != nil {
		return fmt.Errorf("set %s: %w", safeKey(key), err)
	}
	for i, field := range c.at.fields {
		if field.Key.Value == key {
			return c.replace(i, v)
		}
	}
	return c.add(key, v, deep)
}

// SetPath is Set for a key in maps that may be missing themselves.
func (e *Editor) SetPath(parent *Node, path []string, v any) error {
	for len(path) > 1 && parent.Kind == Map {
		next := parent.Get(path[0])
		if next == nil || next.Kind != Map {
			break
		}
		parent, path = next, path[1:]
	}
	if len(path) > 1 && parent.Kind == Map {
		if next := parent.Get(path[0]); next != nil && next.Kind == Null && next.Tag == "" {
			parent, path = next, path[1:]
		} else if next != nil {
			return fmt.Errorf("set %s: %w: it would be in what is no map", safeKey(path[len(path)-1]), ErrPlace)
		}
	}
	for len(path) > 1 {
		v, path = Object{{path[len(path)-1], v}}, path[:len(path)-1]
	}
	return e.set(parent, path[0], v, true)
}

// Replace puts v where n is, with its tag, or where the alias is that n is.
func (e *Editor) Replace(n *Node, v any) error {
	v, err := e.data(v)
	if err != nil {
		return err
	}
	c, i, err := e.owner(n)
	if err != nil {
		return fmt.Errorf("replace a value: %w", err)
	}
	return c.replace(i, v)
}

// Remove removes a key. A map that nothing is left of becomes {}. A key that is
// merged in, or would be then, is refused.
func (e *Editor) Remove(parent *Node, key string) error {
	in := parent.Get(key)
	if in == nil {
		return nil
	}
	c, err := e.change(parent)
	if err != nil {
		return fmt.Errorf("remove %s: %w", safeKey(key), err)
	}
	for i, field := range c.at.fields {
		if field.Key.Value == key && !c.at.merges(key) {
			return e.remove(c, i)
		}
	}
	return fmt.Errorf("remove %s: %w", safeKey(key), ErrMerged)
}

// RemoveItem removes an element. A list that nothing is left of becomes [].
func (e *Editor) RemoveItem(list *Node, i int) error {
	if list.Kind != List || i < 0 || i >= len(list.Items) {
		return fmt.Errorf("remove an element: %w: there is none", ErrPlace)
	}
	c, err := e.change(list)
	if err != nil {
		return fmt.Errorf("remove an element: %w", err)
	}
	return e.remove(c, i)
}

// Append adds an element at the end. A list that is null, or left out, becomes
// one.
func (e *Editor) Append(list *Node, v any) error {
	v, err := e.data(v)
	if err != nil {
		return err
	}
	if list.Kind == Null && list != e.root && !list.Alias {
		return e.fill(list, Array{v}, false)
	}
	if list.Kind != List {
		return fmt.Errorf("append an element: %w: it would be in what is no list", ErrPlace)
	}
	c, err := e.change(list)
	if err != nil {
		return fmt.Errorf("append an element: %w", err)
	}
	c.added = append(c.added, Entry{Value: v})
	return nil
}

// data checks what is to be written.
func (e *Editor) data(v any) (any, error) {
	json := e.file.Format == JSON
	if err := checkData(v, json, 0); err != nil {
		return nil, err
	}
	if json {
		return long(v), nil
	}
	return v, nil
}

// fill makes a value that is left out a collection, or adds to what is made of it.
func (e *Editor) fill(n *Node, v any, deep bool) error {
	if n.Tag != "" {
		return fmt.Errorf("fill a value: %w: it has a tag", ErrPlace)
	}
	c, i, err := e.owner(n)
	if err != nil {
		return fmt.Errorf("fill a value: %w", err)
	}
	before, ok := c.values[i]
	if !ok {
		return c.replace(i, v)
	}
	if list, ok := before.(Array); ok {
		if more, ok := v.(Array); ok {
			c.values[i] = append(slices.Clip(list), more...)
			return nil
		}
	}
	both, err := join(before, v, deep)
	if err == nil {
		c.values[i] = both
	}
	return err
}
