package gittree

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// repository makes one with a commit, and a working tree in which all of it is
// gone.
func repository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		c := exec.Command("git", args...)
		c.Dir = root
		c.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "HOME="+root)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	for name, text := range map[string]string{
		"a/b.json": "{}", "a/c d.yaml": "x: 1\n", "ä.json": "[]", "a/deep/e.json": "1",
	} {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"link": "a", "a/up": "../ä.json", "loop": "loop", "out": "../..", "absolute": "/etc/passwd", "chain": "link/deep",
	} {
		if err := os.Symlink(to, filepath.Join(root, filepath.FromSlash(link))); err != nil {
			t.Fatal(err)
		}
	}
	run("init", "-q")
	run("add", ".")
	run("-c", "user.email=a@example.com", "-c", "user.name=a", "commit", "-q", "-m", "one")
	for _, name := range []string{"a", "ä.json"} {
		if err := os.RemoveAll(filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestTree(t *testing.T) {
	root := repository(t)
	tree, err := Open(context.Background(), root, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	for name, want := range map[string]string{
		"a/b.json": "{}", "a/c d.yaml": "x: 1\n", "ä.json": "[]", "link/b.json": "{}", "a/up": "[]", "chain/e.json": "1", "link/deep/../b.json": "{}",
	} {
		f, err := tree.Open(at(name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		text, _ := io.ReadAll(f)
		info, _ := f.Stat()
		if string(text) != want || info.Size() != int64(len(want)) && name != "a/up" {
			t.Errorf("%s holds %q of size %d", name, text, info.Size())
		}
	}
	for name, want := range map[string]error{
		"nothing": fs.ErrNotExist, "a/b.json/x": fs.ErrNotExist, "loop": syscall.ELOOP, "out": fs.ErrNotExist,
		"absolute": fs.ErrNotExist, "../elsewhere": fs.ErrNotExist, ".git/config": fs.ErrNotExist,
	} {
		if _, err := tree.Stat(at(name)); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	var names []string
	entries, err := tree.ReadDir(at("link"))
	for _, e := range entries {
		names = append(names, e.Name()+" "+e.Type().String())
	}
	if diff := cmp.Diff([]string{"b.json ----------", "c d.yaml ----------", "deep d---------", "up L---------"}, names); diff != "" || err != nil {
		t.Errorf("folder a: %v\n%s", err, diff)
	}
	real, err := tree.Resolve(at("chain"))
	if want := filepath.Join(tree.root, "a", "deep"); real != want || err != nil {
		t.Errorf("chain is %s, %v; want %s", real, err, want)
	}
	if _, err := tree.ReadDir(at("ä.json")); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("a file as a folder: %v", err)
	}
	if _, err := tree.Open(at("a")); !errors.Is(err, syscall.EISDIR) {
		t.Errorf("a folder as a file: %v", err)
	}
	if tree.Within(filepath.Dir(root)) || !tree.Within(root) || !tree.Within(at("new/file.json")) {
		t.Error("what is in the repository is told wrong")
	}
	if got := len(tree.Gone()); got != 4 {
		t.Errorf("%d files are gone, want 4: %v", got, tree.Gone())
	}
}

func TestOpenRefuses(t *testing.T) {
	root := repository(t)
	for revision, want := range map[string]string{
		"": "is no revision", "--help": "is no revision", "nothing": "no such revision", "HEAD~5": "no such revision",
		"HEAD:ä.json": "no such revision",
	} {
		if _, err := Open(context.Background(), root, revision); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", revision, err, want)
		}
	}
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(root))
	if err := os.RemoveAll(filepath.Join(root, ".git")); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), root, "HEAD"); err == nil || !strings.Contains(err.Error(), "not a git repository") {
		t.Errorf("without a repository: %v", err)
	}
	t.Setenv("PATH", "")
	if _, err := Open(context.Background(), root, "HEAD"); err == nil || !strings.Contains(err.Error(), "git is not installed") {
		t.Errorf("without git: %v", err)
	}
}
