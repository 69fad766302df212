package terraform

import (
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// encodes is the value whose JSON an expression is, be it written there or in what
// it refers to.
func (r reader) encodes(e hcl.Expression) (cty.Value, bool) {
	if r.depth++; r.depth > maxDepth {
		return cty.NilVal, false
	}
	switch e := native(e).(type) {
	case *hclsyntax.ParenthesesExpr:
		return r.encodes(e.Expression)
	case *hclsyntax.TemplateWrapExpr:
		return r.encodes(e.Wrapped)
	case *hclsyntax.FunctionCallExpr:
		if e.Name == "jsonencode" && len(e.Args) == 1 && !e.ExpandFinal {
			return r.scope.value(e.Args[0]), true
		}
	case *hclsyntax.ScopeTraversalExpr:
		if x, at, rest, ok := r.definition(e.Traversal); ok && len(rest) == 0 {
			return x.encodes(at)
		}
	}
	return cty.NilVal, false
}

// encode adds the JSON of a value, in which a hole stands for each part that nobody
// knows.
func (f *filled) encode(v cty.Value, at int32) {
	add := func(s string) { f.add(s, func(int) int32 { return at }) }
	v, marks := v.Unmark()
	if _, ok := marks[hidden{}]; ok {
		f.secret = true
	}
	t := v.Type()
	switch {
	case len(f.text) > maxSize: // it will be broken
	case !v.IsKnown():
		why := whyOf(marks)
		if prefix := prefixOf(v); prefix != "" {
			quoted := jsonOf(cty.StringVal(prefix))
			add(quoted[:len(quoted)-1])
			f.hole(why, at)
			add(`"`)
			return
		}
		f.hole(why, at)
	case v.IsWhollyKnown() || t.IsSetType():
		plain, marks := v.UnmarkDeep()
		if _, ok := marks[hidden{}]; ok {
			f.secret = true
		}
		if !plain.IsWhollyKnown() {
			f.hole(whyOf(marks), at)
			return
		}
		add(jsonOf(plain))
	default:
		object := t.IsObjectType() || t.IsMapType()
		open, end := "[", "]"
		if object {
			open, end = "{", "}"
		}
		add(open)
		first := true
		for it := v.ElementIterator(); it.Next(); first = false {
			k, e := it.Element()
			if !first {
				add(",")
			}
			if object {
				k, _ = k.Unmark()
				add(jsonOf(k) + ":")
			}
			f.encode(e, at)
		}
		add(end)
	}
}

// prefixOf is the beginning of a string of which no more is known.
func prefixOf(v cty.Value) string {
	if v.Type() != cty.String {
		return ""
	}
	return v.Range().StringPrefix()
}

// jsonOf is the JSON of a value that is known.
func jsonOf(v cty.Value) string {
	out, err := stdlib.JSONEncode(v)
	if err != nil {
		return strconv.Quote("")
	}
	return out.AsString()
}
