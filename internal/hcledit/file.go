// Package hcledit changes texts in HCL's own syntax byte by byte: what changes is
// written as what stands around it, and nothing else moves.
//
// Files: file.go a text with its tree, editor.go the edits, collection.go what
// has entries, remove.go and insert.go the splices that edits of entries come to,
// blocks.go those of bodies, look.go how a text is written, render.go what is
// written; same.go what else has changed.
package hcledit

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A File is a text with its tree. One goroutine may use it at a time.
type File struct {
	data    []byte
	body    *hclsyntax.Body
	parents map[hclsyntax.Node]hclsyntax.Node
	objects []*hclsyntax.ObjectConsExpr // in the order of the text, as the others
	bodies  []*hclsyntax.Body
}

// NewFile takes a text and what it was parsed into.
func NewFile(data []byte, body *hclsyntax.Body) *File { return &File{data: data, body: body} }

// Parent is what a node lies in, nil for the file's body.
func (f *File) Parent(n hclsyntax.Node) hclsyntax.Node {
	f.index()
	return f.parents[n]
}

func (f *File) index() {
	if f.parents == nil {
		f.parents = map[hclsyntax.Node]hclsyntax.Node{}
		_ = hclsyntax.Walk(f.body, &indexer{file: f}) // it finds no fault
		slices.SortFunc(f.objects, func(a, b *hclsyntax.ObjectConsExpr) int {
			return cmp.Or(cmp.Compare(a.SrcRange.Start.Byte, b.SrcRange.Start.Byte), cmp.Compare(b.SrcRange.End.Byte, a.SrcRange.End.Byte))
		})
		slices.SortFunc(f.bodies, func(a, b *hclsyntax.Body) int { return cmp.Compare(a.SrcRange.Start.Byte, b.SrcRange.Start.Byte) })
	}
}

type indexer struct {
	file *File
	path []hclsyntax.Node
}

func (x *indexer) Enter(n hclsyntax.Node) hcl.Diagnostics {
	switch n := n.(type) {
	case hclsyntax.Attributes, hclsyntax.Blocks, hclsyntax.ChildScope:
		return nil
	case *hclsyntax.ObjectConsExpr:
		x.file.objects = append(x.file.objects, n)
	case *hclsyntax.Body:
		x.file.bodies = append(x.file.bodies, n)
	}
	if len(x.path) > 0 {
		x.file.parents[n] = x.path[len(x.path)-1]
	}
	x.path = append(x.path, n)
	return nil
}

func (x *indexer) Exit(n hclsyntax.Node) hcl.Diagnostics {
	switch n.(type) {
	case hclsyntax.Attributes, hclsyntax.Blocks, hclsyntax.ChildScope:
	default:
		x.path = x.path[:len(x.path)-1]
	}
	return nil
}

// Text is what is written in a range.
func (f *File) Text(r hcl.Range) string { return string(f.data[r.Start.Byte:r.End.Byte]) }

// at is a byte, 0 outside.
func (f *File) at(i int) byte {
	if i < 0 || i >= len(f.data) {
		return 0
	}
	return f.data[i]
}

func (f *File) blanks(i int) int {
	for f.at(i) == ' ' || f.at(i) == '\t' {
		i++
	}
	return i
}

// eol is where the line of i ends, before its break.
func (f *File) eol(i int) int {
	for i < len(f.data) && !f.breaks(i) {
		i++
	}
	return i
}

func (f *File) breaks(i int) bool {
	return f.at(i) == '\n' || f.at(i) == '\r' && f.at(i+1) == '\n'
}

// next is where the line after that of i starts.
func (f *File) next(i int) int {
	i = f.eol(i)
	if f.at(i) == '\r' {
		i++
	}
	return min(i+1, len(f.data))
}

// bol is where the line of i starts.
func (f *File) bol(i int) int {
	i = bytes.LastIndexByte(f.data[:i], '\n') + 1
	if i == 0 && bytes.HasPrefix(f.data, []byte("\xef\xbb\xbf")) {
		return 3
	}
	return i
}

// margin is the white space that the line of i starts with.
func (f *File) margin(i int) string {
	start := f.bol(i)
	return string(f.data[start:f.blanks(start)])
}

// first tells whether nothing stands before i on its line.
func (f *File) first(i int) bool { return f.blanks(f.bol(i)) >= i }

// newline is the line break that is used around i.
func (f *File) newline(i int) string {
	if end := bytes.IndexByte(f.data[i:], '\n'); end >= 0 {
		i += end
	} else if i = bytes.LastIndexByte(f.data[:i], '\n'); i < 0 {
		return "\n"
	}
	if i > 0 && f.data[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// comment is where the comment at i ends, i if there is none. One of a line ends
// before its break.
func (f *File) comment(i int) int {
	switch {
	case f.at(i) == '#', f.at(i) == '/' && f.at(i+1) == '/':
		return f.eol(i)
	case f.at(i) == '/' && f.at(i+1) == '*':
		if end := bytes.Index(f.data[i+2:], []byte("*/")); end >= 0 {
			return i + 2 + end + 2
		}
		return len(f.data)
	}
	return i
}

// tail is where an entry that ends at i ends with its comma and the comments on
// its line. alone tells whether that is the end of the line.
func (f *File) tail(i int) (end int, alone bool) {
	comma := false
	for end = i; ; {
		at := f.blanks(end)
		switch next := f.comment(at); {
		case next > at:
			end = next
		case f.at(at) == ',' && !comma:
			comma, end = true, at+1
		default:
			return end, at >= len(f.data) || f.breaks(at)
		}
	}
}

// commaAfter is the comma that follows what ends at i, on whatever line; -1 if
// there is none.
func (f *File) commaAfter(i int) int {
	for i < len(f.data) {
		switch c := f.data[i]; {
		case c == ',':
			return i
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			i++
		default:
			end := f.comment(i)
			if end == i {
				return -1
			}
			i = end
		}
	}
	return -1
}

// empty tells whether nothing but white space is written in a range.
func (f *File) empty(from, to int) bool {
	return len(bytes.Trim(f.data[from:to], " \t\r\n")) == 0
}

func (f *File) lines(from, to int) bool { return bytes.IndexByte(f.data[from:to], '\n') >= 0 }
