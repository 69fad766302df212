package document

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// scalar reads a scalar at start; a value left out stands behind prev.
func (r *yamlReader) scalar(y *yaml.Node, n *Node, prev, start int) error {
	n.Value, n.Kind = y.Value, String
	var end int
	var ok bool
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		n.Style = DoubleQuoted
		end, ok = r.doubleQuoted(start)
	case y.Style&yaml.SingleQuotedStyle != 0:
		n.Style = SingleQuoted
		end, ok = r.singleQuoted(start)
	case y.Style&yaml.LiteralStyle != 0:
		n.Style = Literal
		end, ok = r.blockScalar(start, '|', y.Value)
	case y.Style&yaml.FoldedStyle != 0:
		n.Style = Folded
		end, ok = r.blockScalar(start, '>', y.Value)
	default:
		n.Kind = plainKind(y)
		if y.Value == "" {
			if isOmitted(y) {
				start = r.omitted(prev, start)
			}
			end, ok = start, true
			break
		}
		if end, ok = r.plain(start, y.Value); ok && r.text[start:end] == n.Value {
			n.Value = r.text[start:end]
		}
	}
	if !ok {
		return r.lost(start)
	}
	n.Start, n.End = int32(start), int32(end)
	return nil
}

// isOmitted reports whether nothing at all is written for a value.
func isOmitted(y *yaml.Node) bool {
	return y.Kind == yaml.ScalarNode && y.Value == "" && y.Style == 0 && y.Anchor == ""
}

// plainKind is the kind of a plain scalar. The library resolves it, and knows
// dates too, which are strings to us.
func plainKind(y *yaml.Node) Kind {
	tag := y.Tag
	if y.Style&yaml.TaggedStyle != 0 {
		switch {
		case tag == "!!bool" || tag == "!!int" || tag == "!!float" || tag == "!!null":
			untagged := yaml.Node{Kind: yaml.ScalarNode, Value: y.Value}
			tag = untagged.ShortTag()
		case y.Value == "" && !strings.HasPrefix(tag, "!!"):
			return Null
		default:
			return String
		}
	}
	switch tag {
	case "!!null":
		return Null
	case "!!bool":
		return Bool
	case "!!int", "!!float":
		return Number
	default:
		return String
	}
}

func (r *yamlReader) at(i int) byte {
	if i < len(r.data) {
		return r.data[i]
	}
	return 0
}

func (r *yamlReader) doubleQuoted(start int) (end int, ok bool) {
	if r.at(start) != '"' {
		return start, false
	}
	for i := start + 1; ; {
		next := strings.IndexAny(r.text[i:], `"\`)
		if next < 0 {
			return start, false
		}
		if i += next; r.text[i] == '"' {
			return i + 1, true
		}
		if i += 2; i > len(r.text) {
			return start, false
		}
	}
}

func (r *yamlReader) singleQuoted(start int) (end int, ok bool) {
	if r.at(start) != '\'' {
		return start, false
	}
	for i := start + 1; ; i += 2 {
		next := strings.IndexByte(r.text[i:], '\'')
		if next < 0 {
			return start, false
		}
		if i += next; r.at(i+1) != '\'' {
			return i + 1, true
		}
	}
}

// plain finds the end of a plain scalar. It may be folded over lines, so that
// its text and its value agree in all but white space.
func (r *yamlReader) plain(start int, text string) (end int, ok bool) {
	if strings.HasPrefix(r.text[start:], text) {
		return start + len(text), true
	}
	return r.match(start, text)
}

// blockScalar finds the end of the last line that has some text.
func (r *yamlReader) blockScalar(start int, indicator byte, text string) (end int, ok bool) {
	if r.at(start) != indicator {
		return start, false
	}
	// The header may have a comment, but nothing else.
	header := start + 1
	for header < len(r.text) && strings.IndexByte("+-0123456789", r.text[header]) >= 0 {
		header++
	}
	line := header
	for line < len(r.text) && breakAt(r.text, line) == 0 {
		line++
	}
	end, ok = r.match(line, text)
	if !ok {
		return start, false
	}
	if end == line { // nothing but white space
		return header, true
	}
	for end < len(r.text) && isBlank(r.text[end]) {
		end++
	}
	return end, true
}

// match finds the end of the text whose characters, white space aside, are those
// of value.
func (r *yamlReader) match(start int, value string) (end int, ok bool) {
	i := start
	end = start
	for j := 0; j < len(value); {
		if w := spaceAt(value, j); w > 0 {
			j += w
			continue
		}
		for i < len(r.text) {
			w := spaceAt(r.text, i)
			if w == 0 {
				break
			}
			i += w
		}
		if i >= len(r.text) || r.text[i] != value[j] {
			return start, false
		}
		i++
		j++
		end = i
	}
	return end, true
}
