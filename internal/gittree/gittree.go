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
	objects []*objects // of the repository and of its submodules
}

// An entry is a file, a link or a folder, by its path below the root.
type entry struct {
	mode     fs.FileMode
	object   string
	objects  *objects // that have it
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
	if err := t.load(ctx, "", strings.TrimSpace(tree)); err != nil {
		return nil, fmt.Errorf("list the files of %s: %w", revision, errors.Join(err, t.Close()))
	}
	for _, e := range t.entries {
		slices.Sort(e.children)
	}
	return t, nil
}

// Close ends reading.
func (t *Tree) Close() error {
	var all []error
	for _, o := range t.objects {
		all = append(all, o.close())
	}
	return errors.Join(all...)
}

// load adds a tree of the repository in a folder below the root, "" for the root
// itself. Of submodules that are checked out the revision is read that the tree
// names, if it is here; what it held before is not known otherwise.
func (t *Tree) load(ctx context.Context, below, tree string) error {
	folder := filepath.Join(t.root, filepath.FromSlash(below))
	list, err := git(ctx, folder, "ls-tree", "-r", "-z", "--long", "--full-tree", tree)
	if err != nil {
		return err
	}
	o, err := open(ctx, folder)
	if err != nil {
		return err
	}
	t.objects = append(t.objects, o)
	for line := range strings.SplitSeq(strings.TrimSuffix(list, "\x00"), "\x00") {
		facts, name, ok := strings.Cut(line, "\t")
		f := strings.Fields(facts)
		if !ok || len(f) != 4 {
			continue
		}
		name = path.Join(below, name)
		switch f[1] {
		case "blob":
			t.add(f, name, o)
		case "commit":
			if err := t.submodule(ctx, name, f[2]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *Tree) submodule(ctx context.Context, below, commit string) error {
	folder := filepath.Join(t.root, filepath.FromSlash(below))
	if _, err := os.Lstat(filepath.Join(folder, ".git")); err != nil {
		return nil //nolint:nilerr // it is not checked out: nothing of it is scanned
	}
	tree, err := git(ctx, folder, "rev-parse", "--verify", "--quiet", "--end-of-options", commit+"^{tree}")
	if err != nil {
		return nil //nolint:nilerr // see load
	}
	return t.load(ctx, below, strings.TrimSpace(tree))
}

// add takes what ls-tree says of a file: mode, type, object and size.
func (t *Tree) add(f []string, name string, from *objects) {
	e := &entry{mode: 0o644, object: f[2], objects: from}
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
	c.Env = append(slices.DeleteFunc(c.Environ(), ofHook), "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	return c
}

// ofHook tells whether a variable says which repository git is to use, as hooks of
// git are told: here the folder says that.
func ofHook(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	switch name {
	case "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE":
		return true
	}
	return false
}
