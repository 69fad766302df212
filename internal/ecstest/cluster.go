package ecstest

import (
	"slices"
	"strings"
)

func listClusters(_ *Server, q *request) (any, *failure) {
	var in paged
	if err := q.read(&in); err != nil {
		return nil, err
	}
	arns := []string{}
	for _, c := range q.region.clusters {
		if c.status != "INACTIVE" {
			arns = append(arns, c.ARN())
		}
	}
	items, next, err := page(in, "clusters/"+q.Region, 100, 100, arns)
	if err != nil {
		return nil, err
	}
	return answer("clusterArns", items, next), nil
}

// answer is the body of a list call.
func answer(name string, items any, next string) Object {
	out := Object{name: items}
	if next != "" {
		out["nextToken"] = next
	}
	return out
}

func describeClusters(s *Server, q *request) (any, *failure) {
	var in struct {
		Clusters []string `json:"clusters"`
		Include  []string `json:"include"`
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	if len(in.Clusters) > 100 {
		return nil, invalid("Clusters cannot have more than 100 elements")
	}
	if len(in.Clusters) == 0 {
		in.Clusters = []string{"default"}
	}
	found, missing := []any{}, []any{}
	for _, name := range in.Clusters {
		c := q.region.cluster(name)
		switch {
		case q.omit:
		case c == nil || s.vanished(c.ARN()):
			missing = append(missing, missed(q.region, "cluster/", name))
		default:
			found = append(found, c.show(in.Include))
		}
	}
	return Object{"clusters": found, "failures": missing}, nil
}

func missed(r *Region, kind, name string) Object {
	if !strings.HasPrefix(name, "arn:") {
		name = r.ARN(kind + name)
	}
	return Object{"arn": name, "reason": "MISSING"}
}

// cluster finds a cluster by name or ARN; "" is the default cluster. The newest
// one of a name counts.
func (r *Region) cluster(name string) *Cluster {
	if name == "" {
		name = "default"
	}
	for _, c := range slices.Backward(r.clusters) {
		if c.name == name || c.ARN() == name {
			return c
		}
	}
	return nil
}

// show is the cluster as DescribeClusters prints it. What was not asked for is
// printed as empty lists, as the service does.
func (c *Cluster) show(include []string) Object {
	o := with(Object{
		"clusterArn": c.ARN(), "clusterName": c.name, "status": c.status,
		"registeredContainerInstancesCount": 0, "runningTasksCount": 0, "pendingTasksCount": 0,
		"activeServicesCount": len(c.services), "capacityProviders": []any{},
		"defaultCapacityProviderStrategy": []any{},
		"settings":                        []any{Object{"name": "containerInsights", "value": "disabled"}},
		"statistics":                      []any{}, "tags": []any{},
	}, c.fields)
	for name, field := range map[string]string{"SETTINGS": "settings", "STATISTICS": "statistics", "TAGS": "tags"} {
		if !slices.Contains(include, name) {
			o[field] = []any{}
		}
	}
	for name, field := range map[string]string{"CONFIGURATIONS": "configuration", "ATTACHMENTS": "attachments"} {
		if !slices.Contains(include, name) {
			delete(o, field)
		}
	}
	return o
}

func describeCapacityProviders(_ *Server, q *request) (any, *failure) {
	var in struct {
		paged
		Names   []string `json:"capacityProviders"`
		Include []string `json:"include"`
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	if len(in.Names) > 100 {
		return nil, invalid("Capacity providers cannot have more than 100 elements")
	}
	var all []Object
	for _, name := range []string{"FARGATE", "FARGATE_SPOT"} {
		all = append(all, Object{
			"name": name, "capacityProviderArn": q.region.ARN("capacity-provider/" + name),
			"status": "ACTIVE", "type": name, "tags": []any{},
		})
	}
	all = append(all, q.region.providers...)
	found, failures := []Object{}, []any{}
	for _, p := range all {
		if len(in.Names) == 0 || slices.Contains(in.Names, p["name"].(string)) || slices.Contains(in.Names, p["capacityProviderArn"].(string)) {
			found = append(found, without(p, "tags", !slices.Contains(in.Include, "TAGS")))
		}
	}
	for _, name := range in.Names {
		if !slices.ContainsFunc(all, func(p Object) bool { return p["name"] == name || p["capacityProviderArn"] == name }) {
			failures = append(failures, missed(q.region, "capacity-provider/", name))
		}
	}
	items, next, err := page(in.paged, "providers/"+q.Region+strings.Join(in.Names, ","), 10, 10, found)
	if err != nil {
		return nil, err
	}
	out := answer("capacityProviders", items, next)
	out["failures"] = failures
	return out, nil
}

// without is a copy of an object, without one field if so wished.
func without(o Object, field string, drop bool) Object {
	out := with(make(Object, len(o)), o)
	if drop {
		delete(out, field)
	}
	return out
}
