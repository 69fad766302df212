package terraform

import (
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// table are the functions that are evaluated. All others of Terraform's are
// unknown.
func table() map[string]function.Function {
	t := map[string]function.Function{
		"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "max": stdlib.MaxFunc, "min": stdlib.MinFunc,
		"parseint": stdlib.ParseIntFunc, "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc,
		"chomp": stdlib.ChompFunc, "join": bounded(stdlib.JoinFunc), "lower": stdlib.LowerFunc, "upper": stdlib.UpperFunc,
		"regex": stdlib.RegexFunc, "regexall": stdlib.RegexAllFunc, "split": stdlib.SplitFunc, "strrev": stdlib.ReverseFunc,
		"substr": stdlib.SubstrFunc, "title": stdlib.TitleFunc, "trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc,
		"trimsuffix": stdlib.TrimSuffixFunc, "trimspace": stdlib.TrimSpaceFunc, "replace": bounded(replace()),
		"format": bounded(stdlib.FormatFunc), "formatlist": bounded(stdlib.FormatListFunc), "indent": bounded(stdlib.IndentFunc),
		"startswith": affix(strings.HasPrefix), "endswith": affix(strings.HasSuffix), "strcontains": affix(strings.Contains),
		"chunklist": stdlib.ChunklistFunc, "coalesce": coalesce(), "coalescelist": stdlib.CoalesceListFunc, "compact": stdlib.CompactFunc,
		"concat": stdlib.ConcatFunc, "contains": stdlib.ContainsFunc, "distinct": bounded(stdlib.DistinctFunc), "element": stdlib.ElementFunc,
		"flatten": stdlib.FlattenFunc, "index": stdlib.IndexFunc, "keys": stdlib.KeysFunc, "length": length(), "lookup": stdlib.LookupFunc,
		"merge": stdlib.MergeFunc, "range": stdlib.RangeFunc, "reverse": stdlib.ReverseListFunc, "setintersection": stdlib.SetIntersectionFunc,
		"setproduct": bounded(stdlib.SetProductFunc), "setsubtract": stdlib.SetSubtractFunc, "setunion": stdlib.SetUnionFunc,
		"slice": stdlib.SliceFunc, "sort": stdlib.SortFunc, "values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc,
		"alltrue": every(true), "anytrue": every(false), "one": one(),
		"csvdecode": stdlib.CSVDecodeFunc, "jsondecode": jsondecode(), "jsonencode": stdlib.JSONEncodeFunc,
		"try": tryfunc.TryFunc, "can": tryfunc.CanFunc, "sensitive": sensitive(true), "nonsensitive": sensitive(false),
		"tostring": to(cty.String), "tonumber": bounded(to(cty.Number)), "tobool": to(cty.Bool),
		"tolist": to(cty.List(cty.DynamicPseudoType)), "toset": to(cty.Set(cty.DynamicPseudoType)), "tomap": to(cty.Map(cty.DynamicPseudoType)),
		"basename": pathPart(func(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }),
		"dirname":  pathPart(func(s string) string { return s[:max(0, strings.LastIndexByte(s, '/'))] }),
	}
	return t
}

// functions are those that an expression may call; what the table does not have
// is unknown, not an error.
func (i *instance) functions(e hcl.Expression) map[string]function.Function {
	node, ok := e.(hclsyntax.Node)
	if !ok {
		return i.run.table
	}
	var missing []string
	_ = hclsyntax.VisitAll(node, func(n hclsyntax.Node) hcl.Diagnostics {
		if c, ok := n.(*hclsyntax.FunctionCallExpr); ok {
			if _, ok := i.run.table[c.Name]; !ok {
				missing = append(missing, c.Name)
			}
		}
		return nil
	})
	if missing == nil {
		return i.run.table
	}
	all := make(map[string]function.Function, len(i.run.table)+len(missing))
	for name, f := range i.run.table {
		all[name] = f
	}
	for _, name := range missing {
		all[name] = opaqueFunction(name)
	}
	return all
}

func opaqueFunction(name string) function.Function {
	return variadic(func([]cty.Value) cty.Value {
		return unresolved("the function " + safe(name) + " is not evaluated here")
	})
}

// variadic takes anything, and makes anything of it.
func variadic(f func(args []cty.Value) cty.Value) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{
			Name: "args", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
		},
		Type: function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f(args), nil },
	})
}

// bounded is a function that is not called where it would make too much.
func bounded(f function.Function) function.Function {
	wide := regexp.MustCompile(`%[^%a-zA-Z]*([0-9]{4,}|\*)`)
	return function.New(&function.Spec{
		VarParam: &function.Parameter{
			Name: "args", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
		},
		Type: func(args []cty.Value) (cty.Type, error) { return f.ReturnTypeForValues(args) },
		Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
			product, much := 1, false
			for _, a := range args {
				plain, _ := a.Unmark()
				product = min(product, maxWork) * max(1, size(a)/16)
				much = much || product > maxWork
				much = much || isString(plain) && hugeNumber(plain.AsString())
				if isString(plain) && wide.MatchString(plain.AsString()) {
					much = true
				}
				if plain.Type() == cty.Number && plain.IsKnown() && !plain.IsNull() {
					if n, _ := plain.AsBigFloat().Float64(); n > 1000 {
						much = true
					}
				}
			}
			if much {
				return unknown(t, "it is too large to evaluate", ""), nil
			}
			return f.Call(args)
		},
	})
}

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
			default:
				return stdlib.LengthFunc.Call(args)
			}
		},
	})
}

// coalesce is the first that is neither null nor empty.
func coalesce() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		var seen []cty.ValueMarks
		for _, a := range args {
			v, marks := a.Unmark()
			seen = append(seen, marks)
			if !v.IsKnown() {
				return cty.DynamicVal.WithMarks(seen...)
			}
			if v.IsNull() || v.Type() == cty.String && v.AsString() == "" {
				continue
			}
			return v.WithMarks(seen...)
		}
		return unresolved("coalesce finds nothing")
	})
}

// every is alltrue or anytrue.
func every(all bool) function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return unresolved("a function has the wrong arguments")
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
				return unresolved("a function has the wrong arguments")
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

func sensitive(on bool) function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return unresolved("a function has the wrong arguments")
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
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return unresolved("a function has the wrong arguments")
		}
		text, marks := args[0].Unmark()
		switch {
		case !text.IsKnown():
			return cty.DynamicVal.WithMarks(marks)
		case !isString(text):
			return unresolved("a function has the wrong arguments").WithMarks(marks)
		case huge.MatchString(text.AsString()):
			return unresolved("it may have a number that is too large").WithMarks(marks)
		}
		v, err := stdlib.JSONDecode(text)
		if err != nil {
			return unresolved("jsondecode gets no JSON").WithMarks(marks)
		}
		return v.WithMarks(marks)
	})
}
