package remedy

import (
	"maps"
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// files are those that change.
func (r *run) files(end *state) (out []File) {
	for _, name := range slices.Sorted(maps.Keys(r.original)) {
		f := File{
			Name: name, Before: r.original[name], After: end.texts[name], pieces: r.pieces[name],
			HiddenBefore: r.concealed(r.start, name), HiddenAfter: r.concealed(end, name),
		}
		// What was a secret stays one: a default whose only use an edit took away.
		f.HiddenAfter = append(f.HiddenAfter, f.pieces.carry(f.HiddenBefore)...)
		out = append(out, f)
	}
	return out
}

// within are the places of the resources of a file.
func (s *state) within(name string) []*value.Place {
	if s.places == nil {
		s.places = map[string][]*value.Place{}
		var last *value.Place
		for _, f := range s.findings {
			if at := f.Resource.At; at != nil && at != last { // findings of one resource follow each other
				last = at
				s.places[at.File()] = append(s.places[at.File()], at)
			}
		}
	}
	return s.places[name]
}

// concealed are the parts of a file that no output may show, as all texts say
// that have to do with it.
func (r *run) concealed(s *state, name string) (out []ecsentry.Span) {
	asked := map[value.Text]bool{}
	ask := func(at *value.Place) {
		if at == nil || at.In == nil || asked[at.In] {
			return
		}
		asked[at.In] = true
		if c, ok := at.In.(ecsentry.Concealer); ok {
			out = append(out, c.Concealed(name)...)
		}
	}
	for _, id := range r.touch[name] {
		if f := s.byID[id]; f != nil {
			ask(f.Resource.At)
		}
	}
	for _, at := range s.within(name) {
		ask(at)
	}
	return out
}
