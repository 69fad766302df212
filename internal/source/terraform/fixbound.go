package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A bound is a name that a loop or a block gives a value: what it goes over, and
// what else may use the name.
type bound struct {
	over   written
	steps  []string // into what it goes over
	around []hclsyntax.Node
	what   string
}

// bound finds out what a reference to such a name leads to.
func (w *rewriter) bound(at written, e *hclsyntax.ScopeTraversalExpr) (bound, bool) {
	root := e.Traversal.RootName()
	rest, ok := names(e.Traversal, 1)
	if !ok {
		return bound{}, false
	}
	for t := at.turn; t != nil; t = t.outer.turn {
		if root != t.loop.ValVar {
			continue
		}
		key, _ := t.key.Unmark()
		name, ok := stringOf(key)
		b := bound{over: written{t.outer, t.loop.CollExpr}, steps: append([]string{name}, rest...), what: "what the loop goes over"}
		b.around = []hclsyntax.Node{t.loop.ValExpr}
		if t.loop.CondExpr != nil {
			b.around = append(b.around, t.loop.CondExpr)
		}
		if t.loop.KeyExpr != nil {
			b.around = append(b.around, t.loop.KeyExpr)
		}
		return b, ok
	}
	value, isBound := at.scope.vars[root]
	if !isBound || len(rest) == 0 || rest[0] != "value" {
		return bound{}, false
	}
	block, over := w.giver(at.file, e, root)
	value, _ = value.Unmark()
	if over == nil || !value.IsKnown() || !value.Type().IsObjectType() || !value.Type().HasAttribute("key") {
		return bound{}, false
	}
	name, ok := stringOf(value.GetAttr("key"))
	return bound{
		over: written{at.reader, over.Expr}, steps: append([]string{name}, rest[1:]...),
		around: []hclsyntax.Node{block.Body}, what: "for_each",
	}, ok
}

// giver is the block around an expression whose for_each gives a name its value.
func (w *rewriter) giver(f *sourceFile, e hclsyntax.Node, name string) (*hclsyntax.Block, *hclsyntax.Attribute) {
	tree, err := w.tree(f)
	if err != nil {
		return nil, nil
	}
	for n := tree.Parent(e); n != nil; n = tree.Parent(n) {
		b, ok := n.(*hclsyntax.Block)
		if !ok {
			continue
		}
		gives := "each"
		if b.Type == "dynamic" && len(b.Labels) == 1 {
			gives = b.Labels[0]
			if i := b.Body.Attributes["iterator"]; i != nil {
				gives = hcl.ExprAsKeyword(i.Expr)
			}
		}
		if over := b.Body.Attributes["for_each"]; gives == name && over != nil {
			return b, over
		}
	}
	return nil, nil
}

// alone tells whether nothing else around uses what a reference to the name does.
func (b bound) alone(e *hclsyntax.ScopeTraversalExpr) bool {
	own, _ := names(e.Traversal, 1)
	alone := true
	for _, n := range b.around {
		_ = hclsyntax.VisitAll(n, func(n hclsyntax.Node) hcl.Diagnostics {
			if o, ok := n.(*hclsyntax.ScopeTraversalExpr); ok && o != e && o.Traversal.RootName() == e.Traversal.RootName() {
				path, ok := names(o.Traversal, 1)
				alone = alone && ok && !overlap(path, own)
			}
			return nil
		})
	}
	return alone
}

// enterBound goes from a reference to a name to what is written for it; false
// where it is no such name, or not only this use depends on it.
func (d *definition) enterBound(w *rewriter, e *hclsyntax.ScopeTraversalExpr, steps []string) ([]string, bool) {
	b, ok := w.bound(d.written, e)
	if !ok || !b.alone(e) {
		return nil, false
	}
	d.written, d.what, d.through = b.over, b.what, true
	return append(slices.Clone(b.steps), steps...), true
}
