package document

import (
	"bytes"
	"slices"
	"sort"
	"sync"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry/value"
)

// Format is the language of a file.
type Format uint8

// The formats.
const (
	JSON Format = iota + 1
	YAML
)

// A File is a text that was read. It is a [value.Text] and a [value.Quoter], and
// may be used by many goroutines.
type File struct {
	Name      string
	Data      []byte
	Format    Format
	Documents []*Node

	// overridden are merged values that a written key hides: no document holds
	// them, but they are in the text, so that quoting must hide them.
	overridden []Field
	unread     []token           // where documents lie that were not read; nothing of them is shown
	anchors    map[*Node]*Node   // what aliases refer to; nil if there are none
	merges     map[*Node][]Field // what is written in maps that have merge keys; nil if none has
	within     *enclosure        // nil unless the text lies in another file

	options  Options
	released bool

	once  sync.Once
	lines []int32 // where lines start

	countOnce sync.Once
	counts    []int32 // characters before each multiple of stride

	quoteOnce sync.Once
	tokens    []token
}

var (
	_ value.Text   = (*File)(nil)
	_ value.Quoter = (*File)(nil)
)

// DocumentAt is the index of the document that an offset is in, -1 if it is in none.
func (f *File) DocumentAt(off int32) int {
	return slices.IndexFunc(f.Documents, func(d *Node) bool { return d.Start <= off && off <= d.End })
}

// Anchor is the node that an alias refers to, nil for any other node.
func (f *File) Anchor(n *Node) *Node { return f.anchors[n] }

// anchor is the node that an alias refers to; of any other node the node itself.
func (f *File) anchor(n *Node) *Node {
	if to := f.anchors[n]; to != nil {
		return to
	}
	return n
}

// quotedAhead is up to how many bytes of text a file that drops its tree keeps
// what quotes need, which takes about as much memory as the text. Larger ones are
// parsed again if they are quoted.
const quotedAhead = 256 << 10

// Release drops the tree, which takes many times the memory of the text. The
// text stays and can be quoted. Nobody else may use f meanwhile.
func (f *File) Release() {
	if len(f.Data) <= quotedAhead {
		f.quotable()
	}
	f.Documents, f.overridden, f.unread, f.released = nil, nil, nil, true
	f.anchors, f.merges = nil, nil
}

// Tree is the file with its tree: itself, or after a Release one that is parsed
// again.
func (f *File) Tree() *File { return f.tree() }

// tree is the file with its tree, after a Release parsed again.
func (f *File) tree() *File {
	if !f.released {
		return f
	}
	o := f.options
	o.Arena = nil // it may hold another tree by now
	again := &File{Name: f.Name, Data: f.Data, within: f.within, options: o}
	again.parse(o) // what is wrong with it was said before
	return again
}

// Position is the line and column of an offset, as editors count them: \n, \r\n
// and \r end lines, columns count characters.
func (f *File) Position(off int32) value.Position {
	if f.within != nil {
		return f.within.position(off)
	}
	off = min(max(off, 0), int32(len(f.Data)))
	line := f.line(off)
	start := f.lineStarts()[line]
	if start == 0 && bytes.HasPrefix(f.Data, []byte(byteOrderMark)) {
		start = min(off, int32(len(byteOrderMark)))
	}
	return value.Position{File: f.Name, Line: line + 1, Column: f.characters(start, off) + 1}
}

// stride is how far apart characters are counted in advance, for texts of one
// long line in which many places are asked for.
const stride = 1 << 10

// characters counts those between two offsets.
func (f *File) characters(from, to int32) int {
	if to-from < 4*stride {
		return utf8.RuneCount(f.Data[from:to])
	}
	f.countOnce.Do(func() {
		f.counts = make([]int32, 1, 1+len(f.Data)/stride)
		for i := stride; i <= len(f.Data); i += stride {
			f.counts = append(f.counts, f.counts[len(f.counts)-1]+starts(f.Data[i-stride:i]))
		}
	})
	return int(f.before(to) - f.before(from))
}

// before counts the characters that start before an offset.
func (f *File) before(off int32) int32 {
	i := off / stride
	return f.counts[i] + starts(f.Data[i*stride:off])
}

// starts counts the bytes that start a character.
func starts(data []byte) (n int32) {
	for _, b := range data {
		if utf8.RuneStart(b) {
			n++
		}
	}
	return n
}

// line is the index of the line that holds off.
func (f *File) line(off int32) int {
	starts := f.lineStarts()
	return sort.Search(len(starts), func(i int) bool { return starts[i] > off }) - 1
}

func (f *File) lineStarts() []int32 {
	f.once.Do(func() { f.lines = lineStarts(f.Data) })
	return f.lines
}

func lineStarts(data []byte) []int32 {
	starts := make([]int32, 1, 16+len(data)/32)
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '\r':
			if i+1 < len(data) && data[i+1] == '\n' {
				i++
			}
			fallthrough
		case '\n':
			starts = append(starts, int32(i+1))
		}
	}
	return starts
}
