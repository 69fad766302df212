package value

import (
	"slices"
	"strings"
)

// Partial is what is known of an unknown string.
type Partial struct {
	// Pieces are the literal texts around the unknown parts, in order. Between two
	// neighbouring pieces stands one unknown part, which may be any text, the empty
	// one too. Of "root:${GROUP}" they are "root:" and "". None at all means that
	// nothing is known.
	Pieces []string
	// Not are strings that the whole string certainly is not.
	Not []string
}

// Prefix is what every completion starts with.
func (p Partial) Prefix() string {
	if len(p.Pieces) == 0 {
		return ""
	}
	return p.Pieces[0]
}

// NotEmpty reports whether no completion is the empty string.
func (p Partial) NotEmpty() bool {
	for _, piece := range p.Pieces {
		if piece != "" {
			return true
		}
	}
	return slices.Contains(p.Not, "")
}

// CanBe reports whether some completion is s.
func (p Partial) CanBe(s string) bool {
	if slices.Contains(p.Not, s) {
		return false
	}
	switch len(p.Pieces) {
	case 0:
		return true
	case 1:
		return p.Pieces[0] == s
	}
	first, last := p.Pieces[0], p.Pieces[len(p.Pieces)-1]
	if !strings.HasPrefix(s, first) {
		return false
	}
	s = s[len(first):]
	for _, piece := range p.Pieces[1 : len(p.Pieces)-1] {
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
	prefix := p.Prefix()
	return strings.HasPrefix(prefix, s) || len(p.Pieces) != 1 && strings.HasPrefix(s, prefix)
}
