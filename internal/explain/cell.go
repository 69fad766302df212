package explain

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// verdictColumn is the column of a truth table that says what follows.
const verdictColumn = "verdict"

// ofContainers tells whether a table is about containers.
func ofContainers(t *ecsentry.TruthTable) bool {
	return slices.ContainsFunc(t.Columns, func(column string) bool {
		_, ok := containerCell(column, &ecs.Container{}, nil)
		return ok
	})
}

// cells are the values of all columns but the verdict.
func cells(t *ecsentry.TruthTable, p ecsentry.Params, data any, c *ecs.Container, reasons []ecsentry.Reason) []Cell {
	var out []Cell
	for _, column := range t.Columns {
		if column == verdictColumn {
			continue
		}
		cell, ok := Cell{}, false
		if c != nil {
			cell, ok = containerCell(column, c, p)
		}
		if !ok {
			cell = resourceCell(column, data)
		}
		cell.Column = column
		cell.Decides = slices.ContainsFunc(reasons, func(r ecsentry.Reason) bool { return decides(r.At, cell.At) })
		out = append(out, cell)
	}
	return out
}

// decides tells whether a reason was decided at a cell's place.
func decides(reason, cell *value.Place) bool {
	return reason != nil && cell != nil && (reason == cell || reason.Path() != "" && reason.Path() == cell.Path() || reason.Within(cell) && cell.Parent != nil)
}

func containerCell(column string, c *ecs.Container, p ecsentry.Params) (Cell, bool) {
	switch column {
	case "privileged":
		return of(c.Privileged, column), true
	case "user":
		return of(c.User, column), true
	case "readonlyRootFilesystem":
		return of(c.ReadonlyRootFilesystem, column), true
	case "logDriver":
		return of(c.LogDriver, column), true
	case "names in environment":
		return variables(c, p.List("secretKeys")), true
	default:
		return Cell{}, false
	}
}

func resourceCell(column string, data any) Cell {
	switch r := data.(type) {
	case *ecs.TaskDefinition:
		switch column {
		case "networkMode":
			return of(r.NetworkMode, column)
		case "pidMode":
			return of(r.PidMode, column)
		}
	case *ecs.Service:
		switch column {
		case "assignPublicIp":
			return of(r.AssignPublicIP, column)
		case "platformVersion":
			return of(r.PlatformVersion, column)
		case "runs on":
			return runsOn(r)
		}
	case *ecs.Cluster:
		if column == "containerInsights" {
			return insights(r, column)
		}
	}
	return Cell{Value: "?"}
}

// of says a value in words.
func of[T any](o value.Of[T], property string) Cell {
	cell := Cell{At: o.At()}
	switch v, known := o.Get(); {
	case known && o.At() != nil && o.At().Masked:
		cell.Value = "hidden"
	case known:
		cell.Value = shown(fmt.Sprint(v), property, o.At())
	case o.State() == value.IsUnknown:
		cell.Value = unknown(o.At())
	default:
		cell.Value = "absent"
		if taken := ecs.Default(property); taken != "" {
			cell.Value += ": Amazon ECS takes " + taken
		}
	}
	return cell
}

// shown is a known value as far as it may be shown. Any string may hold a secret
// that was put into the wrong place, or that a variable brought there: shown are
// words that have a meaning to Amazon ECS, numbers, and names of users that stand
// there as they are.
func shown(v, property string, at *value.Place) string {
	via := ""
	if at != nil && at.Via != "" {
		via = " (by " + at.Via + ")"
	}
	switch {
	case v == "":
		return "empty" + via
	case slices.Contains(words(), v), len(v) <= maxNumber && strings.Trim(v, "0123456789.:") == "":
		return v + via
	case property == "user" && via == "" && len(v) <= maxUser && userForm.MatchString(v):
		return v
	default:
		return "something else" + via
	}
}

// How long a version or an ID of a user, and the name of a user may be.
const (
	maxNumber = 24
	maxUser   = 32
)

var userForm = regexp.MustCompile(`^[a-z_][a-z0-9_.-]*(:[a-z0-9_.-]+)?$`)

// words are the values that the controls know.
func words() []string {
	return []string{
		"true", "false", "host", "bridge", "awsvpc", "none", "default", "task", "root", "ENABLED", "DISABLED", "LATEST",
		"enabled", "enhanced", "disabled", "FARGATE", "FARGATE_SPOT", "EC2", "EXTERNAL",
		"awslogs", "awsfirelens", "fluentd", "gelf", "journald", "json-file", "logentries", "splunk", "syslog", "local",
	}
}

func unknown(at *value.Place) string {
	if at == nil || at.Why == nil {
		return "unknown"
	}
	return "unknown: " + at.Why.Text
}

// variables lists those names of a container's environment variables that are
// keys, and counts the others: what stands there may be anything. Values are not
// even known here.
func variables(c *ecs.Container, keys []string) Cell {
	cell := Cell{At: c.Environment.At, Value: "none"}
	var said []string
	others := 0
	for i := range c.Environment.Items {
		name, known := c.Environment.Items[i].Name.Get()
		switch {
		case !known:
			said = append(said, unknown(c.Environment.Items[i].Name.At()))
		case slices.Contains(keys, name):
			said = append(said, name)
		default:
			others++
		}
	}
	if c.Environment.Rest != nil {
		said = append(said, unknown(c.Environment.Rest.At))
	}
	if others > 0 {
		said = append(said, fmt.Sprintf("%d other", others))
	}
	if len(said) > 0 {
		cell.Value = strings.Join(said, ", ")
	}
	return cell
}

func runsOn(s *ecs.Service) Cell {
	if value.Is(s.DeploymentController, "EXTERNAL").Level == value.Yes {
		return Cell{Value: "task sets (deployment controller EXTERNAL)", At: s.DeploymentController.At()}
	}
	fargate := s.Fargate()
	cell := Cell{At: fargate.At}
	switch fargate.Level {
	case value.Yes:
		cell.Value = "Fargate"
	case value.No:
		cell.Value = "not Fargate"
	default:
		cell.Value = "perhaps Fargate, " + unknown(fargate.At)
	}
	return cell
}

func insights(c *ecs.Cluster, column string) Cell {
	for i := range c.Settings.Items {
		s := &c.Settings.Items[i]
		if value.Is(s.Name, "containerInsights").Level != value.No {
			return of(s.Value, column)
		}
	}
	if c.Settings.Rest != nil {
		return Cell{Value: unknown(c.Settings.Rest.At), At: c.Settings.At}
	}
	return Cell{Value: "absent", At: c.Settings.At}
}
