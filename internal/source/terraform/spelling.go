package terraform

import (
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// The types of resource that are read.
const (
	typeTaskDefinition   = "aws_ecs_task_definition"
	typeService          = "aws_ecs_service"
	typeCluster          = "aws_ecs_cluster"
	typeTaskSet          = "aws_ecs_task_set"
	typeCapacityProvider = "aws_ecs_capacity_provider"
	typeAssociation      = "aws_ecs_cluster_capacity_providers"
)

// resourceType is the name in AWS CloudFormation of a type of resource that is
// read, "" for others.
func resourceType(terraform string) ecsentry.ResourceType {
	switch terraform {
	case typeTaskDefinition:
		return ecsentry.TaskDefinition
	case typeService:
		return ecsentry.Service
	case typeCluster:
		return ecsentry.Cluster
	case typeTaskSet:
		return "AWS::ECS::TaskSet"
	case typeCapacityProvider:
		return "AWS::ECS::CapacityProvider"
	case typeAssociation:
		return "AWS::ECS::ClusterCapacityProviderAssociations"
	}
	return ""
}

// nameOf is the argument that names a resource of a type. Some have neither it nor
// a name.
func nameOf(terraform string) string {
	if terraform == typeTaskDefinition {
		return "family"
	}
	return "name"
}

// decode reads a resource of a type; link follows what a service refers to. It
// gives nil for what no control judges.
func decode(terraform string, n value.Node, link func(*ecs.Service)) any {
	switch terraform {
	case typeTaskDefinition:
		return ecs.DecodeTaskDefinition(n)
	case typeService:
		s := ecs.DecodeService(n)
		link(s)
		return s
	case typeCluster:
		return ecs.DecodeCluster(n)
	}
	return nil
}

// notCovered tells the types of Amazon ECS that are not read.
func notCovered(terraform string) bool {
	return resourceType(terraform) == "" &&
		(strings.HasPrefix(terraform, "aws_ecs_") || strings.HasPrefix(terraform, "awscc_ecs_"))
}

// spell is Terraform's name for a property of the ECS API.
func spell(api string) string {
	switch api {
	case "settings":
		return "setting"
	case "serviceName", "clusterName":
		return "name"
	case "networkConfiguration", "awsvpcConfiguration":
		return "network_configuration"
	}
	var out strings.Builder
	for i := range len(api) {
		if c := api[i]; c >= 'A' && c <= 'Z' {
			out.WriteByte('_')
			out.WriteByte(c - 'A' + 'a')
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

// computed are the arguments that are optional and that AWS fills in where nobody
// sets them: a plan marks them as known after apply, although the default that
// the controls know holds.
func computed(attribute string) bool {
	switch attribute {
	case "setting", "network_mode", "platform_version", "launch_type":
		return true
	}
	return false
}

// A planText is the file of a plan or a state, which spells properties as
// Terraform does. The text of container definitions inside it does not.
type planText struct{ *document.File }

// Spell is Terraform's name for a property of the ECS API.
func (planText) Spell(api string) string { return spell(api) }

// Phrase is an assignment as the source of the plan writes it.
func (planText) Phrase(api, v string) string { return phrase(api, v) }

func phrase(api, v string) string {
	switch v {
	case "ENABLED", "true":
		v = "true"
	case "DISABLED", "false":
		v = "false"
	default:
		v = strconv.Quote(v)
	}
	return spell(api) + " = " + v
}

// safe makes a name that others wrote fit for a message: what is not short and
// plain may be a secret in the wrong place.
func safe(name string) string {
	if name == "" || len(name) > 120 {
		return "…"
	}
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		case strings.ContainsRune(`_-.:/[]"@`, r):
		default:
			return "…"
		}
	}
	return name
}
