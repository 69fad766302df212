package scan

import (
	"iter"

	"github.com/ecsentry/ecsentry"
)

// A store keeps the findings of a run, in the order of the report: those of packed
// resources are made anew for each pass.
type store struct {
	*packer
	judged   []*judged
	held     map[*judged][]ecsentry.Finding // of those that are not packed
	excuses  map[int]*ecsentry.Exception    // of those that are, by the finding's index
	parts    map[int]ecsentry.Excuses       // of those that count in part, likewise
	findings int
	summary  ecsentry.Summary
}

// findings are those of what was judged, after the policy. It counts resources
// too.
func (s *scan) findings() (resources int, out ecsentry.Findings) {
	all := s.inOrder()
	s.seen = nil
	packed := false
	for _, j := range all {
		packed = packed || j.packed != ""
	}
	if !packed {
		return len(all), ecsentry.Hold(hold(all)...)
	}
	st := &store{packer: &s.packer, judged: all, held: map[*judged][]ecsentry.Finding{}, excuses: map[int]*ecsentry.Exception{}, parts: map[int]ecsentry.Excuses{}}
	for _, j := range all {
		st.add(j)
	}
	return len(all), ecsentry.Stored(st)
}

// hold makes the findings of resources that are not packed.
func hold(all []*judged) []ecsentry.Finding {
	n := 0
	for _, j := range all {
		n += len(j.whole.verdicts)
	}
	out := make([]ecsentry.Finding, 0, n)
	for _, j := range all {
		for i, c := range j.rule.checks[j.typ] {
			f := j.rule.finding(c.Control, &j.whole.identity, j.whole.verdicts[i])
			f.Exception = j.rule.excuse(&f, j.tags)
			out = append(out, f)
		}
	}
	return out
}

// add counts the findings of a resource, and has the policy look at failures.
func (st *store) add(j *judged) {
	if j.packed == "" {
		list := hold([]*judged{j})
		st.held[j] = list
		for i := range list {
			st.count(&list[i])
		}
		return
	}
	u := unpacker{packer: st.packer}
	if j.fate == stands && j.rule.spares(u.resource(j)) {
		u.revision(&ecsentry.Identity{})
		u.target()
		for range j.rule.checks[j.typ] {
			st.count(&ecsentry.Finding{Verdict: ecsentry.Verdict{Outcome: ecsentry.Outcome(u.byte())}})
		}
		return
	}
	for f := range u.findings(j) {
		if f.Exception = j.rule.excuse(f, j.tags); f.Exception != nil {
			st.excuses[st.findings] = f.Exception
		}
		if f.Excuses != nil {
			st.parts[st.findings] = f.Excuses
		}
		st.count(f)
	}
}

func (st *store) count(f *ecsentry.Finding) {
	st.findings++
	st.summary.Add(f)
}

// findings are those of a packed resource, without exceptions.
func (u *unpacker) findings(j *judged) iter.Seq[*ecsentry.Finding] {
	return func(yield func(*ecsentry.Finding) bool) {
		id, verdicts := u.judgement(j)
		list := make([]ecsentry.Finding, len(verdicts))
		for i, c := range j.rule.checks[j.typ] {
			list[i] = j.rule.finding(c.Control, id, verdicts[i])
			if !yield(&list[i]) {
				return
			}
		}
	}
}

// Len is how many findings there are.
func (st *store) Len() int { return st.findings }

// Summary counts them.
func (st *store) Summary() ecsentry.Summary { return st.summary }

// All makes all of them.
func (st *store) All() iter.Seq[*ecsentry.Finding] {
	return func(yield func(*ecsentry.Finding) bool) {
		u := unpacker{packer: st.packer}
		n := 0
		for _, j := range st.judged {
			if list, ok := st.held[j]; ok {
				for i := range list {
					if n++; !yield(&list[i]) {
						return
					}
				}
				continue
			}
			for f := range u.findings(j) {
				f.Exception, f.Excuses = st.excuses[n], st.parts[n]
				if n++; !yield(f) {
					return
				}
			}
		}
	}
}
