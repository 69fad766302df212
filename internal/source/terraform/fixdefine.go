package terraform

import (
	"path"
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// A definition is where the value of a reference is written.
type definition struct {
	written
	uses []use // from the reference on
	what string
	why  string // it is not written in the module
	// It goes through a name that a loop or for_each gives a value.
	through bool
	// of the variables that the value goes through
	variables []variable
}

type variable struct {
	*declared
	in    *instance
	whole bool // the value is all of it
	use   int  // which reference leads to it
}

// until is the definition as far as a reference goes.
func (d definition) until(u *use) definition {
	for i := range d.uses {
		if &d.uses[i] != u {
			continue
		}
		d.uses = d.uses[:i]
		d.variables = slices.DeleteFunc(slices.Clone(d.variables), func(v variable) bool { return v.use >= i })
		d.file = u.file
		break
	}
	return d
}

// typed tells whether a text that says true or false is taken for that.
func (d definition) typed() bool {
	for _, v := range d.variables {
		if e := v.attribute("type"); v.whole && e != nil && keyword(e) == "bool" {
			return true
		}
	}
	return false
}

// define follows a reference to what is written for it, and steps into that.
func (w *rewriter) define(at written, steps []string) (definition, bool) {
	out := definition{written: at}
	for range maxDepth {
		switch e := unwrapped(native(out.e)).(type) {
		case *hclsyntax.ScopeTraversalExpr:
			if _, ok := out.scope.vars[e.Traversal.RootName()]; ok {
				if steps, ok = out.enterBound(w, e, steps); !ok {
					return out, false
				}
				continue
			}
			rest, ok := names(e.Traversal, 2)
			if !ok || !out.enter(w, e, len(steps)) {
				return out, false
			}
			steps = append(rest, steps...)
			if len(rest) > 0 && len(out.variables) > 0 {
				out.variables[len(out.variables)-1].whole = false
			}
		case *hclsyntax.TemplateWrapExpr:
			out.e = e.Wrapped
		case *hclsyntax.ConditionalExpr:
			branch, _ := out.branch(e)
			if branch == nil {
				return out, false
			}
			out.e = branch
		case *hclsyntax.ObjectConsExpr:
			if len(steps) == 0 {
				return out, true
			}
			var found hclsyntax.Expression
			for _, item := range e.Items {
				if k, _ := out.scope.value(item.KeyExpr).Unmark(); isString(k) && k.AsString() == steps[0] {
					found = item.ValueExpr
				}
			}
			if found == nil {
				return out, false
			}
			out.e, steps = found, steps[1:]
		case *hclsyntax.TupleConsExpr:
			if len(steps) == 0 {
				return out, true
			}
			i, err := strconv.Atoi(steps[0])
			if err != nil || i < 0 || i >= len(e.Exprs) {
				return out, false
			}
			out.e, steps = e.Exprs[i], steps[1:]
		case *hclsyntax.LiteralValueExpr, *hclsyntax.TemplateExpr:
			_, diags := out.e.Value(nil)
			return out, len(steps) == 0 && !diags.HasErrors()
		default: // what is computed may be replaced as a whole
			return out, len(steps) == 0 && (len(out.uses) > 0 || out.through) && out.e != at.e
		}
	}
	return out, false
}

// names are the steps of a reference; false if one is not written out.
func names(t hcl.Traversal, from int) (out []string, ok bool) {
	for _, step := range t[min(from, len(t)):] {
		switch step := step.(type) {
		case hcl.TraverseAttr:
			out = append(out, step.Name)
		case hcl.TraverseIndex:
			name, ok := stringOf(step.Key)
			if !ok {
				return nil, false
			}
			out = append(out, name)
		default:
			return nil, false
		}
	}
	return out, true
}

func stringOf(v cty.Value) (string, bool) {
	s, err := convert.Convert(v, cty.String)
	if err != nil || !isString(s) {
		return "", false
	}
	return s.AsString(), true
}

// enter goes from a reference to the expression that it refers to.
func (d *definition) enter(w *rewriter, e *hclsyntax.ScopeTraversalExpr, below int) bool {
	t, i := e.Traversal, d.scope.instance
	name := stepName(t, 1)
	if name == "" {
		return false
	}
	d.uses = append(d.uses, use{written: written{d.reader, e}, below: below})
	to := func(s scope, e *expression, what string) bool {
		if e == nil || e.file == nil {
			return false
		}
		d.reader, d.e, d.what = s.reader(e.file), e.Expression, what
		return true
	}
	if t.RootName() == "local" {
		return to(i.scope(), i.config.locals[name], "local."+safe(name))
	}
	v := i.config.variables[name]
	if t.RootName() != "var" || v == nil {
		return false
	}
	d.variables = append(d.variables, variable{v, i, below == 0, len(d.uses) - 1})
	if i.call != nil {
		if e := i.call.attribute(name); e != nil {
			return to(i.caller, e, "argument "+safe(name)+" of module."+safe(i.call.name))
		}
	} else if g, ok := i.run.given[name]; ok {
		if g.in == "" {
			d.why = "--var or --var-file gives it"
			return false
		}
		return to(i.scope(), w.fileOf(g.in, name), "variable "+safe(name)+" in "+safe(path.Base(g.in)))
	}
	return to(i.scope(), v.attribute("default"), "default of variable "+safe(name))
}

// fileOf is the value of a variable in a file of values; nil if it is not there.
func (w *rewriter) fileOf(name, variable string) *expression {
	f := w.values[name]
	if f == nil {
		data, err := w.run.folder.Read(name)
		if err != nil {
			return nil
		}
		if f, err = parseFile(name, data); err != nil {
			return nil
		}
		w.values[name] = f
	}
	if f.json {
		return nil
	}
	return attributeOf(f, f.body, variable)
}

// refuses says why a definition cannot take a value, "" if it can.
func (w *rewriter) refuses(d definition, v any) string {
	if d.file.json {
		return "it is defined in Terraform's JSON syntax"
	}
	var new cty.Value
	switch v := v.(type) {
	case bool:
		new = cty.BoolVal(v)
	case string:
		new = cty.StringVal(v)
	default:
		return "it is defined elsewhere"
	}
	for _, x := range d.variables {
		validations := x.validations()
		if !x.whole {
			if len(validations) > 0 {
				return "variable " + safe(x.name) + " has conditions of its own"
			}
			continue
		}
		typed := new
		if e := x.attribute("type"); e != nil {
			t, _, problem := typeOf(e)
			converted, err := convert.Convert(new, t)
			if problem || err != nil {
				return "variable " + safe(x.name) + " has a type of its own"
			}
			typed = converted
		}
		for _, condition := range validations {
			if !x.accepts(typed, condition) {
				return "variable " + safe(x.name) + " does not accept the value"
			}
		}
	}
	return ""
}

// validations are the conditions that a variable's values must meet.
func (v variable) validations() (out []*expression) {
	for _, d := range append([]*declared{v.declared}, v.over...) {
		content, _, _ := d.block.Body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "validation"}}})
		if content == nil {
			continue
		}
		for _, b := range content.Blocks {
			if e := attributeOf(d.file, b.Body, "condition"); e != nil {
				out = append(out, e)
			}
		}
	}
	return out
}

// accepts tells whether a value meets a condition for certain.
func (v variable) accepts(to cty.Value, condition *expression) bool {
	i := v.in.run.instance(v.in.config)
	i.call, i.caller, i.depth = v.in.call, v.in.caller, v.in.depth
	i.variables[v.name] = &memo{v: to, done: true}
	ok, _ := i.scope().value(condition).Unmark()
	return ok.IsKnown() && !ok.IsNull() && ok.Type() == cty.Bool && ok.True()
}
