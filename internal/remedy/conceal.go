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
		out = append(out, File{
			Name: name, Before: r.original[name], After: end.texts[name],
			HiddenBefore: r.concealed(r.start, name), HiddenAfter: r.concealed(end, name),
		})
	}
	return out
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
	touching := map[string]bool{}
	for _, id := range r.touch[name] {
		touching[id] = true
	}
	for _, f := range s.findings {
		if touching[f.ID] || f.Resource.File() == name {
			ask(f.Resource.At)
		}
	}
	return out
}
