package terraform

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/hcledit"
	"github.com/ecsentry/ecsentry/value"
)

// remove takes a property, or an element of a list, away.
func (w *rewriter) remove(s spot) error {
	n := s.node()
	switch {
	case n.json != nil:
		return w.removeJSON(n)
	case !s.written():
		return nil
	}
	at, err := w.written(s)
	if err != nil {
		return err
	}
	if shared := w.shared(at); shared != nil {
		if shared.below != 1 || s.parent().node().kind != value.Object {
			return fmt.Errorf("%s is used in several places", described(shared.e))
		}
		w.note("%s stays: other places use it", described(shared.e))
		return w.wrap(shared.written, "merge", hcledit.Object{{Key: s.name(), Value: nil}})
	}
	e, err := w.native(at.file)
	if err != nil {
		return err
	}
	tree, err := w.tree(at.file)
	if err != nil {
		return err
	}
	x, ok := at.e.(hclsyntax.Node)
	if !ok {
		return errJSON
	}
	for {
		switch up := tree.Parent(x).(type) {
		case *hclsyntax.ParenthesesExpr, *hclsyntax.TemplateWrapExpr:
			x = up
		case *hclsyntax.ConditionalExpr:
			for _, b := range w.branches(at.written) {
				if err := e.Replace(b, nil); err != nil {
					return err
				}
			}
			return nil
		case *hclsyntax.Attribute:
			e.Remove(tree.Parent(up), up.NameRange.Start.Byte)
			return nil
		case *hclsyntax.ObjectConsExpr:
			for _, item := range up.Items {
				if hclsyntax.Node(item.ValueExpr) == x {
					e.Remove(up, item.KeyExpr.Range().Start.Byte)
				}
			}
			return nil
		case *hclsyntax.TupleConsExpr:
			e.Remove(up, x.Range().Start.Byte)
			return nil
		case *hclsyntax.ForExpr:
			return w.removeTurn(at)
		default:
			return fmt.Errorf("it is part of %s", described(up))
		}
	}
}

// removeTurn takes away what a loop makes one element of.
func (w *rewriter) removeTurn(at located) error {
	t := at.turn
	if t == nil {
		return errNotFound
	}
	k, _ := t.key.Unmark()
	name, ok := stringOf(k)
	if !ok {
		return errNotFound
	}
	from := written{t.outer, t.loop.CollExpr}
	switch ok, err := w.removeFrom(from, name); {
	case err != nil:
		return err
	case !ok:
		return fmt.Errorf("it is one of %s, which is not written out", described(from.e))
	}
	return nil
}

// removeFrom takes away an entry or an element of what a loop goes over; false
// where there is none.
func (w *rewriter) removeFrom(at written, name string) (bool, error) {
	if _, ok := unwrapped(at.e).(*hclsyntax.ScopeTraversalExpr); ok {
		def, ok := w.define(at, nil)
		if !ok {
			return false, nil
		}
		if shared := w.shared(located{def.written, def.uses, nil}, name); shared != nil {
			return false, fmt.Errorf("%s is used in several places", described(shared.e))
		}
		at = def.written
	}
	e, err := w.native(at.file)
	if err != nil {
		return false, err
	}
	switch x := unwrapped(at.e).(type) {
	case *hclsyntax.FunctionCallExpr:
		if x.Name != "merge" {
			break
		}
		for _, arg := range slices.Backward(x.Args) {
			if ok, err := w.removeFrom(written{at.reader, arg}, name); ok || err != nil {
				return ok, err
			}
		}
	case *hclsyntax.ObjectConsExpr:
		for _, item := range x.Items {
			if key, _ := at.scope.value(item.KeyExpr).Unmark(); isString(key) && key.AsString() == name {
				e.Remove(x, item.KeyExpr.Range().Start.Byte)
				return true, nil
			}
		}
	case *hclsyntax.TupleConsExpr:
		for i, item := range x.Exprs {
			if strconv.Itoa(i) == name {
				e.Remove(x, item.Range().Start.Byte)
				return true, nil
			}
		}
	}
	return false, nil
}
