package scan

import (
	"strconv"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// judged is what is kept of a resource: as it is, or packed where nothing of its
// input is held.
type judged struct {
	whole  *whole // nil where it is packed
	packed string
	rule   *rule
	typ    ecsentry.ResourceType
	tags   map[string]string
	at     value.Position // where it is packed
	number int            // which of several of its name in a file; 0 for what its source says
	fate
	later int // the revision that decides its fate
}

type whole struct {
	identity ecsentry.Identity
	revision ecs.Revision // of a task definition that is one
	verdicts []ecsentry.Verdict
}

// A fate is what became of a resource after it was judged.
type fate uint8

const (
	stands   fate = iota
	ended         // before it was judged: no control judges it
	retired       // it is not the latest active revision
	doubtful      // nobody can tell whether it is
)

// position is where the resource stands.
func (j *judged) position() value.Position {
	if j.whole != nil {
		return j.whole.identity.At.Position()
	}
	return j.at
}

// identity is the resource's, made anew where it is packed.
func (s *scan) identity(j *judged) *ecsentry.Identity {
	if j.whole != nil {
		return &j.whole.identity
	}
	u := unpacker{packer: &s.packer}
	return u.resource(j)
}

// revision is that of a task definition.
func (s *scan) revision(j *judged) ecs.Revision {
	if j.whole != nil {
		return j.whole.revision
	}
	u := unpacker{packer: &s.packer}
	return u.revision(u.resource(j))
}

// resource begins to read what is packed.
func (u *unpacker) resource(j *judged) *ecsentry.Identity {
	u.begin(j.packed)
	id := &ecsentry.Identity{}
	u.identity(id)
	if j.number > 0 {
		id.Ordinal = j.number - 1
	}
	return id
}

// judgement is a resource and the verdicts on it, in the end.
func (u *unpacker) judgement(j *judged) (*ecsentry.Identity, []ecsentry.Verdict) {
	if j.whole != nil {
		return &j.whole.identity, j.whole.verdicts
	}
	id := u.resource(j)
	u.revision(id)
	u.target()
	verdicts := u.verdicts(len(j.rule.checks[j.typ]), id)
	j.decide(id, verdicts)
	return id, verdicts
}

// decide says of verdicts what became of the resource after they were made.
func (j *judged) decide(id *ecsentry.Identity, verdicts []ecsentry.Verdict) {
	for i := range verdicts {
		switch j.fate {
		case retired:
			verdicts[i] = ecsentry.Reason{
				Outcome: ecsentry.NotApplicable, At: id.At,
				Message: "is not the latest active revision: " + strconv.Itoa(j.later) + " is",
			}.Verdict()
		case doubtful:
			verdicts[i] = verdicts[i].Doubted("revision " + strconv.Itoa(j.later) + ", whose status is not known, may be the latest active one")
		}
	}
}
