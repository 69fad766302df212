package catalog

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func ecs12() *ecsentry.Control {
	return &ecsentry.Control{
		ID:          "ECS.12",
		Title:       "ECS clusters should use Container Insights",
		Description: "Fails if the cluster's setting containerInsights is neither enabled nor enhanced.",
		Rationale: "Container Insights keeps the metrics and the failures of tasks where they can be looked up and " +
			"alarmed on; without it a cluster in trouble looks like any other.",
		Remediation:  "Set containerInsights to enhanced or enabled in the cluster's `settings`. CloudWatch charges for it.",
		Severity:     ecsentry.Medium,
		Category:     "Identify > Logging",
		ResourceType: ecsentry.Cluster,
		ConfigRule:   "ecs-container-insights-enabled",
		Schedule:     changeTriggered,
		Since:        edition,
		Requirements: nist("AU-6(3)", "AU-6(4)", "CA-7", "SI-2"),
		TruthTable: &ecsentry.TruthTable{
			Columns: []string{"containerInsights", "verdict"},
			Rows: [][]string{
				{"enabled or enhanced", "PASSED"},
				{"disabled, or anything else", "FAILED"},
				{"absent", "FAILED; UNKNOWN in an answer that was not asked for settings"},
			},
		},
		Check: ecs.Clusters(func(c *ecs.Cluster, _ ecsentry.Params) ecsentry.Reason {
			return containerInsights(c)
		}),
	}
}

func containerInsights(c *ecs.Cluster) ecsentry.Reason {
	at := c.Settings.At
	set := value.AnyItem(c.Settings, func(s *ecs.Setting) value.Truth {
		named := value.Is(s.Name, "containerInsights")
		on := value.IsOneOf(s.Value, "enabled", "enhanced")
		if named.Level == value.Yes {
			at = s.Value.At()
		}
		return value.And(named, on)
	})
	if set.Level == value.No {
		set.At = at
	}
	fails := "does not use Container Insights"
	if at == c.Settings.At && c.ARN.State() == value.IsAbsent && c.Status.State() == value.IsAbsent {
		fails += ", unless an account setting switches it on"
	}
	r := ecsentry.FailIf(value.Not(set), fails, "uses Container Insights").
		Advise("set containerInsights to enhanced or enabled in `settings`; CloudWatch charges for it")
	on := value.Asked{For: value.AskInsights, Default: "enabled"}
	switch {
	case !r.Mendable():
		return r
	case at == c.Settings.At:
		return r.Mend(value.Append, at, value.Map{{Name: "name", Value: "containerInsights"}, {Name: "value", Value: on}})
	default:
		return r.Mend(value.Set, at, on)
	}
}
