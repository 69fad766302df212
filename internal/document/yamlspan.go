package document

import (
	"bytes"
	"strings"
	"unicode/utf8"
	"unsafe"

	"go.yaml.in/yaml/v3"
)

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// breakAt is the width of the line break at i, as YAML counts them; 0 if there
// is none.
func breakAt(s string, i int) int {
	switch s[i] {
	case '\n':
		return 1
	case '\r':
		if i+1 < len(s) && s[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xc2:
		if strings.HasPrefix(s[i:], "\u0085") {
			return 2
		}
	case 0xe2:
		if strings.HasPrefix(s[i:], "\u2028") || strings.HasPrefix(s[i:], "\u2029") {
			return 3
		}
	}
	return 0
}

func spaceAt(s string, i int) int {
	if c := s[i]; c > ' ' && c < 0x80 {
		return 0
	} else if isBlank(c) {
		return 1
	}
	return breakAt(s, i)
}

// A cursor finds the offset of lines and columns as the YAML library counts
// them. Nodes come in the order of the text, so it only moves forward.
type cursor struct {
	text           string
	ascii          bool // columns are bytes
	unix           bool // \n is the only line break
	line, col, off int
}

func newCursor(data []byte) cursor {
	c := cursor{text: unsafe.String(unsafe.SliceData(data), len(data)), ascii: true, unix: true, line: 1, col: 1}
	for _, b := range data {
		if b >= utf8.RuneSelf {
			c.ascii, c.unix = false, false
			break
		}
	}
	if c.unix && bytes.IndexByte(data, '\r') >= 0 {
		c.unix = false
	}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		c.off = len(byteOrderMark)
	}
	return c
}

// to moves to a line and column; false if the text has no such place, or the
// cursor is beyond it.
func (c *cursor) to(line, col int) bool {
	if line < c.line || line == c.line && col < c.col {
		return false
	}
	for c.line < line {
		if c.off >= len(c.text) {
			return false
		}
		if c.unix {
			next := strings.IndexByte(c.text[c.off:], '\n')
			if next < 0 {
				return false
			}
			c.off += next + 1
			c.line, c.col = c.line+1, 1
			continue
		}
		if w := breakAt(c.text, c.off); w > 0 {
			c.off += w
			c.line, c.col = c.line+1, 1
		} else {
			c.off++
		}
	}
	if c.ascii {
		c.off += col - c.col
		c.col = col
		return c.off <= len(c.text)
	}
	for ; c.col < col; c.col++ {
		if c.off >= len(c.text) {
			return false
		}
		_, w := utf8.DecodeRuneInString(c.text[c.off:])
		c.off += w
	}
	return true
}

func (r *yamlReader) offset(y *yaml.Node) (int, error) {
	if !r.cursor.to(y.Line, y.Column) {
		return r.cursor.off, r.lost(r.cursor.off)
	}
	return r.cursor.off, nil
}

// skipProperties moves from the tag and the anchor of a node to its value.
func (r *yamlReader) skipProperties(y *yaml.Node, at int) (int, error) {
	tagged, marked := y.Style&yaml.TaggedStyle != 0, y.Anchor != ""
	tagged = tagged || r.at(at) == '!' && hasPlainTag(y)
	before := tagged
	start := at
	for tagged || marked {
		switch c := r.at(start); {
		case c == '!' && tagged:
			tagged = false
		case c == '&' && marked:
			marked = false
		default:
			return 0, r.lost(start)
		}
		if r.at(start) == '&' {
			start += 1 + len(y.Anchor)
		} else {
			for start < len(r.text) && spaceAt(r.text, start) == 0 {
				start++
			}
		}
		if tagged || marked || y.Kind != yaml.ScalarNode || y.Value != "" || y.Style&^yaml.TaggedStyle != 0 {
			start = r.skipSpace(start, len(r.text), "")
		}
		if !tagged && !before && r.at(start) == '!' && hasPlainTag(y) { // &a ! b
			tagged, before = true, true
		}
	}
	return start, nil
}

// hasPlainTag tells whether a ! in front of a node is the node's: the tag says
// nothing, so the library keeps none for it. In front of a block map it may be
// the first key's.
func hasPlainTag(y *yaml.Node) bool {
	switch {
	case y.Kind == yaml.ScalarNode:
		return !isOmitted(y)
	case y.Kind == yaml.MappingNode && y.Style&yaml.FlowStyle == 0:
		return y.Content[0].Line > y.Line
	default:
		return true
	}
}

// skipSpace moves over white space, comments and the characters in also.
func (r *yamlReader) skipSpace(i, end int, also string) int {
	for i < end {
		c := r.text[i]
		w := spaceAt(r.text, i)
		switch {
		case w > 0:
			i += w
		case c == '#':
			for i < end && breakAt(r.text, i) == 0 {
				i++
			}
		case strings.IndexByte(also, c) >= 0:
			i++
		case strings.HasPrefix(r.text[i:], byteOrderMark):
			i += len(byteOrderMark)
		default:
			return i
		}
	}
	return i
}

// closing finds the bracket that closes a flow collection, whose last value ends
// at end.
func (r *yamlReader) closing(end int, bracket byte) (int, error) {
	// A value left out may still have the tag !, which says nothing.
	end = r.skipSpace(end, len(r.text), ",:?!")
	if r.at(end) != bracket {
		return 0, r.lost(end)
	}
	return end + 1, nil
}

// omitted is where a value that was left out would stand: behind the last
// indicator between prev and the token that follows, which the library names.
func (r *yamlReader) omitted(prev, next int) int {
	out := min(prev, next)
	for i := out; i < next; {
		i = r.skipSpace(i, next, "")
		if i < next {
			i++
			out = i
		}
	}
	return out
}
