package catalog

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func ecs03() *ecsentry.Control {
	return &ecsentry.Control{
		ID:          "ECS.3",
		Title:       "ECS task definitions should not share the host's process namespace",
		Description: "Fails if `pidMode` of the task definition is host." + latestOnly,
		Rationale: "In the host's process namespace a container sees all processes of the host and, with enough " +
			"rights, can read, change or end them.",
		Remediation:  "Remove `pidMode`, or set it to task where containers of one task need to see each other." + redeploy,
		Severity:     ecsentry.High,
		Category:     "Identify > Resource configuration",
		ResourceType: ecsentry.TaskDefinition,
		ConfigRule:   "ecs-task-definition-pid-mode-check",
		Schedule:     changeTriggered,
		Since:        edition,
		Requirements: nist("CA-9(1)", "CM-2"),
		TruthTable: &ecsentry.TruthTable{
			Columns: []string{"pidMode", "verdict"},
			Rows: [][]string{
				{"host", "FAILED"},
				{"anything else, or absent", "PASSED"},
			},
		},
		Check: ecs.TaskDefinitions(func(td *ecs.TaskDefinition, _ ecsentry.Params) ecsentry.Verdict {
			return ecsentry.FailIf(value.Is(td.PidMode, "host"),
				"shares the host's process namespace", "does not share the host's process namespace").
				Mend(value.Remove, td.PidMode.At(), nil).
				MayBreak("tools that watch processes outside of their container").
				Advise("remove `pidMode`; check first whether a container watches other processes").
				Verdict()
		}),
	}
}
