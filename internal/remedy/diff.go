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

	"github.com/aymanbagabas/go-udiff"

	"github.com/ecsentry/ecsentry"
)

// hiddenMark stands where a value is not shown.
const hiddenMark = "‹hidden›"

// contextLines is how many lines of a difference stand before and behind a change.
const contextLines = 3

// Diff writes a unified difference of the files under the names that name gives
// them. A hunk that has something to hide says so in a line before it: git does
// not apply it.
func Diff(w io.Writer, files []File, name func(string) string) error {
	out := bufio.NewWriter(w)
	for i := range files {
		if err := files[i].diff(out, name(files[i].Name)); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (f *File) diff(out *bufio.Writer, name string) error {
	before := string(f.Before)
	d, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, string(f.After)), contextLines)
	if err != nil {
		return fmt.Errorf("compare %s: %w", name, err)
	}
	if len(d.Hunks) == 0 {
		return nil
	}
	old, neu := newPage(f.Before, f.HiddenBefore), newPage(f.After, f.HiddenAfter)
	fmt.Fprintf(out, "--- %s\n+++ %s\n", label("a/", name), label("b/", name))
	for _, h := range d.Hunks {
		writeHunk(out, h, old, neu)
	}
	return nil
}

func writeHunk(out *bufio.Writer, h *udiff.Hunk, old, neu *page) {
	from, to := h.FromLine-1, h.ToLine-1
	removed, added := 0, 0
	var body strings.Builder
	hidden := false
	for _, l := range h.Lines {
		var text string
		var hides bool
		switch l.Kind {
		case udiff.Delete:
			text, hides = old.line(from + removed)
			removed++
			body.WriteByte('-')
		case udiff.Insert:
			text, hides = neu.line(to + added)
			added++
			body.WriteByte('+')
		default:
			text, hides = old.line(from + removed)
			removed++
			added++
			body.WriteByte(' ')
		}
		hidden = hidden || hides
		body.WriteString(text)
		if !strings.HasSuffix(text, "\n") {
			body.WriteString("\n\\ No newline at end of file\n")
		}
	}
	if hidden {
		out.WriteString("# values are hidden in the next hunk: git does not apply it\n")
	}
	fmt.Fprintf(out, "@@ -%s +%s @@\n", lineRange(h.FromLine, removed), lineRange(h.ToLine, added))
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
