package cloudformation

import (
	"regexp"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// hole stands, within a string that is being put together, for a part that
// nobody knows. It is no character that a text can have meaning by; a text that
// has it anyway counts as unknown there.
const hole = "\uffff"

// dynamic matches the dynamic references that CloudFormation resolves when it
// deploys.
var dynamic = regexp.MustCompile(`(?s)\{\{resolve:.*?(\}\}|$)`)

// withoutDynamic puts holes where a string has dynamic references.
func withoutDynamic(s string) string {
	if !strings.Contains(s, "{{resolve:") {
		return s
	}
	return dynamic.ReplaceAllString(s, hole)
}

// partial splits a string at its holes.
func partial(s string) value.Partial {
	return value.Partial{Pieces: strings.Split(s, hole)}
}

// A text is the file of a template, which spells properties its own way.
type text struct {
	*document.File
	origin *origin
}

// An origin is what is to be known of a template where it is edited, when its
// tree is gone.
type origin struct {
	overrides   map[string]string // of parameters, by the user
	given       map[string]bool   // the parameters that the stack gives that nests this one
	synthesised bool              // by the AWS CDK
}

// Spell is the template's name for a property of the ECS API.
func (text) Spell(apiName string) string { return spell(apiName) }

// spell translates a name of the ECS API: CloudFormation capitalises it, but for
// a few.
func spell(apiName string) string {
	switch apiName {
	case "":
		return ""
	case "settings":
		return "ClusterSettings"
	case "efsVolumeConfiguration":
		return "EFSVolumeConfiguration"
	case "fsxWindowsFileServerVolumeConfiguration":
		return "FSxWindowsFileServerVolumeConfiguration"
	case "fileSystemId":
		return "FilesystemId"
	case "iam":
		return "IAM"
	}
	if s := common(apiName); s != "" {
		return s
	}
	return strings.ToUpper(apiName[:1]) + apiName[1:]
}

// common spells the properties that every template is asked for, without making
// a new string each time.
func common(apiName string) string {
	switch apiName {
	case "assignPublicIp":
		return "AssignPublicIp"
	case "awsvpcConfiguration":
		return "AwsvpcConfiguration"
	case "capacityProvider":
		return "CapacityProvider"
	case "capacityProviderStrategy":
		return "CapacityProviderStrategy"
	case "cluster":
		return "Cluster"
	case "clusterName":
		return "ClusterName"
	case "containerDefinitions":
		return "ContainerDefinitions"
	case "defaultCapacityProviderStrategy":
		return "DefaultCapacityProviderStrategy"
	case "deploymentController":
		return "DeploymentController"
	case "enableExecuteCommand":
		return "EnableExecuteCommand"
	case "environment":
		return "Environment"
	case "family":
		return "Family"
	case "firelensConfiguration":
		return "FirelensConfiguration"
	case "launchType":
		return "LaunchType"
	case "logConfiguration":
		return "LogConfiguration"
	case "logDriver":
		return "LogDriver"
	case "name":
		return "Name"
	case "networkConfiguration":
		return "NetworkConfiguration"
	case "networkMode":
		return "NetworkMode"
	case "operatingSystemFamily":
		return "OperatingSystemFamily"
	case "pidMode":
		return "PidMode"
	case "platformVersion":
		return "PlatformVersion"
	case "privileged":
		return "Privileged"
	case "readonlyRootFilesystem":
		return "ReadonlyRootFilesystem"
	case "runtimePlatform":
		return "RuntimePlatform"
	case "serviceName":
		return "ServiceName"
	case "taskDefinition":
		return "TaskDefinition"
	case "type":
		return "Type"
	case "user":
		return "User"
	case "value":
		return "Value"
	}
	return ""
}

// apiOnly says of a property that only answers of the ECS API have it; no
// template can.
func apiOnly(name string) bool {
	switch name {
	case "taskDefinitionArn", "revision", "status", "serviceArn", "clusterArn", "platformFamily":
		return true
	}
	return false
}

// safe makes a name of the template fit for a message: names are short and
// plain, and what is not may be a secret in the wrong place.
func safe(name string) string {
	if len(name) > 80 {
		return "…"
	}
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		case strings.ContainsRune("_-.:/${} ", r):
		default:
			return "…"
		}
	}
	return name
}
