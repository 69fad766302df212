package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// link follows what a service refers to within the root module.
func (r *hclResource) link(s *ecs.Service) {
	follow(s, r.targets("cluster", typeCluster), r.targets("task_definition", typeTaskDefinition))
}

// targets finds what an argument names: by value, or by what its expression
// refers to.
func (r *hclResource) targets(attribute, typ string) targets[*hclResource] {
	n := r.argument(attribute)
	switch {
	case n.kind == value.String:
		return targets[*hclResource]{all: r.scope.run.valued(typ, n.s)}
	case n.kind == value.Nothing && typ == typeCluster:
		return targets[*hclResource]{all: r.scope.run.valued(typ, "default")}
	case n.kind != value.Opaque:
		return targets[*hclResource]{}
	}
	t := tracer{typ: typ, from: r}
	if !t.trace(r.scope, r.attribute(attribute), 0) {
		return targets[*hclResource]{}
	}
	if len(t.found) == 0 && t.missing != "" {
		return targets[*hclResource]{missing: t.missing + ", which is not made"}
	}
	return targets[*hclResource]{all: t.found}
}

// valued are the resources of a type that a known value names.
func (r *run) valued(typ, v string) []*hclResource {
	var out []*hclResource
	for _, t := range r.all {
		if t.typ == typ && t.ownName() == v {
			out = append(out, t)
		}
	}
	return out
}

// A tracer follows an expression to resources of a type.
type tracer struct {
	typ     string
	from    *hclResource // whose own index each.key and count.index are
	found   []*hclResource
	missing string
}

// trace reports whether it could follow all that an expression refers to.
func (t *tracer) trace(s scope, e hcl.Expression, depth int) bool {
	if depth > maxDepth || s.run.spent() {
		return false
	}
	e = native(e)
	switch x := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return t.trace(s, x.Expression, depth+1)
	case *hclsyntax.TemplateWrapExpr:
		return t.trace(s, x.Wrapped, depth+1)
	case *hclsyntax.ConditionalExpr:
		c, _ := s.value(x.Condition).Unmark()
		if c.IsKnown() && !c.IsNull() && c.Type() == cty.Bool {
			if c.True() {
				return t.trace(s, x.TrueResult, depth+1)
			}
			return t.trace(s, x.FalseResult, depth+1)
		}
	}
	if v := s.indexed(e); v != nil {
		return t.one(s, v, false, depth)
	}
	if _, ok := e.(hclsyntax.Node); !ok {
		if x := template(e); x != nil {
			return t.trace(s, x, depth+1)
		}
		return false
	}
	all := e.Variables()
	own := false
	for _, v := range all {
		own = own || v.RootName() == "each" || v.RootName() == "count"
	}
	for _, v := range all {
		if !t.one(s, v, own, depth) {
			return false
		}
	}
	return len(all) > 0
}

func (t *tracer) one(s scope, v hcl.Traversal, own bool, depth int) bool {
	name := stepName(v, 1)
	i := s.instance
	switch v.RootName() {
	case "count", "path":
		return true
	case "each":
		return name == "key" || name == "value" && t.element(s, depth)
	case "var":
		if plain, _ := s.variable(name).Unmark(); plain.IsWhollyKnown() {
			return plain.IsNull()
		}
		if i.call == nil {
			return false
		}
		e := i.call.attribute(name)
		return e != nil && t.trace(i.caller, e, depth+1)
	case "local":
		e := i.config.locals[name]
		return e != nil && t.trace(i.scope(), e, depth+1)
	case "module":
		d := i.config.callNamed[name]
		if d == nil {
			return false
		}
		return t.output(i.called(d), v, own, depth)
	case t.typ:
		d := i.config.named[t.typ+"."+name]
		if d == nil {
			return false
		}
		t.take(i.instances(d), indexOf(v), own, t.typ+"."+name)
		return true
	}
	return false
}

// element follows each.value to what for_each goes over.
func (t *tracer) element(s scope, depth int) bool {
	key, _ := s.vars["each"].Unmark()
	if s.owner == nil || s.owner.attribute("for_each") == nil || !key.IsKnown() || !key.Type().IsObjectType() {
		return false
	}
	if key, _ = key.GetAttr("key").Unmark(); !isString(key) {
		return false
	}
	e := native(s.owner.attribute("for_each"))
	if x, ok := e.(*hclsyntax.ObjectConsExpr); ok {
		for _, item := range x.Items {
			if k, _ := s.value(item.KeyExpr).Unmark(); isString(k) && k.AsString() == key.AsString() {
				return t.trace(s.instance.scope(), item.ValueExpr, depth+1)
			}
		}
		return false
	}
	x, ok := e.(*hclsyntax.ScopeTraversalExpr)
	return ok && len(x.Traversal) == 2 && t.one(s, append(slices.Clone(x.Traversal), hcl.TraverseIndex{Key: key}), false, depth+1)
}

// indexed is the traversal that an expression is whose index is known in a scope:
// aws_ecs_cluster.main[each.key].id. It is nil for others.
func (s scope) indexed(e hcl.Expression) hcl.Traversal {
	var rest hcl.Traversal
	if x, ok := e.(*hclsyntax.RelativeTraversalExpr); ok {
		e, rest = x.Source, x.Traversal
	}
	x, ok := e.(*hclsyntax.IndexExpr)
	if !ok {
		return nil
	}
	of, ok := x.Collection.(*hclsyntax.ScopeTraversalExpr)
	key, _ := s.value(x.Key).Unmark()
	if !ok || !key.IsKnown() || key.IsNull() || key.Type() != cty.String && key.Type() != cty.Number {
		return nil
	}
	return slices.Concat(of.Traversal, hcl.Traversal{hcl.TraverseIndex{Key: key}}, rest)
}

func (t *tracer) output(called []callee, v hcl.Traversal, own bool, depth int) bool {
	index := indexOf(v)
	out := ""
	for k := 2; k < len(v) && out == ""; k++ {
		out = stepName(v, k)
	}
	followed := false
	for _, c := range called {
		if index != "" && c.index != index || index == "" && own && len(called) > 1 && c.index != t.from.index {
			continue
		}
		e := c.config.outputs[out]
		if e == nil || !t.trace(c.scope(), e, depth+1) {
			return false
		}
		followed = true
	}
	return followed
}

func (t *tracer) take(all []*hclResource, index string, own bool, name string) {
	if index == "" && own && len(all) > 1 {
		index = t.from.index
	}
	t.missing = safe(name + index)
	for _, r := range all {
		if index == "" || r.index == index || r.index == "" {
			t.found = append(t.found, r)
		}
	}
}

// indexOf is the first index of a traversal as addresses have it, "" if it has
// none that is written out.
func indexOf(t hcl.Traversal) string {
	for _, s := range t {
		if x, ok := s.(hcl.TraverseIndex); ok && x.Key.IsKnown() {
			switch x.Key.Type() {
			case cty.String:
				return "[" + quoteIndex(x.Key.AsString()) + "]"
			case cty.Number:
				return "[" + x.Key.AsBigFloat().Text('f', -1) + "]"
			}
		}
	}
	return ""
}

// strategy is a cluster's default capacity provider strategy: that of its
// aws_ecs_cluster_capacity_providers, which comes after the cluster and so wins,
// else its own, which old providers know.
func (r *hclResource) strategy() value.Node {
	loose := ""
	for _, a := range r.scope.run.all {
		if a.typ != typeAssociation {
			continue
		}
		found := a.targets("cluster_name", typeCluster)
		switch {
		case len(found.all) == 1 && found.all[0] == r:
			return a.blocks("default_capacity_provider_strategy")
		case len(found.all) == 1 || found.missing != "":
		case len(found.all) > 1 || a.open("cluster_name"):
			loose = a.address
		}
	}
	if loose != "" {
		return opaque(r.at(r.block.DefRange), &value.Why{Text: "its default capacity provider strategy may be that of " + safe(loose), Hint: scanThePlan})
	}
	return r.blocks("default_capacity_provider_strategy")
}

func (r *hclResource) open(attribute string) bool {
	return r.argument(attribute).kind == value.Opaque
}
