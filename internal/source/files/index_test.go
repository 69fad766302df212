package files_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/internal/source/files"
)

// Of a folder with an index only what is listed is read, and what that pulls in.
func TestIndex(t *testing.T) {
	for name, tt := range map[string]struct {
		tree    map[string]string
		paths   []string
		want    []string
		skipped []string
		gaps    []string
		files   int
	}{
		"listed": {
			tree: map[string]string{
				"r/out/index.json": `{"listed":["a.json"]}`, "r/out/a.json": mine("a"), "r/out/b.json": mine("b"), "r/c.json": mine("c"),
			},
			paths: []string{"r"}, files: 2,
			want: []string{"r/c.json:c", "r/out/a.json:a"}, skipped: []string{"r/out/b.json", "r/out/index.json"},
		},
		"the folder itself": {
			tree:  map[string]string{"out/index.json": `{"listed":["a.json"]}`, "out/a.json": mine("a"), "out/b.json": mine("b")},
			paths: []string{"out"}, files: 1,
			want: []string{"out/a.json:a"}, skipped: []string{"out/b.json", "out/index.json"},
		},
		"pulled in by what is listed": {
			tree: map[string]string{
				"out/index.json": `{"listed":["z.json"]}`, "out/z.json": nests("z", "y.json"), "out/y.json": nests("y"), "out/x.json": mine("x"),
			},
			paths: []string{"out"}, files: 2,
			want: []string{"out/z.json:z", "out/y.json:z/y"}, skipped: []string{"out/index.json", "out/x.json"},
		},
		"what pulls in a listed one is not listed": {
			tree:  map[string]string{"out/index.json": `{"listed":["a.json"]}`, "out/a.json": mine("a"), "out/b.json": nests("b", "a.json")},
			paths: []string{"out"}, files: 1,
			want: []string{"out/a.json:a"}, skipped: []string{"out/b.json", "out/index.json"},
		},
		"folders": {
			tree: map[string]string{
				"out/index.json": `{"listed":["stage"]}`, "out/stage/a.json": mine("a"), "out/copy/a.json": mine("b"), "out/copy/deep/a.json": mine("b"),
				"elsewhere/c.json": mine("c"), "out/link": "->../elsewhere",
			},
			paths: []string{"out"}, files: 1,
			want: []string{"out/stage/a.json:a"}, skipped: []string{"out/copy", "out/link", "out/index.json"},
		},
		"an index in a listed folder": {
			tree: map[string]string{
				"out/index.json": `{"listed":["stage"]}`, "out/stage/index.json": `{"listed":["a.json"]}`,
				"out/stage/a.json": mine("a"), "out/stage/b.json": mine("b"),
			},
			paths: []string{"out"}, files: 1,
			want: []string{"out/stage/a.json:a"}, skipped: []string{"out/index.json", "out/stage/b.json", "out/stage/index.json"},
		},
		"named as well": {
			tree:  map[string]string{"out/index.json": `{"listed":["a.json"]}`, "out/a.json": mine("a"), "out/b.json": mine("b")},
			paths: []string{"out", "out/b.json"}, files: 2,
			want: []string{"out/a.json:a", "out/b.json:b"}, skipped: []string{"out/index.json"},
		},
		"more in another file": {
			tree: map[string]string{
				"out/index.json": `{"listed":["a.json"],"more":"more.json"}`, "out/more.json": `{"listed":["b.json"]}`,
				"out/a.json": mine("a"), "out/b.json": mine("b"), "out/c.json": mine("c"),
			},
			paths: []string{"out"}, files: 2,
			want: []string{"out/a.json:a", "out/b.json:b"}, skipped: []string{"out/c.json", "out/index.json", "out/more.json"},
		},
		"another file elsewhere is not read": {
			tree: map[string]string{
				"out/index.json": `{"listed":["a.json"],"more":"../more.json"}`, "more.json": `{"listed":["b.json"]}`,
				"out/a.json": mine("a"), "out/b.json": mine("b"),
			},
			paths: []string{"out"}, files: 1,
			want: []string{"out/a.json:a"}, skipped: []string{"out/b.json", "out/index.json"},
		},
		"listed and not there": {
			tree:  map[string]string{"out/index.json": `{"listed":["a.json", "gone.json"]}`, "out/a.json": mine("a")},
			paths: []string{"out"}, files: 1,
			want: []string{"out/a.json:a"}, skipped: []string{"out/index.json"}, gaps: []string{"out/index.json"},
		},
		"listed and broken": {
			tree: map[string]string{
				"out/index.json": `{"listed":["a.json", "b.json", "c.json", "d.json"]}`, "out/a.json": mine("a"), "out/b.json": `{"x":`, "out/c.json": "",
				"out/d.json": `{"x": 1}`, "out/e.json": `{"x":`,
			},
			paths: []string{"out"}, files: 1,
			want: []string{"out/a.json:a"}, skipped: []string{"out/d.json", "out/e.json", "out/index.json"}, gaps: []string{"out/b.json", "out/c.json"},
		},
		"no index": {
			tree:  map[string]string{"out/index.json": `{"other":[]}`, "out/a.json": mine("a")},
			paths: []string{"out"}, files: 1,
			want: []string{"out/a.json:a"}, skipped: []string{"out/index.json"},
		},
		"an index that cannot be read": {
			tree:  map[string]string{"out/index.json": `{"listed":[`, "out/a.json": mine("a")},
			paths: []string{"out"}, files: 1,
			want: []string{"out/a.json:a"}, skipped: []string{"out/index.json"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree(t, tt.tree)
			got := collect(t, files.Options{Paths: tt.paths})
			if diff := cmp.Diff(tt.want, got.resources); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.skipped, scopes(got.coverage.Skipped)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.gaps, scopes(got.coverage.Gaps)); diff != "" {
				t.Error(diff)
			}
			if got.coverage.Files != tt.files || len(got.coverage.Refused) > 0 {
				t.Errorf("%d files, want %d; refused %v", got.coverage.Files, tt.files, got.coverage.Refused)
			}
		})
	}
}

// A form without an index does not mind the name.
func TestIndexOfAnotherForm(t *testing.T) {
	tree(t, map[string]string{"out/index.json": `{"listed":[]}`, "out/a.json": mine("a")})
	got := collect(t, files.Options{Paths: []string{"out"}, Formats: []files.Format{plainFormat{format{"mine"}}}})
	if diff := cmp.Diff([]string{"out/a.json:a"}, got.resources); diff != "" {
		t.Error(diff)
	}
}

// A plainFormat is a form without an index.
type plainFormat struct{ files.Format }

// An index that lists much in vain is not repeated whole.
func TestIndexOfMuchThatIsMissing(t *testing.T) {
	var names []string
	for i := range 1000 {
		names = append(names, fmt.Sprintf(`"%d.json"`, i))
	}
	tree(t, map[string]string{"out/index.json": `{"listed":[` + strings.Join(names, ",") + `]}`})
	gaps := collect(t, files.Options{Paths: []string{"out"}}).coverage.Gaps
	if len(gaps) != 21 || gaps[20].Reason != "lists 980 more that are not in its folder" {
		t.Errorf("%d gaps, the last: %v", len(gaps), gaps[len(gaps)-1])
	}
}
