package cloudformation

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// maxWorlds is how many worlds of one resource are looked at; with more, all
// that is open is unknown. maxRounds bounds the rounds in which the resource
// turns out not to be created, or the stack not to deploy.
const (
	maxWorlds = 64
	maxRounds = 512
)

// A world is one consistent way to answer what is asked while a resource is
// decoded. Questions are recorded in the order in which they come up; the last
// one moves to its next answer first, so that a question is explored only in the
// worlds that ask it.
//
// Nothing that was resolved in one world may be kept for another.
type world struct {
	trail     []question
	exploring bool
	dead      string // why the stack cannot be deployed in this world
}

type question struct {
	key    string
	term   *term  // nil where the question is whether a comparison holds
	about  string // such a comparison, in words
	answer int
	of     int
}

// ask returns the answer of this world to a question; the first time it comes
// up, the first of its answers.
func (w *world) ask(q question) int {
	for i := range w.trail {
		if w.trail[i].key == q.key {
			return w.trail[i].answer
		}
	}
	w.trail = append(w.trail, q)
	return 0
}

// next moves to the next world; false when all were seen.
func (w *world) next() bool {
	w.dead = ""
	for len(w.trail) > 0 {
		last := &w.trail[len(w.trail)-1]
		if last.answer++; last.answer < last.of {
			return true
		}
		w.trail = w.trail[:len(w.trail)-1]
	}
	return false
}

// choices says which world it is.
func (w *world) choices() []ecsentry.Choice {
	out := make([]ecsentry.Choice, 0, len(w.trail))
	for _, q := range w.trail {
		if q.of < 2 {
			continue
		}
		c := ecsentry.Choice{Term: q.key}
		switch {
		case q.term != nil:
			c.Phrase, c.Not = q.term.phrase(q.answer)
		case q.answer == 0:
			c.Phrase, c.Not = q.about+" holds", q.about+" does not hold"
		default:
			c.Phrase, c.Not = q.about+" does not hold", q.about+" holds"
		}
		out = append(out, c)
	}
	return out
}

// holds asks whether a comparison holds that nothing decides.
func (r *run) holds(key, about string) value.Level {
	if r.world == nil || !r.world.exploring {
		return value.Maybe
	}
	if r.world.ask(question{key: key, about: about, of: 2}) == 0 {
		return value.Yes
	}
	return value.No
}
