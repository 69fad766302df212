package document

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A host is how a text lies in an outer one.
type host struct {
	outer *File
	inner string
	// starts and ends are where the bytes of inner are written in the outer text,
	// which for those of an escape is the escape. starts has one more, the end.
	starts, ends []int32
	lines        bool                         // line breaks are line breaks
	margin       string                       // what lines start with besides
	escape       func(string) (string, error) // of a line, or of all if lines are escaped
}

// outside makes splices of the outermost text of those of this one.
func (e *Editor) outside(splices []Splice) ([]Splice, error) {
	for f := e.file; f.within != nil; {
		h, err := e.host(f)
		if err != nil {
			return nil, err
		}
		for i := range splices {
			if splices[i], err = h.outward(splices[i]); err != nil {
				return nil, err
			}
		}
		if splices, err = inOrder(splices, int32(len(h.outer.Data))); err != nil {
			return nil, err
		}
		f = h.outer
	}
	return splices, nil
}

// host finds out how f lies in another file.
func (e *Editor) host(f *File) (*host, error) {
	outer, ok := f.within.outer.(*File)
	if !ok {
		return nil, fmt.Errorf("%w: it is part of what is read in pieces", ErrPlace)
	}
	h := &host{outer: outer, inner: f.text()}
	at := f.within.translate(0)
	tree := outer.tree()
	for _, n := range tree.Documents {
		if n.Start > at || at > n.End {
			continue
		}
		if n = tree.scalarAt(n, at); n == nil {
			break
		}
		if tree.shared(n) && !e.allUses {
			return nil, ErrShared
		}
		return h, h.scalar(n)
	}
	if outer.Format != 0 || e.escape == nil {
		return nil, fmt.Errorf("%w: how its text is written is not known", ErrPlace)
	}
	h.escape = e.escape
	h.plainText(f)
	return h, nil
}

// scalarAt is the scalar that an offset lies in.
func (f *File) scalarAt(n *Node, off int32) *Node {
	for !n.IsScalar() {
		var next *Node
		for _, field := range f.written(n) {
			if field.Key.Start <= off {
				next = field.Value
			}
		}
		for _, item := range n.Items {
			if item.Start <= off {
				next = item
			}
		}
		if next == nil || next.Alias {
			return nil
		}
		n = next
	}
	if n.Start <= off && off <= n.End {
		return n
	}
	return nil
}

// scalar finds where the bytes of a scalar's value are written.
func (h *host) scalar(n *Node) error {
	unclear := fmt.Errorf("%w: it lies in a text that is folded or written in several lines", ErrPlace)
	text := string(h.outer.Data[n.Start:n.End])
	s := written{text: text, style: n.Style}
	from, to := 0, len(text)
	switch n.Style {
	case DoubleQuoted, SingleQuoted:
		from, to = 1, to-1
		s.text = text[:to]
	case Plain:
	case Literal:
		if h.lines = true; !h.literal(n, text) {
			return unclear
		}
		h.escape = func(line string) (string, error) { return line, nil }
		return h.agrees(n)
	default:
		return unclear
	}
	for i := from; i < to; i++ {
		if breakAt(text, i) > 0 && (h.outer.Format == YAML || text[i] < 0x80) {
			return unclear
		}
	}
	for i := from; i < to; {
		c, w := s.next(i)
		for range utf8.RuneLen(c) {
			h.starts, h.ends = append(h.starts, n.Start+int32(i)), append(h.ends, n.Start+int32(i+w))
		}
		i += w
	}
	h.starts = append(h.starts, n.Start+int32(to))
	h.escape = func(added string) (string, error) { return escapeIn(n.Style, added) }
	if n.Style == Plain && !(&look{}).plainSafe(n.Value) {
		return unclear
	}
	return h.agrees(n)
}

// literal finds where the bytes of a literal block scalar are written.
func (h *host) literal(n *Node, text string) bool {
	at := 0
	for at < len(text) && breakAt(text, at) == 0 {
		at++
	}
	inner, margin := n.Value, -1
	for j := 0; j < len(inner); {
		if at >= len(text) { // the last line breaks
			h.starts, h.ends = append(h.starts, n.End), append(h.ends, n.End)
			j++
			continue
		}
		if at += breakAt(text, at); margin < 0 {
			spaces := len(text[at:]) - len(strings.TrimLeft(text[at:], " "))
			own := len(inner) - len(strings.TrimLeft(inner, " "))
			if margin = spaces - own; margin < 0 || at+spaces < len(text) && breakAt(text, at+spaces) > 0 {
				return false // it starts with blank lines
			}
			h.margin = text[at : at+margin]
		}
		for i := 0; i < margin && at < len(text) && text[at] == ' '; i++ {
			at++
		}
		for ; j < len(inner) && at < len(text) && breakAt(text, at) == 0; j, at = j+1, at+1 {
			if inner[j] != text[at] {
				return false
			}
			h.starts, h.ends = append(h.starts, n.Start+int32(at)), append(h.ends, n.Start+int32(at)+1)
		}
		if j < len(inner) && at < len(text) {
			if inner[j] != '\n' {
				return false
			}
			w := int32(breakAt(text, at))
			h.starts, h.ends = append(h.starts, n.Start+int32(at)), append(h.ends, n.Start+int32(at)+w)
			j++
		}
	}
	h.starts = append(h.starts, n.End)
	return true
}

// agrees checks that the text is the value of a scalar, but for prose in front
// that counts as blank.
func (h *host) agrees(n *Node) error {
	same := len(n.Value) == len(h.inner) && len(h.ends) == len(h.inner)
	for i := 0; same && i < len(h.inner); i++ {
		same = h.inner[i] == n.Value[i] || h.inner[i] == ' '
	}
	if !same {
		return fmt.Errorf("%w: its text is not what is written", ErrPlace)
	}
	return nil
}

// plainText finds where the bytes of f are written in what is no document.
func (h *host) plainText(f *File) {
	for i := range h.inner {
		for len(h.starts) < i {
			h.starts = append(h.starts, h.starts[len(h.starts)-1])
		}
		at := f.within.translate(int32(i))
		h.starts = append(h.starts, at)
		if h.inner[i] == '\n' && h.outer.breakFrom(at) > 0 {
			h.lines = true
		}
	}
	for len(h.starts) < len(h.inner) {
		h.starts = append(h.starts, h.starts[len(h.starts)-1])
	}
	h.starts = append(h.starts, f.within.translate(int32(len(h.inner))))
	h.ends = make([]int32, len(h.inner))
	for i := range h.ends {
		h.ends[i] = h.starts[i+1]
		if w := h.outer.breakFrom(h.starts[i]); h.inner[i] == '\n' && w > 0 {
			h.ends[i] = h.starts[i] + w
		}
	}
}

// outward is a splice of the outer text.
func (h *host) outward(s Splice) (Splice, error) {
	out := Splice{Start: h.starts[s.Start], End: h.starts[s.End]}
	if h.lines && len(s.New) == 0 && s.Start > 0 && h.inner[s.Start-1] == '\n' && h.inner[s.End-1] == '\n' {
		out.Start, out.End = h.ends[s.Start-1], h.ends[s.End-1] // whole lines
		return out, nil
	}
	if s.Start == s.End {
		out.End = out.Start
	}
	lines := []string{string(s.New)}
	separator := ""
	if h.lines {
		// A heredoc keeps the \r of its lines.
		lines = strings.Split(strings.ReplaceAll(lines[0], "\r\n", "\n"), "\n")
		separator = h.outer.newline(out.Start) + h.marginAt(s.Start)
	}
	for i, line := range lines {
		text, err := h.escape(line)
		if err != nil {
			return Splice{}, err
		}
		if i > 0 {
			out.New = append(out.New, separator...)
		}
		out.New = append(out.New, text...)
	}
	return out, nil
}

// marginAt is what the line of an offset starts with in the outer text only.
func (h *host) marginAt(i int32) string {
	if h.margin != "" {
		return h.margin
	}
	for i > 0 && h.inner[i-1] != '\n' {
		i--
	}
	if i == 0 {
		return h.outer.margin(h.starts[0])
	}
	return string(h.outer.Data[h.ends[i-1]:h.starts[i]])
}

// escapeIn writes a part of a text as a part of a scalar.
func escapeIn(style Style, text string) (string, error) {
	switch quoted := inQuotes(text, style); {
	case style == Plain && (strings.ContainsAny(text, "#:\t\r\n")):
		return "", fmt.Errorf("%w: it lies in a text without quotes", ErrPlace)
	case style == Plain:
		return text, nil
	case style == SingleQuoted && quoted[0] != '\'':
		return "", fmt.Errorf("%w: it lies in a text in single quotes, which cannot hold the new value", ErrPlace)
	default:
		return quoted[1 : len(quoted)-1], nil
	}
}
