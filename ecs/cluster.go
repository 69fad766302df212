package ecs

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A Cluster is an ECS cluster, or the input that would create one.
type Cluster struct {
	At       *value.Place
	ARN      value.Of[string]
	Name     value.Of[string]
	Status   value.Of[string] // ACTIVE, PROVISIONING, DEPROVISIONING, FAILED, INACTIVE
	Settings value.List[Setting]
	Strategy value.List[StrategyItem] // defaultCapacityProviderStrategy
}

// A Setting is a cluster setting, such as containerInsights.
type Setting struct {
	At          *value.Place
	Name, Value value.Of[string]
}

// DecodeCluster reads the cluster of the ECS API out of a node.
func DecodeCluster(n value.Node) *Cluster {
	d := object(n, nil, "")
	c := &Cluster{
		At:     d.at,
		ARN:    d.text("clusterArn"),
		Name:   d.text("clusterName"),
		Status: d.text("status"),
	}
	c.Settings = listOf(d, "settings", func(d decoder) Setting {
		return Setting{At: d.at, Name: d.text("name"), Value: d.text("value")}
	})
	c.Strategy = listOf(d, "defaultCapacityProviderStrategy", strategyItem)
	return c
}

// DecodeStrategy reads of a cluster only what a service in it needs to know.
func DecodeStrategy(n value.Node) *Cluster {
	d := object(n, nil, "")
	return &Cluster{At: d.at, Strategy: listOf(d, "defaultCapacityProviderStrategy", strategyItem)}
}

// Clusters makes a check of a function over clusters.
func Clusters(check func(*Cluster, ecsentry.Params) ecsentry.Reason) ecsentry.Check {
	return func(resource any, p ecsentry.Params) ecsentry.Verdict {
		return check(resource.(*Cluster), p).Verdict()
	}
}
