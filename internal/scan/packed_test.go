package scan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// What finds no room in the tables of a run is kept all the same.
func TestTablesAreBounded(t *testing.T) {
	for name, in := range map[string]func() []*ecsentry.Resource{
		"one with many images": func() []*ecsentry.Resource {
			return []*ecsentry.Resource{taskDefinition(line("a.json", 1), containers(0, 1000)), taskDefinition(line("a.json", 2), containers(0, 2))}
		},
		"one with many containers": func() []*ecsentry.Resource {
			same := `{"containerDefinitions": [` + strings.Repeat(`{"name": "app"},`, 35_000) + `{}]}`
			return []*ecsentry.Resource{taskDefinition(line("a.json", 1), same), taskDefinition(line("a.json", 2), same)}
		},
		"many with names of their own": func() (out []*ecsentry.Resource) {
			for i := range 700 {
				out = append(out, taskDefinition(line("a.json", i+1), containers(100*i, 100)))
			}
			return out
		},
		"a long name": func() []*ecsentry.Resource {
			return []*ecsentry.Resource{taskDefinition(line("a.json", 1), `{"containerDefinitions": [{"name": "`+strings.Repeat("x", 5000)+`"}]}`)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			streamed := in()
			for _, r := range streamed {
				r.Streamed = true
			}
			of := func(all []*ecsentry.Resource) string {
				o := options(&source{resources: all})
				o.Controls = only(o.Controls, "ECS.5")
				return describe(runOptions(t, o))
			}
			want, got := of(in()), of(streamed)
			if want != got {
				t.Errorf("another report (-want +got):\n%.2000s", cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")))
			}
		})
	}
}

// containers is a task definition with containers whose numbers start at first.
func containers(first, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`{"name": "c%d", "image": "registry.example/%d:1"}`, first+i, first+i)
	}
	return fmt.Sprintf(`{"family": "f%d", "containerDefinitions": [%s]}`, first, strings.Join(list, ","))
}

// spot writes down what reports show of a place.
func spot(at *value.Place) string {
	if at == nil || at.In == nil {
		return at.Path()
	}
	return fmt.Sprint(at.Path(), at.Position(), at.In.Position(at.End), at.Missing, at.Masked)
}

// describe writes down all that reports show of findings.
func describe(r *ecsentry.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d resources, %d older\n", r.Resources, r.OlderRevisions)
	for f := range r.Findings.All() {
		id := *f.Resource
		id.At = nil
		fmt.Fprintf(&b, "%s %s %s %v %s %s %+v %+v %+v\n", f.ID, f.Control.ID, f.Severity, f.Exception, f.Verdict.Outcome, spot(f.Resource.At), id, f.Fix, f.Known)
		for _, r := range f.Verdict.Reasons {
			fmt.Fprintf(&b, "  %s %s %s %s %s %s %s %s %s\n", r.Outcome, r.Subject, r.Message, r.Detail, r.Hint, r.When, r.Key, r.Image, spot(r.At))
			if r.Fix != nil {
				fmt.Fprintf(&b, "    %s %s\n", r.Fix.Step, r.Fix.Breaks)
			}
		}
	}
	return b.String()
}
