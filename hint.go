package ecsentry

import "strings"

// maxSuppositions bounds how many ways to close open choices are tried for one
// unknown finding.
const maxSuppositions = 128

// HowToDecide names the open choices that a user can close, with values that
// make an unknown verdict a known one: "--parameter Env=prod". Each answer is
// tried before it is given; one that passes is preferred. It returns "" where no
// single answer, nor one answer to each of all, decides.
func HowToDecide(c *Control, r *Resource, p Params) string {
	if r.Assume == nil || r.Broken != "" {
		return ""
	}
	s := supposer{control: c, resource: r, params: p, left: maxSuppositions}
	for _, o := range r.Open {
		s.try(map[string]string{}, []Open{o})
	}
	if s.best == "" && len(r.Open) > 1 {
		s.try(map[string]string{}, r.Open)
	}
	return s.best
}

type supposer struct {
	control  *Control
	resource *Resource
	params   Params
	left     int
	best     string
	passed   bool
}

// try closes the first open choice in each way, then the others.
func (s *supposer) try(chosen map[string]string, open []Open) {
	if len(open) == 0 {
		s.judge(chosen)
		return
	}
	for _, answer := range open[0].Answers {
		if s.passed || s.left <= 0 {
			return
		}
		if !printable(answer) {
			continue
		}
		chosen[open[0].Name] = answer
		s.try(chosen, open[1:])
		delete(chosen, open[0].Name)
	}
}

func (s *supposer) judge(chosen map[string]string) {
	s.left--
	variants := s.resource.Assume(chosen)
	if len(variants) == 0 {
		return // the resource is not made then: no finding is no answer
	}
	outcome := judgeVariants(s.control, variants, s.params).Outcome
	if outcome == Unknown || s.best != "" && outcome != Passed {
		return
	}
	var words []string
	for _, o := range s.resource.Open {
		if answer, ok := chosen[o.Name]; ok {
			words = append(words, "--parameter "+o.Name+"="+answer)
		}
	}
	s.best, s.passed = strings.Join(words, " "), outcome == Passed
}

// printable says whether an answer can stand on a command line as it is.
func printable(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		case strings.ContainsRune("_-.:/@+", r):
		default:
			return false
		}
	}
	return true
}
