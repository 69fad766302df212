package scan

import "github.com/ecsentry/ecsentry"

// states keep the latest state of each resource of which an input may hold
// several. They know a resource by what came of it, so that memory grows with the
// number of resources and not of states.
type states struct {
	by    map[string]*state
	order []*state // as the resources were met, so that nothing depends on a map's order
}

// A state is the latest of a resource that was seen so far.
type state struct {
	ecsentry.State
	judged  *judged  // nil while it waits, and where it is gone
	waits   *waiting // a service
	entries []entry  // what others may refer to
}

// takeState takes a resource that may have had other states.
func (s *scan) takeState(r *ecsentry.Resource) {
	old := s.states.by[r.State.Of]
	switch {
	case old == nil:
		old = &state{}
		if s.states.by == nil {
			s.states.by = map[string]*state{}
		}
		s.states.by[r.State.Of] = old
		s.states.order = append(s.states.order, old)
	case !r.State.After(&old.State):
		return
	}
	*old = state{State: *r.State}
	switch {
	case r.State.Gone:
	case waits(r):
		old.waits = s.wait(r)
	default:
		old.judged, old.entries = s.judge(r)
	}
}

// settle puts the latest states among the other resources, when all were seen.
func (s *scan) settle() {
	for _, state := range s.states.order {
		s.index.insert(state.entries)
		switch {
		case state.waits != nil:
			s.services = append(s.services, state.waits)
		case state.judged != nil:
			s.seen = append(s.seen, state.judged)
		}
	}
	s.states = states{}
}
