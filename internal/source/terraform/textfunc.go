package terraform

import (
	"encoding/base64"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/ecsentry/ecsentry/internal/document"
)

var errTooLarge = errors.New("is too large to evaluate")

func base64encode() function.Function {
	return simple(func(args []cty.Value) (cty.Value, error) {
		return cty.StringVal(base64.StdEncoding.EncodeToString([]byte(args[0].AsString()))), nil
	}, cty.String, cty.String)
}

func base64decode() function.Function {
	return simple(func(args []cty.Value) (cty.Value, error) {
		data, err := base64.StdEncoding.DecodeString(args[0].AsString())
		if err != nil || !utf8.Valid(data) {
			return cty.NilVal, errors.New("is not the base64 of a text")
		}
		return cty.StringVal(string(data)), nil
	}, cty.String, cty.String)
}

func urlencode() function.Function {
	return simple(func(args []cty.Value) (cty.Value, error) {
		return cty.StringVal(url.QueryEscape(args[0].AsString())), nil
	}, cty.String, cty.String)
}

// indent does not write more blanks than anyone wants.
func indent() function.Function {
	return simple(func(args []cty.Value) (cty.Value, error) {
		if n, _ := args[0].AsBigFloat().Float64(); n > 1000 || int(n)*strings.Count(args[1].AsString(), "\n") > 16*maxSize {
			return cty.NilVal, errTooLarge
		}
		return stdlib.IndentFunc.Call(args)
	}, cty.String, cty.Number, cty.String)
}

func issensitive() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return cty.NilVal
		}
		v, marks := args[0].Unmark()
		if _, ok := marks[hidden{}]; ok || v.IsKnown() {
			return cty.BoolVal(ok)
		}
		return cty.UnknownVal(cty.Bool).WithMarks(marks)
	})
}

// ephemeralasnull is what it is given: what is ephemeral is not known here.
func ephemeralasnull() function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != 1 {
			return cty.NilVal
		}
		return args[0]
	})
}

// yamldecode reads YAML by our own parser, which knows bounds. A scalar that
// versions of YAML read differently is unknown.
func yamldecode() function.Function {
	return decoding(func(text cty.Value) cty.Value {
		f, err := document.Parse("", []byte(text.AsString()), document.Options{})
		if err != nil || len(f.Documents) != 1 {
			return cty.NilVal
		}
		y := yaml{
			number: regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?$`),
			odd:    regexp.MustCompile(`^[-+]?(0[xXoO][0-9a-fA-F_]+|[0-9]*\.?[0-9]*([eE][-+]?[0-9]+)?|\.(inf|Inf|INF|nan|NaN|NAN))$|^[0-9]{4}-`),
		}
		v := y.value(f.Documents[0])
		if v == cty.NilVal {
			return unresolved("a text in YAML cannot be decoded here")
		}
		return v
	})
}

// A yaml makes values of YAML.
type yaml struct {
	number, odd *regexp.Regexp
	made        int
}

// value is cty.NilVal where the text is none that Terraform reads, or too much.
func (y *yaml) value(n *document.Node) cty.Value {
	if y.made++; y.made > maxSize/16 || n.Tag != "" {
		return cty.NilVal
	}
	switch n.Kind {
	case document.List:
		all := make([]cty.Value, len(n.Items))
		for i, item := range n.Items {
			if all[i] = y.value(item); all[i] == cty.NilVal {
				return cty.NilVal
			}
		}
		return cty.TupleVal(all)
	case document.Map:
		all := map[string]cty.Value{}
		for _, f := range slices.Backward(n.Fields) { // the first counts: others were merged
			key := y.value(f.Key)
			if !isString(key) {
				return cty.NilVal
			}
			v := y.value(f.Value)
			if v == cty.NilVal {
				return cty.NilVal
			}
			all[key.AsString()] = v
		}
		return cty.ObjectVal(all)
	}
	return y.scalar(n)
}

func (y *yaml) scalar(n *document.Node) cty.Value {
	if n.Style != document.Plain {
		return cty.StringVal(n.Value)
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return cty.NullVal(cty.DynamicPseudoType)
	case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
		return cty.True
	case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
		return cty.False
	}
	switch {
	case y.number.MatchString(n.Value):
		v, err := cty.ParseNumberVal(n.Value)
		if err != nil {
			return cty.NilVal
		}
		return v
	case y.odd.MatchString(n.Value):
		return unresolved("a scalar in YAML means different things to different readers")
	}
	return cty.StringVal(n.Value)
}
