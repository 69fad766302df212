package terraform

import (
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// targets are what an argument may refer to.
type targets[R any] struct {
	all     []R
	missing string // a reference to what is not there
}

// linked is the link to what may be meant. Several are as good as one where it
// makes no difference which of them it is.
func linked[T, R any](what string, found targets[R], decode func(R) *T, decides func(*T) value.Level) ecs.Link[T] {
	switch {
	case found.missing != "":
		return ecs.Link[T]{Why: &value.Why{Text: "its " + what + " is " + found.missing}}
	case len(found.all) == 0:
		return ecs.Link[T]{}
	}
	first := decode(found.all[0])
	for _, other := range found.all[1:] {
		if d := decides(decode(other)); d == value.Maybe || d != decides(first) {
			return ecs.Link[T]{Why: &value.Why{Text: "its " + what + " may be one of several, and they differ"}}
		}
	}
	return ecs.Link[T]{To: first}
}

// A shower shows a resource with the ECS API's names.
type shower interface{ node() value.Node }

// follow links a service with its cluster and its task definition.
func follow[R shower](s *ecs.Service, clusters, taskDefinitions targets[R]) {
	s.Cluster = linked("cluster", clusters,
		func(t R) *ecs.Cluster { return ecs.DecodeStrategy(t.node()) },
		func(c *ecs.Cluster) value.Level { return c.Fargate().Level })
	s.TaskDefinition = linked("task definition", taskDefinitions,
		func(t R) *ecs.TaskDefinition { return ecs.DecodePlatform(t.node()) },
		func(td *ecs.TaskDefinition) value.Level { return td.Windows().Level })
}
