package catalog

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func ecs05() *ecsentry.Control {
	return &ecsentry.Control{
		ID:          "ECS.5",
		Title:       "ECS containers should be limited to read-only access to root filesystems",
		Description: "Fails if `readonlyRootFilesystem` of a container is false or absent." + latestOnly,
		Rationale: "Who gets into a container with a read-only root filesystem can neither plant tools in it nor " +
			"change its programs; what the container writes, it writes where somebody meant it to.",
		Remediation: "Set `readonlyRootFilesystem` to true, and mount volumes for the folders that the container " +
			"writes to." + redeploy,
		Severity:     ecsentry.High,
		Category:     "Protect > Secure access management",
		ResourceType: ecsentry.TaskDefinition,
		ConfigRule:   "ecs-containers-readonly-access",
		Schedule:     changeTriggered,
		Since:        edition,
		Requirements: nist("AC-2(1)", "AC-3", "AC-3(15)", "AC-3(7)", "AC-5", "AC-6"),
		TruthTable: &ecsentry.TruthTable{
			Columns: []string{"readonlyRootFilesystem", "verdict"},
			Rows:    [][]string{{"true", "PASSED"}, {"false", "FAILED"}, {"absent", "FAILED"}},
		},
		Check: ecs.TaskDefinitions(func(td *ecs.TaskDefinition, _ ecsentry.Params) ecsentry.Verdict {
			const writes = "can write to its root filesystem"
			windows := td.Windows().Level == value.Yes
			fails, advice := writes, "set `readonlyRootFilesystem: true`; check first where the container writes"
			if windows {
				fails = writes + " (Windows containers do not support a read-only one)"
				advice = "Windows does not support it: move the task to Linux, or except it"
			}
			return td.EachContainer(func(c *ecs.Container) ecsentry.Reason {
				readonly := c.ReadonlyRootFilesystem.Or(false)
				r := ecsentry.FailIf(value.Is(readonly, false), fails, "cannot write to its root filesystem").
					Advise(advice)
				if windows || !r.Mendable() {
					return r
				}
				return r.Mend(value.Set, readonly.At(), true).MayBreak(whatWrites(c))
			})
		}),
	}
}
