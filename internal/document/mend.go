package document

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/ecsentry/ecsentry/value"
)

// A Mender makes value.Edits in one document: it finds the nodes of places again
// and writes there in the names of the text.
type Mender struct {
	file  *File
	root  *Node
	nodes map[span][]*Node

	// Spell is the text's name for one of the ECS API's.
	Spell func(apiName string) string
	// Void is what stands for no value where one must stand, such as in a branch of a
	// conditional; nil where there is no such thing.
	Void any
	// Elsewhere is asked before a value is replaced, and may make it where it is
	// defined instead. It may be nil.
	Elsewhere func(e *Editor, use *Node, v any) (note string, made bool)
	// Gone is what to say of a value that is removed, "" for nothing. It may be nil.
	Gone func(n *Node) (note string)
	// Container is the node that holds the properties of what a place is about, for
	// one that has none yet: key of node is to be made. It may be nil.
	Container func(n *Node) (key string, ok bool)
}

// NewMender makes edits in the document of f that root is.
func NewMender(f *File, root *Node) *Mender {
	return &Mender{file: f, root: root, Spell: func(name string) string { return name }}
}

// errLost says that a place does not lead to what can be edited.
var errLost = errors.New("what stands there cannot be edited")

// at are the nodes that are written in a span, the outermost first.
func (m *Mender) at(start, end int32) []*Node {
	if m.nodes == nil {
		m.nodes = map[span][]*Node{}
		m.index(m.root, map[*Node]bool{})
	}
	return m.nodes[span{start, end}]
}

func (m *Mender) index(n *Node, seen map[*Node]bool) {
	if seen[n] {
		return
	}
	seen[n] = true
	s := span{n.Start, n.End}
	m.nodes[s] = append(m.nodes[s], n)
	for _, f := range n.Fields {
		m.index(f.Value, seen)
	}
	for _, item := range n.Items {
		m.index(item, seen)
	}
}

// written is the node of a place that is not missing, of a kind if that is known.
func (m *Mender) written(p *value.Place, kinds ...Kind) *Node {
	all := m.at(p.Off, p.End)
	for _, n := range all {
		for _, k := range kinds {
			if n.Kind == k {
				return n
			}
		}
	}
	if len(kinds) > 0 || len(all) == 0 {
		return nil
	}
	return all[0]
}

// Node is the map that is written at a place, nil if none is.
func (m *Mender) Node(p *value.Place) *Node {
	if p == nil || p.Missing {
		return nil
	}
	return m.written(p, Map)
}

// around is the map that the property of a place is in, and the keys of maps that
// have to be made in it first.
func (m *Mender) around(p *value.Place) (in *Node, path []string, err error) {
	up := p.Parent
	for up != nil && up.Missing {
		path = append([]string{m.Spell(up.Name)}, path...)
		up = up.Parent
	}
	if up == nil {
		return nil, nil, errLost
	}
	in = m.written(up, Map)
	if in == nil {
		return nil, nil, errLost
	}
	if m.Container != nil {
		if key, ok := m.Container(in); ok {
			path = append([]string{key}, path...)
		}
	}
	return in, path, nil
}

// Make makes an edit.
func (m *Mender) Make(e *Editor, edit value.Edit) (note string, err error) {
	if edit.At == nil || edit.At.Parent == nil {
		return "", errLost
	}
	switch edit.Op {
	case value.Set:
		return m.set(e, edit.At, edit.Value)
	case value.Remove:
		err = m.remove(e, edit.At)
		if n := m.written(edit.At); err == nil && n != nil && m.Gone != nil {
			note = m.Gone(n)
		}
		return note, err
	case value.Append:
		return "", m.add(e, edit.At, edit.Value)
	default:
		return "", fmt.Errorf("%w: no such edit", ErrPlace)
	}
}

func (m *Mender) set(e *Editor, p *value.Place, v any) (note string, err error) {
	members, isMap := v.(value.Map)
	if !p.Missing {
		n := m.written(p)
		if have := m.written(p, Map); isMap && have != nil {
			return "", m.merge(e, have, members)
		}
		if n == nil {
			return "", errLost
		}
		v := m.data(v)
		if m.Elsewhere != nil {
			if note, made := m.Elsewhere(e, n, v); made {
				return note, nil
			}
		}
		err := e.Replace(n, like(n, v))
		if in, _, lost := m.around(p); lost == nil && errors.Is(err, ErrShared) && in.Get(m.Spell(p.Name)) == n {
			err = e.Set(in, m.Spell(p.Name), v) // which is inserted where it is only merged in
		}
		return "", err
	}
	in, path, err := m.around(p)
	if err != nil {
		return "", err
	}
	key := m.Spell(p.Name)
	if len(path) == 0 {
		have := in.Get(key)
		if branch := m.void(have, p); branch != nil {
			return "", e.Replace(branch, m.data(v))
		}
		if isMap && have != nil && have.Kind == Map && have.Tag == "" {
			return "", m.merge(e, have, members)
		}
		if have != nil && have.Kind != Null {
			return "", errLost
		}
	}
	return "", e.SetPath(in, append(path, key), m.data(v))
}

// void is what stands for no value at a place that is missing: it lies in the
// property's value, which has another branch.
func (m *Mender) void(have *Node, p *value.Place) *Node {
	if have == nil || m.Void == nil {
		return nil
	}
	for _, n := range m.at(p.Off, p.End) {
		if have.Start <= n.Start && n.End <= have.End {
			return n
		}
	}
	return nil
}

// merge sets the members of a map that is there.
func (m *Mender) merge(e *Editor, in *Node, members value.Map) error {
	if in.Tag != "" {
		return errLost
	}
	for _, x := range members {
		key := x.Name
		if !x.Free {
			key = m.Spell(key)
		}
		have := in.Get(key)
		inner, isMap := x.Value.(value.Map)
		switch {
		case isMap && have != nil && have.Kind == Map:
			if err := m.merge(e, have, inner); err != nil {
				return err
			}
		case x.Keep && have != nil && have.Kind != Null:
		default:
			if err := e.Set(in, key, m.data(x.Value)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *Mender) remove(e *Editor, p *value.Place) error {
	if p.Missing {
		return errLost
	}
	n := m.written(p)
	if n == nil {
		return errLost
	}
	if i, err := strconv.Atoi(p.Name); err == nil && !p.Parent.Missing {
		if list := m.written(p.Parent, List); list != nil {
			if i < len(list.Items) && holds(list.Items[i], n) {
				return e.RemoveItem(list, i)
			}
			return m.voided(e, n)
		}
	}
	in, path, err := m.around(p)
	if err != nil || len(path) > 0 {
		return errLost
	}
	key := m.Spell(p.Name)
	if have := in.Get(key); have != nil && holds(have, n) {
		return e.Remove(in, key)
	}
	return m.voided(e, n)
}

// holds tells whether a value is, all of it, what is to go.
func holds(have, n *Node) bool { return have.Start == n.Start && have.End == n.End }

// voided leaves nothing where something must stand.
func (m *Mender) voided(e *Editor, n *Node) error {
	if m.Void == nil {
		return errLost
	}
	return e.Replace(n, m.Void)
}

// data is a value as an editor writes it, in the text's names.
func (m *Mender) data(v any) any {
	members, ok := v.(value.Map)
	if !ok {
		return v
	}
	var out Object
	for _, x := range members {
		key := x.Name
		if !x.Free {
			key = m.Spell(key)
		}
		out = append(out, Entry{Key: key, Value: m.data(x.Value)})
	}
	return out
}

// like is a value of the kind that stands there: of a boolean in quotes one in
// quotes.
func like(n *Node, v any) any {
	if b, ok := v.(bool); ok && n.Kind == String && n.Tag == "" && n.Style != Plain {
		switch n.Value {
		case "true", "false", "True", "False", "TRUE", "FALSE":
			return strconv.FormatBool(b)
		}
	}
	return v
}
