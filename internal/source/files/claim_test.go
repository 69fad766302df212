package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

func nests(id string, paths ...string) string {
	return `{"mine":"` + id + `","nest":["` + strings.Join(paths, `","`) + `"]}`
}

// TestNested: a file that others pull in is read through them only.
func TestNested(t *testing.T) {
	for name, tt := range map[string]struct {
		tree  map[string]string
		paths []string
		stdin string
		want  []string
		files int
		gaps  []ecsentry.Gap
	}{
		"after its parent": {
			tree:  map[string]string{"r/a.json": nests("a", "./b.json"), "r/b.json": mine("b")},
			paths: []string{"r"}, files: 2,
			want: []string{"r/a.json:a", "r/b.json:a/b"},
		},
		"before its parent, in another folder": {
			tree:  map[string]string{"r/a/a.json": mine("a"), "r/b/b.json": nests("b", "../a/a.json")},
			paths: []string{"r"}, files: 2,
			want: []string{"r/b/b.json:b", "r/a/a.json:b/a"},
		},
		"of two parents": {
			tree:  map[string]string{"r/a.json": nests("a", "c.json"), "r/b.json": nests("b", "c.json", "c.json"), "r/c.json": mine("c")},
			paths: []string{"r"}, files: 3,
			want: []string{"r/a.json:a", "r/c.json:a/c", "r/b.json:b", "r/c.json:b/c", "r/c.json:b/c"},
		},
		"named as well": {
			tree:  map[string]string{"a.json": nests("a", "b.json"), "b.json": mine("b")},
			paths: []string{"b.json", "a.json"}, files: 2,
			want: []string{"a.json:a", "b.json:a/b"},
		},
		"outside of the folder": {
			tree:  map[string]string{"r/a.json": nests("a", "../b.json"), "b.json": mine("b")},
			paths: []string{"r"}, files: 1,
			want: []string{"r/a.json:a", "b.json:a/b"},
		},
		"through a link": {
			tree:  map[string]string{"r/a.json": nests("a", "l/b.json"), "r/d/b.json": mine("b"), "r/l": "->d"},
			paths: []string{"r"}, files: 2,
			want: []string{"r/a.json:a", "r/l/b.json:a/b"},
		},
		"a ring": {
			tree:  map[string]string{"r/a.json": nests("a", "b.json"), "r/b.json": nests("b", "a.json")},
			paths: []string{"r"}, files: 2,
			want: []string{"r/a.json:a", "r/b.json:a/b"},
		},
		"itself": {
			tree:  map[string]string{"r/a.json": nests("a", "a.json")},
			paths: []string{"r"}, files: 1,
			want: []string{"r/a.json:a", "r/a.json:a/a"},
		},
		"not there": {
			tree:  map[string]string{"r/a.json": nests("a", "b.json", "d", "bad.json"), "r/d/x": "", "r/bad.json": "{"},
			paths: []string{"r"}, files: 2,
			want: []string{"r/a.json:a"},
			gaps: []ecsentry.Gap{
				{Scope: "b.json", Reason: "does not exist"},
				{Scope: "d", Reason: "is no regular file"},
				{Scope: "bad.json", Reason: "line 1, column 2: is not valid JSON: it ends too early"},
			},
		},
		"by the standard input": {
			tree:  map[string]string{"b.json": mine("b")},
			paths: []string{"-", "b.json"}, files: 2,
			stdin: nests("a", "b.json"),
			want:  []string{"b.json:b", "-:a"},
			gaps: []ecsentry.Gap{{
				Scope:  "b.json",
				Reason: "its folder is not known: the file that pulls it in was read from the standard input",
			}},
		},
		"by files that are none of its format": {
			tree: map[string]string{
				"r/a.json": `{"x":1,"nest":["b.json"]}`, "r/b.json": mine("b"), "r/c.json": `{"nest":["b.json"]`,
			},
			paths: []string{"r"}, files: 1,
			want: []string{"r/b.json:b"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree(t, tt.tree)
			got := collect(t, files.Options{Paths: tt.paths, Stdin: strings.NewReader(tt.stdin)})
			if diff := cmp.Diff(tt.want, got.resources); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.gaps, got.coverage.Gaps); diff != "" || got.coverage.Files != tt.files {
				t.Errorf("%s %+v", diff, got.coverage)
			}
		})
	}
}

// TestNestedAbsolute: a parent may name its child by an absolute path.
func TestNestedAbsolute(t *testing.T) {
	tree(t, map[string]string{"r/b.json": mine("b")})
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	child := filepath.ToSlash(dir) + "/r/b.json"
	if err := os.WriteFile("r/a.json", []byte(nests("a", child)), 0o644); err != nil {
		t.Fatal(err)
	}
	got := collect(t, files.Options{Paths: []string{"r"}})
	if diff := cmp.Diff([]string{"r/a.json:a", child + ":a/b"}, got.resources); diff != "" {
		t.Error(diff)
	}
}
