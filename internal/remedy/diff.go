package remedy

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry"
)

// hiddenMark stands where a value is not shown.
const hiddenMark = "‹hidden›"

// Diff writes a unified difference of the files under the names that name gives
// them. A hunk that has something to hide says so in a line before it: git does
// not apply it.
func Diff(w io.Writer, files []File, name func(string) string) error {
	out := bufio.NewWriter(w)
	for i := range files {
		files[i].diff(out, name(files[i].Name))
	}
	return out.Flush()
}

func (f *File) diff(out *bufio.Writer, name string) {
	old, neu := newPage(f.Before, f.HiddenBefore), newPage(f.After, f.HiddenAfter)
	all := hunks(old, f.pieces.changes(len(f.Before)))
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(out, "--- %s\n+++ %s\n", label("a/", name), label("b/", name))
	for _, h := range all {
		h.write(out, old, neu)
	}
}

func (h *hunk) write(out *bufio.Writer, old, neu *page) {
	removed, added := 0, 0
	var body strings.Builder
	hidden := false
	for _, kind := range h.lines {
		var text string
		var hides bool
		switch kind {
		case '+':
			text, hides = neu.line(h.to + added)
			added++
		default:
			text, hides = old.line(h.from + removed)
			removed++
			if kind == ' ' {
				added++
			}
		}
		hidden = hidden || hides
		body.WriteByte(kind)
		body.WriteString(text)
		if !strings.HasSuffix(text, "\n") {
			body.WriteString("\n\\ No newline at end of file\n")
		}
	}
	if hidden {
		out.WriteString("# values are hidden in the next hunk: git does not apply it\n")
	}
	fmt.Fprintf(out, "@@ -%s +%s @@\n", lineRange(h.from+1, removed), lineRange(h.to+1, added))
	out.WriteString(body.String())
}

func lineRange(line, count int) string {
	switch count {
	case 1:
		return strconv.Itoa(line)
	case 0:
		line--
	}
	return strconv.Itoa(line) + "," + strconv.Itoa(count)
}

// A page is a text with what is hidden in it.
type page struct {
	text   []byte
	starts []int // of lines
	hidden []ecsentry.Span
}

func newPage(text []byte, hidden []ecsentry.Span) *page {
	p := &page{text: text, starts: []int{0}, hidden: merge(hidden)}
	for i, c := range text {
		if c == '\n' && i+1 < len(text) {
			p.starts = append(p.starts, i+1)
		}
	}
	return p
}

// lineOf is the index of the line that an offset is in; behind the last line break
// it is the number of lines.
func (p *page) lineOf(at int) int {
	i, found := slices.BinarySearch(p.starts, at)
	if found {
		return i
	}
	if at == len(p.text) && at > 0 && p.text[at-1] == '\n' {
		return len(p.starts)
	}
	return i - 1
}

// startOf is where a line starts.
func (p *page) startOf(line int) int {
	if line < len(p.starts) {
		return p.starts[line]
	}
	return len(p.text)
}

// merge puts spans in order and joins those that overlap.
func merge(spans []ecsentry.Span) (out []ecsentry.Span) {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b ecsentry.Span) int { return int(a.Start) - int(b.Start) })
	for _, s := range spans {
		switch n := len(out); {
		case s.End <= s.Start:
		case n > 0 && s.Start < out[n-1].End:
			out[n-1].End = max(out[n-1].End, s.End)
		default:
			out = append(out, s)
		}
	}
	return out
}

// line is a line with its end, and whether something in it is hidden.
func (p *page) line(i int) (string, bool) {
	if i < 0 || i >= len(p.starts) {
		return "", false
	}
	from, end := p.starts[i], len(p.text)
	if i+1 < len(p.starts) {
		end = p.starts[i+1]
	}
	text := p.text[from:end]
	body := bytes.TrimRight(text, "\r\n")
	at, _ := slices.BinarySearchFunc(p.hidden, from, func(s ecsentry.Span, from int) int {
		if int(s.End) <= from {
			return -1
		}
		return 1
	})
	var out strings.Builder
	done, hides := from, false
	for ; at < len(p.hidden) && int(p.hidden[at].Start) < from+len(body); at++ {
		s := p.hidden[at]
		start, stop := max(int(s.Start), from), min(int(s.End), from+len(body))
		if len(bytes.TrimSpace(p.text[start:stop])) == 0 {
			continue
		}
		// The indentation of a line within a value is no secret, and shows where it is.
		for p.text[start] == ' ' || p.text[start] == '\t' {
			start++
		}
		out.Write(p.text[done:start])
		out.WriteString(hiddenMark)
		done, hides = stop, true
	}
	out.Write(p.text[done:end])
	return out.String(), hides
}

// label is a file's name as a difference has it: a name with odd characters is
// quoted as git quotes it, and one with spaces ends in a tab.
func label(prefix, name string) string {
	name = prefix + strings.TrimPrefix(path.Clean(filepath.ToSlash(name)), "/")
	odd := strings.ContainsFunc(name, func(r rune) bool {
		return r < ' ' || r == 0x7f || r == '"' || r == '\\' || r == '\ufffd' || !strconv.IsPrint(r)
	})
	switch {
	case odd:
		return quote(name)
	case strings.Contains(name, " "):
		return name + "\t"
	default:
		return name
	}
}

func quote(name string) string {
	var out strings.Builder
	out.WriteByte('"')
	for i := range len(name) {
		switch c := name[i]; {
		case c == '"' || c == '\\':
			out.WriteByte('\\')
			out.WriteByte(c)
		case c == '\t':
			out.WriteString(`\t`)
		case c == '\n':
			out.WriteString(`\n`)
		case c < ' ' || c >= 0x7f:
			fmt.Fprintf(&out, `\%03o`, c)
		default:
			out.WriteByte(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}
