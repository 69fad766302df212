package scan

import (
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
		if j.typ != ecsentry.TaskDefinition {
			continue
		}
		if j.fate == stands {
			s.retire(j)
		}
		if j.fate == ended || j.fate == retired {
			older++
		}
	}
	return older
}

func (s *scan) retire(j *judged) {
	r := s.revision(j)
	if r.Number == 0 {
		return
	}
	if latest := s.index.latest.Of(r); r.Number < latest {
		j.fate, j.later = retired, latest
	} else if later := s.index.latest.Perhaps(r); r.Number < later {
		j.fate, j.later = doubtful, later
	}
	if j.whole != nil {
		j.decide(&j.whole.identity, j.whole.verdicts)
	}
}
