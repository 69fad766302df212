package awsconfig

import "encoding/binary"

// An end says how scanning a value ended.
type end uint8

const (
	whole end = iota
	more      // the value goes on after the bytes
	wrong     // this is no JSON
)

// maxDepth is how deep values may lie in values.
const maxDepth = 200

// value finds the end of the JSON value that starts at i. It looks at no more
// than that takes: what lies between brackets is checked when it is parsed, and
// what is not parsed is of no interest.
func scanValue(b []byte, i int) (int, end) {
	if i >= len(b) {
		return i, more
	}
	switch b[i] {
	case '"':
		return scanString(b, i)
	case '{', '[':
		return scanBrackets(b, i)
	}
	from := i
	for i < len(b) && !isEnd(b[i]) {
		i++
	}
	switch {
	case i == len(b):
		return i, more
	case i == from:
		return i, wrong
	}
	return i, whole
}

// isEnd tells what ends a number or a word.
func isEnd(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n', ',', ':', ']', '}', '"', '{', '[':
		return true
	}
	return false
}

func scanString(b []byte, i int) (int, end) {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '"':
			return i + 1, whole
		case '\\':
			i++
		}
	}
	return len(b), more
}

// scanBrackets keeps the kinds of open brackets, so that one that closes another
// kind cannot swallow what follows.
func scanBrackets(b []byte, i int) (int, end) {
	var objects [maxDepth]bool
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			j := i + 1
			for {
				for j+8 <= len(b) && !hasEnd(binary.LittleEndian.Uint64(b[j:])) {
					j += 8
				}
				for j < len(b) && b[j] != '"' && b[j] != '\\' {
					j++
				}
				if j >= len(b) {
					return len(b), more
				}
				if b[j] == '"' {
					break
				}
				j += 2
			}
			i = j
		case '{', '[':
			if depth == maxDepth {
				return i, wrong
			}
			objects[depth] = b[i] == '{'
			depth++
		case '}', ']':
			depth--
			if objects[depth] != (b[i] == '}') {
				return i, wrong
			}
			if depth == 0 {
				return i + 1, whole
			}
		}
		i++
	}
	return len(b), more
}

// hasEnd tells whether one of eight bytes is a quote or a backslash.
func hasEnd(x uint64) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	quote, slash := x^ones*'"', x^ones*'\\'
	return ((quote-ones)&^quote|(slash-ones)&^slash)&tops != 0
}
