package document

import (
	"bytes"
	"strings"
)

// A Comment is one of a YAML text.
type Comment struct {
	Text  string // behind the #
	Start int32
	// From and To are the bytes that it is about: the value on its line, or the
	// block that starts on the next one. They are equal where there is none.
	From, To int32
}

// Comments are those that have mark in them, in order. Comments stack: lines of
// comments may lie between one and its block. A text without the mark costs next
// to nothing.
func (f *File) Comments(mark string) []Comment {
	if f.Format != YAML || !bytes.Contains(f.Data, []byte(mark)) {
		return nil
	}
	var out []Comment
	at := int32(0)
	for _, t := range append(f.quotable(), token{start: int32(len(f.Data)), end: int32(len(f.Data))}) {
		if t.start > at {
			out = f.comments(at, t.start, mark, out)
		}
		at = max(at, t.end)
	}
	return out
}

// comments are those of the text between two scalars.
func (f *File) comments(at, to int32, mark string, out []Comment) []Comment {
	for at < to {
		i := bytes.IndexByte(f.Data[at:to], '#')
		if i < 0 {
			break
		}
		start := at + int32(i)
		if at = start + 1; !f.isBOL(start) && !isBlank(f.Data[start-1]) {
			continue
		}
		at = f.lineEnd(start)
		if text := string(f.Data[start+1 : at]); strings.Contains(text, mark) {
			c := Comment{Text: text, Start: start}
			c.From, c.To = f.about(start)
			out = append(out, c)
		}
	}
	return out
}

func isBreak(c byte) bool { return c == '\n' || c == '\r' }

func (f *File) lineEnd(off int32) int32 {
	if i := bytes.IndexAny(f.Data[off:], "\r\n"); i >= 0 {
		return off + int32(i)
	}
	return int32(len(f.Data))
}

// about is what a comment is about.
func (f *File) about(start int32) (from, to int32) {
	starts := f.lineStarts()
	line := f.line(start)
	begin := starts[line]
	if _, alone := f.bol(start); !alone {
		w := within{file: f, from: begin, to: start}
		return w.find()
	}
	for line++; line < len(starts); line++ {
		begin = starts[line]
		end := f.lineEnd(begin)
		text := bytes.TrimLeft(f.Data[begin:end], " \t")
		if len(text) > 0 && text[0] == '#' {
			continue
		}
		w := within{file: f, from: begin, to: end, blocks: true}
		return w.find()
	}
	return start, start
}

// within finds what starts on a line: whole blocks, or values that end there too.
// A key whose value starts on a later line is about that.
type within struct {
	file     *File
	from, to int32
	blocks   bool
	first    int32 // what was found
	last     int32
	found    bool
}

func (w *within) find() (from, to int32) {
	for _, doc := range w.file.tree().Documents {
		w.walk(doc)
	}
	return w.first, w.last
}

func (w *within) on(off int32) bool { return off >= w.from && off < w.to }

// take takes what starts on the line. A block is the first of those.
func (w *within) take(from, to int32) {
	if !w.found {
		w.first, w.found = from, true
		w.last = to
	} else if !w.blocks {
		w.last = max(w.last, to)
	}
}

func (w *within) walk(n *Node) {
	if n.Alias || n.Start >= w.to || n.End < w.from { // what an alias means lies elsewhere
		return
	}
	for _, field := range n.Fields {
		switch {
		case w.on(field.Key.Start):
			if !w.blocks && !field.Value.IsScalar() && field.Value.End > w.to {
				w.walk(field.Value) // braces that open on the line, with values on it
			}
			if w.blocks || !w.found || field.Value.End <= w.to {
				w.take(field.Key.Start, max(field.Key.End, field.Value.End))
			}
		case field.Key.Start < w.from:
			w.value(field.Value)
		}
	}
	at := n.Start
	for _, item := range n.Items {
		start := item.Start
		if n.Style == Block {
			start = w.file.dash(at, item.Start)
		}
		at = item.End
		switch {
		case !w.on(start):
			w.value(item)
		case w.blocks || item.End <= w.to || item.Start >= w.to: // the last is a dash by itself
			w.take(start, item.End)
		default:
			w.opening(start, item)
		}
	}
}

// value takes a value whose key or dash is on an earlier line. Of a block the first
// key or dash on the line is taken, not the whole.
func (w *within) value(n *Node) {
	switch {
	case n.Alias || !w.on(n.Start) || n.Style == Block && !n.IsScalar():
		w.walk(n)
	case w.blocks || n.End <= w.to:
		w.take(n.Start, n.End)
	default:
		w.opening(n.Start, n)
	}
}

// opening takes what opens on the line and goes on: what is on the line of it, or
// all of it where that is nothing.
func (w *within) opening(start int32, n *Node) {
	found := w.found
	w.walk(n)
	if !found && !w.found {
		w.take(start, n.End)
	}
}

// dash is where the dash of an element is, which lies between two offsets.
func (f *File) dash(at, to int32) int32 {
	for at < to {
		switch c := f.Data[at]; {
		case c == '-':
			return at
		case c == '#':
			at = f.lineEnd(at)
		default:
			at++
		}
	}
	return to
}
