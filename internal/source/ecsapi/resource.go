package ecsapi

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// typeTaskSet is a type that no control judges.
const typeTaskSet ecsentry.ResourceType = "AWS::ECS::TaskSet"

// resource makes a resource of an element.
func resource(f *text, e element) *ecsentry.Resource {
	var in value.Text = f
	if e.wrapped || answered(e.node) {
		in = f.File // what AWS said is not edited
	}
	n := newNode(in, e.node, e.node, "")
	r := &ecsentry.Resource{Identity: ecsentry.Identity{Source: ecsentry.SourceECSAPI, Partition: "aws"}}
	var data any
	switch e.kind {
	case taskDefinition:
		td := ecs.DecodeTaskDefinition(n)
		r.Type, r.At, data = ecsentry.TaskDefinition, td.At, td
		identify(&r.Identity, td.ARN, td.Family)
	case service:
		s := ecs.DecodeService(n)
		r.Type, r.At, data = ecsentry.Service, s.At, s
		identify(&r.Identity, s.ARN, s.Name)
		// The three are in the same account and Region.
		locate(&r.Identity, s.ClusterRef)
		locate(&r.Identity, s.TaskDefinitionRef)
	case cluster:
		var from value.Node = n
		if clusterAnswered(e.node) {
			from = clusterAnswer{n}
		}
		c := ecs.DecodeCluster(from)
		r.Type, r.At, data = ecsentry.Cluster, c.At, c
		identify(&r.Identity, c.ARN, c.Name)
	case taskSet:
		r.Type, r.At = typeTaskSet, &value.Place{In: in, Off: e.node.Start, End: e.node.End}
		identify(&r.Identity, read(n, "taskSetArn"), value.Of[string]{})
		locate(&r.Identity, read(n, "clusterArn"))
		locate(&r.Identity, read(n, "cluster"))
	}
	if r.ID == "" {
		r.ID = f.Name
	}
	if r.Name == "" {
		r.Name = r.ID
	}
	if data != nil {
		r.Outside = ecs.Inactive(data)
	}
	r.Variants = []ecsentry.Variant{{Data: data}}
	return r
}

// clusterAnswered tells an answer about a cluster from an input.
func clusterAnswered(n *document.Node) bool {
	return get(n, "clusterArn") != nil || get(n, "status") != nil
}

// answered tells an answer from an input, by what only answers have.
func answered(n *document.Node) bool {
	return get(n, "status") != nil || get(n, "taskDefinitionArn") != nil || get(n, "serviceArn") != nil || get(n, "clusterArn") != nil
}

// identify gives a resource its ARN for an ID, else its name.
func identify(id *ecsentry.Identity, arn, name value.Of[string]) {
	id.Name, _ = name.Get()
	id.ID = id.Name
	s, ok := arn.Get()
	if !ok {
		return
	}
	parsed, ok := ecs.ParseARN(s)
	if !ok {
		return
	}
	id.ID = s
	if id.Name == "" {
		id.Name = ecs.LastName(s)
		if id.Type == ecsentry.TaskDefinition {
			id.Name, _ = ecs.FamilyRevision(s)
		}
	}
	id.Account, id.Region = account(parsed.Account), region(parsed.Region)
	if parsed.Partition != "" {
		id.Partition = parsed.Partition
	}
}

// locate takes account and Region from the ARN of something that is in the same,
// where they are not known yet.
func locate(id *ecsentry.Identity, ref value.Of[string]) {
	s, _ := ref.Get()
	arn, ok := ecs.ParseARN(s)
	if !ok || id.Account != "" || id.Region != "" {
		return
	}
	id.Account, id.Region = account(arn.Account), region(arn.Region)
	if arn.Partition != "" {
		id.Partition = arn.Partition
	}
}

// account is an account ID, "" for what people write who hide theirs.
func account(s string) string {
	if len(s) != 12 {
		return ""
	}
	for i := range len(s) {
		if !isDigit(s[i]) {
			return ""
		}
	}
	return s
}

func region(s string) string {
	for i := range len(s) {
		if c := s[i]; !(c >= 'a' && c <= 'z' || isDigit(c) || c == '-') {
			return ""
		}
	}
	return s
}

// read is a property that is a string.
func read(n *node, name string) value.Of[string] {
	if s, ok := n.Field(name).AsString(); ok {
		return value.Known(s, nil)
	}
	return value.Of[string]{}
}
