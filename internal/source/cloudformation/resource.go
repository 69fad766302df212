package cloudformation

import (
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// The types of resource that matter here.
const (
	typeTaskDefinition   = "AWS::ECS::TaskDefinition"
	typeService          = "AWS::ECS::Service"
	typeCluster          = "AWS::ECS::Cluster"
	typeTaskSet          = "AWS::ECS::TaskSet"
	typeCapacityProvider = "AWS::ECS::CapacityProvider"
	typeAssociations     = "AWS::ECS::ClusterCapacityProviderAssociations"
	typeStack            = "AWS::CloudFormation::Stack"
	typeStackSet         = "AWS::CloudFormation::StackSet"
	typeApplication      = "AWS::Serverless::Application" // the Serverless Application Model's nested stack
)

// properties is the node of a resource's properties in this world.
func (r *run) properties(res *resource) *node {
	n := res.node.Get("Properties")
	v := val{kind: value.Object, at: res.node, scope: res.scope}
	if n != nil {
		v = r.resolve(n, res.scope)
	} else if key := miswritten(res.node, "Properties"); key != "" {
		v = opaque(res.node, res.scope, &value.Why{Text: "its properties are written " + safe(key) + ", CloudFormation knows only Properties"})
	}
	if v.at == nil || v.kind == value.Nothing || v.kind == value.Null {
		v = val{kind: value.Object, at: res.node, scope: res.scope}
	}
	return &node{run: r, val: v, up: res.node, res: res}
}

// miswritten is a key that differs from a name in case only, "" if there is none.
func miswritten(n *document.Node, name string) string {
	for _, f := range fields(n) {
		if f.Key.Value != name && strings.EqualFold(f.Key.Value, name) {
			return f.Key.Value
		}
	}
	return ""
}

// decode reads a resource in this world.
func (r *run) decode(res *resource) any {
	n := r.properties(res)
	switch res.typ {
	case typeTaskDefinition:
		return ecs.DecodeTaskDefinition(n)
	case typeCluster:
		return ecs.DecodeCluster(n)
	case typeService:
		s := ecs.DecodeService(n)
		r.link(s, n)
		return s
	default:
		return nil
	}
}

// link follows what a service refers to, in the same world.
func (r *run) link(s *ecs.Service, n *node) {
	if to, why := r.follow(n, "cluster", typeCluster); to != nil {
		s.Cluster.To = ecs.DecodeStrategy(r.properties(to))
	} else {
		s.Cluster.Why = why
	}
	if to, why := r.follow(n, "taskDefinition", typeTaskDefinition); to != nil {
		s.TaskDefinition.To = ecs.DecodePlatform(r.properties(to))
	} else {
		s.TaskDefinition.Why = why
	}
}

// follow finds the resource of the program that a property refers to. Neither
// result is set where it refers to one that is not in the program.
func (r *run) follow(n *node, api, typ string) (*resource, *value.Why) {
	e, ok := r.field(n.val, spell(api))
	if !ok {
		if api == "cluster" && n.missing("Cluster") == nil {
			return r.clusterNamed("default", n.val.scope), nil
		}
		return nil, nil
	}
	v := r.resolve(e.node, e.scope)
	switch {
	case v.kind == value.Nothing && api == "cluster":
		return r.clusterNamed("default", n.val.scope), nil
	case v.known() && api == "cluster":
		return r.clusterNamed(ecs.LastName(v.s), n.val.scope), nil
	case v.known() && api == "taskDefinition":
		return r.familyNamed(v.s, n.val.scope), nil
	case v.names == nil:
		return nil, nil
	case v.names.typ != typ:
		return nil, &value.Why{Text: safe(v.names.id) + " is no " + strings.TrimPrefix(typ, "AWS::ECS::")}
	}
	switch t := r.exists(v.names); t.Level {
	case value.No:
		return nil, &value.Why{Text: safe(v.names.id) + ", which it refers to, is not created"}
	case value.Maybe:
		return nil, &value.Why{Text: safe(v.names.id) + ", which it refers to, may not be created"}
	}
	return v.names, nil
}

// clusterNamed finds a cluster of the same stack by the name that it gives
// itself.
func (r *run) clusterNamed(name string, sc *scope) *resource {
	for _, res := range sc.stack.clusters {
		n := res.property("ClusterName")
		if n == nil {
			continue
		}
		if v := r.naming().resolve(n, res.scope); v.known() && v.s == name && r.exists(res).Level == value.Yes {
			return res
		}
	}
	return nil
}

// familyNamed finds the task definition of the same stack that registers a
// revision of a family; a revision that is named is another, registered before.
func (r *run) familyNamed(name string, sc *scope) *resource {
	family, revision := ecs.FamilyRevision(name)
	if revision > 0 {
		return nil
	}
	var found *resource
	for _, res := range sc.stack.taskDefinitions {
		n := res.property("Family")
		if n == nil {
			continue
		}
		v := r.naming().resolve(n, res.scope)
		if !v.known() || v.s != family || r.exists(res).Level != value.Yes {
			continue
		}
		if found != nil {
			return nil // two of one family: nobody can say which is the later one
		}
		found = res
	}
	return found
}

// exists tells whether a resource is created: by its own Condition, and those of
// the stacks around it.
func (r *run) exists(res *resource) truth {
	out := truth{Level: value.Yes}
	for ; res != nil; res = res.stack().parent {
		c := res.node.Get("Condition")
		if c == nil {
			continue
		}
		t := r.condition(res.scope.substitute(c.Value), res.scope)
		if t.Level == value.No {
			return t
		}
		if t.Level < out.Level || t.broken != "" {
			out = t
		}
	}
	return out
}

// associated is the default strategy that a ClusterCapacityProviderAssociations
// gives a cluster; it comes after the cluster, and so wins.
func (r *run) associated(cluster *resource) (val, bool) {
	for _, res := range cluster.stack().associations {
		target := res.property("Cluster")
		if target == nil {
			continue
		}
		v := r.resolve(target, res.scope)
		if v.names != cluster && !r.namesCluster(v, cluster) {
			continue
		}
		switch r.exists(res).Level {
		case value.No:
			continue
		case value.Maybe:
			return opaque(res.node, res.scope, &value.Why{Text: safe(res.id) + " may not be created"}), true
		}
		n := res.property("DefaultCapacityProviderStrategy")
		if n == nil {
			return val{kind: value.Nothing, scope: res.scope}, true
		}
		return r.resolve(n, res.scope), true
	}
	return val{}, false
}

func (r *run) namesCluster(v val, cluster *resource) bool {
	n := cluster.property("ClusterName")
	if !v.known() || n == nil {
		return false
	}
	name := r.naming().resolve(n, cluster.scope)
	return name.known() && name.s == v.s
}

// identity says which resource it is.
func (p *program) identity(res *resource) ecsentry.Identity {
	id := ecsentry.Identity{
		Type:      ecsentry.ResourceType(res.typ),
		ID:        res.id,
		Name:      res.id,
		Source:    ecsentry.SourceCloudFormation,
		Account:   p.overrides["AWS::AccountId"],
		Region:    p.overrides["AWS::Region"],
		Partition: p.overrides["AWS::Partition"],
		At:        res.place(),
		Construct: res.metadata(metadataConstruct),
	}
	if id.Partition == "" {
		id.Partition = "aws"
	}
	return id
}

func (r *resource) place() *value.Place {
	return &value.Place{In: r.stack().text, Off: r.key.Start, End: r.node.End}
}

// ours says whether the source reads a type.
func ours(typ string) bool { return strings.HasPrefix(typ, "AWS::ECS::") && !notCovered(typ) }

// notCovered says whether a type is one of ours that no control reads, and that
// the source does not read either.
func notCovered(typ string) bool {
	switch typ {
	case typeTaskDefinition, typeService, typeCluster, typeTaskSet, typeCapacityProvider, typeAssociations:
		return false
	}
	return strings.HasPrefix(typ, "AWS::ECS::")
}
