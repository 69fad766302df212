package terraform

import (
	"regexp"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func simple(f func(args []cty.Value) (cty.Value, error), result cty.Type, params ...cty.Type) function.Function {
	spec := &function.Spec{Type: function.StaticReturnType(result), Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f(args) }}
	for _, p := range params {
		spec.Params = append(spec.Params, function.Parameter{Name: "arg", Type: p})
	}
	return function.New(spec)
}

func affix(f func(s, part string) bool) function.Function {
	return simple(func(args []cty.Value) (cty.Value, error) {
		return cty.BoolVal(f(args[0].AsString(), args[1].AsString())), nil
	}, cty.Bool, cty.String, cty.String)
}

func pathPart(f func(string) string) function.Function {
	return simple(func(args []cty.Value) (cty.Value, error) { return cty.StringVal(f(args[0].AsString())), nil }, cty.String, cty.String)
}

// replace takes a regular expression between slashes, as Terraform's does.
func replace() function.Function {
	return simple(func(args []cty.Value) (cty.Value, error) {
		if len(args[0].AsString())*len(args[2].AsString()) > 16*maxSize {
			return cty.NilVal, errTooLarge
		}
		if s := args[1].AsString(); len(s) > 1 && s[0] == '/' && s[len(s)-1] == '/' {
			return stdlib.RegexReplaceFunc.Call([]cty.Value{args[0], cty.StringVal(s[1 : len(s)-1]), args[2]})
		}
		return stdlib.ReplaceFunc.Call(args)
	}, cty.String, cty.String, cty.String, cty.String)
}

// length counts the characters of a string too.
func length() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v, marks := args[0].Unmark()
			switch {
			case v.Type() == cty.DynamicPseudoType:
				return cty.UnknownVal(cty.Number).WithMarks(marks), nil
			case v.Type() == cty.String:
				return stdlib.StrlenFunc.Call(args)
			case v.Type().IsObjectType():
				return cty.NumberIntVal(int64(len(v.Type().AttributeTypes()))).WithMarks(marks), nil
			default:
				return stdlib.LengthFunc.Call(args)
			}
		},
	})
}

// every is alltrue or anytrue.
func every(all bool) function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return cty.NilVal
		}
		v, marks := args[0].UnmarkDeep()
		if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
			return cty.UnknownVal(cty.Bool).WithMarks(marks)
		}
		open := false
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			b, err := convert.Convert(e, cty.Bool)
			switch {
			case err != nil:
				return cty.NilVal
			case !b.IsKnown():
				open = true
			case (!b.IsNull() && b.True()) != all:
				return cty.BoolVal(!all).WithMarks(marks)
			}
		}
		if open {
			return cty.UnknownVal(cty.Bool).WithMarks(marks)
		}
		return cty.BoolVal(all).WithMarks(marks)
	})
}

// one is the element of a list of one, null of an empty one.
func one() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) == 1 {
			v, marks := args[0].Unmark()
			if v.IsKnown() && !v.IsNull() && v.CanIterateElements() && (v.Type().IsTupleType() || v.IsWhollyKnown() || v.Type().IsListType()) {
				switch v.LengthInt() {
				case 0:
					return cty.NullVal(cty.DynamicPseudoType).WithMarks(marks)
				case 1:
					it := v.ElementIterator()
					it.Next()
					_, e := it.Element()
					return e.WithMarks(marks)
				}
			}
			if !v.IsKnown() {
				return cty.DynamicVal.WithMarks(marks)
			}
		}
		return unresolved("one cannot be evaluated here")
	})
}

// elements are those of a collection that is known, with all marks.
func elements(v cty.Value) ([]cty.Value, cty.ValueMarks, bool) {
	v, marks := v.UnmarkDeep()
	if !v.IsWhollyKnown() || v.IsNull() || !v.CanIterateElements() {
		return nil, marks, false
	}
	var out []cty.Value
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		out = append(out, e)
	}
	return out, marks, true
}

// index is where a list has a value.
func index() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 2 {
			return cty.NilVal
		}
		all, marks, ok := elements(args[0])
		want, more := args[1].UnmarkDeep()
		if !ok || !want.IsWhollyKnown() {
			return cty.DynamicVal.WithMarks(marks, more)
		}
		for i, e := range all {
			if eq, err := stdlib.Equal(e, want); err == nil && eq.IsKnown() && eq.True() {
				return cty.NumberIntVal(int64(i)).WithMarks(marks, more)
			}
		}
		return cty.NilVal
	})
}

func sum() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return cty.NilVal
		}
		all, marks, ok := elements(args[0])
		if !ok {
			return cty.DynamicVal.WithMarks(marks)
		}
		total := cty.Zero
		for _, e := range all {
			n, err := convert.Convert(e, cty.Number)
			if err != nil || n.IsNull() {
				return cty.NilVal
			}
			total = total.Add(n)
		}
		return total.WithMarks(marks)
	})
}

func sensitive(on bool) function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return cty.NilVal
		}
		if on {
			return args[0].Mark(hidden{})
		}
		v, marks := args[0].UnmarkDeep()
		delete(marks, hidden{})
		return v.WithMarks(marks)
	})
}

// to converts.
func to(t cty.Type) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{
			Name: "v", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
		}},
		Type: func(args []cty.Value) (cty.Type, error) {
			if args[0].Type() == cty.DynamicPseudoType {
				return t, nil
			}
			v, err := convert.Convert(args[0], t)
			if err != nil {
				return cty.DynamicPseudoType, function.NewArgErrorf(0, "cannot be converted")
			}
			return v.Type(), nil
		},
		Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) { return convert.Convert(args[0], t) },
	})
}

// jsondecode does not decode numbers whose digits would fill the memory.
func jsondecode() function.Function {
	huge := regexp.MustCompile(`[0-9][eE][+-]?[0-9]{3,}`)
	return decoding(func(text cty.Value) cty.Value {
		if huge.MatchString(text.AsString()) {
			return unresolved("it may have a number that is too large")
		}
		v, err := stdlib.JSONDecode(text)
		if err != nil {
			return cty.NilVal
		}
		return v
	})
}

// decoding is a function of a text that makes a value of it, cty.NilVal if it
// cannot.
func decoding(decode func(text cty.Value) cty.Value) function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return cty.NilVal
		}
		text, marks := args[0].Unmark()
		switch {
		case !text.IsKnown():
			return cty.DynamicVal.WithMarks(marks)
		case !isString(text):
			return cty.NilVal
		}
		v := decode(text)
		if v == cty.NilVal {
			return v
		}
		return v.WithMarks(marks)
	})
}
