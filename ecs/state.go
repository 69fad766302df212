package ecs

import (
	"strconv"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// Inactive says why a resource that has ended is not judged, "" if it has not.
// What says no status counts as active.
func Inactive(resource any) string {
	status, ended := statusOf(resource)
	if value.IsOneOf(status, ended...).Level != value.Yes {
		return ""
	}
	s, _ := status.Get()
	return "is " + s
}

// PerhapsInactive says why nobody can tell whether a resource has ended, "" if
// it is known.
func PerhapsInactive(resource any) string {
	status, ended := statusOf(resource)
	if value.IsOneOf(status, ended...).Level != value.Maybe {
		return ""
	}
	why := "its status is not known"
	if at := status.At(); at != nil && at.Why != nil {
		why += ": " + at.Why.Text
	}
	return why
}

// statusOf is the status of a resource, and those of which it is no more.
func statusOf(resource any) (status value.Of[string], ended []string) {
	switch r := resource.(type) {
	case *TaskDefinition:
		return r.Status, []string{"INACTIVE", "DELETE_IN_PROGRESS"}
	case *Service:
		return r.Status, []string{"INACTIVE"}
	case *Cluster:
		return r.Status, []string{"INACTIVE"}
	}
	return status, nil
}

// A Revision is what the latest-active rule needs to know of a task definition.
type Revision struct {
	Account, Region, Family string
	Number                  int
	Active                  bool // or perhaps active
	Doubt                   bool // nobody can tell whether it is active
}

// RevisionOf tells which revision a task definition is. A task definition
// without a revision number, such as the input of register-task-definition, is
// none: it would become active, and supersedes nothing.
func RevisionOf(id *ecsentry.Identity, td *TaskDefinition) (Revision, bool) {
	r := Revision{Account: id.Account, Region: id.Region, Active: Inactive(td) == "", Doubt: PerhapsInactive(td) != ""}
	if arn, ok := td.ARN.Get(); ok {
		r.Family, r.Number = FamilyRevision(arn)
	}
	if r.Family == "" {
		r.Family, _ = td.Family.Get()
	}
	if r.Number == 0 {
		digits, _ := td.Revision.Get()
		r.Number, _ = strconv.Atoi(digits)
	}
	return r, r.Number > 0 && r.Family != ""
}

// A Latest collects the revisions of a run and knows the numerically highest
// active one of each family in an account and Region.
type Latest map[Revision]highest

type highest struct{ certainly, perhaps int }

// Add takes note of a revision.
func (l Latest) Add(r Revision) {
	h := l[r.family()]
	switch {
	case !r.Active:
		return
	case !r.Doubt:
		h.certainly = max(h.certainly, r.Number)
	}
	h.perhaps = max(h.perhaps, r.Number)
	l[r.family()] = h
}

// Of is the number of the latest revision of r's family that is certainly
// active, 0 if it has none.
func (l Latest) Of(r Revision) int { return l[r.family()].certainly }

// Perhaps is the number of the latest revision that may be active; it is above
// Of where the status of later revisions is not known.
func (l Latest) Perhaps(r Revision) int { return l[r.family()].perhaps }

func (r Revision) family() Revision {
	r.Number, r.Active, r.Doubt = 0, false, false
	return r
}
