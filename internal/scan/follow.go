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
		s.Cluster = x.cluster(s, id)
	}
	if s.TaskDefinition.To == nil && s.TaskDefinition.Why == nil {
		s.TaskDefinition = x.taskDefinition(s, id)
	}
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
		return pick(what, x.clusters[ref], sameStrategy)
	case !known || ref == "":
		if s.ARN.State() != value.IsAbsent || s.Status.State() != value.IsAbsent {
			return ecs.Link[ecs.Cluster]{}
		}
		ref = defaultCluster
	}
	return pick(what, near(x.clusters[ref], id.Account, id.Region), sameStrategy)
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
			return pick(what, x.taskDefinitions[ref], sameSystem)
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
	return pick(what, found, sameSystem)
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

// pick is the link to the one candidate. The same resource may be at several
// places, if they agree on what matters.
func pick[T any](what string, found []target[T], same func(a, b *T) bool) ecs.Link[T] {
	if len(found) == 0 {
		return ecs.Link[T]{}
	}
	first := found[0]
	var several, differ, open bool
	for _, t := range found {
		several = several || t.key != first.key
		differ = differ || t.to != first.to && !same(t.to, first.to)
		open = open || t.open
	}
	why := &value.Why{}
	switch {
	case several:
		why.Text = "its " + what + " is ambiguous: several in the input have that name"
		why.Hint = "name the " + what + " by its ARN"
	case open:
		why.Text = "its " + what + " depends on open choices of another input"
	case differ:
		why.Text = "its " + what + " is ambiguous: the input has it at several places, with differences"
		why.Hint = "scan one state of the " + what + " only"
	default:
		return ecs.Link[T]{To: first.to}
	}
	return ecs.Link[T]{Why: why}
}

// sameSystem tells whether two task definitions certainly have one operating
// system.
func sameSystem(a, b *ecs.TaskDefinition) bool { return sameText(a.OSFamily, b.OSFamily) }

// sameStrategy tells whether two clusters certainly have one default strategy.
func sameStrategy(a, b *ecs.Cluster) bool {
	x, y := a.Strategy, b.Strategy
	if len(x.Items) != len(y.Items) || x.Rest != nil || y.Rest != nil {
		return false
	}
	for i := range x.Items {
		if !sameText(x.Items[i].Provider, y.Items[i].Provider) {
			return false
		}
	}
	return true
}

func sameText(a, b value.Of[string]) bool {
	x, _ := a.Get()
	y, _ := b.Get()
	return a.State() == b.State() && a.State() != value.IsUnknown && x == y
}
