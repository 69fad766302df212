package remedy

import (
	"bytes"
	"strings"
)

// contextLines is how many lines of a difference stand before and behind a change.
const contextLines = 3

// A hunk is a part of a difference: its first lines in the text before and after,
// counted from 0, and what becomes of each line.
type hunk struct {
	from, to int
	lines    []byte // ' ', '-' or '+'
}

// A swap is lines that replace others.
type swap struct{ from, old, new int }

// hunks are the changed lines of a text, with those around.
func hunks(before *page, changes []change) (out []hunk) {
	shift := 0 // of the lines behind the changes so far
	var h *hunk
	same := func(n int) { h.lines = append(h.lines, strings.Repeat(" ", max(n, 0))...) }
	end := 0 // the line in the text before that is next
	count := len(before.starts)
	if len(before.text) == 0 {
		count = 0
	}
	for _, s := range before.swaps(changes) {
		if h == nil || s.from-end > 2*contextLines {
			if h != nil {
				same(min(contextLines, count-end))
				out = append(out, *h)
			}
			from := max(0, s.from-contextLines)
			h = &hunk{from: from, to: from + shift}
			end = from
		}
		same(s.from - end)
		h.lines = append(h.lines, strings.Repeat("-", s.old)...)
		h.lines = append(h.lines, strings.Repeat("+", s.new)...)
		end = s.from + s.old
		shift += s.new - s.old
	}
	if h != nil {
		same(min(contextLines, count-end))
		out = append(out, *h)
	}
	return out
}

// swaps are the lines that changes replace.
func (p *page) swaps(changes []change) (out []swap) {
	for i := 0; i < len(changes); {
		c := changes[i]
		from := p.lineOf(c.start)
		start := p.startOf(from)
		var now strings.Builder
		now.Write(p.text[start:c.start])
		now.WriteString(c.now)
		end := c.end
		// What else changes in the line that this change ends in belongs to it, unless it
		// ends with a line.
		edge := func() bool {
			return (end == 0 || p.text[end-1] == '\n') && (now.Len() == 0 || strings.HasSuffix(now.String(), "\n"))
		}
		for i++; i < len(changes) && !edge() && bytes.IndexByte(p.text[end:changes[i].start], '\n') < 0; i++ {
			now.Write(p.text[end:changes[i].start])
			now.WriteString(changes[i].now)
			end = changes[i].end
		}
		text := now.String()
		if partial := text != "" && !strings.HasSuffix(text, "\n"); partial || end > 0 && p.text[end-1] != '\n' && end > start {
			stop := p.endOf(end)
			text += string(p.text[end:stop])
			end = stop
		}
		if s := trimmed(from, linesOf(string(p.text[start:end])), linesOf(text)); s.old+s.new > 0 {
			out = append(out, s)
		}
	}
	return out
}

// endOf is the end of the line that an offset is in, with its line break.
func (p *page) endOf(at int) int {
	if i := bytes.IndexByte(p.text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(p.text)
}

// trimmed is a swap without the lines at both ends that stay.
func trimmed(from int, old, now []string) swap {
	for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
		old, now, from = old[1:], now[1:], from+1
	}
	for len(old) > 0 && len(now) > 0 && old[len(old)-1] == now[len(now)-1] {
		old, now = old[:len(old)-1], now[:len(now)-1]
	}
	return swap{from, len(old), len(now)}
}

func linesOf(s string) []string {
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
