package terraform

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ecsentry/ecsentry/value"
)

// A scope is where an expression's names are looked up: an instance of a module,
// with each, count, and the variables of loops.
type scope struct {
	*instance
	vars  map[string]cty.Value
	owner *declared // whose each and count they are
}

func (s scope) with(vars map[string]cty.Value) scope {
	all := make(map[string]cty.Value, len(s.vars)+len(vars))
	for k, v := range s.vars {
		all[k] = v
	}
	for k, v := range vars {
		all[k] = v
	}
	s.vars = all
	return s
}

// of is the scope of an instance of a block.
func (s scope) of(d *declared, x expanded) scope {
	s = s.with(x.vars)
	s.owner = d
	return s
}

// A doubt is the mark of a value that is not known here, with the reason.
type doubt struct{ text, hint string }

// hidden is the mark of a value that Terraform calls sensitive.
type hidden struct{}

const scanThePlan = "scan the plan"

func unknown(t cty.Type, text, hint string) cty.Value {
	return cty.UnknownVal(t).Mark(doubt{text, hint})
}

func unresolved(text string) cty.Value { return unknown(cty.DynamicPseudoType, text, scanThePlan) }

// whyOf says why a value is unknown, by its marks.
func whyOf(marks ...cty.ValueMarks) *value.Why {
	var doubts []doubt
	for _, m := range marks {
		for mark := range m {
			if d, ok := mark.(doubt); ok {
				doubts = append(doubts, d)
			}
		}
	}
	if len(doubts) == 0 {
		return &value.Why{Text: "it cannot be evaluated here", Hint: scanThePlan}
	}
	first := slices.MinFunc(doubts, func(a, b doubt) int { return cmp.Compare(a.text, b.text) })
	return &value.Why{Text: first.text, Hint: first.hint}
}

// value evaluates an expression. It never fails: what cannot be evaluated is
// unknown.
func (s scope) value(e hcl.Expression) (out cty.Value) {
	defer func() {
		if recover() != nil { // of a library; what it says may show the input
			out = unresolved("it cannot be evaluated")
		}
	}()
	if s.run.spent() {
		return unresolved("the module takes too long to evaluate")
	}
	if s.run.depth++; s.run.depth > maxReferring {
		s.run.depth--
		return unresolved("it refers on too far")
	}
	defer func() { s.run.depth-- }()
	e = native(e)
	if _, ok := e.(hclsyntax.Node); !ok {
		return s.jsonValue(e, 0)
	}
	if tooMuch(s, e) {
		return unresolved("it is too large to evaluate")
	}
	v, diags := e.Value(s.context(e))
	if diags.HasErrors() {
		return unresolved("it cannot be evaluated: " + summary(diags))
	}
	if size(v) >= maxSize {
		return unresolved("it is too large to evaluate")
	}
	if plain, marks := v.Unmark(); !plain.IsKnown() && !doubted(marks) {
		return v.WithMarks(s.doubts(e)) // some operations drop the marks of what is unknown
	}
	return v
}

func doubted(marks cty.ValueMarks) bool {
	for m := range marks {
		if _, ok := m.(doubt); ok {
			return true
		}
	}
	return false
}

// doubts are the reasons for which what an expression refers to is not known.
func (s scope) doubts(e hcl.Expression) cty.ValueMarks {
	out := cty.ValueMarks{}
	ctx := s.context(e)
	for _, t := range e.Variables() {
		v, diags := t.TraverseAbs(ctx)
		if diags.HasErrors() {
			continue
		}
		_, marks := v.UnmarkDeep()
		for m := range marks {
			if _, ok := m.(doubt); ok {
				out[m] = struct{}{}
			}
		}
	}
	return out
}

func summary(diags hcl.Diagnostics) string {
	for _, d := range diags {
		if d.Severity == hcl.DiagError && d.Summary != "" {
			return strings.ToLower(d.Summary[:1]) + d.Summary[1:]
		}
	}
	return "an error"
}

// tooMuch tells whether an expression would make too many values.
func tooMuch(s scope, e hcl.Expression) bool {
	x, ok := e.(hclsyntax.Expression)
	if !ok {
		return false
	}
	w := worker{scope: s}
	n := w.of(x).work
	if n > maxWork || s.run.work > maxTotal {
		return true
	}
	s.run.work += n
	return false
}

// context holds the values of what an expression refers to.
func (s scope) context(e hcl.Expression) *hcl.EvalContext {
	ctx := &hcl.EvalContext{Variables: map[string]cty.Value{}, Functions: s.functions(e)}
	parts := map[string]map[string]cty.Value{}
	part := func(root, name string, v cty.Value) {
		if parts[root] == nil {
			parts[root] = map[string]cty.Value{}
		}
		parts[root][name] = v
	}
	for _, t := range e.Variables() {
		root := t.RootName()
		name := stepName(t, 1)
		if v, ok := s.vars[root]; ok {
			ctx.Variables[root] = v
			continue
		}
		switch {
		case root == "var" && name != "":
			part(root, name, s.variable(name))
		case root == "local" && name != "":
			part(root, name, s.local(name))
		case root == "module" && name != "":
			part(root, name, s.outputs(name))
		case root == "path":
			ctx.Variables[root] = cty.ObjectVal(map[string]cty.Value{
				"module": cty.StringVal(s.run.relative(s.config.dir)), "root": cty.StringVal("."),
				"cwd": unresolved("path.cwd is not known here"),
			})
		case s.config.types[root] && name != "":
			v, ok := s.several(t)
			if !ok {
				v = unresolved(describe(t) + " is not known here")
			}
			part(root, name, v)
		default:
			if _, ok := ctx.Variables[root]; !ok {
				ctx.Variables[root] = unresolved(describe(t) + " is not known here")
			}
		}
	}
	for root, names := range parts {
		ctx.Variables[root] = cty.ObjectVal(names)
	}
	return ctx
}

// several are the instances of a resource that count or for_each makes: how many
// there are is known, though their attributes are not.
func (s scope) several(t hcl.Traversal) (cty.Value, bool) {
	d := s.config.named[t.RootName()+"."+stepName(t, 1)]
	if d == nil || d.attribute("count") == nil && d.attribute("for_each") == nil {
		return cty.NilVal, false
	}
	e := s.expand(d)
	if e.caveat != "" {
		return cty.NilVal, false
	}
	one := unresolved(describe(t) + " is not known here")
	if d.attribute("count") != nil {
		return cty.TupleVal(slices.Repeat([]cty.Value{one}, len(e.all))), true
	}
	all := map[string]cty.Value{}
	for _, x := range e.all {
		all[x.each] = one
	}
	return cty.ObjectVal(all), true
}

// describe names what a traversal refers to: data.aws_region.current,
// aws_lb.main.arn.
func describe(t hcl.Traversal) string {
	most := 3
	if t.RootName() == "data" {
		most = 4
	}
	words := []string{t.RootName()}
	for i := 1; i < len(t) && len(words) < most; i++ {
		if name := stepName(t, i); name != "" {
			words = append(words, name)
		}
	}
	return safe(strings.Join(words, "."))
}

// stepName is the name of an attribute that a traversal steps to, "" for an index.
func stepName(t hcl.Traversal, i int) string {
	if i < len(t) {
		if a, ok := t[i].(hcl.TraverseAttr); ok {
			return a.Name
		}
	}
	return ""
}

func isString(v cty.Value) bool {
	return !v.IsMarked() && v.IsKnown() && !v.IsNull() && v.Type() == cty.String
}

// joinPath joins as Terraform does: slashes, whatever the system.
func joinPath(dir, rel string) string {
	if path.IsAbs(rel) {
		return path.Clean(rel)
	}
	return path.Join(dir, rel)
}
