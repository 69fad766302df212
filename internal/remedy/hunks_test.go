package remedy

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
)

// TestHunks makes random edits in random texts, over several rounds, and applies
// the difference as strictly as can be: each number and each line must be right.
func TestHunks(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 1))
		before := randomText(r)
		f := File{Name: "f", Before: before, After: before, pieces: whole(before)}
		for range 1 + r.IntN(3) {
			e := edits{original: f.After}
			for range 1 + r.IntN(6) {
				start := r.IntN(len(f.After) + 1)
				end := start
				if r.IntN(2) == 0 {
					end = min(len(f.After), start+r.IntN(12))
				}
				e.add(ecsentry.Splice{Span: ecsentry.Span{Start: int32(start), End: int32(end)}, New: randomNew(r)})
			}
			f.After, f.pieces = e.apply(), f.pieces.splice(e.list)
		}
		var out bytes.Buffer
		if err := Diff(&out, []File{f}, func(name string) string { return name }); err != nil {
			t.Fatal(err)
		}
		got, err := applied(string(before), out.String())
		if err != nil || got != string(f.After) {
			t.Fatalf("seed %d: %v\nbefore %q\nafter  %q\ngot    %q\n%s", seed, err, before, f.After, got, out.String())
		}
	}
}

func randomText(r *rand.Rand) []byte {
	var out []byte
	for i := range r.IntN(40) {
		out = append(out, fmt.Sprintf("line %d", i%7)...)
		out = append(out, []string{"\n", "\n", "\n", "\r\n", "\n\n", "\r"}[r.IntN(6)]...)
	}
	if r.IntN(3) == 0 {
		out = append(out, "without an end"...)
	}
	return out
}

func randomNew(r *rand.Rand) string {
	return []string{"", "x", "\nnew", "new\n", "\n", "a\nb\nc", "line 3\n"}[r.IntN(7)]
}

// applied is what a difference makes of a text.
func applied(before, diff string) (string, error) {
	old := linesOf(before)
	var out []string
	next := 0
	lines := strings.SplitAfter(diff, "\n")
	if diff != "" && (len(lines) < 3 || lines[0] != "--- a/f\n" || lines[1] != "+++ b/f\n") {
		return "", fmt.Errorf("no head")
	}
	for i := 2; i < len(lines) && lines[i] != ""; {
		var from, olds, to, news int
		if _, err := fmt.Sscanf(ranges(lines[i]), "%d %d %d %d", &from, &olds, &to, &news); err != nil {
			return "", fmt.Errorf("head %q: %w", lines[i], err)
		}
		if olds > 0 {
			from--
		}
		if news > 0 {
			to--
		}
		for ; next < from; next++ {
			out = append(out, old[next])
		}
		if len(out) != to {
			return "", fmt.Errorf("%q begins at line %d", lines[i], len(out)+1)
		}
		for i++; olds > 0 || news > 0; i++ {
			kind, text := lines[i][0], lines[i][1:]
			if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "\\") {
				text = strings.TrimSuffix(text, "\n")
			}
			if kind != '+' {
				if next >= len(old) || old[next] != text {
					return "", fmt.Errorf("line %d is not %q", next+1, text)
				}
				next, olds = next+1, olds-1
			}
			if kind != '-' {
				out, news = append(out, text), news-1
			}
			if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "\\") {
				i++
			}
		}
	}
	return strings.Join(append(out, old[next:]...), ""), nil
}

// ranges are the four numbers of a hunk's head.
func ranges(head string) string {
	parts := strings.Fields(head)
	if len(parts) != 4 || parts[0] != "@@" || parts[3] != "@@" {
		return ""
	}
	var out []string
	for _, p := range parts[1:3] {
		line, count, found := strings.Cut(p[1:], ",")
		if !found {
			count = strconv.Itoa(1)
		}
		out = append(out, line, count)
	}
	return strings.Join(out, " ")
}

// TestHunksOfManyEdits: a thousand edits in one file are a thousand small changes.
func TestHunksOfManyEdits(t *testing.T) {
	t.Parallel()
	const n = 1000
	before := []byte(strings.Repeat("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n", n))
	e := edits{original: before}
	for i := range n {
		at := int32(i * 20)
		e.add(ecsentry.Splice{Span: ecsentry.Span{Start: at + 2, End: at + 2}, New: "new\n"})
	}
	f := File{Before: before, After: e.apply(), pieces: whole(before).splice(e.list)}
	all := hunks(newPage(before, nil), f.pieces.changes(len(before)))
	if len(all) != n || slices.ContainsFunc(all, func(h hunk) bool { return bytes.Count(h.lines, []byte("+")) != 1 || len(h.lines) > 7 }) {
		t.Errorf("%d hunks, want %d with one new line each", len(all), n)
	}
}

// TestHunksKeepLines: a line between one that goes and one that comes stays.
func TestHunksKeepLines(t *testing.T) {
	t.Parallel()
	before := []byte("gone\nstays\nrest\n")
	e := edits{original: before}
	e.add(ecsentry.Splice{Span: ecsentry.Span{Start: 0, End: 5}})
	e.add(ecsentry.Splice{Span: ecsentry.Span{Start: 10, End: 10}, New: "\nnew"})
	all := hunks(newPage(before, nil), whole(before).splice(e.list).changes(len(before)))
	if len(all) != 1 || string(all[0].lines) != "- + " {
		t.Errorf("%+v", all)
	}
}
