package catalog

import (
	"path"
	"strings"

	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// whatWrites says what a read-only root filesystem may break in a container; of
// one that is known to write it says so.
func whatWrites(c *ecs.Container) string {
	const generally = "what the container writes to its root filesystem, and ECS Exec in it"
	switch {
	case ecs.Given(c.Firelens).Level == value.Yes:
		return generally + "; this one is a FireLens log router, which is known to write there"
	case isAgent(c.Image):
		return generally + "; this one runs an agent, which is known to write there"
	default:
		return generally
	}
}

// isAgent tells by its image whether a container runs one of the agents that keep
// state, sockets or configuration in their root filesystem.
func isAgent(image value.Of[string]) bool {
	name, ok := image.Get()
	if !ok {
		return false
	}
	name, _, _ = strings.Cut(name, "@")
	dir, repository := path.Split(name)
	repository, _, _ = strings.Cut(repository, ":")
	switch repository {
	case "amazon-ecs-agent", "amazon-ssm-agent", "amazon-cloudwatch-agent", "cloudwatch-agent", "aws-xray-daemon", "aws-otel-collector",
		"aws-for-fluent-bit", "fluent-bit", "fluentd", "datadog-agent", "dd-agent", "newrelic-infra", "nri-ecs", "newrelic-fargate",
		"oneagent", "elastic-agent", "filebeat", "metricbeat", "falco", "splunk-otel-collector", "opentelemetry-collector",
		"opentelemetry-collector-contrib", "grafana-agent", "alloy", "promtail", "telegraf", "consul", "vault", "teleport":
		return true
	case "agent":
		return strings.Contains(dir, "datadog") || strings.Contains(dir, "sysdig") || strings.Contains(dir, "buildkite") || strings.Contains(dir, "grafana")
	default:
		return false
	}
}
