package terraform

import (
	"cmp"
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/hcledit"
)

// A goal is an expression to write a value at.
type goal struct {
	written
	value  any  // that is written
	bare   bool // a boolean is not written as a string
	around *use // the reference to wrap instead
	name   string
	note   string
}

// A located is an expression that shows a node, with the references that led to
// it.
type located struct {
	written
	uses []use
	path []string // the names to the node, of which the ends are below the uses
}

// written is the expression of a node, which may lie in the definition of what is
// read as a whole.
func (w *rewriter) written(s spot) (located, error) {
	for i := len(s.path) - 1; i >= 0; i-- {
		o := s.path[i].traced()
		if o.from == nil {
			continue
		}
		at := located{*o.from, o.uses, s.names}
		if i == len(s.path)-1 {
			return at, nil
		}
		for k := range at.uses {
			at.uses[k].below += len(s.path) - 1 - i
		}
		out, ok := w.define(at.written, s.names[i:])
		if !ok {
			return at, fmt.Errorf("it is what %s gives, which is not written out", described(at.e))
		}
		return located{out.written, append(at.uses, out.uses...), s.names}, nil
	}
	return located{}, errNotFound
}

// shared is the outermost reference that led to something on which more than this
// depends; nil if there is none.
func (w *rewriter) shared(at located, more ...string) *use {
	for i := range at.uses {
		u := &at.uses[i]
		path := append(append([]string{}, at.path[len(at.path)-min(u.below, len(at.path)):]...), more...)
		if !w.alone(u.written, path) {
			return u
		}
	}
	return nil
}

// goals are where the value of a spot is written: where it is defined, if only
// this use depends on it and it can take the value, else where it is used.
func (w *rewriter) goals(s spot, v any) ([]goal, error) {
	at, err := w.written(s)
	if err != nil {
		return nil, err
	}
	parent := s.parent().node().traced()
	argument := parent.block != nil || parent.nested != nil
	if argument {
		v = translated(s.name(), v)
	}
	if shared := w.shared(at); shared != nil {
		if shared.below != 1 {
			return nil, fmt.Errorf("%s is used in several places", described(shared.e))
		}
		return []goal{{written: shared.written, value: v, around: shared, name: s.name(),
			note: described(shared.e) + " stays: other places use it"}}, nil
	}
	var use []goal
	for _, e := range w.branches(at.written) {
		use = append(use, goal{written: written{at.reader, e}, value: v, bare: !argument})
	}
	if _, ok := unwrapped(at.e).(*hclsyntax.ScopeTraversalExpr); !ok || len(use) != 1 {
		return use, nil
	}
	def, ok := w.define(at.written, nil)
	if len(def.uses) == 0 && !(ok && def.through) { // nothing that is defined elsewhere
		return use, nil
	}
	stays := func(why string) ([]goal, error) {
		use[0].note = described(at.e) + " stays: " + why
		return use, nil
	}
	if !ok {
		return stays(cmp.Or(def.why, "its value is not written out"))
	}
	to := goal{written: def.written, value: v, note: "mended where it is defined: " + def.what + ", which nothing else uses"}
	if shared := w.shared(located{def.written, def.uses, nil}); shared != nil {
		if def = def.until(shared); len(def.uses) == 0 && !def.through {
			return stays("other places use it")
		}
		to.written, to.note = shared.written, described(shared.e)+" stays: other places use it"
	}
	if why := w.refuses(def, v); why != "" {
		return stays(why)
	}
	to.bare = !argument && !def.typed()
	return []goal{to}, nil
}

// branches are the expression and the other branches of conditionals that nobody
// can decide here: all of them hold.
func (w *rewriter) branches(at written) []hclsyntax.Expression {
	e, ok := at.e.(hclsyntax.Expression)
	if !ok {
		return nil
	}
	out := []hclsyntax.Expression{e}
	tree, err := w.tree(at.file)
	if err != nil {
		return out
	}
	for n := hclsyntax.Node(e); ; {
		up := tree.Parent(n)
		switch x := up.(type) {
		case *hclsyntax.ParenthesesExpr:
		case *hclsyntax.ConditionalExpr:
			if n == hclsyntax.Node(x.Condition) {
				return out
			}
			if c, _ := at.scope.value(x.Condition).Unmark(); !c.IsKnown() {
				other := x.TrueResult
				if n == hclsyntax.Node(x.TrueResult) {
					other = x.FalseResult
				}
				out = append(out, leaves(other)...)
			}
		default:
			return out
		}
		n = up
	}
}

// leaves are the branches of conditionals.
func leaves(e hclsyntax.Expression) []hclsyntax.Expression {
	switch x := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return leaves(x.Expression)
	case *hclsyntax.ConditionalExpr:
		return append(leaves(x.TrueResult), leaves(x.FalseResult)...)
	}
	return []hclsyntax.Expression{e}
}

// replace writes a value at a goal.
func (w *rewriter) replace(t goal) error {
	v := t.value
	if t.note != "" {
		w.note("%s", t.note)
	}
	if t.around != nil {
		return w.wrap(t.around.written, "merge", hcledit.Object{{Key: t.name, Value: v}})
	}
	e, err := w.native(t.file)
	if err != nil {
		return err
	}
	x, ok := t.e.(hclsyntax.Expression)
	if !ok {
		return errJSON
	}
	if b, ok := v.(bool); ok && !t.bare {
		if old, diags := x.Value(nil); !diags.HasErrors() && isString(old) {
			v = map[bool]string{true: "true", false: "false"}[b]
		}
	}
	return e.Replace(x, v)
}
