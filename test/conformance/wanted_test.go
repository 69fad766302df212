package conformance_test

import (
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

const here = "arn:aws:ecs:eu-west-1:111122223333:"

// wanted are the dozen resources as the ECS API knows them. No value is one that
// the API would take by itself, so that a property that is never read shows. In a
// source they have what no control reads beside it, too: secrets, health checks,
// volumes, roles, placement.
func wanted() map[string]any {
	return map[string]any{
		"TaskDefinition web": &ecs.TaskDefinition{
			ARN: is(here + "task-definition/web:7"), Family: is("web"), Revision: is("7"), Status: is("ACTIVE"),
			NetworkMode: is("awsvpc"), PidMode: is("task"), OSFamily: is("LINUX"),
			Containers: list(
				ecs.Container{
					Name: is("app"), Image: is("registry.example.com/web:1.2"), User: is("1000:1000"),
					Privileged: is(false), ReadonlyRootFilesystem: is(true),
					Environment: variables("LOG_LEVEL", "PORT"), LogDriver: is("awsfirelens"),
				},
				ecs.Container{
					Name: is("log_router"), Image: is("public.ecr.aws/aws-observability/aws-for-fluent-bit:stable"), User: is("0"),
					ReadonlyRootFilesystem: is(false), LogDriver: is("awslogs"), Firelens: is("fluentbit"),
				},
			),
		},
		"TaskDefinition agent": &ecs.TaskDefinition{
			ARN: is(here + "task-definition/agent:3"), Family: is("agent"), Revision: is("3"), Status: is("ACTIVE"),
			NetworkMode: is("host"), PidMode: is("host"),
			Containers: list(
				ecs.Container{
					Name: is("agent"), Image: is("registry.example.com/agent@sha256:9f2c"), User: is("root"), Privileged: is(true),
					Environment: variables("AWS_ACCESS_KEY_ID", "HOST"), LogDriver: is("syslog"),
				},
				ecs.Container{Name: is("probe"), Image: is("busybox")},
			),
		},
		"TaskDefinition iis": &ecs.TaskDefinition{
			ARN: is(here + "task-definition/iis:1"), Family: is("iis"), Revision: is("1"), Status: is("ACTIVE"),
			NetworkMode: is("awsvpc"), OSFamily: is("WINDOWS_SERVER_2022_CORE"),
			Containers: list(ecs.Container{
				Name: is("iis"), Image: is("registry.example.com/iis:ltsc2022"), User: is("ContainerUser"), ReadonlyRootFilesystem: is(false),
				Environment: variables("ECS_ENGINE_AUTH_DATA"), LogDriver: is("awslogs"),
			}),
		},
		"TaskDefinition batch": &ecs.TaskDefinition{
			ARN: is(here + "task-definition/batch:12"), Family: is("batch"), Revision: is("12"), Status: is("ACTIVE"),
			NetworkMode: is("none"), PidMode: is("host"), OSFamily: is("LINUX"),
			Containers: list(ecs.Container{
				Name: is("job"), Image: is("registry.example.com/job:3"), User: is("65534:65534"), Privileged: is(true),
				ReadonlyRootFilesystem: is(true), Environment: variables("MODE"), LogDriver: is("json-file"),
			}),
		},
		"Service web": &ecs.Service{
			ARN: is(here + "service/prod/web"), Name: is("web"), Status: is("ACTIVE"), LaunchType: is("FARGATE"),
			PlatformVersion: is("1.4.0"), PlatformFamily: is("Linux"), AssignPublicIP: is("ENABLED"), DeploymentController: is("CODE_DEPLOY"), ExecuteCommand: is(true),
			ClusterRef: is(here + "cluster/prod"), TaskDefinitionRef: is(here + "task-definition/web:7"),
		},
		"Service spot": &ecs.Service{
			ARN: is(here + "service/prod/spot"), Name: is("spot"), Status: is("ACTIVE"), Strategy: strategy("FARGATE_SPOT", "FARGATE"),
			PlatformVersion: is("1.3.0"), PlatformFamily: is("Linux"), AssignPublicIP: is("DISABLED"), DeploymentController: is("ECS"),
			ClusterRef: is(here + "cluster/prod"), TaskDefinitionRef: is(here + "task-definition/web:7"),
		},
		"Service blue": &ecs.Service{ // its task definition is that of its task sets
			ARN: is(here + "service/edge/blue"), Name: is("blue"), Status: is("ACTIVE"), DeploymentController: is("EXTERNAL"),
			ClusterRef: is(here + "cluster/edge"),
		},
		"Service iis": &ecs.Service{
			ARN: is(here + "service/prod/iis"), Name: is("iis"), Status: is("ACTIVE"), LaunchType: is("FARGATE"),
			PlatformVersion: is("1.0.0"), PlatformFamily: is("Windows Server 2022 Core"), AssignPublicIP: is("DISABLED"), DeploymentController: is("ECS"),
			ClusterRef: is(here + "cluster/prod"), TaskDefinitionRef: is(here + "task-definition/iis:1"),
		},
		"Service agent": &ecs.Service{
			ARN: is(here + "service/edge/agent"), Name: is("agent"), Status: is("ACTIVE"), LaunchType: is("EC2"), DeploymentController: is("ECS"),
			ClusterRef: is(here + "cluster/edge"), TaskDefinitionRef: is(here + "task-definition/agent:3"),
		},
		"Cluster prod": &ecs.Cluster{
			ARN: is(here + "cluster/prod"), Name: is("prod"), Status: is("ACTIVE"),
			Settings: insights("enabled"), Strategy: strategy("FARGATE", "FARGATE_SPOT"),
		},
		"Cluster edge": &ecs.Cluster{
			ARN: is(here + "cluster/edge"), Name: is("edge"), Status: is("ACTIVE"),
			Settings: insights("enhanced"), Strategy: strategy("edge-machines"),
		},
		"Cluster dark": &ecs.Cluster{
			ARN: is(here + "cluster/dark"), Name: is("dark"), Status: is("ACTIVE"),
			Settings: insights("disabled"), Strategy: strategy("FARGATE_SPOT"),
		},
	}
}

// verdicts are what the text of the controls says of the resources. Only
// failures, what is not applicable, and what is unknown are listed; the rest pass.
func verdicts() map[string]string {
	return map[string]string{
		"ECS.1 TaskDefinition agent": "FAILED", // probe: on the host's network, no user, not privileged
		"ECS.2 Service web":          "FAILED",
		"ECS.3 TaskDefinition agent": "FAILED",
		"ECS.3 TaskDefinition batch": "FAILED",
		"ECS.4 TaskDefinition agent": "FAILED",
		"ECS.4 TaskDefinition batch": "FAILED",
		"ECS.5 TaskDefinition web":   "FAILED", // log_router
		"ECS.5 TaskDefinition agent": "FAILED",
		"ECS.5 TaskDefinition iis":   "FAILED",
		"ECS.8 TaskDefinition agent": "FAILED",
		"ECS.8 TaskDefinition iis":   "FAILED",
		"ECS.9 TaskDefinition agent": "FAILED", // probe
		"ECS.10 Service spot":        "FAILED", // 1.3.0
		"ECS.10 Service blue":        "NOT_APPLICABLE",
		"ECS.10 Service agent":       "NOT_APPLICABLE",
		"ECS.12 Cluster dark":        "FAILED",
	}
}

func is[T any](v T) value.Of[T] { return value.Known(v, nil) }

func list[T any](items ...T) value.List[T] { return value.List[T]{Items: items} }

func variables(names ...string) value.List[ecs.Variable] {
	var out value.List[ecs.Variable]
	for _, name := range names {
		out.Items = append(out.Items, ecs.Variable{Name: is(name)})
	}
	return out
}

func strategy(providers ...string) value.List[ecs.StrategyItem] {
	var out value.List[ecs.StrategyItem]
	for _, p := range providers {
		out.Items = append(out.Items, ecs.StrategyItem{Provider: is(p)})
	}
	return out
}

func insights(v string) value.List[ecs.Setting] {
	return list(ecs.Setting{Name: is("containerInsights"), Value: is(v)})
}
