package remedy

import (
	"strings"

	"github.com/ecsentry/ecsentry"
)

// Pieces are a text that edits have made of another one, over any number of
// rounds: parts of the text before, in order, and what is new between them. So
// nobody has to guess afterwards what has changed.
type pieces []piece

// A piece is a part of the text before, or a new text.
type piece struct {
	start, end int
	text       string // new, if it is not empty
}

func whole(text []byte) pieces { return pieces{{end: len(text)}} }

func (p piece) size() int {
	if p.text != "" {
		return len(p.text)
	}
	return p.end - p.start
}

// cut is the part of a piece between two offsets in it.
func (p piece) cut(from, to int) piece {
	if p.text != "" {
		return piece{text: p.text[from:to]}
	}
	return piece{start: p.start + from, end: p.start + to}
}

// splice makes edits, which are in order and of the text that the pieces are.
func (ps pieces) splice(list []ecsentry.Splice) (out pieces) {
	i, done := 0, 0 // the piece that is next, and how much of it is used
	at := 0         // where in the text that is
	until := func(end int, keep bool) {
		for at < end && i < len(ps) {
			n := min(ps[i].size()-done, end-at)
			if keep && n > 0 {
				out = append(out, ps[i].cut(done, done+n))
			}
			at, done = at+n, done+n
			if done == ps[i].size() {
				i, done = i+1, 0
			}
		}
	}
	total := 0
	for _, p := range ps {
		total += p.size()
	}
	for _, s := range list {
		until(int(s.Start), true)
		until(int(s.End), false)
		if s.New != "" {
			out = append(out, piece{text: s.New})
		}
	}
	until(total, true)
	return out
}

// A change is what has become of a part of a text.
type change struct {
	start, end int
	now        string
}

// changes are those between the text before and the one that the pieces are.
func (ps pieces) changes(size int) (out []change) {
	at := 0
	var now strings.Builder
	flush := func(until int) {
		if until > at || now.Len() > 0 {
			out = append(out, change{at, until, now.String()})
			now.Reset()
		}
	}
	for _, p := range ps {
		if p.text != "" {
			now.WriteString(p.text)
			continue
		}
		flush(p.start)
		at = p.end
	}
	flush(size)
	return out
}

// carry gives the places that spans of the text before have in the text that the
// pieces are.
func (ps pieces) carry(spans []ecsentry.Span) (out []ecsentry.Span) {
	spans = merge(spans)
	at := 0
	for _, p := range ps {
		if p.text == "" {
			for len(spans) > 0 && int(spans[0].End) <= p.start {
				spans = spans[1:]
			}
			for _, s := range spans {
				if int(s.Start) >= p.end {
					break
				}
				shift := int32(at - p.start)
				out = append(out, ecsentry.Span{Start: max(s.Start, int32(p.start)) + shift, End: min(s.End, int32(p.end)) + shift})
			}
		}
		at += p.size()
	}
	return out
}
