package ecstest

import (
	"net/http"
	"slices"
	"strings"
)

func noCluster() *failure {
	return &failure{http.StatusBadRequest, "ClusterNotFoundException", "Cluster not found."}
}

func listServices(s *Server, q *request) (any, *failure) {
	var in struct {
		paged
		Cluster            string `json:"cluster"`
		LaunchType         string `json:"launchType"`
		SchedulingStrategy string `json:"schedulingStrategy"`
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	c := q.region.cluster(in.Cluster)
	if c == nil || c.status == "INACTIVE" || s.vanished(c.ARN()) {
		return nil, noCluster()
	}
	arns := []string{}
	for _, sv := range c.services {
		launch, _ := sv.fields["launchType"].(string)
		scheduling, _ := sv.fields["schedulingStrategy"].(string)
		if scheduling == "" {
			scheduling = "REPLICA"
		}
		if sv.status == "INACTIVE" || in.LaunchType != "" && in.LaunchType != launch ||
			in.SchedulingStrategy != "" && in.SchedulingStrategy != scheduling {
			continue
		}
		arns = append(arns, sv.arn)
	}
	items, next, err := page(in.paged, "services/"+c.ARN()+in.LaunchType+in.SchedulingStrategy, 10, 100, arns)
	if err != nil {
		return nil, err
	}
	return answer("serviceArns", items, next), nil
}

func describeServices(s *Server, q *request) (any, *failure) {
	var in struct {
		Cluster  string   `json:"cluster"`
		Services []string `json:"services"`
		Include  []string `json:"include"`
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	switch n := len(in.Services); {
	case n == 0:
		return nil, invalid("Services cannot be empty.")
	case n > 10:
		return nil, invalid("Services cannot have more than 10 elements")
	}
	c := q.region.cluster(in.Cluster)
	if c == nil || s.vanished(c.ARN()) {
		return nil, noCluster()
	}
	found, missing := []any{}, []any{}
	for _, name := range in.Services {
		sv := c.service(name)
		switch {
		case q.omit:
		case sv == nil || s.vanished(sv.arn):
			missing = append(missing, missed(q.region, "service/"+c.name+"/", name))
		default:
			found = append(found, sv.show(c, in.Include))
		}
	}
	return Object{"services": found, "failures": missing}, nil
}

func (c *Cluster) service(name string) *service {
	for _, s := range slices.Backward(c.services) {
		if s.name == name || s.arn == name {
			return s
		}
	}
	return nil
}

// show is the service as DescribeServices prints it.
func (s *service) show(c *Cluster, include []string) Object {
	o := with(Object{
		"serviceArn": s.arn, "serviceName": s.name, "clusterArn": c.ARN(), "status": s.status,
		"desiredCount": 1, "runningCount": 1, "pendingCount": 0, "schedulingStrategy": "REPLICA",
		"deploymentController": Object{"type": "ECS"}, "events": []any{}, "tags": []any{},
	}, s.fields)
	if len(s.taskSets) > 0 {
		sets := []any{}
		for _, t := range s.taskSets {
			sets = append(sets, s.showTaskSet(c, t, nil))
		}
		o["taskSets"] = sets
	}
	return without(o, "tags", !slices.Contains(include, "TAGS"))
}

func (s *service) showTaskSet(c *Cluster, t Object, include []string) Object {
	id, _ := t["id"].(string)
	o := with(Object{
		"serviceArn": s.arn, "clusterArn": c.ARN(), "status": "PRIMARY", "stabilityStatus": "STEADY_STATE",
		"taskSetArn": c.region.ARN("task-set/" + c.name + "/" + s.name + "/" + id), "tags": []any{},
	}, t)
	return without(o, "tags", !slices.Contains(include, "TAGS"))
}

func describeTaskSets(s *Server, q *request) (any, *failure) {
	var in struct {
		Cluster  string   `json:"cluster"`
		Service  string   `json:"service"`
		TaskSets []string `json:"taskSets"`
		Include  []string `json:"include"`
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	c := q.region.cluster(in.Cluster)
	if c == nil {
		return nil, noCluster()
	}
	sv := c.service(in.Service)
	if sv == nil || s.vanished(sv.arn) {
		return nil, &failure{http.StatusBadRequest, "ServiceNotFoundException", "Service not found."}
	}
	if controller, _ := sv.fields["deploymentController"].(Object); controller["type"] != "EXTERNAL" && controller["type"] != "CODE_DEPLOY" {
		return nil, invalid("Amazon ECS only supports task set management on services with EXTERNAL deployment controllers.")
	}
	found, missing := []any{}, []any{}
	wanted := func(id string) func(string) bool {
		return func(name string) bool { return name == id || strings.HasSuffix(name, "/"+id) }
	}
	for _, t := range sv.taskSets {
		id, _ := t["id"].(string)
		if len(in.TaskSets) == 0 || slices.ContainsFunc(in.TaskSets, wanted(id)) {
			found = append(found, sv.showTaskSet(c, t, in.Include))
		}
	}
	for _, name := range in.TaskSets {
		known := func(t Object) bool { id, _ := t["id"].(string); return wanted(id)(name) }
		if !slices.ContainsFunc(sv.taskSets, known) {
			missing = append(missing, missed(q.region, "task-set/"+c.name+"/"+sv.name+"/", name))
		}
	}
	return Object{"taskSets": found, "failures": missing}, nil
}
