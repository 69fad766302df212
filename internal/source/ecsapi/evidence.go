package ecsapi

import (
	"strings"

	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/document"
)

// What a document is, is told by its keys: those that only the ECS API has must
// be there, and those that the API does not have must not be many. Other tools
// have a clusterName or a serviceName too, and their files are not ours.

// classify tells which resource an object is by itself.
func (s *sifter) classify(n *document.Node) kind {
	for k := taskDefinition; k < kinds; k++ {
		if s.is(k, n) {
			return k
		}
	}
	return foreign
}

func (s *sifter) is(k kind, n *document.Node) bool {
	if n.Kind != document.Map {
		return false
	}
	e := evidence{node: n, shape: s.shapes[k], lenient: s.lenient}
	switch k {
	case taskDefinition:
		return e.taskDefinition()
	case service:
		return e.service()
	case taskSet:
		return e.taskSet()
	case cluster:
		return e.cluster()
	}
	return false
}

// certain tells whether a resource is known by something that nobody else has.
func (s *sifter) certain(k kind, n *document.Node) bool {
	e := evidence{node: n}
	switch k {
	case taskDefinition:
		return e.has("containerDefinitions") > 0 || e.arn("taskDefinitionArn", "task-definition")
	case service:
		return e.arn("serviceArn", "service")
	case cluster:
		return e.arn("clusterArn", "cluster")
	case taskSet:
		return e.arn("taskSetArn", "task-set")
	}
	return false
}

// evidence is what the keys of an object say.
type evidence struct {
	node    *document.Node
	shape   shape // of the kind in question
	lenient bool
}

// keys counts those that the API has, and others.
func (e evidence) keys() (known, unknown int) {
	for i := range e.node.Fields {
		switch key := e.node.Fields[i].Key.Value; {
		case e.shape.knows(key):
			known++
		case !comment(key) && placeholders(key) == nil:
			unknown++
		}
	}
	return known, unknown
}

// get is a property, also if its name is spelt with a capital; nil if it is null.
func get(n *document.Node, name string) *document.Node {
	var found *document.Node
	for i := range n.Fields {
		key := n.Fields[i].Key.Value
		if spells(key, name) && (found == nil || key == name) {
			found = n.Fields[i].Value
		}
	}
	if found == nil || found.Kind == document.Null {
		return nil
	}
	return found
}

// has counts the properties that are there.
func (e evidence) has(names ...string) int {
	count := 0
	for _, name := range names {
		if get(e.node, name) != nil {
			count++
		}
	}
	return count
}

// arn tells whether a property is the ARN of an ECS resource, as far as
// placeholders let it be seen.
func (e evidence) arn(name, kind string) bool {
	n := get(e.node, name)
	if n == nil || n.Kind != document.String {
		return false
	}
	arn, ok := ecs.ParseARN(n.Value)
	return ok && arn.Kind == kind || placeholders(n.Value) != nil
}

func (e evidence) taskDefinition() bool {
	if c := e.node.Get("containerDefinitions"); c != nil {
		return true
	}
	if c := get(e.node, "containerDefinitions"); c != nil {
		return containers(c)
	}
	telling := e.has("networkMode", "pidMode", "ipcMode", "requiresCompatibilities", "compatibilities",
		"runtimePlatform", "taskRoleArn", "executionRoleArn", "placementConstraints", "ephemeralStorage",
		"proxyConfiguration", "inferenceAccelerators", "requiresAttributes", "enableFaultInjection")
	if e.arn("taskDefinitionArn", "task-definition") {
		telling++
	}
	if telling < 2 && (e.has("family") == 0 || telling == 0 && !e.lenient) {
		return false
	}
	_, unknown := e.keys()
	return unknown == 0
}

// containers tells whether a list is one of container definitions; others use
// the name with a capital for lists of their own.
func containers(list *document.Node) bool {
	for _, item := range list.Items {
		if get(item, "image") != nil || get(item, "name") != nil {
			return true
		}
	}
	return false
}

func (e evidence) service() bool {
	telling := e.has("taskDefinition", "launchType", "platformVersion", "networkConfiguration",
		"capacityProviderStrategy", "desiredCount", "deploymentConfiguration", "deploymentController",
		"schedulingStrategy", "loadBalancers", "serviceRegistries", "healthCheckGracePeriodSeconds",
		"serviceConnectConfiguration", "availabilityZoneRebalancing", "enableECSManagedTags",
		"enableExecuteCommand", "propagateTags", "placementConstraints", "placementStrategy",
		"volumeConfigurations", "vpcLatticeConfigurations")
	if telling == 0 && e.has("serviceArn", "serviceName") == 0 || e.has("taskSetArn", "taskArn") > 0 {
		return false
	}
	known, unknown := e.keys()
	switch {
	case e.has("serviceArn") > 0:
		return e.arn("serviceArn", "service") && telling+e.has("status", "deployments") > 0 && 2*unknown <= known
	case e.has("service", "overrides", "count", "startedBy", "group", "referenceId", "forceNewDeployment", "externalId", "scale") > 0:
		return false // the inputs of run-task, update-service and create-task-set
	case 4*unknown > known:
		return false
	case e.has("serviceName") > 0:
		return telling > 0 || e.lenient
	}
	// Without a name, as ecspresso keeps them. What run-task takes as well does not
	// tell services; and it never goes without a task definition and a cluster both.
	own := e.has("desiredCount", "deploymentConfiguration", "deploymentController", "schedulingStrategy",
		"loadBalancers", "serviceRegistries", "healthCheckGracePeriodSeconds", "serviceConnectConfiguration",
		"availabilityZoneRebalancing")
	if own > 0 && telling >= 2 {
		return true
	}
	network := get(e.node, "networkConfiguration")
	return network != nil && network.Kind == document.Map && get(network, "awsvpcConfiguration") != nil &&
		e.has("launchType", "platformVersion", "capacityProviderStrategy") > 0 && e.has("taskDefinition", "cluster") == 0
}

func (e evidence) cluster() bool {
	described := e.has("status", "settings", "configuration", "capacityProviders", "defaultCapacityProviderStrategy",
		"statistics", "activeServicesCount", "runningTasksCount", "pendingTasksCount", "registeredContainerInstancesCount")
	if described+e.has("clusterArn", "clusterName") == 0 && e.node.Get(templateSettings) == nil || e.has("serviceArn", "taskArn", "containerInstanceArn", "capacityProviderArn") > 0 {
		return false
	}
	known, unknown := e.keys()
	switch {
	case e.has("clusterArn") > 0:
		return e.arn("clusterArn", "cluster") && e.has("clusterName")+described > 0 &&
			(4*unknown <= known || described > 0 && 2*unknown <= known)
	case unknown > 0:
		return false
	case e.node.Get("clusterName") != nil && e.has("clusterName") > 0:
		tags := get(e.node, "tags")
		switch {
		case tags != nil && tags.Kind == document.Map:
			return false
		case known > 1 || e.lenient:
			return true
		}
		// A name alone is the whole input of create-cluster, but in YAML it is rather
		// what a Helm chart is told.
		return e.node.Style == document.Flow
	}
	settings := e.node.Get(templateSettings)
	if settings != nil && settings.Kind == document.List && e.has("clusterName") > 0 {
		return true
	}
	return elementNamed(get(e.node, "settings"), "name", "containerInsights") || elementNamed(settings, "name", "containerInsights") ||
		elementNamed(get(e.node, "defaultCapacityProviderStrategy"), "capacityProvider", "")
}

// elementNamed tells whether a list has an object with a property, of the given
// value unless that is empty.
func elementNamed(list *document.Node, property, want string) bool {
	if list == nil {
		return false
	}
	for _, item := range list.Items {
		if v := get(item, property); v != nil && (want == "" || v.Value == want) {
			return true
		}
	}
	return false
}

func (e evidence) taskSet() bool {
	arn := e.has("taskSetArn") > 0
	if !arn && e.has("service", "cluster", "taskDefinition") < 3 {
		return false
	}
	known, unknown := e.keys()
	if arn {
		return e.arn("taskSetArn", "task-set") && 2*unknown <= known
	}
	if !e.lenient && e.has("externalId", "scale", "launchType", "clientToken", "tags") == 0 {
		return false // update-service takes all the rest as well
	}
	return unknown == 0 && get(e.node, "service").IsScalar() && get(e.node, "cluster").IsScalar()
}

// comment tells the keys that people add to what has no comments.
func comment(key string) bool {
	return key == "$schema" || strings.HasPrefix(key, "_") || strings.HasPrefix(key, "//") || strings.HasPrefix(key, "#")
}

// elsewhere tells documents of which other tools know that they are theirs.
func elsewhere(doc *document.Node) bool {
	for i := range doc.Fields {
		switch doc.Fields[i].Key.Value {
		case "AWSTemplateFormatVersion", "Resources", "Transform", // CloudFormation
			"configurationItem", "configurationItems", "configurationItemStatus", "resourceType", // AWS Config
			"planned_values", "resource_changes", "terraform_version", // Terraform
			"apiVersion", "openapi", "swagger", "eventSource":
			return true
		}
	}
	return false
}
