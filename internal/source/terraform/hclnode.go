package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ecsentry/ecsentry/value"
)

// A reader shows the expressions of a file as nodes. Objects and lists that are
// written out are shown as they are written, so that each value has its place;
// what is computed has the place of the expression.
type reader struct {
	scope scope
	file  *sourceFile
	at    func(hcl.Range) span
	depth int
}

func (s scope) reader(f *sourceFile) reader { return reader{scope: s, file: f, at: f.span} }

// inner reads what has the ECS API's own names.
func (r reader) inner() reader {
	r.at = r.file.inner
	return r
}

// node shows an expression.
func (r reader) node(e hcl.Expression) *node {
	if r.depth++; r.depth > maxDepth {
		return opaque(r.at(e.Range()), &value.Why{Text: "it refers on too far"})
	}
	switch e := native(e).(type) {
	case *hclsyntax.ParenthesesExpr:
		return r.node(e.Expression)
	case *hclsyntax.TemplateWrapExpr:
		return r.node(e.Wrapped)
	case *hclsyntax.ObjectConsExpr:
		return r.object(e)
	case *hclsyntax.TupleConsExpr:
		return list(r.at(e.SrcRange), func(yield func(int, value.Node) bool) {
			for i, item := range e.Exprs {
				if !yield(i, r.node(item)) {
					return
				}
			}
		})
	case *hclsyntax.ForExpr:
		if e.KeyExpr == nil {
			return r.loop(e)
		}
	case *hclsyntax.ConditionalExpr:
		return r.conditional(e)
	case *hclsyntax.FunctionCallExpr:
		if n := r.call(e); n != nil {
			return n
		}
	case *hclsyntax.TemplateExpr:
		return r.template(e)
	case *hclsyntax.ScopeTraversalExpr:
		return r.reference(e)
	}
	return r.computed(e)
}

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

// object is one that is written out. A key that is not known may be any.
func (r reader) object(e *hclsyntax.ObjectConsExpr) *node {
	at := r.at(e.SrcRange)
	return object(at, func(api string) value.Node {
		var found hcl.Expression
		var why *value.Why
		for _, item := range e.Items {
			k, marks := r.scope.value(item.KeyExpr).Unmark()
			switch {
			case !k.IsKnown():
				why = whyOf(marks)
			case !k.IsNull() && k.Type() == cty.String && k.AsString() == api:
				found, why = item.ValueExpr, nil
			case !k.IsNull() && k.Type() == cty.String && found == nil && why == nil:
				why = misspelt(k.AsString(), api)
			}
		}
		switch {
		case why != nil:
			return opaque(at, why)
		case found == nil:
			return absent(at)
		}
		return r.node(found)
	})
}

// loop is a list that a for expression makes.
func (r reader) loop(e *hclsyntax.ForExpr) *node {
	at := r.at(e.SrcRange)
	in, marks := r.scope.value(e.CollExpr).Unmark()
	switch {
	case !in.IsKnown():
		return opaque(at, whyOf(marks))
	case in.IsNull() || !in.CanIterateElements() || in.LengthInt() > maxInstances:
		return r.computed(e)
	}
	type element struct {
		reader
		open bool
	}
	var all []element
	var rest *value.Why
	for it := in.ElementIterator(); it.Next(); {
		k, v := it.Element()
		vars := map[string]cty.Value{e.ValVar: v.WithMarks(marks)}
		if e.KeyVar != "" {
			vars[e.KeyVar] = k
		}
		x := r
		x.scope = r.scope.with(vars)
		if e.CondExpr != nil {
			c, why := x.scope.value(e.CondExpr).Unmark()
			if !c.IsKnown() {
				rest = whyOf(why)
				continue
			}
			if c.IsNull() || c.Type() != cty.Bool || c.False() {
				continue
			}
		}
		all = append(all, element{reader: x})
	}
	n := list(at, func(yield func(int, value.Node) bool) {
		for i, x := range all {
			if !yield(i, x.node(e.ValExpr)) {
				return
			}
		}
	})
	n.rest = rest
	return n
}

// conditional is the branch that counts. Where nobody can tell which it is, it is
// known only if both are the same.
func (r reader) conditional(e *hclsyntax.ConditionalExpr) *node {
	branch, why := r.branch(e)
	if branch != nil {
		return r.node(branch)
	}
	return opaque(r.at(e.SrcRange), why)
}

func (r reader) branch(e *hclsyntax.ConditionalExpr) (hcl.Expression, *value.Why) {
	c, marks := r.scope.value(e.Condition).Unmark()
	if c.IsKnown() && !c.IsNull() {
		switch {
		case c.Type() == cty.Bool && c.True(), c.Type() == cty.String && c.AsString() == "true":
			return e.TrueResult, nil
		case c.Type() == cty.Bool, c.Type() == cty.String && c.AsString() == "false":
			return e.FalseResult, nil
		}
	}
	yes, m1 := r.scope.value(e.TrueResult).UnmarkDeep()
	no, m2 := r.scope.value(e.FalseResult).UnmarkDeep()
	if yes.IsWhollyKnown() && no.IsWhollyKnown() && yes.RawEquals(no) {
		return e.TrueResult, nil
	}
	return nil, whyOf(marks, m1, m2)
}

// call shows what some functions make of lists and objects that are written out,
// nil for what is better computed.
func (r reader) call(e *hclsyntax.FunctionCallExpr) *node {
	if e.ExpandFinal {
		return nil
	}
	switch e.Name {
	case "concat", "flatten":
		return r.joined(e)
	case "merge":
		return r.merged(e)
	}
	return nil
}

// joined is the elements of several lists. A list that is not known may have any.
func (r reader) joined(e *hclsyntax.FunctionCallExpr) *node {
	n := list(r.at(e.Range()), nil)
	var all []value.Node
	ok := true
	var take func(v *node, deep bool)
	take = func(v *node, deep bool) {
		switch {
		case v.kind == value.Opaque:
			n.rest = v.why
		case v.kind != value.Sequence:
			ok = false
		default:
			if v.rest != nil {
				n.rest = v.rest
			}
			for _, item := range v.Items() {
				if inner := item.(*node); deep && (inner.kind == value.Sequence || inner.kind == value.Opaque) {
					take(inner, true)
				} else {
					all = append(all, item)
				}
			}
		}
	}
	for _, a := range e.Args {
		take(r.node(a), e.Name == "flatten")
	}
	if !ok || len(all) > 8*maxInstances {
		return nil
	}
	n.items = func(yield func(int, value.Node) bool) {
		for i, item := range all {
			if !yield(i, item) {
				return
			}
		}
	}
	return n
}

// merged is the fields of several objects, of which the last counts.
func (r reader) merged(e *hclsyntax.FunctionCallExpr) *node {
	var all []*node
	for _, a := range e.Args {
		switch n := r.node(a); n.kind {
		case value.Object, value.Opaque:
			all = append(all, n)
		case value.Null:
		default:
			return nil
		}
	}
	at := r.at(e.Range())
	return object(at, func(api string) value.Node {
		for i := len(all) - 1; i >= 0; i-- {
			n := all[i].Field(api)
			if n.Kind() != value.Nothing {
				return n
			}
		}
		return absent(at)
	})
}

// reference follows a local, or a variable that a call gives, to what is written
// there, if that is an object or a list; a scalar has the place of its use.
func (r reader) reference(e *hclsyntax.ScopeTraversalExpr) *node {
	target, rest, ok := r.target(e.Traversal)
	if !ok {
		return r.computed(e)
	}
	n := target.node.step(rest)
	if n == nil || n.kind != value.Object && n.kind != value.Sequence {
		return r.computed(e)
	}
	return n
}

// A target is what a reference leads to.
type target struct{ node *node }

// definition finds the expression that a local or variable has; rest are the
// steps into its value.
func (r reader) definition(t hcl.Traversal) (x reader, e hcl.Expression, rest hcl.Traversal, ok bool) {
	name := stepName(t, 1)
	if _, bound := r.scope.vars[t.RootName()]; bound || name == "" {
		return r, nil, nil, false
	}
	i := r.scope.instance
	switch t.RootName() {
	case "local":
		if e := i.config.locals[name]; e != nil && i.config.overridden["local."+name] == "" {
			return r.moved(i.scope(), e.file), e.Expression, t[2:], true
		}
	case "var":
		d := i.config.variables[name]
		if d == nil || i.config.overridden["var."+name] != "" || !untyped(d) || i.flag(d, "sensitive") {
			return r, nil, nil, false
		}
		if i.call != nil {
			if e := i.call.attribute(name); e != nil {
				return r.moved(i.caller, e.file), e.Expression, t[2:], true
			}
		} else if _, set := i.run.given[name]; set {
			return r, nil, nil, false
		}
		if e := d.attribute("default"); e != nil {
			return r.moved(i.scope(), e.file), e.Expression, t[2:], true
		}
	}
	return r, nil, nil, false
}

// moved reads in another scope, names as before.
func (r reader) moved(s scope, f *sourceFile) reader {
	_, inner := r.at(hcl.Range{}).in.(within)
	x := reader{scope: s, file: f, at: f.span, depth: r.depth + 1}
	if inner {
		x.at = f.inner
	}
	return x
}

func (r reader) target(t hcl.Traversal) (target, hcl.Traversal, bool) {
	x, e, rest, ok := r.definition(t)
	run := r.scope.run
	if !ok || x.depth > maxDepth || run.spent() || run.following[e] {
		return target{}, nil, false
	}
	run.following[e] = true
	defer delete(run.following, e)
	return target{x.node(e)}, rest, true
}

// untyped tells whether a variable takes any value as it is.
func untyped(d *declared) bool {
	e := d.attribute("type")
	return e == nil || keyword(e) == "any"
}

// keyword is the single word that an expression is; HCL's JSON syntax writes it as
// a string.
func keyword(e *expression) string {
	if word := hcl.ExprAsKeyword(e.Expression); word != "" {
		return word
	}
	if v, diags := e.Value(nil); !diags.HasErrors() && isString(v) {
		return strings.TrimSpace(v.AsString())
	}
	return ""
}

// step follows the steps of a traversal into a node, nil if it cannot.
func (n *node) step(t hcl.Traversal) *node {
	for _, s := range t {
		var next value.Node
		switch s := s.(type) {
		case hcl.TraverseAttr:
			next = n.Field(s.Name)
		case hcl.TraverseIndex:
			if s.Key.Type() == cty.String {
				next = n.Field(s.Key.AsString())
			} else if k, _ := s.Key.AsBigFloat().Int64(); n.rest == nil {
				for i, item := range n.Items() {
					if int64(i) == k {
						next = item
					}
				}
			}
		}
		if next == nil {
			return nil
		}
		n = next.(*node)
	}
	return n
}
