package document

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry/value"
)

// How much a quote shows.
const (
	quotedLines  = 4    // of the value
	quotedWidth  = 160  // characters of a line
	quotedReach  = 2048 // bytes of a long line that are looked at on either side
	hiddenScalar = "‹hidden›"
)

// Quote shows the lines of a value, four at most, with one line before and, if
// all lines of the value are shown, one after. Every scalar is hidden but keys,
// names of containers and variables, and the value itself; comments are left
// out. Of placeholders only names are shown, and what a variable is set to is
// never shown.
func (f *File) Quote(off, end int32) []value.Line {
	size := int32(len(f.Data))
	off = min(max(off, 0), size)
	end = min(max(end, off), size)
	first := f.line(off)
	last := f.line(max(off, end-1))
	after := last + 1
	if last-first >= quotedLines {
		last = first + quotedLines - 1
		after = last
	}
	q := quoter{file: f, tokens: f.quotable(), off: off, end: end}
	var lines []value.Line
	for i := max(0, first-1); i <= min(after, len(f.lines)-1); i++ {
		start, stop := f.lineRange(i)
		if i > last && start == size {
			break // the end of the text is no line
		}
		lines = append(lines, q.line(i, start, stop))
	}
	return lines
}

// lineRange is a line without its break.
func (f *File) lineRange(i int) (start, end int32) {
	starts := f.lineStarts()
	start, end = starts[i], int32(len(f.Data))
	if i+1 < len(starts) {
		end = starts[i+1]
		for end > start && (f.Data[end-1] == '\n' || f.Data[end-1] == '\r') {
			end--
		}
	}
	return start, end
}

// A quoter writes lines from tokens. What it writes comes from tokens that may
// be shown and from a few structural characters, from nothing else.
type quoter struct {
	file     *File
	tokens   []token
	off, end int32

	out           []rune
	mark, markEnd int
	hiding        int32 // start of the token that was last written as hidden, plus 1
}

func (q *quoter) line(number int, start, stop int32) value.Line {
	q.out, q.mark, q.markEnd = q.out[:0], -1, -1
	here := start
	if start <= q.off && q.off <= stop {
		here = q.off
	}
	cutLeft, cutRight := false, false
	from, to := start, stop
	if here-start > quotedReach {
		from, cutLeft = q.boundary(here-quotedReach, start), true
	}
	if stop-here > quotedReach {
		to, cutRight = here+quotedReach, true
	}
	q.write(from, to, stop)
	if q.mark >= 0 && q.markEnd < 0 {
		q.markEnd = len(q.out)
	}
	text := q.out
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	mark, markEnd := min(max(q.mark, 0), len(text)), min(max(q.markEnd, 0), len(text))
	shown, mark, markEnd := cut(text, mark, markEnd, cutLeft, cutRight)
	line := number + 1
	if q.file.within != nil {
		line = q.file.Position(start).Line
	}
	return value.Line{Number: line, Text: shown, Mark: mark, MarkEnd: markEnd}
}

// boundary is the last end of a token before off, so that what follows is read
// from its beginning.
func (q *quoter) boundary(off, start int32) int32 {
	i := sort.Search(len(q.tokens), func(i int) bool { return q.tokens[i].end > off })
	if q.file.Format == JSON && (i == len(q.tokens) || q.tokens[i].start >= off) {
		return max(start, off) // between tokens of JSON there are single characters only
	}
	if i == 0 {
		return start
	}
	return max(start, q.tokens[i-1].end)
}

// write writes the part [from, to) of a line that ends at stop.
func (q *quoter) write(from, to, stop int32) {
	i := sort.Search(len(q.tokens), func(i int) bool { return q.tokens[i].end > from })
	for at := from; at < to; {
		if i == len(q.tokens) || q.tokens[i].start >= to {
			q.gap(at, to, stop)
			return
		}
		t := q.tokens[i]
		if t.start > at {
			if !q.gap(at, t.start, t.start) {
				// A comment, which reaches to the end of the line: the next token is
				// not on it.
				return
			}
			at = t.start
		}
		q.token(t, at, min(t.end, to))
		at = t.end
		i++
	}
	q.marks(to)
}

func (q *quoter) token(t token, from, to int32) {
	q.marks(from)
	asked := t.start == q.off && t.end == q.end
	if t.role < isHidden || asked && t.role < isSecret {
		q.scalar(t, from, to)
	} else if q.hiding != t.start+1 {
		if from > t.start { // the rest of a scalar that began on an earlier line
			for from < to && isBlank(q.file.Data[from]) {
				q.out = append(q.out, ' ')
				from++
			}
		}
		q.out = append(q.out, []rune(hiddenScalar)...)
		q.hiding = t.start + 1
	}
	q.marks(to)
}

// scalar writes the part [from, to) of a scalar that may be shown.
func (q *quoter) scalar(t token, from, to int32) {
	data := q.file.Data[t.start:t.end]
	at, end := int(from-t.start), int(to-t.start)
	for _, c := range clips(data) {
		if c.to <= at {
			continue
		}
		if c.from >= end {
			break
		}
		if c.from >= at {
			q.text(data[at:c.from])
			q.out = append(q.out, '…')
		}
		at = min(c.to, end)
	}
	q.text(data[at:end])
}

// marks notes where the value begins and ends in what is written.
func (q *quoter) marks(at int32) {
	if q.mark < 0 && at == q.off && q.end > q.off {
		q.mark = len(q.out)
	}
	if q.mark >= 0 && q.markEnd < 0 && at >= q.end {
		q.markEnd = len(q.out)
	}
}

func (q *quoter) text(data []byte) {
	for len(data) > 0 && len(q.out) < 4*quotedReach {
		r, size := utf8.DecodeRune(data)
		q.out = append(q.out, printable(r))
		data = data[size:]
	}
}

// printable replaces what would act on a terminal or reorder a line.
func printable(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co):
		return utf8.RuneError
	default:
		return r
	}
}

// cut shortens a line to the part around the mark.
func cut(text []rune, mark, markEnd int, left, right bool) (string, int, int) {
	from, to := 0, len(text)
	if to > quotedWidth {
		from = max(0, min(mark-quotedWidth/3, to-quotedWidth))
		to = from + quotedWidth
		left, right = left || from > 0, right || to < len(text)
	}
	text = slices.Clone(text[from:to])
	mark, markEnd = max(mark-from, 0), min(max(markEnd-from, 0), len(text))
	if right && len(text) > 0 {
		text[len(text)-1] = '…'
	}
	if left && len(text) > 0 {
		text[0] = '…'
	}
	return strings.TrimRight(string(text), " "), mark, max(mark, markEnd)
}
