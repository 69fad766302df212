package remedy

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// TestSort: what is bad in each of many resources is found in one trial, or in as
// many as a container has edits.
func TestSort(t *testing.T) {
	t.Parallel()
	const many = 100
	tr := &trial{items: map[key]Item{}, files: map[key][]string{}}
	var problems []problem
	scope := &value.Place{Name: "0"}
	var clean, firsts, seconds []key
	bad := map[key]string{}
	for i := range many {
		id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "Web" + strconv.Itoa(i)}
		add := func(control, container string) key {
			k := key{finding: control + id.ID, container: container}
			tr.made = append(tr.made, k)
			tr.items[k] = Item{Finding: &ecsentry.Finding{ID: k.finding, Resource: id}}
			return k
		}
		worse := func() {
			same := *id // the state after has an identity of its own
			problems = append(problems, problem{
				finding: &ecsentry.Finding{ID: "ECS.1" + id.ID, Resource: &same}, reason: &ecsentry.Reason{Scope: scope}, text: "worse",
			})
		}
		switch {
		case i%3 == 0: // one edit, which is bad
			bad[add("ECS.4", "0")] = "worse"
			worse()
		case i%3 == 1: // two, of which one may be
			firsts = append(firsts, add("ECS.4", "0"))
			seconds = append(seconds, add("ECS.5", "0"))
			worse()
		default:
			clean = append(clean, add("ECS.5", "1"))
		}
	}
	got, ok := tr.sort(problems)
	if !ok {
		t.Fatal("the problems have no cause")
	}
	if diff := cmp.Diff([][]key{clean, firsts, seconds}, [][]key{got.clean, got.steps[0], got.steps[1]}, cmp.AllowUnexported(key{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(bad, got.bad, cmp.AllowUnexported(key{})); diff != "" {
		t.Error(diff)
	}
	elsewhere := problem{finding: &ecsentry.Finding{Resource: &ecsentry.Identity{ID: "Other"}}}
	if _, ok := tr.sort(append(problems, elsewhere)); ok {
		t.Error("a problem in a resource without edits has a cause that nobody knows")
	}
}
