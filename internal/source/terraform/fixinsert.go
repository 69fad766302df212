package terraform

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/hcledit"
	"github.com/ecsentry/ecsentry/value"
)

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
		return w.set(in, hcledit.Object{{Key: name, Value: v}})
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
	case *hclsyntax.ScopeTraversalExpr: // what a loop gives
		def, ok := w.define(at.written, nil)
		if o, is := unwrapped(def.e).(*hclsyntax.ObjectConsExpr); ok && is && w.shared(located{def.written, def.uses, []string{name}}) == nil {
			if e, err = w.native(def.file); err != nil {
				return err
			}
			return e.Set(o, name, v)
		}
		return e.Wrap(x, "merge", hcledit.Object{{Key: name, Value: v}})
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
		return w.set(s, hcledit.List{v})
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
		e.Append(x, v)
		return nil
	case *hclsyntax.FunctionCallExpr:
		if x.Name != "concat" || x.ExpandFinal {
			break
		}
		for i := len(x.Args) - 1; i >= 0; i-- {
			if l, ok := unwrapped(x.Args[i]).(*hclsyntax.TupleConsExpr); ok {
				e.Append(l, v)
				return nil
			}
		}
	}
	return w.wrap(at.written, "concat", hcledit.List{v})
}
