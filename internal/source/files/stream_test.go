package files_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

func cut(text string) string { return text[:len(text)-12] }

func packed(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// lines are documents, one a line, larger than what is held.
func lines(n int) string { return strings.Repeat(mine("line")+strings.Repeat(" ", 1000)+"\n", n) }

// noise is text that does not compress well.
func noise(size int) string {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test
	b := make([]byte, size)
	for i := range b {
		b[i] = byte('a' + random.IntN(26))
	}
	return string(b)
}

func TestStreams(t *testing.T) {
	for name, tt := range map[string]struct {
		tree      map[string]string
		paths     []string
		stdin     string
		resources []string
		coverage  ecsentry.Coverage
	}{
		"large and small": {
			tree: map[string]string{"r/a.json": lines(100), "r/b.json": mine("b"), "r/c.json": lines(1)}, paths: []string{"r"},
			resources: []string{"r/a.json:100 lines", "r/b.json:b", "r/c.json:line"}, coverage: ecsentry.Coverage{Files: 3},
		},
		"larger than what is ever held": {
			tree: map[string]string{"a.json": lines(4000)}, paths: []string{"a.json"},
			resources: []string{"a.json:4000 lines"}, coverage: ecsentry.Coverage{Files: 1},
		},
		"standard input": {
			paths: []string{"-"}, stdin: lines(4000), resources: []string{"-:4000 lines"}, coverage: ecsentry.Coverage{Files: 1},
		},
		"compressed": {
			tree: map[string]string{
				"r/a.json.gz": packed(t, lines(4000)), "r/b.json.gz": packed(t, mine("b")), "r/c.gz": packed(t, "mine: c\n"),
				"r/d.tar.gz": packed(t, "name\x00\x00\x00"), "r/e.json.gz": packed(t, "mine: e\n"), "r/f.json.gz": "no gzip",
				"r/g.json.gz": packed(t, lines(4000))[:100],
			},
			paths: []string{"r"}, resources: []string{"r/a.json.gz:4000 lines", "r/b.json.gz:b", "r/c.gz:c"},
			coverage: ecsentry.Coverage{Files: 3, Skipped: []ecsentry.Gap{
				{Scope: "r/d.tar.gz", Reason: "has a NUL byte, so it is no text"},
				{Scope: "r/e.json.gz", Reason: "line 1, column 1: is not valid JSON"},
				{Scope: "r/f.json.gz", Reason: "is not valid gzip data"},
				{Scope: "r/g.json.gz", Reason: "is not valid gzip data: it ends too early"},
			}},
		},
		"compressed, on standard input": {
			paths: []string{"-"}, stdin: packed(t, lines(4000)), resources: []string{"-:4000 lines"}, coverage: ecsentry.Coverage{Files: 1},
		},
		"compressed, small, on standard input": {
			paths: []string{"-"}, stdin: packed(t, mine("a")), resources: []string{"-:a"}, coverage: ecsentry.Coverage{Files: 1},
		},
		"compressed in several members": { // as appending to a compressed file makes them
			tree:      map[string]string{"a.json.gz": packed(t, `{"mi`) + packed(t, `ne":"a"}`), "b.json.gz": packed(t, lines(2000)) + packed(t, lines(2000))},
			paths:     []string{"a.json.gz", "b.json.gz"},
			resources: []string{"a.json.gz:a", "b.json.gz:4000 lines"}, coverage: ecsentry.Coverage{Files: 2},
		},
		"broken, named": {
			tree:  map[string]string{"a.json.gz": "no gzip", "b.json.gz": packed(t, mine("a"))[:20]},
			paths: []string{"a.json.gz", "b.json.gz"},
			coverage: ecsentry.Coverage{Refused: []ecsentry.Gap{
				{Scope: "a.json.gz", Reason: "is not valid gzip data"},
				{Scope: "b.json.gz", Reason: "is not valid gzip data: it ends too early"},
			}},
		},
		"broken in a folder, and ours by what is left or by name": {
			tree: map[string]string{
				"r/a.json.gz": cut(packed(t, `{"configurationItems": [`+noise(1000))), "r/b.json.gz": packed(t, `{"configurationItems": []}`) + "more",
				"r/c.json.gz": cut(packed(t, noise(1000))), "r/1_Config_eu-west-1_ConfigHistory_AWS::ECS::Service_20260101T000000Z_1.json.gz": "\x1f\x8b\x08",
			},
			paths: []string{"r"},
			coverage: ecsentry.Coverage{
				Gaps: []ecsentry.Gap{
					{Scope: "r/1_Config_eu-west-1_ConfigHistory_AWS::ECS::Service_20260101T000000Z_1.json.gz", Reason: "is not valid gzip data: it ends too early"},
					{Scope: "r/a.json.gz", Reason: "is not valid gzip data: it ends too early"},
					{Scope: "r/b.json.gz", Reason: "is not valid gzip data: it ends too early"},
				},
				Skipped: []ecsentry.Gap{{Scope: "r/c.json.gz", Reason: "is not valid gzip data: it ends too early"}},
			},
		},
		"cut off in the stream": {
			tree:  map[string]string{"r/a.json.gz": packed(t, mine("a")+noise(1<<18))[:120000]},
			paths: []string{"r"},
			coverage: ecsentry.Coverage{Files: 1, Gaps: []ecsentry.Gap{
				{Scope: "r/a.json.gz", Reason: "is not valid gzip data: it ends too early"},
			}},
		},
		"a bomb": {
			tree:  map[string]string{"a.json.gz": packed(t, mine("a")+strings.Repeat(" ", 258<<20))},
			paths: []string{"a.json.gz"},
			coverage: ecsentry.Coverage{Files: 1, Refused: []ecsentry.Gap{
				{Scope: "a.json.gz", Reason: "expands to more than 200 times its size, as no honest file does"},
			}},
		},
		"a bomb that is no stream": {
			tree:     map[string]string{"r/a.json.gz": packed(t, strings.Repeat(" ", 100<<20))},
			paths:    []string{"r"},
			coverage: ecsentry.Coverage{Skipped: []ecsentry.Gap{{Scope: "r/a.json.gz", Reason: "is larger than 67108864 bytes"}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree(t, tt.tree)
			got := collect(t, files.Options{
				Paths: tt.paths, Stdin: strings.NewReader(tt.stdin), Formats: []files.Format{streamer{format{"mine"}}},
			})
			if diff := cmp.Diff(tt.resources, got.resources); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.coverage, got.coverage); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A file that changes while it is read as a stream is a gap.
func TestStreamChanges(t *testing.T) {
	tree(t, map[string]string{"r/a.json": lines(100)})
	d := newDisk()
	d.changes["r/a.json"] = true
	got := collect(t, files.Options{Paths: []string{"r"}, Disk: d, Formats: []files.Format{streamer{format{"mine"}}}})
	want := []ecsentry.Gap{{Scope: "r/a.json", Reason: "changed while it was read"}}
	if diff := cmp.Diff(want, got.coverage.Gaps); diff != "" {
		t.Error(diff)
	}
}

// The standard input may be a stream that does not go on.
func TestStreamThatHangs(t *testing.T) {
	tree(t, nil)
	r, w := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		io.WriteString(w, lines(100)) //nolint:errcheck // the scan may end first
		time.Sleep(50 * time.Millisecond)
		cancel()
		time.Sleep(50 * time.Millisecond)
		w.Close() //nolint:errcheck,gosec // lets the reader go
	}()
	got := collectIn(t, ctx, files.Options{Paths: []string{"-"}, Stdin: r, Formats: []files.Format{streamer{format{"mine"}}}})
	if len(got.coverage.Gaps) != 1 || !strings.Contains(got.coverage.Gaps[0].Reason, "interrupted") {
		t.Errorf("coverage %+v", got.coverage)
	}
}
