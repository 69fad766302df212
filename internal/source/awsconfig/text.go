package awsconfig

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A text stands for an item whose bytes are not held. It knows the positions that
// the item's places ask for, and for an item on one line of ASCII that takes only
// where it starts.
type text struct {
	file         string
	line, column int    // where the item starts, from 1
	marks        []mark // in the order of offsets; none if columns can be counted

	// While the item is decoded:
	data   []byte         // the item's bytes, unless columns can be counted
	within *document.File // the file that the item is in, which has a text of its own
}

// A mark is the position of an offset.
type mark struct{ off, line, column int32 }

// newText is the text of an item that starts at a line and column.
func newText(file string, data []byte, line, column int) *text {
	t := &text{file: file, line: line, column: column}
	if !simple(data) {
		t.data = data
	}
	return t
}

// note remembers that a place is at an offset.
func (t *text) note(off int32) {
	if t.data != nil || t.within != nil {
		t.marks = append(t.marks, mark{off: off})
	}
}

// seal finds the positions of all offsets that were noted and lets go of the
// bytes.
func (t *text) seal() {
	slices.SortFunc(t.marks, func(a, b mark) int { return int(a.off) - int(b.off) })
	t.marks = slices.Clone(slices.CompactFunc(t.marks, func(a, b mark) bool { return a.off == b.off }))
	if t.within != nil {
		for i, m := range t.marks {
			p := t.within.Position(m.off)
			t.marks[i].line, t.marks[i].column = int32(p.Line), int32(p.Column)
		}
	} else if t.data != nil {
		at := cursor{line: t.line, column: t.column}
		from := 0
		for i, m := range t.marks {
			to := min(int(m.off), len(t.data))
			at.pass(t.data[from:to])
			from = to
			t.marks[i].line, t.marks[i].column = int32(at.line), int32(at.column)
		}
	}
	t.data, t.within = nil, nil
}

// Position is that of an offset that was noted.
func (t *text) Position(off int32) value.Position {
	if len(t.marks) == 0 {
		return value.Position{File: t.file, Line: max(t.line, 1), Column: max(t.column, 1) + int(off)}
	}
	i, ok := slices.BinarySearchFunc(t.marks, off, func(m mark, off int32) int { return int(m.off) - int(off) })
	if !ok {
		i = max(i-1, 0)
	}
	return value.Position{File: t.file, Line: int(t.marks[i].line), Column: int(t.marks[i].column)}
}

// A cursor counts lines and columns.
type cursor struct {
	line, column int  // from 1
	cr           bool // the last byte was a carriage return, which ended its line
}

// pass moves over bytes.
func (c *cursor) pass(data []byte) {
	if len(data) == 0 {
		return
	}
	if c.cr && data[0] == '\n' {
		data = data[1:]
		c.cr = false
	}
	if bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') < 0 {
		c.column += characters(data)
		c.cr = c.cr && len(data) == 0
		return
	}
	start := 0
	for i, b := range data {
		if b == '\n' || b == '\r' {
			if b == '\n' && i > 0 && data[i-1] == '\r' {
				start = i + 1
				continue
			}
			c.line, c.column, start = c.line+1, 1, i+1
		}
	}
	c.column += characters(data[start:])
	c.cr = data[len(data)-1] == '\r'
}

const highBits = 0x8080808080808080

// characters counts those that start in UTF-8.
func characters(data []byte) int {
	n := len(data)
	for len(data) >= 8 {
		if binary.LittleEndian.Uint64(data)&highBits != 0 {
			for _, b := range data[:8] {
				if b&0xc0 == 0x80 {
					n--
				}
			}
		}
		data = data[8:]
	}
	for _, b := range data {
		if b&0xc0 == 0x80 {
			n--
		}
	}
	return n
}

// simple tells whether data is one line of ASCII.
func simple(data []byte) bool {
	if bytes.IndexByte(data, '\n') >= 0 || bytes.IndexByte(data, '\r') >= 0 {
		return false
	}
	for len(data) >= 8 {
		if binary.LittleEndian.Uint64(data)&highBits != 0 {
			return false
		}
		data = data[8:]
	}
	for _, b := range data {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

// again is a text of its own for each item of what is read at once.
func (t *text) again() *text {
	out := *t
	return &out
}

// whereabouts finds the position of any offset, as long as the bytes are there.
type whereabouts struct {
	text *text
	data []byte
}

// Position is that of an offset.
func (w whereabouts) Position(off int32) value.Position {
	at := cursor{line: w.text.line, column: w.text.column}
	at.pass(w.data[:min(max(int(off), 0), len(w.data))])
	return value.Position{File: w.text.file, Line: at.line, Column: at.column}
}
