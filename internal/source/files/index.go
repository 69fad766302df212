package files

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
)

// A listing is what the index of a folder lists; nil where a folder has none, and
// all of it is walked.
type listing struct {
	index string // the file's name
	names map[string]bool
}

// listing reads the index of a folder, and notes what it lists and the folder
// lacks. An index that cannot be read lists nothing: the folder is walked, which
// may read too much but misses nothing.
func (f *finder) listing(e folderEntry, entries []fs.DirEntry) *listing {
	for _, format := range f.options.Formats {
		n, ok := format.(Indexer)
		if !ok || !slices.ContainsFunc(entries, func(d fs.DirEntry) bool { return d.Name() == n.Index() }) {
			continue
		}
		index := f.document(e, n.Index())
		if index == nil {
			continue
		}
		names, ok := n.Indexed(index, func(name string) *document.Node { return f.document(e, name) })
		if !ok {
			continue
		}
		there := map[string]bool{}
		for _, d := range entries {
			there[d.Name()] = true
		}
		l := &listing{index: n.Index(), names: map[string]bool{}}
		missing := 0
		for _, name := range names {
			if !there[name] && !l.names[name] {
				if missing++; missing <= named {
					f.lacks(e, l, strconv.Quote(name)+", which is not in its folder")
				}
			}
			l.names[name] = true
		}
		if more := missing - named; more > 0 {
			f.lacks(e, l, strconv.Itoa(more)+" more that are not in its folder")
		}
		return l
	}
	return nil
}

// lacks says what an index lists in vain.
func (f *finder) lacks(e folderEntry, l *listing, what string) {
	f.coverage.Gaps = append(f.coverage.Gaps, ecsentry.Gap{Scope: path.Join(e.name, l.index), Reason: "lists " + what})
}

// document is the only document of a file in a folder, nil if it has none.
func (f *finder) document(e folderEntry, name string) *document.Node {
	disk := filepath.Join(e.disk, name)
	if name != path.Base(name) || f.stopped() {
		return nil
	}
	if info, err := f.disk.Stat(disk); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	data, err := f.read(disk)
	if err != nil {
		return nil
	}
	file, err := document.Parse(path.Join(e.name, name), data, f.parsing(name))
	if err != nil || len(file.Documents) != 1 {
		return nil
	}
	return file.Documents[0]
}

// listed tells whether an entry of a folder may be read, and notes what is listed.
// A file that is not listed may be read through those that pull it in.
func (f *finder) listed(l *listing, child *folderEntry, entry fs.DirEntry) bool {
	if l == nil {
		return true
	}
	if l.names[entry.Name()] {
		child.input = true
		return true
	}
	folder := entry.IsDir()
	if entry.Type()&fs.ModeSymlink != 0 {
		if info, err := f.disk.Stat(child.disk); err == nil {
			folder = info.IsDir()
		}
	}
	if !folder {
		child.index = l.index
		return true
	}
	if !leftOut(entry.Name()) {
		f.coverage.Skipped = append(f.coverage.Skipped, unlisted(&child.target, l.index))
	}
	return false
}

func unlisted(t *target, index string) ecsentry.Gap {
	return ecsentry.Gap{Scope: t.name, Reason: "is no stack that " + index + " lists"}
}
