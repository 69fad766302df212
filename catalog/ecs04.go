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
		Check: ecs.EachContainer(func(td *ecs.TaskDefinition, c *ecs.Container) ecsentry.Reason {
			r := ecsentry.FailIf(value.Is(c.Privileged.Or(false), true), "is privileged", "is not privileged").
				Mend(value.Remove, c.Privileged.At(), nil)
			if r.Mendable() && onHostAsRoot(td, c).Level != value.No {
				// What is privileged on purpose passes ECS.1; without it only a user does.
				r = r.Mend(value.Set, c.User.At(), value.Asked{For: value.AskUser, Optional: true})
			}
			return r.
				Step("remove `privileged`; where the container runs as root on the host's network ECS.1 fails then, unless " +
					"--user UID[:GID] mends both").
				MayBreak("what the container does with the host's devices and kernel").
				Advise("remove `privileged`; add the Linux capabilities that the container needs instead")
		}),
	}
}

func onHostAsRoot(td *ecs.TaskDefinition, c *ecs.Container) value.Truth {
	return value.And(value.Is(td.NetworkMode.Or("bridge"), "host"), runsAsRoot(c))
}
