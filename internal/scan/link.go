package scan

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// linkedBySource tells whether the source of a service has followed what it
// refers to, so that what is not linked is not in the input. A template does: it
// alone knows in which world it refers to what.
func linkedBySource(r *ecsentry.Resource) bool {
	_, one := only[*ecs.Service](r)
	return !one || r.Source == ecsentry.SourceCloudFormation
}

// An index holds what services refer to, by ARN and by name, as far as they need
// to know it.
type index struct {
	clusters        map[string][]target[ecs.Cluster]
	taskDefinitions map[string][]target[ecs.TaskDefinition]
	latest          ecs.Latest

	clusterLinks map[reference]ecs.Link[ecs.Cluster] // that were followed, when all was seen
	taskLinks    map[reference]ecs.Link[ecs.TaskDefinition]
}

// A target is what a service may refer to.
type target[T any] struct {
	id       *ecsentry.Identity
	to       *T
	revision ecs.Revision // of a task definition that is one
	open     bool         // what it is depends on choices of its own input
}

func newIndex() index {
	return index{
		clusters:        map[string][]target[ecs.Cluster]{},
		taskDefinitions: map[string][]target[ecs.TaskDefinition]{},
		latest:          ecs.Latest{},
		clusterLinks:    map[reference]ecs.Link[ecs.Cluster]{},
		taskLinks:       map[reference]ecs.Link[ecs.TaskDefinition]{},
	}
}

// An entry is a target with the names by which it is found.
type entry struct {
	taskDefinition target[ecs.TaskDefinition] // one of the two is set
	cluster        target[ecs.Cluster]
	arn, name      string
}

// entries are what others may refer to in a resource.
func (*index) entries(r *ecsentry.Resource) (out []entry) {
	id := r.Identity
	open := len(r.Variants) != 1 || r.Broken != "" || r.Caveat != ""
	for _, v := range r.Variants {
		switch data := v.Data.(type) {
		case *ecs.TaskDefinition:
			out = append(out, taskDefinitionEntry(&id, data, open))
		case *ecs.Cluster:
			out = append(out, clusterEntry(&id, data, open))
		}
	}
	return out
}

// insert takes note of task definitions and clusters.
func (x *index) insert(entries []entry) {
	for _, e := range entries {
		if e.cluster.to != nil {
			add(x.clusters, e.cluster, e.arn, e.name)
			continue
		}
		if e.taskDefinition.revision.Number > 0 {
			x.latest.Add(e.taskDefinition.revision)
		}
		add(x.taskDefinitions, e.taskDefinition, e.arn, e.name)
	}
}

func taskDefinitionEntry(id *ecsentry.Identity, td *ecs.TaskDefinition, open bool) entry {
	t := target[ecs.TaskDefinition]{id: id, open: open, to: &ecs.TaskDefinition{
		At: td.At, ARN: td.ARN, Family: td.Family, Revision: td.Revision, Status: td.Status, OSFamily: td.OSFamily,
	}}
	family, _ := td.Family.Get()
	arn, _ := td.ARN.Get()
	if revision, ok := ecs.RevisionOf(id, td); ok {
		t.revision, family = revision, revision.Family
	}
	return entry{taskDefinition: t, arn: arn, name: family}
}

func clusterEntry(id *ecsentry.Identity, c *ecs.Cluster, open bool) entry {
	t := target[ecs.Cluster]{id: id, open: open, to: &ecs.Cluster{
		At: c.At, ARN: c.ARN, Name: c.Name, Status: c.Status, Strategy: c.Strategy,
	}}
	arn, _ := c.ARN.Get()
	name, named := c.Name.Get()
	switch {
	case ecs.Inactive(c) != "":
		name = "" // no service can be made in it
	case named && name != "":
	case arn != "":
		name = ecs.LastName(arn)
	case c.Name.State() == value.IsAbsent && id.Source == ecsentry.SourceECSAPI:
		name = defaultCluster
	}
	return entry{cluster: t, arn: arn, name: name}
}

// defaultCluster is the name that Amazon ECS takes where none is given.
const defaultCluster = "default"

// add files a target under its ARN and its name.
func add[T any](under map[string][]target[T], t target[T], arn, name string) {
	if arn != "" {
		under[arn] = append(under[arn], t)
	}
	if name != "" {
		under[name] = append(under[name], t)
	}
}
