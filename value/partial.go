package value

import "strings"

// Partial is a string of which only pieces are known: the literal texts around
// its unknown parts, in order. Between two neighbouring pieces stands one
// unknown part, which may be any text, the empty one too. "root:${GROUP}" is
// {"root:", ""}; a wholly unknown string is {"", ""} or nil.
type Partial []string

// Prefix is what every completion starts with.
func (p Partial) Prefix() string {
	if len(p) == 0 {
		return ""
	}
	return p[0]
}

// NotEmpty reports whether no completion is the empty string.
func (p Partial) NotEmpty() bool {
	for _, piece := range p {
		if piece != "" {
			return true
		}
	}
	return false
}

// CanBe reports whether some completion is s.
func (p Partial) CanBe(s string) bool {
	if len(p) == 0 {
		return true
	}
	if len(p) == 1 {
		return p[0] == s
	}
	if !strings.HasPrefix(s, p[0]) {
		return false
	}
	s = s[len(p[0]):]
	last := p[len(p)-1]
	for _, piece := range p[1 : len(p)-1] {
		i := strings.Index(s, piece)
		if i < 0 {
			return false
		}
		s = s[i+len(piece):]
	}
	return strings.HasSuffix(s, last)
}

// CanStartWith reports whether some completion starts with s.
func (p Partial) CanStartWith(s string) bool {
	if len(p) == 1 {
		return strings.HasPrefix(p[0], s)
	}
	prefix := p.Prefix()
	return strings.HasPrefix(prefix, s) || strings.HasPrefix(s, prefix)
}
