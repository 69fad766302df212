// Package gittree shows the files of a git revision as a file system. They are
// read from git's objects: nothing is checked out, neither the working tree nor
// the index is looked at, and nothing is fetched.
//
// gittree.go opens a revision, object.go reads from it, disk.go is the file
// system.
package gittree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A Tree is the files of a revision. Names are those of the operating system, of
// the working tree in which the files would be.
type Tree struct {
	root    string // of the repository, absolute, without links
	entries map[string]*entry
	objects *objects
}

// An entry is a file, a link or a folder, by its path below the root.
type entry struct {
	mode     fs.FileMode
	object   string
	size     int64
	children []string // of a folder, sorted
}

// Open opens a revision of the repository that holds a folder. Close it.
func Open(ctx context.Context, folder, revision string) (*Tree, error) {
	if strings.HasPrefix(revision, "-") || revision == "" {
		return nil, fmt.Errorf("%q is no revision", revision)
	}
	root, err := git(ctx, folder, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, fmt.Errorf("find the git repository of %s: %w", folder, err)
	}
	tree, err := git(ctx, folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{tree}")
	if err != nil {
		return nil, fmt.Errorf("find the revision %s: git knows no such revision", revision)
	}
	t := &Tree{entries: map[string]*entry{"": {mode: fs.ModeDir | 0o755}}}
	if t.root, err = filepath.EvalSymlinks(filepath.FromSlash(strings.TrimSpace(root))); err != nil {
		return nil, fmt.Errorf("find the git repository of %s: %w", folder, err)
	}
	list, err := git(ctx, t.root, "ls-tree", "-r", "-z", "--long", "--full-tree", strings.TrimSpace(tree))
	if err != nil {
		return nil, fmt.Errorf("list the files of %s: %w", revision, err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(list, "\x00"), "\x00") {
		t.add(line)
	}
	for _, e := range t.entries {
		slices.Sort(e.children)
	}
	if t.objects, err = open(ctx, t.root); err != nil {
		return nil, fmt.Errorf("read the files of %s: %w", revision, err)
	}
	return t, nil
}

// Close ends reading.
func (t *Tree) Close() error { return t.objects.close() }

// add takes a line of ls-tree: mode, type, object and size, a tab, the path.
// Submodules are not part of the tree.
func (t *Tree) add(line string) {
	facts, name, ok := strings.Cut(line, "\t")
	f := strings.Fields(facts)
	if !ok || len(f) != 4 || f[1] != "blob" {
		return
	}
	e := &entry{mode: 0o644, object: f[2]}
	e.size, _ = strconv.ParseInt(f[3], 10, 64) // what git says is a number
	if f[0] == "120000" {
		e.mode = fs.ModeSymlink | 0o777
	}
	t.entries[name] = e
	for name != "" {
		dir, base := path.Split(name)
		dir = strings.TrimSuffix(dir, "/")
		parent := t.entries[dir]
		known := parent != nil
		if !known {
			parent = &entry{mode: fs.ModeDir | 0o755}
			t.entries[dir] = parent
		}
		parent.children = append(parent.children, base)
		if known {
			return
		}
		name = dir
	}
}

// Gone lists the files that the working tree has no more, with names relative to
// the current folder where that is in the repository.
func (t *Tree) Gone() []string {
	var out []string
	here, err := filepath.Abs(".")
	for name, e := range t.entries {
		if !e.mode.IsRegular() {
			continue
		}
		full := filepath.Join(t.root, filepath.FromSlash(name))
		if _, missing := os.Lstat(full); !errors.Is(missing, fs.ErrNotExist) {
			continue
		}
		if relative, bad := filepath.Rel(here, full); err == nil && bad == nil {
			full = relative
		}
		out = append(out, full)
	}
	slices.Sort(out)
	return out
}

// git runs a command that only reads.
func git(ctx context.Context, folder string, args ...string) (string, error) {
	out, err := command(ctx, folder, args...).Output()
	var failed *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("git is not installed")
	case errors.As(err, &failed):
		said, _, _ := strings.Cut(strings.TrimSpace(string(failed.Stderr)), "\n")
		return "", errors.New(strings.TrimPrefix(said, "fatal: "))
	}
	return string(out), err
}

// command is a command of git that fetches nothing, asks nothing and runs no
// programs that a repository names.
func command(ctx context.Context, folder string, args ...string) *exec.Cmd {
	safe := []string{"-C", folder, "-c", "protocol.allow=never", "-c", "core.fsmonitor=false"}
	c := exec.CommandContext(ctx, "git", append(safe, args...)...) //nolint:gosec // the program is fixed, and a revision is no option
	c.Env = append(c.Environ(), "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	return c
}
