package document

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry/value"
)

// An enclosure is where a text inside a text lies: a JSON string in a YAML
// string, or an item in a stream.
type enclosure struct {
	outer value.Text
	at    []Jump
}

// A Jump says that from the offset Inner of a text on, its bytes lie in the
// outer text from Outer on, one by one, up to the next jump.
type Jump struct{ Inner, Outer int32 }

// ParseWithin reads a text that lies in another one. Its positions, and those of
// errors, are the outer text's. The jumps ascend and the first is at 0.
func ParseWithin(outer value.Text, name string, data []byte, at []Jump, o Options) (*File, error) {
	f := &File{Name: name, Data: data, options: o, within: &enclosure{outer, at}}
	if errs := f.parse(o); len(errs) > 0 {
		return nil, errs[0]
	}
	return f, nil
}

// Embedded reads the JSON that a string of this file holds.
func (f *File) Embedded(n *Node) (*File, error) { return f.EmbeddedFrom(n, 0) }

// EmbeddedFrom reads the JSON that a string holds after some prose. from is an
// offset in the string's value.
func (f *File) EmbeddedFrom(n *Node, from int) (*File, error) {
	if n.Kind != String {
		return nil, f.errorAt(int(n.Start), "is no string that could hold JSON")
	}
	at, ok := f.jumps(n)
	if !ok {
		return nil, f.errorAt(int(n.Start), "is a string that cannot be located in the text")
	}
	data := []byte(n.Value)
	for i := range data[:from] {
		data[i] = ' ' // so that offsets stay what they are
	}
	return ParseWithin(f, f.Name, data, at, Options{JSONOnly: true})
}

// Outer is an offset in the outermost text, where an edit must be made.
func (f *File) Outer(off int32) (value.Text, int32) {
	if f.within == nil {
		return f, off
	}
	off = f.within.translate(off)
	if outer, ok := f.within.outer.(*File); ok {
		return outer.Outer(off)
	}
	return f.within.outer, off
}

func (e *enclosure) position(off int32) value.Position { return e.outer.Position(e.translate(off)) }

func (e *enclosure) translate(off int32) int32 {
	lo, hi := 0, len(e.at)
	for lo < hi {
		if mid := (lo + hi) / 2; e.at[mid].Inner <= off {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return 0
	}
	j := e.at[lo-1]
	out := j.Outer + max(off, 0) - j.Inner
	if lo < len(e.at) {
		out = min(out, e.at[lo].Outer)
	}
	return out
}

// jumps aligns the value of a string with its text. White space may be folded or
// escaped, so it counts for nothing: all other characters agree one by one.
func (f *File) jumps(n *Node) (at []Jump, ok bool) {
	n = f.anchor(n)
	r := written{text: string(f.Data[n.Start:n.End]), style: n.Style}
	i := 0
	switch n.Style {
	case SingleQuoted, DoubleQuoted:
		i, r.text = 1, r.text[:len(r.text)-1]
	case Literal, Folded:
		for i < len(r.text) && breakAt(r.text, i) == 0 {
			i++
		}
	}
	base := int(n.Start)
	at = append(at, Jump{0, int32(base + i)})
	for j := 0; j < len(n.Value); {
		if w := spaceAt(n.Value, j); w > 0 {
			j += w
			continue
		}
		c, size := utf8.DecodeRuneInString(n.Value[j:])
		for {
			got, w := r.next(i)
			if w == 0 {
				return nil, false
			}
			if got == c {
				if last := at[len(at)-1]; int(last.Outer)-int(last.Inner) != base+i-j {
					at = append(at, Jump{int32(j), int32(base + i)})
				}
				i += w
				break
			}
			if !isSpace(got) {
				return nil, false
			}
			i += w
		}
		j += size
	}
	return append(at, Jump{int32(len(n.Value)), int32(base + len(r.text))}), true
}

// written is the text of a scalar.
type written struct {
	text  string
	style Style
}

// next is the character that is written at i, and how many bytes that takes; 0
// if there is none. An escaped line break is a space.
func (w written) next(i int) (rune, int) {
	if i >= len(w.text) {
		return 0, 0
	}
	c, size := utf8.DecodeRuneInString(w.text[i:])
	switch {
	case c == '\'' && w.style == SingleQuoted:
		return c, min(2, len(w.text)-i)
	case c != '\\' || w.style != DoubleQuoted || i+1 >= len(w.text):
		return c, size
	}
	escape, size := utf8.DecodeRuneInString(w.text[i+1:])
	switch escape {
	case 'x':
		return w.hex(i, 2)
	case 'u':
		high, size := w.hex(i, 4)
		if high >= 0xd800 && high < 0xdc00 && strings.HasPrefix(w.text[i+size:], `\u`) {
			low, more := w.hex(i+size, 4)
			return (high-0xd800)<<10 + (low - 0xdc00) + 0x10000, size + more
		}
		return high, size
	case 'U':
		return w.hex(i, 8)
	}
	const names, characters = "0abtnvfreN_LP", "\x00\a\b\t\n\v\f\r\x1b\u0085\u00a0\u2028\u2029"
	if at := strings.IndexRune(names, escape); at >= 0 {
		return []rune(characters)[at], 1 + size
	}
	return escape, 1 + size
}

func (w written) hex(i, digits int) (rune, int) {
	end := min(i+2+digits, len(w.text))
	n, err := strconv.ParseUint(w.text[i+2:end], 16, 32)
	if err != nil {
		return utf8.RuneError, end - i
	}
	return rune(n), end - i
}

func isSpace(c rune) bool { return strings.ContainsRune(" \t\r\n\u0085\u2028\u2029", c) }
