package terraform

import (
	"errors"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/hcledit"
	"github.com/ecsentry/ecsentry/value"
)

// make makes one edit in all its spots.
func (w *rewriter) make(spots []spot, e value.Edit) error {
	if e.Op == value.Remove {
		return each(spots, w.remove)
	}
	if m, ok := e.Value.(value.Map); ok && e.Op == value.Set {
		return each(spots, func(s spot) error { return w.setAll(s, s.named(m)) })
	}
	v, err := plain(e.Value)
	if err != nil {
		return err
	}
	if e.Op == value.Append {
		return each(spots, func(s spot) error { return w.append(s, v) })
	}
	return w.set(spots, v)
}

func each(spots []spot, do func(spot) error) error {
	for _, s := range spots {
		if err := do(s); err != nil {
			return err
		}
	}
	return nil
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
		return w.set([]spot{s}, v)
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
		if err := w.set([]spot{at}, v); err != nil {
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

// set writes a value in all spots of a place.
func (w *rewriter) set(spots []spot, v any) error {
	var uses, defined []goal
	for _, s := range spots {
		n := s.node()
		switch {
		case n.json != nil:
			if err := w.replaceJSON(n, v); err != nil {
				return err
			}
		case !s.written():
			if err := w.insert(s.parent(), s.name(), v); err != nil {
				return err
			}
		case n.says(v):
		default:
			use, definition, err := w.goals(s, v)
			if err != nil {
				return err
			}
			uses = append(uses, use...)
			if definition == nil {
				definition = use
			}
			defined = append(defined, definition...)
		}
	}
	for _, t := range defined {
		if t.use { // one instance needs it, and it serves all
			defined = uses
			break
		}
	}
	for _, t := range defined {
		if err := w.replace(t, t.value); err != nil {
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
