package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ecsentry/ecsentry/value"
)

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
	return r.follow(e, n)
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
		if e := i.config.locals[name]; e != nil {
			return r.moved(i.scope(), e.file), e.Expression, t[2:], true
		}
	case "module":
		if c, rest := i.callee(t); c != nil {
			if o := c.config.outputs[stepName(rest, 0)]; o != nil && !c.config.secret[stepName(rest, 0)] {
				return r.moved(c.scope(), o.file), o.Expression, rest[1:], true
			}
		}
	case "var":
		d := i.config.variables[name]
		if d == nil || !untyped(d) || d.flag("sensitive") {
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

// callee is the one instance of a called module that a traversal means, with the
// steps into its outputs.
func (i *instance) callee(t hcl.Traversal) (*instance, hcl.Traversal) {
	d := i.config.callNamed[stepName(t, 1)]
	if d == nil {
		return nil, nil
	}
	index, rest := "", t[2:]
	if len(rest) > 0 {
		if _, ok := rest[0].(hcl.TraverseIndex); ok {
			index, rest = indexOf(rest[:1]), rest[1:]
		}
	}
	for _, c := range i.called(d) {
		if c.index == index && !c.unsure {
			return c.instance, rest
		}
	}
	return nil, nil
}

// moved reads in another scope, names as before.
func (r reader) moved(s scope, f *sourceFile) reader {
	x := reader{scope: s, file: f, at: f.span, depth: r.depth + 1}
	switch r.at(hcl.Range{}).in.(type) {
	case within, uneditedWithin:
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
