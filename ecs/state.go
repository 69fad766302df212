package ecs

import (
	"strconv"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// Inactive says why a resource that has ended is not judged, "" if it has not.
// What says no status counts as active.
func Inactive(resource any) string {
	var status value.Of[string]
	ended := []string{"INACTIVE"}
	switch r := resource.(type) {
	case *TaskDefinition:
		status = r.Status
		ended = append(ended, "DELETE_IN_PROGRESS")
	case *Service:
		status = r.Status
	case *Cluster:
		status = r.Status
	}
	if s, ok := status.Get(); ok {
		for _, e := range ended {
			if s == e {
				return "is " + s
			}
		}
	}
	return ""
}

// A Revision is what the latest-active rule needs to know of a task definition.
type Revision struct {
	Account, Region, Family string
	Number                  int
	Active                  bool
}

// RevisionOf tells which revision a task definition is. A task definition
// without a revision number, such as the input of register-task-definition, is
// none: it would become active, and supersedes nothing.
func RevisionOf(id *ecsentry.Identity, td *TaskDefinition) (Revision, bool) {
	r := Revision{Account: id.Account, Region: id.Region, Active: Inactive(td) == ""}
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
type Latest map[Revision]int

// Add takes note of a revision.
func (l Latest) Add(r Revision) {
	if r.Active {
		l[r.family()] = max(l[r.family()], r.Number)
	}
}

// Of is the number of the latest active revision of r's family, 0 if it has none.
func (l Latest) Of(r Revision) int { return l[r.family()] }

func (r Revision) family() Revision {
	r.Number, r.Active = 0, false
	return r
}
