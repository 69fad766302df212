package catalog

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func ecs04() *ecsentry.Control {
	return &ecsentry.Control{
		ID:          "ECS.4",
		Title:       "ECS containers should run as non-privileged",
		Description: "Fails if `privileged` of a container is true." + latestOnly,
		Rationale: "A privileged container has the powers of root on the container instance: breaking out of it is " +
			"no work at all.",
		Remediation:  "Remove `privileged`, and add the single Linux capabilities that the container really needs." + redeploy,
		Severity:     ecsentry.High,
		Category:     "Protect > Secure access management > Root user access restrictions",
		ResourceType: ecsentry.TaskDefinition,
		ConfigRule:   "ecs-containers-nonprivileged",
		Schedule:     changeTriggered,
		Since:        edition,
		Requirements: nist("AC-2(1)", "AC-3", "AC-3(15)", "AC-3(7)", "AC-5", "AC-6"),
		TruthTable: &ecsentry.TruthTable{
			Columns: []string{"privileged", "verdict"},
			Rows: [][]string{
				{"true", "FAILED"},
				{"false", "PASSED"},
				{"absent", "PASSED"},
			},
		},
		Check: ecs.EachContainer(func(_ *ecs.TaskDefinition, c *ecs.Container) ecsentry.Reason {
			return ecsentry.FailIf(value.Is(c.Privileged.Or(false), true), "is privileged", "is not privileged").
				Mend(value.Remove, c.Privileged.At(), nil).
				Advise("remove `privileged`; add the Linux capabilities that the container needs instead")
		}),
	}
}
