package scan

import (
	"strconv"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
)

// exclude says of a resource that has ended that no control judges it.
func exclude(r *ecsentry.Resource) {
	if r.Outside == "" && len(r.Variants) == 1 {
		r.Outside = ecs.Inactive(r.Variants[0].Data)
		r.Doubt = ecs.PerhapsInactive(r.Variants[0].Data)
	}
}

// retireRevisions takes back the verdicts on task definitions that are not the
// latest active revision of their family, and counts those that are not judged.
func (s *scan) retireRevisions() (older int) {
	for _, j := range s.seen {
		if j.identity.Type != ecsentry.TaskDefinition {
			continue
		}
		if latest := s.index.latest.Of(j.revision); j.outside == "" && j.revision.Number > 0 && j.revision.Number < latest {
			j.outside = "is not the latest active revision: " + strconv.Itoa(latest) + " is"
			for i := range j.verdicts {
				j.verdicts[i] = ecsentry.Reason{
					Outcome: ecsentry.NotApplicable, Message: j.outside, At: j.identity.At,
				}.Verdict()
			}
		}
		if later := s.index.latest.Perhaps(j.revision); j.outside == "" && j.revision.Number > 0 && j.revision.Number < later {
			for i := range j.verdicts {
				j.verdicts[i] = j.verdicts[i].Doubted("revision " + strconv.Itoa(later) + ", whose status is not known, may be the latest active one")
			}
		}
		if j.outside != "" {
			older++
		}
	}
	return older
}
