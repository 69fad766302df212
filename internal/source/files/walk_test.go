package files_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/internal/source/files"
)

func TestWalk(t *testing.T) {
	for name, tt := range map[string]struct {
		tree    map[string]string
		paths   []string
		exclude []string
		want    []string // file:ID, in order
		skipped []string
	}{
		"the current folder": {
			tree:  map[string]string{"web.yaml": mine("a"), "infra/db.yml": mine("b"), "infra.json": mine("c"), "x.template": mine("d")},
			paths: []string{"."},
			want:  []string{"infra.json:c", "infra/db.yml:b", "web.yaml:a", "x.template:d"},
		},
		"a folder with a slash at its end": {
			tree:  map[string]string{"infra/web.json": mine("a")},
			paths: []string{"infra/"},
			want:  []string{"infra/web.json:a"},
		},
		"a folder above": {
			tree:  map[string]string{"infra/web.json": mine("a"), "x/y": ""},
			paths: []string{"./x/../infra"},
			want:  []string{"infra/web.json:a"},
		},
		"hidden folders": {
			tree:  map[string]string{".aws/task-definition.json": mine("a"), ".ecs/.hidden.yaml": mine("b")},
			paths: []string{"."},
			want:  []string{".aws/task-definition.json:a", ".ecs/.hidden.yaml:b"},
		},
		"folders left out": {
			tree: map[string]string{
				".git/a.json": mine("a"), "x/.terraform/b.json": mine("b"), "x/node_modules/c/c.json": mine("c"),
				"x/.gitlab/d.json": mine("d"), ".github/e.yml": mine("e"),
			},
			paths: []string{"."},
			want:  []string{".github/e.yml:e", "x/.gitlab/d.json:d"},
		},
		"a folder left out, named": {
			tree:  map[string]string{"node_modules/a.json": mine("a")},
			paths: []string{"node_modules"},
			want:  []string{"node_modules/a.json:a"},
		},
		"other names": {
			tree:  map[string]string{"a.txt": mine("a"), "b.JSON": mine("b"), "c.json.bak": mine("c"), "Makefile": mine("d"), "e.tf": mine("e")},
			paths: []string{"."},
		},
		"other names, named": {
			tree:  map[string]string{"a.txt": mine("a"), "Makefile": mine("d")},
			paths: []string{"a.txt", "Makefile"},
			want:  []string{"a.txt:a", "Makefile:d"},
		},
		"paths in their order, each once": {
			tree:  map[string]string{"b.json": mine("b"), "a.json": mine("a"), "d/c.json": mine("c")},
			paths: []string{"d", "b.json", "./b.json", "."},
			want:  []string{"d/c.json:c", "b.json:b", "a.json:a"},
		},
		"excluded": {
			tree: map[string]string{
				"a.json": mine("a"), "vendor/b.json": mine("b"), "x/vendor/c.json": mine("c"), "x/d.bak.json": mine("d"), "x/e.json": mine("e"),
			},
			paths:   []string{"."},
			exclude: []string{"**/vendor", "x/*.bak.json"},
			want:    []string{"a.json:a", "x/e.json:e"},
		},
		"excluded below the scanned path": {
			tree:    map[string]string{"r/vendor/b.json": mine("b"), "r/x/vendor/c.json": mine("c")},
			paths:   []string{"r"},
			exclude: []string{"vendor", "r/x"},
			want:    []string{"r/x/vendor/c.json:c"},
		},
		"excluded, but named": {
			tree:    map[string]string{"vendor/b.json": mine("b")},
			paths:   []string{".", "vendor/b.json"},
			exclude: []string{"**"},
			want:    []string{"vendor/b.json:b"},
		},
		"links": {
			tree: map[string]string{
				"r/a.json": mine("a"), "r/link.json": "->a.json", "r/out": "->../out", "out/b.json": mine("b"), "r/c.yaml": "->../out/c.txt",
				"out/c.txt": mine("c"), "r/d.txt": "->../out/b.json",
			},
			paths: []string{"r"},
			want:  []string{"r/a.json:a", "r/c.yaml:c", "r/out/b.json:b"},
		},
		"links that lead back": {
			tree: map[string]string{
				"r/a/self": "->.", "r/a/up": "->..", "r/a/root": "->/", "r/b/a": "->../a", "r/a/b": "->../b", "r/a/x.json": mine("x"),
				"r/l": "->m", "r/m": "->l", "r/n.json": "->n.json", "r/gone.json": "->nowhere", "r/gone": "->nowhere",
			},
			paths:   []string{"r"},
			want:    []string{"r/a/x.json:x"},
			skipped: []string{"r/gone.json", "r/n.json"},
		},
		"a link, named": {
			tree:  map[string]string{"a/x.json": mine("x"), "l": "->a", "m": "->a/x.json"},
			paths: []string{"l", "m"},
			want:  []string{"m:x"},
		},
		"a folder named like a file": {
			tree:  map[string]string{"x.json/y.json": mine("y")},
			paths: []string{"."},
			want:  []string{"x.json/y.json:y"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree(t, tt.tree)
			got := collect(t, files.Options{Paths: tt.paths, Exclude: tt.exclude})
			if diff := cmp.Diff(tt.want, got.resources); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.skipped, scopes(got.coverage.Skipped)); diff != "" {
				t.Error(diff)
			}
			if len(got.coverage.Gaps)+len(got.coverage.Refused) > 0 || got.coverage.Files != len(tt.want) {
				t.Errorf("coverage %+v", got.coverage)
			}
		})
	}
}

// TestAbsolutePath: a path is shown as it was given.
func TestAbsolutePath(t *testing.T) {
	tree(t, map[string]string{"d/x.json": mine("x")})
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	got := collect(t, files.Options{Paths: []string{filepath.Join(dir, "d")}})
	if diff := cmp.Diff([]string{filepath.ToSlash(dir) + "/d/x.json:x"}, got.resources); diff != "" {
		t.Error(diff)
	}
}

// TestNeverOpened: what is no file may never end.
func TestNeverOpened(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("no named pipes in folders there")
		return
	}
	tree(t, map[string]string{"r/a.json": mine("a")})
	if err := syscall.Mkfifo("r/pipe.json", 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/zero", "r/zero.yaml"); err != nil {
		t.Fatal(err)
	}
	got := collect(t, files.Options{Paths: []string{"r"}})
	if diff := cmp.Diff([]string{"r/a.json:a"}, got.resources); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"r/pipe.json", "r/zero.yaml"}, scopes(got.coverage.Skipped)); diff != "" {
		t.Error(diff)
	}
}

// TestPipe: a pipe that the user names is read, and once only.
func TestPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := w.WriteString(mine("a")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	name := "/dev/fd/" + itoa(int(r.Fd()))
	if _, err := os.Stat(name); err != nil {
		t.Fatalf("this system has no /dev/fd: %v", err)
	}
	got := collect(t, files.Options{Paths: []string{name}})
	if diff := cmp.Diff([]string{name + ":a"}, got.resources); diff != "" {
		t.Errorf("%s %+v", diff, got.coverage)
	}
}

func itoa(n int) string {
	digits := ""
	for ; n > 9; n /= 10 {
		digits = string(rune('0'+n%10)) + digits
	}
	return string(rune('0'+n)) + digits
}

func TestUnreadable(t *testing.T) {
	tree(t, map[string]string{
		"r/a.json": mine("a"), "r/b.json": mine("b"), "r/locked/c.json": mine("c"), "r/d.json": mine("d"), "r/e.json": mine("e"), "r/f.json": mine("f"),
		"named.json": mine("n"), "locked/x.json": mine("x"),
	})
	d := newDisk()
	d.opens["r/b.json"], d.opens["named.json"] = os.ErrPermission, os.ErrPermission
	d.folders["r/locked"], d.folders["locked"] = os.ErrPermission, os.ErrPermission
	d.opens["r/d.json"] = os.ErrNotExist // it vanished
	d.changes["r/e.json"], d.growing["r/f.json"] = true, true
	got := collect(t, files.Options{Paths: []string{"r", "named.json", "locked", "nowhere"}, Disk: d})
	if diff := cmp.Diff([]string{"r/a.json:a"}, got.resources); diff != "" {
		t.Error(diff)
	}
	want := map[string]string{
		"r/b.json": "permission denied", "r/locked": "permission denied", "r/d.json": "does not exist",
		"r/e.json": "changed while it was read", "r/f.json": "changed while it was read",
	}
	for _, g := range got.coverage.Gaps {
		if !strings.Contains(g.Reason, want[g.Scope]) || want[g.Scope] == "" {
			t.Errorf("gap %+v", g)
		}
		delete(want, g.Scope)
	}
	if len(want) > 0 {
		t.Errorf("no gap for %v", want)
	}
	if diff := cmp.Diff([]string{"nowhere", "locked", "named.json"}, scopes(got.coverage.Refused)); diff != "" {
		t.Error(diff)
	}
}
