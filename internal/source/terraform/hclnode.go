package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ecsentry/ecsentry/value"
)

// A reader shows the expressions of a file as nodes. Objects and lists that are
// written out are shown as they are written, so that each value has its place;
// what is computed has the place of the expression.
type reader struct {
	scope scope
	file  *sourceFile
	at    func(hcl.Range) span
	depth int
	turn  *turn // of the innermost loop
}

func (s scope) reader(f *sourceFile) reader { return reader{scope: s, file: f, at: f.span} }

// inner reads what has the ECS API's own names.
func (r reader) inner() reader {
	r.at = r.file.inner
	return r
}

// node shows an expression.
func (r reader) node(e hcl.Expression) *node { return r.trace(e, r.read(e)) }

func (r reader) read(e hcl.Expression) *node {
	if r.depth++; r.depth > maxDepth {
		return opaque(r.at(e.Range()), &value.Why{Text: "it refers on too far"})
	}
	switch e := native(e).(type) {
	case *hclsyntax.ParenthesesExpr:
		return r.node(e.Expression)
	case *hclsyntax.TemplateWrapExpr:
		return r.node(e.Wrapped)
	case *hclsyntax.ObjectConsExpr:
		return r.object(e)
	case *hclsyntax.TupleConsExpr:
		return list(r.at(e.SrcRange), func(yield func(int, value.Node) bool) {
			for i, item := range e.Exprs {
				if !yield(i, r.node(item)) {
					return
				}
			}
		})
	case *hclsyntax.ForExpr:
		if e.KeyExpr == nil {
			return r.loop(e)
		}
		if n := r.objectLoop(e); n != nil {
			return n
		}
	case *hclsyntax.ConditionalExpr:
		return r.conditional(e)
	case *hclsyntax.FunctionCallExpr:
		if n := r.call(e); n != nil {
			return n
		}
	case *hclsyntax.TemplateExpr:
		return r.template(e)
	case *hclsyntax.ScopeTraversalExpr:
		return r.reference(e)
	}
	return r.computed(e)
}

// object is one that is written out. A key that is not known may be any.
func (r reader) object(e *hclsyntax.ObjectConsExpr) *node {
	at := r.at(e.SrcRange)
	return object(at, func(api string) value.Node {
		var found hcl.Expression
		var why *value.Why
		for _, item := range e.Items {
			k, marks := r.scope.value(item.KeyExpr).Unmark()
			switch {
			case !k.IsKnown():
				why = whyOf(marks)
			case !k.IsNull() && k.Type() == cty.String && k.AsString() == api:
				found, why = item.ValueExpr, nil
			case !k.IsNull() && k.Type() == cty.String && found == nil && why == nil:
				why = misspelt(k.AsString(), api)
			}
		}
		switch {
		case why != nil:
			return opaque(at, why)
		case found == nil:
			return absent(at)
		}
		return r.node(found)
	})
}

// loop is a list that a for expression makes.
func (r reader) loop(e *hclsyntax.ForExpr) *node {
	at := r.at(e.SrcRange)
	all, rest, ok := r.rounds(e)
	switch {
	case !ok && rest != nil:
		return opaque(at, rest)
	case !ok:
		return r.computed(e)
	}
	n := list(at, func(yield func(int, value.Node) bool) {
		for i, x := range all {
			if !yield(i, x.node(e.ValExpr)) {
				return
			}
		}
	})
	n.rest = rest
	return n
}

// conditional is the branch that counts. Where nobody can tell which it is, it is
// known only if both are the same.
func (r reader) conditional(e *hclsyntax.ConditionalExpr) *node {
	branch, why := r.branch(e)
	if branch != nil {
		return r.node(branch)
	}
	return opaque(r.at(e.SrcRange), why)
}

func (r reader) branch(e *hclsyntax.ConditionalExpr) (hcl.Expression, *value.Why) {
	c, marks := r.scope.value(e.Condition).Unmark()
	if c.IsKnown() && !c.IsNull() {
		switch {
		case c.Type() == cty.Bool && c.True(), c.Type() == cty.String && c.AsString() == "true":
			return e.TrueResult, nil
		case c.Type() == cty.Bool, c.Type() == cty.String && c.AsString() == "false":
			return e.FalseResult, nil
		}
	}
	yes, m1 := r.scope.value(e.TrueResult).UnmarkDeep()
	no, m2 := r.scope.value(e.FalseResult).UnmarkDeep()
	if yes.IsWhollyKnown() && no.IsWhollyKnown() && yes.RawEquals(no) {
		return e.TrueResult, nil
	}
	return nil, whyOf(marks, m1, m2)
}

// call shows what some functions make of lists and objects that are written out,
// nil for what is better computed.
func (r reader) call(e *hclsyntax.FunctionCallExpr) *node {
	if e.ExpandFinal {
		return nil
	}
	switch e.Name {
	case "concat", "flatten":
		return r.joined(e)
	case "merge":
		return r.merged(e)
	}
	return nil
}

// joined is the elements of several lists. A list that is not known may have any.
func (r reader) joined(e *hclsyntax.FunctionCallExpr) *node {
	n := list(r.at(e.Range()), nil)
	var all []value.Node
	ok := true
	var take func(v *node, deep bool)
	take = func(v *node, deep bool) {
		switch {
		case v.kind == value.Opaque:
			n.rest = v.why
		case v.kind != value.Sequence:
			ok = false
		default:
			if v.rest != nil {
				n.rest = v.rest
			}
			for _, item := range v.Items() {
				if inner := item.(*node); deep && (inner.kind == value.Sequence || inner.kind == value.Opaque) {
					take(inner, true)
				} else {
					all = append(all, item)
				}
			}
		}
	}
	for _, a := range e.Args {
		take(r.node(a), e.Name == "flatten")
	}
	if !ok || len(all) > 8*maxInstances {
		return nil
	}
	n.items = func(yield func(int, value.Node) bool) {
		for i, item := range all {
			if !yield(i, item) {
				return
			}
		}
	}
	return n
}

// merged is the fields of several objects, of which the last counts.
func (r reader) merged(e *hclsyntax.FunctionCallExpr) *node {
	var all []*node
	for _, a := range e.Args {
		switch n := r.node(a); n.kind {
		case value.Object, value.Opaque:
			all = append(all, n)
		case value.Null:
		default:
			return nil
		}
	}
	at := r.at(e.Range())
	return object(at, func(api string) value.Node {
		for i := len(all) - 1; i >= 0; i-- {
			n := all[i].Field(api)
			if n.Kind() != value.Nothing {
				return n
			}
		}
		return absent(at)
	})
}
