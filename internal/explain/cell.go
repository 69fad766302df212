package explain

import (
	"fmt"
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
		_, ok := containerCell(column, &ecs.Container{})
		return ok
	})
}

// cells are the values of all columns but the verdict.
func cells(t *ecsentry.TruthTable, data any, c *ecs.Container, reasons []ecsentry.Reason) []Cell {
	var out []Cell
	for _, column := range t.Columns {
		if column == verdictColumn {
			continue
		}
		cell, ok := Cell{}, false
		if c != nil {
			cell, ok = containerCell(column, c)
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

func containerCell(column string, c *ecs.Container) (Cell, bool) {
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
		return variables(c), true
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
			return insights(r)
		}
	}
	return Cell{Value: "?"}
}

// of says a value in words.
func of[T any](o value.Of[T], property string) Cell {
	cell := Cell{At: o.At()}
	switch v, known := o.Get(); {
	case known:
		cell.Value = fmt.Sprint(v)
		if cell.Value == "" {
			cell.Value = "empty"
		}
		if at := o.At(); at != nil && at.Via != "" {
			cell.Value += " (by " + at.Via + ")"
		}
	case o.State() == value.IsUnknown:
		cell.Value = unknown(o.At())
		if known := strings.Join(o.Partial().Pieces, "…"); strings.Trim(known, "…") != "" {
			cell.Value = known + ", " + cell.Value
		}
	default:
		cell.Value = "absent"
		if taken := ecs.Default(property); taken != "" {
			cell.Value += ": Amazon ECS takes " + taken
		}
	}
	return cell
}

func unknown(at *value.Place) string {
	if at == nil || at.Why == nil {
		return "unknown"
	}
	return "unknown: " + at.Why.Text
}

// variables lists the names of a container's environment variables, never values.
func variables(c *ecs.Container) Cell {
	cell := Cell{At: c.Environment.At, Value: "none"}
	var names []string
	for i := range c.Environment.Items {
		if name, ok := c.Environment.Items[i].Name.Get(); ok {
			names = append(names, name)
		} else {
			names = append(names, unknown(c.Environment.Items[i].Name.At()))
		}
	}
	if c.Environment.Rest != nil {
		names = append(names, unknown(c.Environment.Rest.At))
	}
	if len(names) > 0 {
		cell.Value = strings.Join(names, ", ")
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

func insights(c *ecs.Cluster) Cell {
	for i := range c.Settings.Items {
		s := &c.Settings.Items[i]
		if value.Is(s.Name, "containerInsights").Level != value.No {
			return of(s.Value, "")
		}
	}
	if c.Settings.Rest != nil {
		return Cell{Value: unknown(c.Settings.Rest.At), At: c.Settings.At}
	}
	return Cell{Value: "absent", At: c.Settings.At}
}
