package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func content(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// alone wants these files in the folder and no others, such as drafts.
func alone(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(want) {
		t.Errorf("the folder holds %v, want %v", entries, want)
	}
}

func TestFilesAreReplacedWhole(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "out.json")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("the disk is full")
	err := writeFile(name, func(w io.Writer) error {
		if err := text("half")(w); err != nil {
			return err
		}
		return failed
	})
	if !errors.Is(err, failed) || content(t, name) != "old" {
		t.Errorf("error %v, content %q; want the failure and the old content", err, content(t, name))
	}
	if err := writeFile(name, text("new")); err != nil || content(t, name) != "new" {
		t.Errorf("error %v, content %q", err, content(t, name))
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("who may read the file has changed: %v, %v", info.Mode(), err)
	}
	alone(t, dir, "out.json")
}

func TestLinksStay(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target.json"), filepath.Join(dir, "link.json")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(link, text("new")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	if got := content(t, target); got != "new" {
		t.Errorf("what the link leads to holds %q", got)
	}
}

// A device or a pipe is written to, never replaced by a file.
func TestDevicesStay(t *testing.T) {
	if err := writeFile(os.DevNull, text("gone")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatalf("%s is a file now (%v)", os.DevNull, err)
	}
}
