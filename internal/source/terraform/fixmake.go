package terraform

import (
	"errors"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/hcledit"
	"github.com/ecsentry/ecsentry/value"
)

// make makes one edit.
func (w *rewriter) make(s spot, e value.Edit) error {
	if e.Op == value.Remove {
		return w.remove(s)
	}
	if m, ok := e.Value.(value.Map); ok && e.Op == value.Set {
		return w.setAll(s, s.named(m))
	}
	if at, rest, ok := s.twin(e); ok {
		return w.setAll(at, rest)
	}
	v, err := plain(e.Value)
	if err != nil {
		return err
	}
	if e.Op == value.Append {
		return w.append(s, v)
	}
	return w.set(s, v)
}

// twin is the element of a list that has the name of one that is to be added,
// and what else that one says.
func (s spot) twin(e value.Edit) (at spot, rest value.Map, ok bool) {
	m, isMap := e.Value.(value.Map)
	if e.Op != value.Append || !isMap || len(m) == 0 {
		return at, nil, false
	}
	for i := range s.elements() {
		if name := s.down(i, m[0].Name).node(); name != nil && name.says(m[0].Value) {
			return s.down(i), m[1:], true
		}
	}
	return at, nil, false
}

var errUnanswered = errors.New("a value for it is not given")

// plain is a value of an edit as the editors take it.
func plain(v any) (any, error) {
	switch v := v.(type) {
	case bool, string, hcledit.Raw:
		return v, nil
	case value.Asked:
		if v.Default == "" {
			return nil, errUnanswered
		}
		return v.Default, nil
	case value.Map:
		out := hcledit.Object{}
		for _, m := range v {
			in, err := plain(m.Value)
			if err != nil {
				return nil, err
			}
			out = append(out, hcledit.Entry{Key: m.Name, Value: in})
		}
		return out, nil
	}
	return nil, errUnanswered
}

// setAll sets the members of an object.
func (w *rewriter) setAll(s spot, m value.Map) error {
	if n := s.node(); n.kind != value.Object {
		v, err := plain(m)
		if err != nil {
			return err
		}
		return w.set(s, v)
	}
	for _, member := range m {
		in := s.node().child(member.Name)
		if in == nil {
			return errNotFound
		}
		at := spot{append(s.names[:len(s.names):len(s.names)], member.Name), append(s.path[:len(s.path):len(s.path)], in)}
		if member.Keep && in.kind != value.Nothing && in.kind != value.Null {
			continue
		}
		if inner, ok := member.Value.(value.Map); ok {
			if err := w.setAll(at, inner); err != nil {
				return err
			}
			continue
		}
		v, err := plain(member.Value)
		if err != nil {
			return err
		}
		if err := w.set(at, v); err != nil {
			return err
		}
	}
	return nil
}

// named puts the name of the container in place of what it is here, where that is
// computed: other instances have others.
func (s spot) named(m value.Map) value.Map {
	if len(s.path) < 3 || s.names[0] != "containerDefinitions" {
		return m
	}
	n := s.path[2].child("name")
	if n == nil || n.traced().from == nil || len(n.traced().from.e.Variables()) == 0 {
		return m
	}
	moved, ok := movable(n, s.path[2])
	if !ok {
		return m
	}
	out := slices.Clone(m)
	for i := range out {
		switch v := out[i].Value.(type) {
		case value.Map:
			out[i].Value = s.named(v)
		case string:
			if out[i].Name == "awslogs-stream-prefix" && n.says(v) {
				out[i].Value = moved
			}
		}
	}
	return out
}

// set writes a value.
func (w *rewriter) set(s spot, v any) error {
	n := s.node()
	switch {
	case n.json != nil:
		return w.replaceJSON(n, v)
	case !s.written():
		return w.insert(s.parent(), s.name(), v)
	case n.says(v):
		return nil
	}
	goals, err := w.goals(s, v)
	if err != nil {
		return err
	}
	for _, t := range goals {
		if err := w.replace(t); err != nil {
			return err
		}
	}
	return nil
}

// written tells whether something is written for the spot itself.
func (s spot) written() bool {
	n := s.node()
	return n.json != nil || n.origin != nil && n.origin.from != nil ||
		n.kind != value.Nothing && n.kind != value.Null && !s.resource()
}

// says tells whether a node has a value already.
func (n *node) says(v any) bool {
	switch v := v.(type) {
	case bool:
		b, ok := n.AsBool()
		return ok && b == v
	case string:
		s, ok := n.AsString()
		return ok && s == v
	}
	return false
}

// unwrapped takes an expression out of parentheses.
func unwrapped(e any) any {
	for {
		p, ok := e.(*hclsyntax.ParenthesesExpr)
		if !ok {
			return e
		}
		e = p.Expression
	}
}

// described names what an expression is, without showing it.
func described(e any) string {
	switch e := unwrapped(e).(type) {
	case *hclsyntax.ScopeTraversalExpr:
		return describe(e.Traversal)
	case *hclsyntax.FunctionCallExpr:
		return safe(e.Name) + "(…)"
	case *hclsyntax.ForExpr:
		return "a for expression"
	case *hclsyntax.ConditionalExpr:
		return "a conditional"
	}
	return "an expression"
}

// asDocument is a value as the editor of JSON takes it.
func asDocument(v any) (any, error) {
	switch v := v.(type) {
	case nil, bool, string:
		return v, nil
	case hcledit.List:
		out := make(document.Array, len(v))
		for i := range v {
			in, err := asDocument(v[i])
			if err != nil {
				return nil, err
			}
			out[i] = in
		}
		return out, nil
	case hcledit.Object:
		out := make(document.Object, len(v))
		for i := range v {
			in, err := asDocument(v[i].Value)
			if err != nil {
				return nil, err
			}
			out[i] = document.Entry{Key: v[i].Key, Value: in}
		}
		return out, nil
	}
	return nil, errors.New("JSON cannot hold an expression")
}
