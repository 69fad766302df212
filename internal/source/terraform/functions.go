package terraform

import (
	"errors"
	"path"
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
		"format": bounded(stdlib.FormatFunc), "formatlist": bounded(stdlib.FormatListFunc), "indent": bounded(indent()),
		"startswith": affix(strings.HasPrefix), "endswith": affix(strings.HasSuffix), "strcontains": affix(strings.Contains),
		"chunklist": stdlib.ChunklistFunc, "coalesce": coalesce(), "coalescelist": stdlib.CoalesceListFunc, "compact": stdlib.CompactFunc,
		"concat": stdlib.ConcatFunc, "contains": stdlib.ContainsFunc, "distinct": bounded(stdlib.DistinctFunc), "element": stdlib.ElementFunc,
		"flatten": stdlib.FlattenFunc, "index": index(), "sum": sum(), "keys": stdlib.KeysFunc, "length": length(), "lookup": lookup(),
		"merge": stdlib.MergeFunc, "range": stdlib.RangeFunc, "reverse": stdlib.ReverseListFunc, "setintersection": stdlib.SetIntersectionFunc,
		"setproduct": bounded(stdlib.SetProductFunc), "setsubtract": stdlib.SetSubtractFunc, "setunion": stdlib.SetUnionFunc,
		"slice": stdlib.SliceFunc, "sort": stdlib.SortFunc, "values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc,
		"alltrue": every(true), "anytrue": every(false), "one": one(),
		"csvdecode": stdlib.CSVDecodeFunc, "jsondecode": jsondecode(), "jsonencode": stdlib.JSONEncodeFunc,
		"try": tryfunc.TryFunc, "can": tryfunc.CanFunc, "sensitive": sensitive(true), "nonsensitive": sensitive(false),
		"tostring": to(cty.String), "tonumber": bounded(to(cty.Number)), "tobool": to(cty.Bool),
		"tolist": to(cty.List(cty.DynamicPseudoType)), "toset": to(cty.Set(cty.DynamicPseudoType)), "tomap": to(cty.Map(cty.DynamicPseudoType)),
		"basename": pathPart(path.Base), "dirname": pathPart(path.Dir),
		"base64decode": base64decode(), "base64encode": base64encode(), "urlencode": urlencode(), "yamldecode": yamldecode(),
		"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc, "log": stdlib.LogFunc,
		"matchkeys": matchkeys(), "transpose": transpose(), "issensitive": issensitive(), "ephemeralasnull": ephemeralasnull(),
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
		if f, ok := i.run.table[strings.TrimPrefix(name, "core::")]; ok {
			all[name] = f
		} else {
			all[name] = opaqueFunction(name)
		}
	}
	return all
}

func opaqueFunction(name string) function.Function {
	return variadic(func([]cty.Value) cty.Value {
		return unresolved("the function " + safe(name) + " is not evaluated here")
	})
}

// variadic takes anything, and makes anything of it; cty.NilVal is an error, as
// Terraform has one.
func variadic(f func(args []cty.Value) cty.Value) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{
			Name: "args", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
		},
		Type: function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if v := f(args); v != cty.NilVal {
				return v, nil
			}
			return cty.DynamicVal, errors.New("the arguments do not fit")
		},
	})
}

// bounded is a function that is not called where it would make too much.
func bounded(f function.Function) function.Function {
	wide := regexp.MustCompile(`%[^%a-zA-Z]*([0-9]{4,}|\*)`)
	return function.New(&function.Spec{
		VarParam: &function.Parameter{
			Name: "args", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
		},
		Type: func(args []cty.Value) (cty.Type, error) { return f.ReturnTypeForValues(converted(f, args)) },
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
			}
			if much {
				return unknown(t, "it is too large to evaluate", ""), nil
			}
			return f.Call(converted(f, args))
		},
	})
}

// converted are arguments as a function wants them.
func converted(f function.Function, args []cty.Value) []cty.Value {
	out := make([]cty.Value, len(args))
	params, rest := f.Params(), f.VarParam()
	for i, a := range args {
		t := cty.DynamicPseudoType
		if i < len(params) {
			t = params[i].Type
		} else if rest != nil {
			t = rest.Type
		}
		out[i] = a
		if v, err := convert.Convert(a, t); err == nil {
			out[i] = v
		}
	}
	return out
}
