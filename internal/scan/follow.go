package scan

import (
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// link follows what a service refers to, where its source has not done so.
func (x *index) link(s *ecs.Service, id *ecsentry.Identity) {
	if s.Cluster.To == nil && s.Cluster.Why == nil {
		s.Cluster = once(x.clusterLinks, s.ClusterRef, id, func() ecs.Link[ecs.Cluster] { return x.cluster(s, id) })
	}
	if s.TaskDefinition.To == nil && s.TaskDefinition.Why == nil {
		s.TaskDefinition = once(x.taskLinks, s.TaskDefinitionRef, id, func() ecs.Link[ecs.TaskDefinition] { return x.taskDefinition(s, id) })
	}
}

// A reference is what a link depends on. Many services may refer to one of many
// candidates, so what a reference leads to is found out once.
type reference struct{ to, account, region string }

func once[T any](known map[reference]ecs.Link[T], to value.Of[string], id *ecsentry.Identity, follow func() ecs.Link[T]) ecs.Link[T] {
	name, ok := to.Get()
	if !ok || name == "" {
		return follow()
	}
	ref := reference{name, id.Account, id.Region}
	link, ok := known[ref]
	if !ok {
		link = follow()
		known[ref] = link
	}
	return link
}

// cluster finds the cluster of a service by its ARN or, where account and Region
// allow, by its name. The input of create-service may leave out the name of the
// default cluster; answers always say the cluster.
func (x *index) cluster(s *ecs.Service, id *ecsentry.Identity) ecs.Link[ecs.Cluster] {
	const what = "cluster"
	ref, known := s.ClusterRef.Get()
	switch {
	case s.ClusterRef.State() == value.IsUnknown:
		return hidden[ecs.Cluster](what, s.ClusterRef.At())
	case isARN(ref):
		return pick(what, x.clusters[ref], fargate)
	case !known || ref == "":
		if s.ARN.State() != value.IsAbsent || s.Status.State() != value.IsAbsent {
			return ecs.Link[ecs.Cluster]{}
		}
		ref = defaultCluster
	}
	return pick(what, near(x.clusters[ref], id.Account, id.Region), fargate)
}

// taskDefinition finds the task definition of a service: the revision with an
// ARN, the revision of a family, or, where only the family is named, its latest
// active revision or the one that would become it.
func (x *index) taskDefinition(s *ecs.Service, id *ecsentry.Identity) ecs.Link[ecs.TaskDefinition] {
	const what = "task definition"
	ref, _ := s.TaskDefinitionRef.Get()
	switch {
	case s.TaskDefinitionRef.State() == value.IsUnknown:
		return hidden[ecs.TaskDefinition](what, s.TaskDefinitionRef.At())
	case ref == "":
		return ecs.Link[ecs.TaskDefinition]{}
	}
	account, region := id.Account, id.Region
	family, revision := ecs.FamilyRevision(ref)
	if isARN(ref) {
		arn, ok := ecs.ParseARN(ref)
		if !ok {
			return ecs.Link[ecs.TaskDefinition]{}
		}
		if revision > 0 {
			return pick(what, x.taskDefinitions[ref], windows)
		}
		account, region, ref = arn.Account, arn.Region, arn.Name
	}
	if revision == 0 && family != ref {
		return ecs.Link[ecs.TaskDefinition]{} // no revision has such a number
	}
	var found []target[ecs.TaskDefinition]
	for _, t := range near(x.taskDefinitions[family], account, region) {
		number := t.revision.Number
		switch {
		case revision > 0 && number == revision,
			revision == 0 && number == 0,
			revision == 0 && t.revision.Active && number == x.latest.Of(t.revision):
			found = append(found, t)
		}
	}
	return pick(what, found, windows)
}

// running is the ARN of the revision that a service runs, where the input has
// the latest active one of its family and that is another.
func (x *index) running(s *ecs.Service) string {
	if arn, ok := s.ARN.Get(); !ok || arn == "" {
		return ""
	}
	ref, _ := s.TaskDefinitionRef.Get()
	arn, ok := ecs.ParseARN(ref)
	family, number := ecs.FamilyRevision(ref)
	if !ok || number == 0 {
		return ""
	}
	latest := x.latest.Of(ecs.Revision{Account: arn.Account, Region: arn.Region, Family: family})
	if latest == 0 || latest == number {
		return ""
	}
	return ref
}

func isARN(ref string) bool { return strings.HasPrefix(ref, "arn:") }

// near leaves out what certainly is in another account or Region.
func near[T any](all []target[T], account, region string) []target[T] {
	var out []target[T]
	for _, t := range all {
		if !conflict(t.id.Account, account) && !conflict(t.id.Region, region) {
			out = append(out, t)
		}
	}
	return out
}

func conflict(a, b string) bool { return a != "" && b != "" && a != b }

// hidden is a link that the input hides.
func hidden[T any](what string, at *value.Place) ecs.Link[T] {
	why := &value.Why{Text: "its " + what + " is not known"}
	if at != nil && at.Why != nil {
		why.Text += ": " + at.Why.Text
		why.Hint, why.Terms = at.Why.Hint, at.Why.Terms
	}
	return ecs.Link[T]{Why: why}
}

// pick is the link to the one candidate. Several are as good as one where it
// makes no difference which of them it is, as where a file is there twice.
func pick[T any](what string, found []target[T], decides func(*T) value.Level) ecs.Link[T] {
	if len(found) == 0 {
		return ecs.Link[T]{}
	}
	first, differ, open := found[0], false, false
	for _, t := range found {
		open = open || t.open
		differ = differ || len(found) > 1 && (decides(t.to) == value.Maybe || decides(t.to) != decides(first.to))
	}
	switch {
	case open:
		return ecs.Link[T]{Why: &value.Why{Text: "its " + what + " depends on open choices of another input"}}
	case differ:
		return ecs.Link[T]{Why: &value.Why{
			Text: "its " + what + " is ambiguous: the input has several that it may be, and they differ",
			Hint: "name the " + what + " by its ARN, and scan one state of it",
		}}
	default:
		return ecs.Link[T]{To: first.to}
	}
}

// windows is what a service needs to know of its task definition, fargate what
// it needs to know of its cluster.
func windows(td *ecs.TaskDefinition) value.Level { return td.Windows().Level }

func fargate(c *ecs.Cluster) value.Level { return c.Fargate().Level }
