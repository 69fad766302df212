// Package explain fills in a control's truth table: for each container, or for the
// resource where the control is about that, the values that the input gives the
// table's columns, with their places, and what follows. explain.go makes the rows,
// world by world; cell.go knows the columns.
package explain

import (
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// A Row is the truth table filled in once.
type Row struct {
	Subject string // the container, "" where the row is about the resource
	When    string // the worlds in which it holds, "" for all
	Cells   []Cell
	Outcome ecsentry.Outcome
}

// A Cell is the value of one column.
type Cell struct {
	Column  string
	Value   string // in words where it is absent or unknown
	At      *value.Place
	Decides bool // the verdict was decided here
}

// Rows fills in the table of a control for a resource. What no control judges, and
// what nothing can be told of, has no rows.
func Rows(c *ecsentry.Control, r *ecsentry.Resource, p ecsentry.Params) []Row {
	if c.TruthTable == nil || r.Outside != "" || r.Broken != "" {
		return nil
	}
	var all rows
	for i := range r.Variants {
		v := &r.Variants[i]
		verdict := c.Check(v.Data, p)
		if td, ok := v.Data.(*ecs.TaskDefinition); ok && ofContainers(c.TruthTable) {
			for k := range td.Containers.Items {
				all.add(i, container(c.TruthTable, p, td, &td.Containers.Items[k], &verdict))
			}
			if td.Containers.Rest != nil {
				all.add(i, container(c.TruthTable, p, td, td.Containers.Rest, &verdict))
			}
			continue
		}
		all.add(i, Row{Cells: cells(c.TruthTable, p, v.Data, nil, verdict.Reasons), Outcome: verdict.Outcome})
	}
	return all.inWords(r.Variants)
}

// container is the row of one container: its reasons are those in its scope, else
// those about the whole task definition.
func container(t *ecsentry.TruthTable, p ecsentry.Params, td *ecs.TaskDefinition, c *ecs.Container, v *ecsentry.Verdict) Row {
	var its []ecsentry.Reason
	for _, r := range v.Reasons {
		if r.Scope == c.At {
			its = append(its, r)
		}
	}
	if len(its) == 0 {
		its = v.Reasons
	}
	row := Row{Subject: c.Subject(), Cells: cells(t, p, td, c, its)}
	for _, r := range its {
		row.Outcome = max(row.Outcome, r.Outcome)
	}
	return row
}

// rows are the rows of all worlds, each with the worlds that it is the same in.
type rows struct {
	list   []Row
	worlds [][]int
}

func (all *rows) add(world int, row Row) {
	same := func(r Row) bool {
		return r.Subject == row.Subject && r.Outcome == row.Outcome && slices.EqualFunc(r.Cells, row.Cells, func(a, b Cell) bool {
			return a.Value == b.Value && a.At.Position() == b.At.Position()
		})
	}
	for i := range all.list {
		if same(all.list[i]) && !slices.Contains(all.worlds[i], world) {
			all.worlds[i] = append(all.worlds[i], world)
			return
		}
	}
	all.list = append(all.list, row)
	all.worlds = append(all.worlds, []int{world})
}

// inWords says of each row in which worlds it holds, and puts those of one subject
// together.
func (all *rows) inWords(variants []ecsentry.Variant) []Row {
	const most = 2
	for i := range all.list {
		worlds := all.worlds[i]
		if len(worlds) == len(variants) {
			continue
		}
		var cases []string
		for _, w := range worlds[:min(most, len(worlds))] {
			cases = append(cases, phrase(variants[w].When))
		}
		all.list[i].When = strings.Join(cases, ", or ")
		if len(worlds) > most {
			all.list[i].When += ", or in other cases"
		}
	}
	first := map[string]int{}
	for i, r := range all.list {
		if _, seen := first[r.Subject]; !seen {
			first[r.Subject] = i
		}
	}
	slices.SortStableFunc(all.list, func(a, b Row) int { return first[a.Subject] - first[b.Subject] })
	return all.list
}

func phrase(choices []ecsentry.Choice) string {
	words := make([]string, len(choices))
	for i, c := range choices {
		words[i] = c.Phrase
	}
	return strings.Join(words, " and ")
}
