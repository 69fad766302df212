package catalog

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func ecs09() *ecsentry.Control {
	return &ecsentry.Control{
		ID:    "ECS.9",
		Title: "ECS task definitions should have a logging configuration",
		Description: "Fails if a container has no `logConfiguration`, or one whose `logDriver` is absent or empty. Log " +
			"routers are no exception." + latestOnly,
		Rationale: "What a container writes is lost with it unless a log driver takes it away; without logs nobody " +
			"can say what happened.",
		Remediation: "Give every container a `logConfiguration`, such as awslogs with a log group." + redeploy +
			" If logs are collected in another way, make sure of that and disable the control.",
		Severity:     ecsentry.High,
		Category:     "Identify > Logging",
		ResourceType: ecsentry.TaskDefinition,
		ConfigRule:   "ecs-task-definition-log-configuration",
		Schedule:     changeTriggered,
		Since:        edition,
		Requirements: nist("AC-4(26)", "AU-10", "AU-12", "AU-2", "AU-3", "AU-6(3)", "AU-6(4)", "CA-7", "SC-7(9)", "SI-7(8)"),
		TruthTable: &ecsentry.TruthTable{
			Columns: []string{"logDriver", "verdict"},
			Rows: [][]string{
				{"any", "PASSED"},
				{"absent or empty", "FAILED"},
			},
		},
		Check: ecs.EachContainer(func(_ *ecs.TaskDefinition, c *ecs.Container) ecsentry.Reason {
			r := ecsentry.FailIf(value.Not(ecs.Given(c.LogDriver)), "has no log driver", "has a log driver").
				Advise("add a `logConfiguration` with a `logDriver`, such as awslogs")
			if !r.Mendable() {
				return r
			}
			return r.Mend(value.Set, c.LogDriver.At().Around(), awslogs(c)).
				Step("name the log group: --log-group NAME, and the Region where the input does not say it: --log-region REGION").
				MayBreak("tasks do not start until their execution role may write to the log group")
		}),
	}
}

// awslogs is a log configuration for a container. The log group is somebody's to
// name; options that are there stay.
func awslogs(c *ecs.Container) value.Map {
	prefix := "ecs"
	if name, ok := c.Name.Get(); ok && name != "" && name == c.Subject() {
		prefix = name
	}
	option := func(name string, v any) value.Member {
		return value.Member{Name: name, Value: v, Free: true, Keep: true}
	}
	return value.Map{
		{Name: "logDriver", Value: "awslogs"},
		{Name: "options", Value: value.Map{
			option("awslogs-group", value.Asked{For: value.AskLogGroup}),
			option("awslogs-region", value.Asked{For: value.AskRegion}),
			option("awslogs-stream-prefix", prefix),
		}},
	}
}
