package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// native takes an expression out of its wrapping.
func native(e hcl.Expression) hcl.Expression {
	if x, ok := e.(*expression); ok {
		return x.Expression
	}
	return e
}

// jsonValue evaluates an expression of HCL's JSON syntax, whose strings are
// templates.
func (s scope) jsonValue(e hcl.Expression, depth int) cty.Value {
	if depth > maxNesting {
		return unresolved("it is nested too deeply")
	}
	if items, diags := hcl.ExprList(e); !diags.HasErrors() {
		all := make([]cty.Value, len(items))
		for i, item := range items {
			all[i] = s.jsonValue(item, depth+1)
		}
		return cty.TupleVal(all)
	}
	if pairs, diags := hcl.ExprMap(e); !diags.HasErrors() {
		all := map[string]cty.Value{}
		for _, p := range pairs {
			k := s.jsonValue(p.Key, depth+1)
			if plain, _ := k.Unmark(); isString(plain) {
				all[plain.AsString()] = s.jsonValue(p.Value, depth+1)
			} else {
				return unresolved("a key is not known here")
			}
		}
		return cty.ObjectVal(all)
	}
	if t := template(e); t != nil {
		return s.value(t)
	}
	v, diags := e.Value(nil)
	switch {
	case diags.HasErrors():
		return unresolved("it cannot be evaluated: " + summary(diags))
	case size(v) >= maxSize:
		return unresolved("it is too large to evaluate")
	}
	return v
}

// template is the template that a string of HCL's JSON syntax is, nil for what is
// no string.
func template(e hcl.Expression) hclsyntax.Expression {
	v, diags := e.Value(nil)
	if diags.HasErrors() || !isString(v) {
		return nil
	}
	at := e.StartRange()
	tokens, _ := hclsyntax.LexTemplate([]byte(v.AsString()), at.Filename, at.Start)
	if complexity(tokens) != "" {
		return nil
	}
	t, diags := hclsyntax.ParseTemplate([]byte(v.AsString()), at.Filename, at.Start)
	if diags.HasErrors() {
		return nil
	}
	return t
}
