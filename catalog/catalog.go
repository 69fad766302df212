// Package catalog holds the controls, one file each, and lists them.
//
// A control is one literal: what AWS's page says of it, as data, and a pure
// function. The titles, severities, categories, requirements, rules and
// parameters are those of the AWS Security Hub User Guide, "Amazon ECS
// controls", in its edition of early 2024; description, rationale and
// remediation say the same in our words.
package catalog

import "github.com/ecsentry/ecsentry"

const (
	edition         = "2024"
	changeTriggered = "Change triggered"
	latestOnly      = " Only the latest active revision of a task definition is judged."
	redeploy        = " Register a new revision and deploy it: running tasks keep the revision they were started with."
)

// Controls lists all controls in the order of their numbers. Each call makes
// new ones, so that nobody can change another's.
func Controls() []*ecsentry.Control {
	return []*ecsentry.Control{
		ecs01(), ecs02(), ecs03(), ecs04(), ecs05(), ecs08(), ecs09(), ecs10(), ecs12(),
	}
}

// nist writes requirements of NIST SP 800-53 Revision 5 in full.
func nist(ids ...string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = "NIST.800-53.r5 " + id
	}
	return out
}
