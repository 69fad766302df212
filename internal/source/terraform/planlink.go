package terraform

import (
	"strings"

	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// link follows what a service refers to within the plan. What it cannot follow
// there is left to who has seen all inputs.
func (r *planned) link(s *ecs.Service) {
	follow(s, r.targets("cluster", typeCluster), r.targets("task_definition", typeTaskDefinition))
}

// targets finds what an argument names: by value, or by the references in its
// source where the value is known only after apply.
func (r *planned) targets(attribute, typ string) targets[*planned] {
	n := r.attribute(attribute).scalar()
	switch {
	case n.kind == value.String:
		return targets[*planned]{all: r.plan.valued(typ, n.s)}
	case n.kind == value.Nothing && typ == typeCluster && !r.plan.state:
		return targets[*planned]{all: r.plan.valued(typ, "default")}
	case n.kind != value.Opaque || r.config == nil:
		return targets[*planned]{}
	}
	f := follower{plan: r.plan, typ: typ, from: r}
	if !f.follow(r.module, r.config.Get("expressions").Get(attribute), 0) {
		return targets[*planned]{}
	}
	if len(f.found) == 0 {
		if f.missing == "" {
			return targets[*planned]{}
		}
		return targets[*planned]{missing: f.missing + ", which is not in the plan"}
	}
	return targets[*planned]{all: f.found}
}

// valued are the resources of a type that a known value names: by ARN, ID or
// name.
func (p *plan) valued(typ, v string) []*planned {
	var out []*planned
	for _, t := range p.resources {
		if t.typ != typ {
			continue
		}
		names := []string{"arn", "id", "name"}
		if typ == typeTaskDefinition {
			names = []string{"arn", "arn_without_revision", "family"}
		}
		for _, name := range names {
			if n := t.values.attr(name).scalar(); n.kind == value.String && n.s == v {
				out = append(out, t)
				break
			}
		}
	}
	return out
}

// A follower follows references to resources of a type.
type follower struct {
	plan    *plan
	typ     string
	from    *planned // whose own index each.key and count.index are
	found   []*planned
	missing string
}

// follow reports whether it could follow every reference of an expression.
func (f *follower) follow(m *module, expression *document.Node, depth int) bool {
	if depth > maxDepth || expression == nil || expression.Kind != document.Map || m == nil {
		return false
	}
	refs := references(expression)
	if len(refs) == 0 && expression.Get("constant_value") != nil {
		return true
	}
	own := false
	for _, ref := range refs {
		own = own || strings.HasPrefix(ref, "each.key") || strings.HasPrefix(ref, "count.index")
	}
	for _, ref := range refs {
		if !f.one(m, ref, own, depth) {
			return false
		}
	}
	return len(refs) > 0
}

func (f *follower) one(m *module, ref string, own bool, depth int) bool {
	at := steps(ref)
	name, index := cutIndex(at[min(1, len(at)-1)])
	switch at[0] {
	case "each":
		if name != "value" {
			return true
		}
		// for_each = aws_ecs_cluster.main: each.value is the instance with the same key.
		return m == f.from.module && f.from.config != nil && f.iterated(m, depth)
	case "count", "path":
		return true
	case "var":
		switch {
		case m.parent == nil:
			return true
		case m.call.Get("expressions").Get(name) == nil:
			return true // its default, which is known
		}
		return f.follow(m.parent, m.call.Get("expressions").Get(name), depth+1)
	case "module":
		return f.output(m, at, name, index, depth)
	case f.typ:
		f.take(m, at[0]+"."+name, index, own)
		return true
	}
	return false
}

func (f *follower) iterated(m *module, depth int) bool {
	before := len(f.found)
	if !f.follow(m, f.from.config.Get("for_each_expression"), depth+1) {
		return false
	}
	kept := f.found[:before]
	for _, t := range f.found[before:] {
		if t.index == f.from.index {
			kept = append(kept, t)
		}
	}
	f.found = kept
	return len(kept) > before
}

func (f *follower) output(m *module, at []string, name, index string, depth int) bool {
	if len(at) < 3 {
		return false
	}
	output, _ := cutIndex(at[2])
	called := false
	for _, c := range m.children {
		childName, childIndex := cutIndex(strings.TrimPrefix(lastStep(c.address), "module."))
		if childName != name || index != "" && index != childIndex {
			continue
		}
		called = true
		if !f.follow(c, c.config.Get("outputs").Get(output).Get("expression"), depth+1) {
			return false
		}
	}
	return called
}

func (f *follower) take(m *module, name, index string, own bool) {
	all := f.plan.named[m.address+"\x00"+name]
	if index == "" && own && len(all) > 1 {
		index = f.from.index
	}
	f.missing = safe(name + index)
	for _, t := range all {
		if index == "" || t.index == index {
			f.found = append(f.found, t)
		}
	}
}

// strategy is a cluster's default capacity provider strategy: that of its
// aws_ecs_cluster_capacity_providers, which comes after the cluster and so wins,
// else its own, which old providers know.
func (r *planned) strategy(own planValue) value.Node {
	loose := ""
	for _, a := range r.plan.resources {
		if a.typ != typeAssociation {
			continue
		}
		switch t := a.targets("cluster_name", typeCluster); {
		case len(t.all) == 1 && t.all[0] == r:
			return a.attribute("default_capacity_provider_strategy").blocks()
		case len(t.all) > 1 || len(t.all) == 0 && a.attribute("cluster_name").open():
			loose = a.address
		}
	}
	if loose != "" {
		return opaque(own.at(), &value.Why{Text: "its default capacity provider strategy may be that of " + safe(loose)})
	}
	return own.blocks()
}
