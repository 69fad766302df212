package remedy

import (
	"slices"

	"github.com/ecsentry/ecsentry"
)

// A part is of what edits are, and what problems are about: a container, or a
// resource where the problem says no more.
type part struct {
	kind      ecsentry.ResourceType
	id, file  string
	ordinal   int
	container string
}

func partOf(f *ecsentry.Finding, container string) part {
	id := f.Resource
	return part{id.Type, id.ID, id.File(), id.Ordinal, container}
}

// maxSteps is how many edits of one part are tried one after the other.
const maxSteps = 16

// A verdict on a trial: the reasons whose edits have nothing to do with any problem,
// those that alone can have led to one, and others, in steps that hold one of each
// part at most: so what is bad in many parts is found in a few trials.
type sorted struct {
	clean []key
	bad   map[key]string
	steps [][]key
}

// sort finds what led to the problems by what they are about; ok is false where
// that cannot be told.
func (t *trial) sort(problems []problem) (s sorted, ok bool) {
	whole := map[part]bool{} // resources in which a problem is about all of it
	texts := map[part]string{}
	for _, p := range problems {
		if p.finding == nil {
			return s, false
		}
		at := partOf(p.finding, containerOf(p.reason))
		if at.container == "" {
			whole[at] = true
		}
		if texts[at] == "" {
			texts[at] = p.text
		}
	}
	of := func(k key) part {
		at := partOf(t.items[k].Finding, "")
		if !whole[at] {
			at.container = k.container
		}
		return at
	}
	count, found := map[part]int{}, map[part]bool{}
	for _, k := range t.made {
		count[of(k)]++
	}
	s.bad = map[key]string{}
	step := map[part]int{}
	for _, k := range t.made {
		at := of(k)
		text, guilty := texts[at]
		switch {
		case !guilty:
			s.clean = append(s.clean, k)
			continue
		case count[at] == 1:
			s.bad[k] = text
		default:
			if step[at] == len(s.steps) {
				s.steps = append(s.steps, nil)
			}
			s.steps[step[at]] = append(s.steps[step[at]], k)
			step[at]++
		}
		found[at] = true
	}
	for at := range texts {
		outer := at
		outer.container = ""
		if !found[at] && !found[outer] {
			return s, false // something else led to it
		}
	}
	return s, len(s.steps) <= maxSteps
}

func containerOf(r *ecsentry.Reason) string {
	if r == nil || r.Scope == nil {
		return ""
	}
	return r.Scope.Name
}

// halves parts the reasons of a trial: into those that have nothing to do with the
// file of any problem and the others, else in the middle.
func (t *trial) halves(problems []problem) (first, second []key) {
	near := func(k key) bool {
		return slices.ContainsFunc(t.files[k], func(f string) bool {
			return slices.ContainsFunc(problems, func(p problem) bool { return p.file == f })
		})
	}
	for _, k := range t.made {
		if near(k) {
			second = append(second, k)
		} else {
			first = append(first, k)
		}
	}
	if len(first) > 0 && len(second) > 0 {
		return first, second
	}
	return t.made[:len(t.made)/2], t.made[len(t.made)/2:]
}
