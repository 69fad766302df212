package ecstest

import (
	"fmt"
	"strconv"
)

// A Fleet is the size of a made-up account.
type Fleet struct {
	Clusters  int
	Services  int
	Families  int    // those with an ACTIVE revision and those without
	Inactive  int    // families without an ACTIVE revision, among Families
	Revisions int    // of each family
	Secret    string // stands in every place where a secret could stand
}

// Large returns the fleet of the project's figures: 20 clusters, 187 services
// and 2,000 families of 3 revisions, 100 of them without an ACTIVE one.
func Large() Fleet {
	return Fleet{Clusters: 20, Services: 187, Families: 2000, Inactive: 100, Revisions: 3}
}

// Calls is the least number of ECS calls that read the fleet.
func (f Fleet) Calls() int {
	active := f.Families - f.Inactive
	n := pagesOf(f.Clusters, 100) + pagesOf(active, 100) + active
	if f.Clusters > 0 {
		n += (f.Clusters + 99) / 100
	}
	for _, k := range f.spread() {
		n += pagesOf(k, 100) + (k+9)/10
	}
	return n
}

// pagesOf is the number of calls to list n things; an empty list takes one too.
func pagesOf(n, size int) int { return max(1, (n+size-1)/size) }

// spread deals the services out to the clusters as they are in real accounts: a
// third of them in one cluster, many in a second, the rest evenly.
func (f Fleet) spread() []int {
	out := make([]int, f.Clusters)
	left := f.Services
	for i := range out {
		share := left / (f.Clusters - i)
		switch {
		case i == 0 && f.Clusters > 2:
			share = f.Services * 36 / 100
		case i <= 2 && f.Clusters > 3:
			share = f.Services * 8 / 100
		}
		if i == f.Clusters-1 {
			share = left
		}
		out[i] = share
		left -= share
	}
	return out
}

// Build makes the fleet in a Region. The same fleet is the same every time.
func (f Fleet) Build(r *Region) {
	for i := range f.Families {
		name := FamilyName(i)
		for rev := range f.Revisions {
			r.Register(name, f.taskDefinition(i, rev), Object{"key": "team", "value": "team-" + strconv.Itoa(i%7)})
		}
		last := f.Revisions - 1
		if i >= f.Families-f.Inactive {
			last = f.Revisions
		}
		for rev := 1; rev <= last; rev++ {
			if rev != last || rev == f.Revisions || i%2 == 0 { // some older revisions stay ACTIVE
				r.Deregister(name, rev)
			}
		}
	}
	next := 0
	for i, n := range f.spread() {
		insights := []string{"enabled", "disabled", "enhanced"}[i%3]
		c := r.AddCluster(fmt.Sprintf("cluster-%02d", i), Object{
			"settings":          []any{Object{"name": "containerInsights", "value": insights}},
			"capacityProviders": []any{"FARGATE", "FARGATE_SPOT"},
			"defaultCapacityProviderStrategy": []any{
				Object{"capacityProvider": "FARGATE", "weight": 1, "base": 0},
			},
			"tags": []any{Object{"key": "owner", "value": "platform"}},
		})
		for range n {
			c.AddService(fmt.Sprintf("service-%03d", next), f.service(r, next))
			next++
		}
	}
}

// FamilyName is the name of a fleet's i-th family. The last ones have no ACTIVE
// revision.
func FamilyName(i int) string { return fmt.Sprintf("family-%04d", i) }

func (f Fleet) service(r *Region, i int) Object {
	family, rev := i, f.Revisions
	if i%10 == 9 { // left behind on an older revision
		rev = max(1, f.Revisions-1)
	}
	o := Object{
		"platformVersion": "LATEST", "platformFamily": "Linux",
		"networkConfiguration": Object{"awsvpcConfiguration": Object{
			"subnets": []any{"subnet-0a", "subnet-0b"}, "securityGroups": []any{"sg-01"},
			"assignPublicIp": []string{"DISABLED", "ENABLED"}[min(1, i%4/3)],
		}},
	}
	if f.Families > 0 {
		o["taskDefinition"] = r.ARN(fmt.Sprintf("task-definition/%s:%d", FamilyName(family%f.Families), rev))
	}
	if i%3 == 0 {
		o["launchType"] = "FARGATE"
	} else {
		o["capacityProviderStrategy"] = []any{Object{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}}
	}
	var events []any // as many as the service keeps, and most of an answer's size
	for n := range 100 {
		events = append(events, Object{
			"id": fmt.Sprintf("%08d", n), "createdAt": 1700000000 + n,
			"message": fmt.Sprintf("(service service-%03d) has reached a steady state. %s", i, f.Secret),
		})
	}
	o["events"] = events
	return o
}

func (f Fleet) taskDefinition(i, rev int) Object {
	var containers []any
	for _, name := range []string{"app", "log", "agent"} {
		containers = append(containers, f.container(name, i, rev))
	}
	return Object{
		"containerDefinitions": containers, "networkMode": []string{"awsvpc", "host", "bridge"}[i%3],
		"requiresCompatibilities": []any{"FARGATE"}, "cpu": "256", "memory": "512",
		"runtimePlatform": Object{"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
		"registeredAt":    1700000000.5, "registeredBy": "arn:aws:iam::111122223333:user/deploy",
	}
}

func (f Fleet) container(name string, i, rev int) Object {
	var environment []any
	for n := range 12 {
		value := f.Secret
		if value == "" {
			value = fmt.Sprintf("value %d of %s in revision %d", n, name, rev+1)
		}
		environment = append(environment, Object{"name": fmt.Sprintf("SETTING_%02d", n), "value": value})
	}
	o := Object{
		"name": name, "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/" + name + ":1." + strconv.Itoa(i),
		"cpu": 0, "essential": true, "environment": environment, "mountPoints": []any{}, "volumesFrom": []any{},
		"portMappings": []any{Object{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}},
		"logConfiguration": Object{"logDriver": "awslogs", "options": Object{
			"awslogs-group": "/ecs/" + name, "awslogs-region": "us-east-1", "awslogs-stream-prefix": f.Secret,
		}},
		"command": []any{"serve", f.Secret}, "entryPoint": []any{"/bin/sh", "-c", f.Secret},
		"dockerLabels": Object{"label": f.Secret},
		"healthCheck":  Object{"command": []any{"CMD-SHELL", "curl -f http://localhost/ " + f.Secret}},
	}
	if i%2 == 0 {
		o["readonlyRootFilesystem"] = true
	}
	if name == "agent" && i%50 == 0 {
		o["privileged"] = true
	}
	if name == "app" && i%5 == 0 {
		o["user"] = "1000"
	}
	return o
}
