package policy

import "unicode/utf8"

// matches tells whether a pattern matches a whole text. Only * (any characters,
// / and : too) and ? (one character) are special. It takes time in proportion to
// the product of both lengths at worst.
func matches(pattern, text string) bool { return glob(pattern, text, false) }

// matchesAll is matches for a text in which * stands for parts that nobody knows:
// it must match whatever they are.
func matchesAll(pattern, text string) bool { return glob(pattern, text, true) }

func glob(pattern, text string, open bool) bool {
	p, t := 0, 0
	star, mark := -1, 0 // the last *, and how far it reaches
	for t < len(text) {
		_, size := utf8.DecodeRuneInString(text[t:])
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && pattern[p] == '?' && (!open || text[t] != '*'):
			p++
			t += size
		case p < len(pattern) && pattern[p] == text[t] && pattern[p] != '?' && (!open || text[t] != '*'):
			p++
			t++
		case star >= 0:
			_, size = utf8.DecodeRuneInString(text[mark:])
			mark += size
			p, t = star+1, mark
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

// anyMatches tells whether one of several patterns matches. What nobody knows,
// which is empty, none matches.
func anyMatches(patterns []string, text string) bool {
	if text == "" {
		return false
	}
	for _, p := range patterns {
		if matches(p, text) {
			return true
		}
	}
	return false
}
