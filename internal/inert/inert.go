// Package inert makes text that others wrote safe to show: whatever a name or a
// message holds, it neither moves the cursor, nor starts a line, nor turns the
// reading direction, nor hides. Everything that is printed on a terminal and
// comes from an input goes through it.
package inert

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text replaces every character that does not show itself by one that does, one
// for one, so that columns stay what they were.
func Text(s string) string {
	if harmless(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s { // a byte that is no UTF-8 arrives as utf8.RuneError
		b.WriteRune(visible(r))
	}
	return b.String()
}

// Clip is Text in at most n characters: a longer one loses its middle, because
// names differ at their ends.
func Clip(s string, n int) string {
	if fits(s, n) {
		return Text(s)
	}
	head := n / 2
	return Text(s[:first(s, head)]) + "…" + Text(s[last(s, n-1-head):])
}

// Cut is Text in at most n characters: a longer one loses its end, because
// sentences start with what matters.
func Cut(s string, n int) string {
	if fits(s, n) {
		return Text(s)
	}
	return Text(s[:first(s, n-1)]) + "…"
}

func fits(s string, n int) bool { return len(s) <= n || first(s, n) == len(s) }

// first is the length in bytes of the first n characters.
func first(s string, n int) int {
	end := 0
	for ; n > 0 && end < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return end
}

// last is where the last n characters start.
func last(s string, n int) int {
	start := len(s)
	for ; n > 0 && start > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:start])
		start -= size
	}
	return start
}

// harmless is the quick way for what nearly every text is: printable ASCII.
func harmless(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r < ' ':
		return '␀' + r // Unicode's pictures of control characters
	case r == 0x7f:
		return '␡'
	case blank(r):
		return utf8.RuneError
	case unicode.IsPrint(r):
		return r
	case unicode.Is(unicode.Zs, r):
		return ' '
	default: // C1 controls, bidirectional and other format characters, line separators, private and unassigned ones
		return utf8.RuneError
	}
}

// blank reports whether r counts as printable and yet shows nothing.
func blank(r rune) bool {
	switch r {
	case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0:
		return true
	}
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef // variation selectors
}
