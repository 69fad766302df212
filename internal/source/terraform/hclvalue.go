package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ecsentry/ecsentry/value"
)

// computed shows what an expression evaluates to.
func (r reader) computed(e hcl.Expression) *node {
	return shown(r.scope.value(e), r.at(e.Range()), viaOf(e))
}

// viaOf names the variable or local that an expression only refers to.
func viaOf(e hcl.Expression) string {
	t, ok := native(e).(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return ""
	}
	switch name := stepName(t.Traversal, 1); t.Traversal.RootName() {
	case "var":
		return "variable " + safe(name)
	case "local":
		return "local." + safe(name)
	}
	return ""
}

// shown shows a value; all of it has one place.
func shown(v cty.Value, at span, via string) *node {
	plain, marks := v.Unmark()
	n := &node{at: at, via: via}
	_, n.secret = marks[hidden{}]
	switch t := plain.Type(); {
	case !plain.IsKnown():
		n.kind, n.why = value.Opaque, whyOf(marks)
		if t == cty.String && v.Type() == cty.String {
			if prefix := plain.Range().StringPrefix(); prefix != "" {
				n.why.Partial = value.Partial{Pieces: []string{prefix, ""}}
			}
		}
	case plain.IsNull():
		n.kind = value.Null
	case t == cty.Bool:
		n.kind, n.s = value.Boolean, "false"
		if plain.True() {
			n.s = "true"
		}
	case t == cty.Number:
		n.kind, n.s = value.Number, plain.AsBigFloat().Text('f', -1)
	case t == cty.String:
		n.kind, n.s = value.String, plain.AsString()
	case t.IsObjectType() || t.IsMapType():
		n.kind = value.Object
		n.fields = func(api string) value.Node { return shownField(plain, marks, api, n) }
	default:
		n.kind = value.Sequence
		n.items = func(yield func(int, value.Node) bool) {
			i := 0
			for it := plain.ElementIterator(); it.Next(); i++ {
				_, e := it.Element()
				if !yield(i, shown(e.WithMarks(marks), at, via)) {
					return
				}
			}
		}
	}
	return n
}

func shownField(v cty.Value, marks cty.ValueMarks, api string, up *node) *node {
	for it := v.ElementIterator(); it.Next(); {
		k, e := it.Element()
		k, _ = k.Unmark()
		if name := k.AsString(); name == api {
			return shown(e.WithMarks(marks), up.at, up.via)
		} else if why := misspelt(name, api); why != nil {
			return opaque(up.at, why)
		}
	}
	return absent(up.at)
}
