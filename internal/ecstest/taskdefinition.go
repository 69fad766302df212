package ecstest

import (
	"slices"
	"strconv"
	"strings"
)

func listTaskDefinitionFamilies(_ *Server, q *request) (any, *failure) {
	var in struct {
		paged
		Prefix string `json:"familyPrefix"`
		Status string `json:"status"`
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	names := []string{}
	for _, name := range sortedKeys(q.region.families) {
		f := q.region.families[name]
		keep := strings.HasPrefix(name, in.Prefix)
		switch in.Status {
		case "", "ALL":
		case "ACTIVE":
			keep = keep && f.has("ACTIVE")
		case "INACTIVE": // families without any ACTIVE revision
			keep = keep && !f.has("ACTIVE")
		default:
			return nil, invalid("Invalid status %q", in.Status)
		}
		if keep {
			names = append(names, name)
		}
	}
	items, next, err := page(in.paged, "families/"+q.Region+"/"+in.Status+"/"+in.Prefix, 100, 100, names)
	if err != nil {
		return nil, err
	}
	return answer("families", items, next), nil
}

func listTaskDefinitions(_ *Server, q *request) (any, *failure) {
	var in struct {
		paged
		Family string `json:"familyPrefix"`
		Status string `json:"status"`
		Sort   string `json:"sort"`
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	if in.Status == "" {
		in.Status = "ACTIVE"
	}
	arns := []string{}
	for _, name := range sortedKeys(q.region.families) {
		f := q.region.families[name]
		if in.Family != "" && in.Family != name {
			continue
		}
		for _, rev := range f.revisions {
			if rev.status == in.Status {
				arns = append(arns, q.region.revisionARN(f, rev))
			}
		}
	}
	if in.Sort == "DESC" {
		slices.Reverse(arns)
	}
	items, next, err := page(in.paged, "revisions/"+q.Region+"/"+in.Status+"/"+in.Family+"/"+in.Sort, 100, 100, arns)
	if err != nil {
		return nil, err
	}
	return answer("taskDefinitionArns", items, next), nil
}

func describeTaskDefinition(s *Server, q *request) (any, *failure) {
	var in struct {
		Name    string   `json:"taskDefinition"`
		Include []string `json:"include"`
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	name := strings.TrimPrefix(in.Name, q.region.ARN("task-definition/"))
	name, digits, numbered := strings.Cut(name, ":")
	f := q.region.families[name]
	if f == nil || s.vanished(q.region.ARN("task-definition/"+name)) {
		return nil, clientError("Unable to describe task definition.")
	}
	rev := f.latest()
	if numbered {
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > len(f.revisions) {
			return nil, clientError("Unable to describe task definition.")
		}
		rev = f.revisions[n-1]
	}
	if rev == nil {
		return nil, clientError("Unable to describe task definition.")
	}
	if q.omit {
		return Object{}, nil
	}
	out := Object{"taskDefinition": with(Object{
		"taskDefinitionArn": q.region.revisionARN(f, rev), "family": f.name,
		"revision": rev.number, "status": rev.status, "containerDefinitions": []any{}, "volumes": []any{},
		"placementConstraints": []any{}, "compatibilities": []string{"EC2"},
	}, rev.fields)}
	if slices.Contains(in.Include, "TAGS") {
		out["tags"] = append([]any{}, rev.tags...)
	}
	return out, nil
}
