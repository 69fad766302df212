package terraform

import (
	"errors"
	"fmt"

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
		return each(spots, func(s spot) error { return w.setAll(s, m) })
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

// insert writes a property that is missing in what is around it, which may be
// missing too.
func (w *rewriter) insert(in spot, name string, v any) error {
	n := in.node()
	o := n.traced()
	switch {
	case n.json != nil:
		return w.insertJSON(n, name, v)
	case o.block != nil:
		return w.insertBlock(o.block, name, v)
	case o.nested != nil:
		e, err := w.native(o.nested.file)
		if err != nil {
			return err
		}
		body, ok := o.nested.body.(*hclsyntax.Body)
		if !ok {
			return errJSON
		}
		return e.SetArgument(body, spell(name), translated(name, v))
	case n.kind == value.Nothing && o.from == nil:
		if in.resource() {
			return errNotFound
		}
		return w.insert(in.parent(), in.name(), hcledit.Object{{Key: name, Value: v}})
	case n.kind == value.Nothing || n.kind == value.Null:
		return w.set([]spot{in}, hcledit.Object{{Key: name, Value: v}})
	case in.isWrapping():
		return w.insert(spot{append(in.names, "awsvpcConfiguration"), append(in.path, n.child("awsvpcConfiguration"))}, name, v)
	}
	return w.insertEntry(in, name, v)
}

// isWrapping tells the object that Terraform does not write.
func (s spot) isWrapping() bool { return len(s.names) == 1 && s.names[0] == "networkConfiguration" }

// insertBlock writes an argument or a block of a resource.
func (w *rewriter) insertBlock(d *declared, name string, v any) error {
	kind := spell(name)
	if name == "settings" {
		d, _ = d.blocksOf(kind)
	}
	e, err := w.native(d.file)
	if err != nil {
		return err
	}
	body, ok := d.block.Body.(*hclsyntax.Body)
	if !ok {
		return errJSON
	}
	if o, ok := v.(hcledit.Object); ok && name == "networkConfiguration" && len(o) == 1 && o[0].Key == "awsvpcConfiguration" {
		v = o[0].Value
	}
	if list, ok := v.(hcledit.List); ok && len(list) == 1 {
		v = list[0]
	}
	o, ok := v.(hcledit.Object)
	if !ok {
		return e.SetArgument(body, kind, translated(name, v))
	}
	arguments := hcledit.Object{}
	for _, x := range o {
		arguments = append(arguments, hcledit.Entry{Key: spell(x.Key), Value: translated(x.Key, x.Value)})
	}
	e.AddBlock(body, kind, arguments)
	return nil
}

// translated is a value of the API as Terraform has it.
func translated(name string, v any) any {
	if name == "assignPublicIp" {
		return v == "ENABLED"
	}
	return v
}

// insertEntry writes an entry of an object.
func (w *rewriter) insertEntry(in spot, name string, v any) error {
	at, err := w.written(in)
	if err != nil {
		return err
	}
	if shared := w.shared(at, name); shared != nil {
		if shared.below > 0 {
			return fmt.Errorf("%s is used in several places", described(shared.e))
		}
		w.note("%s stays: other places use it", described(shared.e))
		return w.wrap(shared.written, "merge", hcledit.Object{{Key: name, Value: v}})
	}
	e, err := w.native(at.file)
	if err != nil {
		return err
	}
	switch x := unwrapped(at.e).(type) {
	case *hclsyntax.ObjectConsExpr:
		return e.Set(x, name, v)
	case *hclsyntax.FunctionCallExpr:
		if x.Name != "merge" || x.ExpandFinal || len(x.Args) == 0 {
			break
		}
		for i := len(x.Args) - 1; i >= 0; i-- {
			if o, ok := unwrapped(x.Args[i]).(*hclsyntax.ObjectConsExpr); ok {
				return e.Set(o, name, v)
			}
		}
		return e.After(x.Args[len(x.Args)-1], hcledit.Object{{Key: name, Value: v}})
	}
	return fmt.Errorf("it is what %s gives, which is not written out", described(at.e))
}

// wrap writes a function around an expression.
func (w *rewriter) wrap(at written, function string, v any) error {
	e, err := w.native(at.file)
	if err != nil {
		return err
	}
	x, ok := at.e.(hclsyntax.Expression)
	if !ok {
		return errJSON
	}
	return e.Wrap(x, function, v)
}

// append adds an element to a list.
func (w *rewriter) append(s spot, v any) error {
	n := s.node()
	switch {
	case n.json != nil:
		return w.appendJSON(n, v)
	case s.parent().node().traced().block != nil:
		return w.insertBlock(s.parent().node().traced().block, s.name(), hcledit.List{v})
	case !s.written():
		return w.insert(s.parent(), s.name(), hcledit.List{v})
	case n.kind == value.Nothing || n.kind == value.Null:
		return w.set([]spot{s}, hcledit.List{v})
	}
	at, err := w.written(s)
	if err != nil {
		return err
	}
	if shared := w.shared(at); shared != nil {
		if shared.below > 0 {
			return fmt.Errorf("%s is used in several places", described(shared.e))
		}
		w.note("%s stays: other places use it", described(shared.e))
		return w.wrap(shared.written, "concat", hcledit.List{v})
	}
	e, err := w.native(at.file)
	if err != nil {
		return err
	}
	switch x := unwrapped(at.e).(type) {
	case *hclsyntax.TupleConsExpr:
		return e.Append(x, v)
	case *hclsyntax.FunctionCallExpr:
		if x.Name != "concat" || x.ExpandFinal {
			break
		}
		for i := len(x.Args) - 1; i >= 0; i-- {
			if l, ok := unwrapped(x.Args[i]).(*hclsyntax.TupleConsExpr); ok {
				return e.Append(l, v)
			}
		}
	}
	return w.wrap(at.written, "concat", hcledit.List{v})
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
