package terraform

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/value"
)

// How much a quote shows.
const (
	quotedLines  = 4
	quotedWidth  = 160
	hiddenScalar = "‹hidden›"
)

// Quote shows the lines of a value, see [value.Quoter].
func (w within) Quote(off, end int32) []value.Line { return w.of.Quote(off, end) }

// Quote shows lines of HCL with one line before and, if all lines of the value are
// shown, one after. Of what is written only names, keys and structure are shown,
// and the value itself if it is one scalar; comments are left out.
func (f *sourceFile) Quote(off, end int32) []value.Line {
	f.once.Do(func() {
		m := masker{data: f.Data}
		if f.template {
			m.tokens, _ = hclsyntax.LexTemplate(f.Data, "", hcl.InitialPos)
		} else {
			m.tokens, _ = hclsyntax.LexConfig(f.Data, "", hcl.InitialPos)
		}
		m.mask()
		f.pieces = m.pieces
	})
	q := quoter{data: f.Data, pieces: f.pieces, off: int(off), end: int(end)}
	first, last := q.line(int(off)), q.line(max(int(off), int(end)-1))
	after := last + 1
	if last-first >= quotedLines {
		last = first + quotedLines - 1
		after = last
	}
	var out []value.Line
	for n := max(0, first-1); n <= after; n++ {
		if l, ok := q.show(n); ok {
			out = append(out, l)
		}
	}
	return out
}

type quoter struct {
	data     []byte
	pieces   []piece
	off, end int
}

// A masker decides what may be shown.
type masker struct {
	data   []byte
	tokens hclsyntax.Tokens
	pieces []piece
}

// A piece is what is shown of a part of the text.
type piece struct {
	start, end int
	text       string
	asked      bool // it is a scalar, which is shown to those who ask for it
}

func (q *quoter) line(off int) int {
	return bytes.Count(q.data[:min(max(off, 0), len(q.data))], []byte("\n"))
}

// mask decides what of each token is shown. What no token covers is white space.
func (q *masker) mask() {
	for i := 0; i < len(q.tokens); i++ {
		t := q.tokens[i]
		start, end := t.Range.Start.Byte, t.Range.End.Byte
		switch t.Type {
		case hclsyntax.TokenComment, hclsyntax.TokenNewline, hclsyntax.TokenEOF:
			continue
		case hclsyntax.TokenOQuote:
			if closing := q.plain(i); closing > 0 {
				end = q.tokens[closing].Range.End.Byte
				q.scalar(start, end, q.key(closing))
				i = closing
				continue
			}
		case hclsyntax.TokenQuotedLit, hclsyntax.TokenStringLit, hclsyntax.TokenNumberLit:
			q.scalar(start, end, false)
			continue
		case hclsyntax.TokenInvalid, hclsyntax.TokenBadUTF8:
			q.pieces = append(q.pieces, piece{start, end, hiddenScalar, false})
			continue
		case hclsyntax.TokenIdent:
			if word := string(t.Bytes); word == "true" || word == "false" || word == "null" {
				q.scalar(start, end, false)
				continue
			}
		}
		q.pieces = append(q.pieces, piece{start, end, strings.TrimRight(string(t.Bytes), "\n"), false})
	}
}

// plain is the closing quote of a string without interpolations, 0 if it has some.
func (q *masker) plain(i int) int {
	for k := i + 1; k < len(q.tokens); k++ {
		switch q.tokens[k].Type {
		case hclsyntax.TokenQuotedLit:
		case hclsyntax.TokenCQuote:
			return k
		default:
			return 0
		}
	}
	return 0
}

// key tells whether a string is the key of an object, or a label.
func (q *masker) key(closing int) bool {
	if closing+1 >= len(q.tokens) {
		return false
	}
	next := q.tokens[closing+1].Type
	return next == hclsyntax.TokenEqual || next == hclsyntax.TokenOBrace ||
		next == hclsyntax.TokenOQuote
}

func (q *masker) scalar(start, end int, open bool) {
	text := hiddenScalar
	if open {
		text = string(q.data[start:end])
	}
	q.pieces = append(q.pieces, piece{start, end, text, !open})
}

// show writes one line.
func (q *quoter) show(number int) (value.Line, bool) {
	start := 0
	for range number {
		i := bytes.IndexByte(q.data[start:], '\n')
		if i < 0 {
			return value.Line{}, false
		}
		start += i + 1
	}
	if start >= len(q.data) {
		return value.Line{}, false
	}
	end := len(q.data)
	if i := bytes.IndexByte(q.data[start:], '\n'); i >= 0 {
		end = start + i
	}
	var out []rune
	mark, markEnd := -1, -1
	at := start
	for _, p := range q.pieces {
		if p.end <= start || p.start >= end {
			continue
		}
		for ; at < p.start; at++ {
			out = append(out, ' ')
		}
		if p.start == q.off || mark < 0 && p.start < q.off && p.end > q.off {
			mark = len(out)
		}
		text := p.text
		if p.asked && p.start == q.off && p.end == q.end {
			text = string(q.data[p.start:p.end])
		}
		if p.start < start || p.end > end { // a token of several lines
			text = hiddenScalar
		}
		for _, c := range text {
			out = append(out, visible(c))
		}
		if p.start >= q.off && p.end <= q.end && mark >= 0 {
			markEnd = len(out)
		}
		at = max(at, p.end)
	}
	out = out[:min(len(out), quotedWidth)]
	mark, markEnd = min(max(mark, 0), len(out)), min(max(markEnd, 0), len(out))
	return value.Line{Number: number + 1, Text: strings.TrimRight(string(out), " "), Mark: mark, MarkEnd: max(mark, markEnd)}, true
}

func visible(c rune) rune {
	if c < ' ' || c == 0x7f || c == utf8.RuneError {
		return ' '
	}
	return c
}
