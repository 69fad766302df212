package ecstest

import (
	"fmt"
	"sort"
	"strconv"
	"sync"
)

// Object is a JSON object in the spelling of the ECS API. Objects given to this
// package belong to it: they must not be changed afterwards.
type Object = map[string]any

// A World is what there is behind the API: accounts with Regions with clusters,
// services and task definitions. The zero World is empty and ready to use.
type World struct {
	mu       sync.RWMutex
	accounts map[string]*account
}

type account struct {
	id      string
	regions map[string]*Region
	optIn   map[string]string // Region name to its opt-in status
}

// A Region is a Region of an account.
type Region struct {
	world         *World
	account, name string
	partition     string
	clusters      []*Cluster
	families      map[string]*family
	providers     []Object
	aggregators   map[string]*Aggregator
}

// A Cluster is a cluster in a Region.
type Cluster struct {
	region   *Region
	name     string
	fields   Object
	status   string
	services []*service
}

type service struct {
	name, arn, status string
	fields            Object
	taskSets          []Object
}

type family struct {
	name      string
	revisions []*revision
}

type revision struct {
	number int
	status string
	fields Object
	tags   []any
}

// AccessKey is the access key whose signature stands for an account.
func AccessKey(account string) string { return "AKIAECST" + account }

// Region returns a Region of an account, and enables it.
func (w *World) Region(accountID, name string) *Region {
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.account(accountID)
	r := a.regions[name]
	if r == nil {
		r = &Region{world: w, account: accountID, name: name, partition: "aws", families: map[string]*family{}}
		a.regions[name] = r
	}
	if a.optIn[name] == "" {
		a.optIn[name] = "ENABLED_BY_DEFAULT"
	}
	return r
}

// OptIn sets a Region's opt-in status, as account:ListRegions shows it: ENABLED,
// DISABLED and so on.
func (w *World) OptIn(accountID, region, status string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.account(accountID).optIn[region] = status
}

func (w *World) account(id string) *account {
	if w.accounts == nil {
		w.accounts = map[string]*account{}
	}
	a := w.accounts[AccessKey(id)]
	if a == nil {
		a = &account{id: id, regions: map[string]*Region{}, optIn: map[string]string{}}
		w.accounts[AccessKey(id)] = a
	}
	return a
}

// ARN is the ARN of something in the Region: r.ARN("cluster/web").
func (r *Region) ARN(resource string) string {
	return fmt.Sprintf("arn:%s:ecs:%s:%s:%s", r.partition, r.name, r.account, resource)
}

// AddCluster makes a cluster. Fields are added to what every cluster has.
func (r *Region) AddCluster(name string, fields Object) *Cluster {
	r.world.mu.Lock()
	defer r.world.mu.Unlock()
	c := &Cluster{region: r, name: name, fields: fields, status: "ACTIVE"}
	r.clusters = append(r.clusters, c)
	return c
}

// ARN is the cluster's ARN.
func (c *Cluster) ARN() string { return c.region.ARN("cluster/" + c.name) }

// Delete makes the cluster INACTIVE: no longer listed, still described.
func (c *Cluster) Delete() {
	c.region.world.mu.Lock()
	defer c.region.world.mu.Unlock()
	c.status = "INACTIVE"
}

// AddService makes a service in the cluster and returns its ARN.
func (c *Cluster) AddService(name string, fields Object, taskSets ...Object) string {
	c.region.world.mu.Lock()
	defer c.region.world.mu.Unlock()
	s := &service{
		name: name, arn: c.region.ARN("service/" + c.name + "/" + name),
		status: "ACTIVE", fields: fields, taskSets: taskSets,
	}
	c.services = append(c.services, s)
	return s.arn
}

// DeleteService makes a service INACTIVE: no longer listed, still described.
func (c *Cluster) DeleteService(name string) {
	c.region.world.mu.Lock()
	defer c.region.world.mu.Unlock()
	for _, s := range c.services {
		if s.name == name {
			s.status = "INACTIVE"
		}
	}
}

// AddCapacityProvider makes a capacity provider beside FARGATE and FARGATE_SPOT.
func (r *Region) AddCapacityProvider(name string, fields Object) {
	r.world.mu.Lock()
	defer r.world.mu.Unlock()
	base := Object{
		"name": name, "capacityProviderArn": r.ARN("capacity-provider/" + name),
		"status": "ACTIVE", "type": "EC2_AUTOSCALING",
	}
	r.providers = append(r.providers, with(base, fields))
}

// Register makes the next revision of a family and returns its ARN. Tags stand
// beside the task definition in answers, as they do in the API.
func (r *Region) Register(name string, fields Object, tags ...any) string {
	r.world.mu.Lock()
	defer r.world.mu.Unlock()
	f := r.families[name]
	if f == nil {
		f = &family{name: name}
		r.families[name] = f
	}
	rev := &revision{number: len(f.revisions) + 1, status: "ACTIVE", fields: fields, tags: tags}
	f.revisions = append(f.revisions, rev)
	return r.revisionARN(f, rev)
}

// Deregister makes a revision INACTIVE.
func (r *Region) Deregister(name string, number int) { r.setStatus(name, number, "INACTIVE") }

// DeleteRevision makes a revision DELETE_IN_PROGRESS.
func (r *Region) DeleteRevision(name string, number int) {
	r.setStatus(name, number, "DELETE_IN_PROGRESS")
}

func (r *Region) setStatus(name string, number int, status string) {
	r.world.mu.Lock()
	defer r.world.mu.Unlock()
	r.families[name].revisions[number-1].status = status
}

func (r *Region) revisionARN(f *family, rev *revision) string {
	return r.ARN("task-definition/" + f.name + ":" + strconv.Itoa(rev.number))
}

// latest is the family's latest ACTIVE revision, nil if it has none.
func (f *family) latest() *revision {
	for i := len(f.revisions) - 1; i >= 0; i-- {
		if f.revisions[i].status == "ACTIVE" {
			return f.revisions[i]
		}
	}
	return nil
}

// has tells whether the family has a revision with the status.
func (f *family) has(status string) bool {
	for _, rev := range f.revisions {
		if rev.status == status {
			return true
		}
	}
	return false
}

// with adds fields to an object that is not shared yet.
func with(base, fields Object) Object {
	for k, v := range fields {
		base[k] = v
	}
	return base
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
