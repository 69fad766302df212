package terraform

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// coalesce is the first that is neither null nor empty, made of the type that all
// have in common.
func coalesce() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		var types []cty.Type
		for _, a := range args {
			types = append(types, a.Type())
		}
		common, _ := convert.UnifyUnsafe(types)
		if common == cty.NilType {
			return cty.NilVal
		}
		var seen []cty.ValueMarks
		for _, a := range args {
			v, marks := a.Unmark()
			seen = append(seen, marks)
			if !v.IsKnown() {
				return cty.UnknownVal(common).WithMarks(seen...)
			}
			if v.IsNull() || v.Type() == cty.String && v.AsString() == "" {
				continue
			}
			out, err := convert.Convert(v, common)
			if err != nil {
				return cty.NilVal
			}
			return out.WithMarks(seen...)
		}
		return cty.NilVal
	})
}

// lookup is an element of a map or an attribute of an object, else the default.
func lookup() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 2 && len(args) != 3 {
			return cty.NilVal
		}
		in, m1 := args[0].Unmark()
		key, m2 := args[1].Unmark()
		if !in.IsKnown() || !key.IsKnown() {
			return cty.DynamicVal.WithMarks(m1, m2)
		}
		t := in.Type()
		if !isString(key) || in.IsNull() || !t.IsObjectType() && !t.IsMapType() {
			return cty.NilVal
		}
		name := key.AsString()
		switch {
		case t.IsObjectType() && t.HasAttribute(name):
			return in.GetAttr(name).WithMarks(m1, m2)
		case t.IsMapType() && in.HasIndex(key).True():
			return in.Index(key).WithMarks(m1, m2)
		case len(args) == 2:
			return cty.NilVal
		}
		out := args[2]
		if t.IsMapType() {
			var err error
			if out, err = convert.Convert(out, t.ElementType()); err != nil {
				return cty.NilVal
			}
		}
		return out.WithMarks(m1, m2)
	})
}

// matchkeys are the values whose keys are among those that are looked for.
func matchkeys() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 3 {
			return cty.NilVal
		}
		values, m1, ok1 := elements(args[0])
		keys, m2, ok2 := elements(args[1])
		wanted, m3, ok3 := elements(args[2])
		if !ok1 || !ok2 || !ok3 {
			return cty.DynamicVal.WithMarks(m1, m2, m3)
		}
		if len(values) != len(keys) || len(keys)*len(wanted) > maxWork {
			return cty.NilVal
		}
		var out []cty.Value
		for i, k := range keys {
			for _, w := range wanted {
				if eq, err := stdlib.Equal(k, w); err == nil && eq.IsKnown() && eq.True() {
					out = append(out, values[i])
					break
				}
			}
		}
		all, err := convert.Convert(cty.TupleVal(out), cty.List(cty.DynamicPseudoType))
		if err != nil {
			return cty.NilVal
		}
		return all.WithMarks(m1, m2, m3)
	})
}

// transpose swaps the keys and the values of a map of lists of strings.
func transpose() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return cty.NilVal
		}
		in, marks := args[0].UnmarkDeep()
		in, err := convert.Convert(in, cty.Map(cty.List(cty.String)))
		switch {
		case err != nil || in.IsNull():
			return cty.NilVal
		case !in.IsWhollyKnown():
			return cty.UnknownVal(cty.Map(cty.List(cty.String))).WithMarks(marks)
		}
		found := map[string][]cty.Value{}
		for it := in.ElementIterator(); it.Next(); {
			key, list := it.Element()
			if list.IsNull() {
				return cty.NilVal
			}
			for all := list.ElementIterator(); all.Next(); {
				_, v := all.Element()
				if v.IsNull() {
					return cty.NilVal
				}
				found[v.AsString()] = append(found[v.AsString()], key)
			}
		}
		if len(found) == 0 {
			return cty.MapValEmpty(cty.List(cty.String)).WithMarks(marks)
		}
		out := map[string]cty.Value{}
		for name, keys := range found {
			out[name] = cty.ListVal(keys)
		}
		return cty.MapVal(out).WithMarks(marks)
	})
}
