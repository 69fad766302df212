package ecsentry

import (
	"slices"
	"strings"
)

// describe says in which worlds something holds: by the choices that all of them
// share and that no other world can have made; else by the one answer that none
// of them has; else as the first of them. It names three choices at most.
func (j *joiner) describe(worlds []int) string {
	in := make([]bool, len(j.variants))
	for _, w := range worlds {
		in[w] = true
	}
	first := j.variants[worlds[0]].When
	var shared []Choice
	for _, c := range first {
		if j.all(worlds, c) {
			shared = append(shared, c)
		}
	}
	picked := j.pick(shared, in)
	if len(picked) != 1 {
		if not := j.anythingBut(first, in); not != "" {
			return not
		}
	}
	switch {
	case picked != nil:
		shared = picked
	default:
		// What they share does not keep the other worlds out; perhaps it does together
		// with an answer that none of these worlds gives.
		left := slices.Clone(in)
		for w := range j.variants {
			left[w] = in[w] || contradicts(j.variants[w].When, shared)
		}
		if not := j.anythingButAmong(first, in, left); len(shared) > 0 && not != "" {
			shared = append([]Choice{{Phrase: not}}, shared...)
		} else {
			shared = first
		}
	}
	words := make([]string, 0, 3)
	for _, c := range shared {
		if len(words) == 3 {
			break
		}
		words = append(words, c.Phrase)
	}
	return strings.Join(words, " and ")
}

// anythingBut finds a question to which all other worlds give the same answer,
// and these worlds any but that.
func (j *joiner) anythingBut(asked []Choice, in []bool) string {
	return j.anythingButAmong(asked, in, in)
}

// anythingButAmong is the same for some of the other worlds: but for those to
// leave out.
func (j *joiner) anythingButAmong(asked []Choice, in, leave []bool) string {
	for _, c := range asked {
		not, ok := "", true
		for w := range j.variants {
			if leave[w] {
				continue
			}
			answer, has := answerTo(j.variants[w].When, c.Term)
			ok = ok && has && (not == "" || not == answer.Not)
			not = answer.Not
		}
		for w := range j.variants {
			if answer, has := answerTo(j.variants[w].When, c.Term); in[w] {
				ok = ok && has && answer.Not != not
			}
		}
		if ok && not != "" {
			return not
		}
	}
	return ""
}

// contradicts says whether a world has made another choice than one of those.
func contradicts(world, choices []Choice) bool {
	for _, c := range choices {
		if answer, asked := answerTo(world, c.Term); asked && answer != c {
			return true
		}
	}
	return false
}

func answerTo(choices []Choice, term string) (Choice, bool) {
	for _, c := range choices {
		if c.Term == term {
			return c, true
		}
	}
	return Choice{}, false
}

func (j *joiner) all(worlds []int, c Choice) bool {
	for _, w := range worlds {
		if !has(j.variants[w].When, c) {
			return false
		}
	}
	return true
}

// pick returns the shortest set of choices, up to three, that every other world
// contradicts; nil if there is none.
func (j *joiner) pick(from []Choice, in []bool) []Choice {
	excludes := func(set ...Choice) bool {
		for w := range j.variants {
			if in[w] {
				continue
			}
			compatible := true // a question that was not asked may have any answer
			for _, c := range set {
				answer, asked := answerTo(j.variants[w].When, c.Term)
				compatible = compatible && (!asked || answer == c)
			}
			if compatible {
				return false
			}
		}
		return true
	}
	for i := range from {
		if excludes(from[i]) {
			return from[i : i+1]
		}
	}
	for i := range from {
		for k := i + 1; k < len(from); k++ {
			if excludes(from[i], from[k]) {
				return []Choice{from[i], from[k]}
			}
		}
	}
	if len(from) >= 3 && excludes(from[:3]...) {
		return from[:3]
	}
	return nil
}

func has(choices []Choice, c Choice) bool {
	for _, d := range choices {
		if d == c {
			return true
		}
	}
	return false
}
