package gittree

import (
	"bytes"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// most is how many links are followed for one name.
const most = 40

// Stat tells about a file, or what a link leads to.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	_, e, err := t.find("stat", name)
	if err != nil {
		return nil, err
	}
	return info{filepath.Base(name), e}, nil
}

// ReadDir lists a folder in the order of names.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	at, e, err := t.find("read", name)
	if err != nil {
		return nil, err
	}
	if !e.mode.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: syscall.ENOTDIR}
	}
	out := make([]fs.DirEntry, len(e.children))
	for i, base := range e.children {
		out[i] = fs.FileInfoToDirEntry(info{base, t.entries[path.Join(at, base)]})
	}
	return out, nil
}

// Open opens a file.
func (t *Tree) Open(name string) (fs.File, error) {
	_, e, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	if e.mode.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.EISDIR}
	}
	text, err := e.objects.read(e.object)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &file{bytes.NewReader(text), info{filepath.Base(name), e}}, nil
}

// Resolve is the absolute name of what links lead to.
func (t *Tree) Resolve(name string) (string, error) {
	at, _, err := t.find("resolve", name)
	if err != nil {
		return "", err
	}
	return filepath.Join(t.root, filepath.FromSlash(at)), nil
}

// Within tells whether a name lies in the repository, there or not.
func (t *Tree) Within(name string) bool {
	_, ok := t.below(name)
	return ok
}

// find follows a name to what it leads to in the tree.
func (t *Tree) find(op, name string) (at string, e *entry, err error) {
	wrong := func(err error) (string, *entry, error) { return "", nil, &fs.PathError{Op: op, Path: name, Err: err} }
	rest, ok := t.below(name)
	if !ok {
		return wrong(fs.ErrNotExist)
	}
	links := 0
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, "/")
		at = path.Join(at, part)
		e := t.entries[at]
		switch {
		case e == nil:
			return wrong(fs.ErrNotExist)
		case e.mode&fs.ModeSymlink == 0:
			continue
		}
		if links++; links > most {
			return wrong(syscall.ELOOP)
		}
		target, err := e.objects.read(e.object)
		if err != nil {
			return wrong(err)
		}
		to := path.Join(path.Dir(at), string(target))
		if path.IsAbs(string(target)) || to == ".." || strings.HasPrefix(to, "../") {
			return wrong(fs.ErrNotExist) // out of the repository is out of the revision
		}
		at, rest = "", strings.Trim(path.Join(to, rest), "/")
		if rest == "." {
			rest = ""
		}
	}
	return at, t.entries[at], nil
}

// below is the path of a name below the repository's root, "" for the root. Links
// on the way to the repository are followed as they are now.
func (t *Tree) below(name string) (string, bool) {
	full, err := filepath.Abs(name)
	if err != nil {
		return "", false
	}
	relative, err := filepath.Rel(t.root, full)
	if err != nil || outside(relative) {
		if relative, err = filepath.Rel(t.root, throughLinks(full)); err != nil || outside(relative) {
			return "", false
		}
	}
	if relative = filepath.ToSlash(relative); relative == "." {
		relative = ""
	}
	return relative, true
}

func outside(relative string) bool {
	return relative == ".." || strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

// throughLinks follows the links in as much of a name as there is.
func throughLinks(full string) string {
	for head, tail := full, ""; ; head, tail = filepath.Dir(head), filepath.Join(filepath.Base(head), tail) {
		if real, err := filepath.EvalSymlinks(head); err == nil {
			return filepath.Join(real, tail)
		}
		if filepath.Dir(head) == head {
			return full
		}
	}
}

// An info tells about an entry. Git keeps no times.
type info struct {
	name string
	*entry
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }

type file struct {
	*bytes.Reader
	info info
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }
