package scan

import (
	"fmt"
	"runtime"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
)

// A check is a control with its parameters.
type check struct {
	*ecsentry.Control
	params ecsentry.Params
}

// judge applies the controls of the resource's type. It returns what others may
// refer to in the resource too, where that is not packed with it.
func (s *scan) judge(r *ecsentry.Resource) (*judged, []entry) {
	rule := s.rule(&r.Identity)
	checks := rule.checks[r.Type]
	var revision ecs.Revision
	if td, ok := only[*ecs.TaskDefinition](r); ok {
		revision, _ = ecs.RevisionOf(&r.Identity, td)
	}
	verdicts := make([]ecsentry.Verdict, len(checks))
	for i, c := range checks {
		verdicts[i] = s.verdict(c, r)
	}
	j := &judged{rule: rule, tags: r.Tags, typ: r.Type}
	if r.Outside != "" {
		j.fate = ended
	}
	entries := s.index.entries(r)
	if r.Streamed {
		to, rest := packable(entries)
		if j.packed = s.packer.pack(&r.Identity, revision, to, verdicts); j.packed != "" {
			j.at = s.packer.from
			return j, rest
		}
	}
	j.whole = &whole{identity: r.Identity, revision: revision, verdicts: verdicts}
	return j, entries
}

// verdict is what a control says of a resource. A control that panics says
// nothing, and that is a gap; the scan goes on.
func (s *scan) verdict(c check, r *ecsentry.Resource) (v ecsentry.Verdict) {
	defer func() {
		if p := recover(); p != nil {
			reason := c.ID + " could not be judged: " + stumble(p)
			v = ecsentry.Reason{Outcome: ecsentry.Unknown, Message: "cannot tell: " + reason, At: r.At}.Verdict()
			s.coverage.Gaps = append(s.coverage.Gaps, ecsentry.Gap{Scope: scope(&r.Identity), Reason: reason})
		}
	}()
	v = ecsentry.Judge(c.Control, r, c.params)
	complete(c, r, &v, s.options.Terse)
	return v
}

// scope names a resource for a gap.
func scope(id *ecsentry.Identity) string {
	if file := id.File(); file != "" && file != id.ID {
		return file + " " + id.ID
	}
	return id.ID
}

// stumble says what a panic was. Of what it says only the runtime's own errors
// are shown: anything else may quote the input.
func stumble(p any) string {
	what := "ecsentry has a defect"
	if err, ok := p.(runtime.Error); ok {
		what += fmt.Sprintf(" (%v)", err)
	}
	return what + "; please report it"
}

// only is the data of a resource that has one variant of that type.
func only[T any](r *ecsentry.Resource) (T, bool) {
	if len(r.Variants) != 1 {
		var none T
		return none, false
	}
	data, ok := r.Variants[0].Data.(T)
	return data, ok
}
