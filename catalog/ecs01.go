package catalog

import (
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func ecs01() *ecsentry.Control {
	return &ecsentry.Control{
		ID:    "ECS.1",
		Title: "Amazon ECS task definitions should have secure networking modes and user definitions.",
		Description: "Fails if the task definition uses the host's network and one of its containers runs as root " +
			"(`user` absent, empty, root or 0) without being privileged on purpose (`privileged` absent or false)." + latestOnly,
		Rationale: "A root process on the host's network can reach every port and interface of the host. Whoever wants " +
			"that much power for a container should say so, not get it because a default was left in place.",
		Remediation: "Use the network mode awsvpc or bridge, or name a `user` that is not root; set `privileged` only if " +
			"the container needs the host's powers." + redeploy,
		Severity:     ecsentry.High,
		Category:     "Protect > Secure access management",
		ResourceType: ecsentry.TaskDefinition,
		ConfigRule:   "ecs-task-definition-user-for-host-mode-check",
		Schedule:     changeTriggered,
		Since:        edition,
		Requirements: nist("AC-2(1)", "AC-3", "AC-3(15)", "AC-3(7)", "AC-5", "AC-6"),
		Parameters: []ecsentry.Parameter{{
			Name: "SkipInactiveTaskDefinitions", Value: []string{"true"},
			Description: "Whether inactive revisions are left out.",
			Form:        "true", Wants: "true: inactive revisions are never judged",
		}},
		TruthTable: &ecsentry.TruthTable{
			Columns: []string{"networkMode", "privileged", "user", "verdict"},
			Rows: [][]string{
				{"host", "absent or false", "absent, empty, root, 0, root:…, 0:…", "FAILED"},
				{"host", "absent or false", "anything else", "PASSED"},
				{"host", "true", "any", "PASSED"},
				{"anything else, or absent", "any", "any", "PASSED"},
			},
		},
		Check: ecs.TaskDefinitions(func(td *ecs.TaskDefinition, _ ecsentry.Params) ecsentry.Verdict {
			host := value.Is(td.NetworkMode.Or("bridge"), "host")
			if host.Level == value.No && td.Containers.Empty().Level != value.Yes {
				return ecsentry.FailIf(host, "", "does not use the host's network").Verdict()
			}
			return td.EachContainer(func(c *ecs.Container) ecsentry.Reason {
				unprivileged := value.Is(c.Privileged.Or(false), false)
				root := runsAsRoot(c)
				passes := "does not run as root"
				if root.Level != value.No {
					passes = "is privileged on purpose"
				}
				r := ecsentry.FailIf(value.And(host, unprivileged, root),
					"runs as root on the host's network without being privileged", passes).
					Advise("use `networkMode: awsvpc` or `bridge`, or give the container a `user` that is not root")
				if !r.Mendable() {
					return r
				}
				return r.Mend(value.Set, c.User.At(), value.Asked{For: value.AskUser}).
					MayBreak("what the user may not do: ports below 1024, and files that belong to root").
					Step("choose one: `networkMode: awsvpc`, which gives each task an address of its own, or `bridge`, which maps its " +
						"ports; a `user` that is not root (--user UID[:GID]), which the image must allow; or `privileged: true` on " +
						"purpose, which passes ECS.1 and fails ECS.4")
			})
		}),
	}
}

// runsAsRoot tells whether a container runs as root. No user is the image's
// default, root.
func runsAsRoot(c *ecs.Container) value.Truth {
	return value.Match(c.User.Or("root"), isRoot, mayBeRoot)
}

// isRoot says whether a container's user is root: user, user:group, uid or
// uid:gid, where no user at all means the image's default, root.
func isRoot(user string) bool {
	return user == "" || user == "root" || user == "0" ||
		strings.HasPrefix(user, "root:") || strings.HasPrefix(user, "0:")
}

func mayBeRoot(user value.Partial) value.Level {
	prefix := user.Prefix()
	switch {
	case strings.HasPrefix(prefix, "root:"), strings.HasPrefix(prefix, "0:"):
		return value.Yes
	case user.CanBe(""), user.CanBe("root"), user.CanBe("0"),
		user.CanStartWith("root:"), user.CanStartWith("0:"):
		return value.Maybe
	default:
		return value.No
	}
}
