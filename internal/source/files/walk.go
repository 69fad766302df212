package files

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/ecsentry/ecsentry"
)

// A target is a file to read.
type target struct {
	name  string // as reports show it: as given, joined with what lies below, with slashes
	disk  string // as the operating system wants it
	real  string // absolute, without links; "" for the standard input
	named bool   // by the user, so that it must be readable as ours
	slow  bool   // it may never come, as from a pipe
	data  []byte // nil where it was not read yet
	flow  *flow  // of a slow one that is read as a stream
	bad   error  // why a slow one could not be read
	owned bool   // read only through the files that pull it in
	done  bool   // all that it holds was taken
	index string // the file that does not list it: it is read only through others, or not at all
	input bool   // another file lists it as an input, so that it is ours whatever it holds

	folder *folderTarget // set where the input is a folder
}

// opened says which files of a folder are read, by their names' ends.
func opened(name string) bool {
	switch path.Ext(name) {
	case ".json", ".yaml", ".yml", ".template", ".gz":
		return true
	}
	return false
}

// Walked tells by its path whether a file would be read in a folder that is
// walked, by formats such as these.
func Walked(name string, formats []Format) bool {
	for part := range strings.SplitSeq(path.Dir(filepath.ToSlash(name)), "/") {
		if leftOut(part) {
			return false
		}
	}
	return opened(name) || slices.ContainsFunc(formats, func(f Format) bool {
		folder, ok := f.(FolderFormat)
		if !ok {
			return false
		}
		part, _ := folder.Holds(filepath.Base(name))
		return part
	})
}

// leftOut are folders that hold no sources of the user's own.
func leftOut(folder string) bool {
	return folder == ".git" || folder == ".terraform" || folder == "node_modules"
}

// A finder collects the files of the paths that a user gave. Each file is read
// once, by whatever ways it is reached.
type finder struct {
	*Source
	ctx      context.Context
	coverage *ecsentry.Coverage
	targets  []target
	files    map[string]bool // those that are targets, by their real path
	folders  map[string]bool // those that were walked, likewise
	links    []folderEntry   // of the folder that is walked, to be followed at its end
	scanned  string          // the folder that is walked, as given, by its real path
	cut      bool            // an interruption ended the walk
}

// A folderEntry is something in a walked folder.
type folderEntry struct {
	target
	below string // the path below the scanned one
}

// find lists the files to read: those of the paths in their order, those of a
// folder by name.
//
// It reports whether those are all.
func (s *Source) find(ctx context.Context, c *ecsentry.Coverage) (_ []target, all bool) {
	f := &finder{Source: s, ctx: ctx, coverage: c, files: map[string]bool{}, folders: map[string]bool{}}
	// A file that is named stays so where a folder holds it as well.
	given := make([]target, 0, len(s.options.Paths))
	seen := map[string]bool{}
	for _, p := range s.options.Paths {
		if p == "" {
			c.Refused = append(c.Refused, ecsentry.Gap{Scope: "''", Reason: "is no path (is a variable not set? the current folder is .)"})
			continue
		}
		t := target{name: path.Clean(filepath.ToSlash(p)), disk: p, named: true}
		if seen[t.name] {
			continue
		}
		seen[t.name] = true
		if t.name == stdin {
			t.slow = true
			given = append(given, t)
			continue
		}
		info, err := s.disk.Stat(p)
		if err == nil {
			if t.real, err = s.disk.Resolve(p); err != nil && !info.IsDir() && !info.Mode().IsRegular() {
				t.real, err = t.name, nil // a pipe of the shell is a link that leads nowhere
			}
		}
		if err != nil {
			c.Refused = append(c.Refused, ecsentry.Gap{Scope: t.name, Reason: trouble(err)})
			continue
		}
		if info.IsDir() {
			t.named = false
		} else if f.files[t.real] || f.passedOver(t) {
			continue
		} else {
			f.files[t.real] = true
			t.slow = !info.Mode().IsRegular()
		}
		given = append(given, t)
	}
	for _, t := range given {
		switch {
		case !t.named:
			f.root(t)
		case !f.part(t):
			f.targets = append(f.targets, t)
		}
	}
	f.unwalked()
	return f.targets, !f.cut
}

// root walks a folder that the user gave. Links are followed at the end, so that
// what they lead to is found by its own name if it has one.
func (f *finder) root(t target) {
	from := len(f.targets)
	f.links, f.scanned = f.links[:0], t.real
	f.folder(folderEntry{target: t})
	for i := 0; i < len(f.links) && !f.stopped(); i++ {
		f.follow(t, f.links[i])
	}
	slices.SortFunc(f.targets[from:], func(a, b target) int { return cmp.Compare(a.name, b.name) })
}

// folder walks a folder. Memory and time are bounded by what is there, since no
// folder is walked twice.
func (f *finder) folder(e folderEntry) {
	if f.folders[e.real] || f.stopped() {
		return
	}
	f.folders[e.real] = true
	entries, err := f.disk.ReadDir(e.disk)
	listed := f.listing(e, entries)
	entries = f.unbarred(e.real, entries)
	if err != nil {
		gap := ecsentry.Gap{Scope: e.name, Reason: trouble(err)}
		if e.below == "" {
			f.coverage.Refused = append(f.coverage.Refused, gap)
		} else {
			f.coverage.Gaps = append(f.coverage.Gaps, gap)
		}
	}
	var whole *target
	for _, entry := range entries {
		name := entry.Name()
		child := folderEntry{below: path.Join(e.below, name)}
		child.name, child.disk, child.real = path.Join(e.name, name), filepath.Join(e.disk, name), filepath.Join(e.real, name)
		if f.excluded(child.below) || !f.listed(listed, &child, entry) {
			continue
		}
		switch kind := entry.Type(); {
		case kind.IsDir():
			if !leftOut(name) {
				f.folder(child)
			}
		case f.hold(&whole, e, child, kind):
		case kind&fs.ModeSymlink != 0:
			f.links = append(f.links, child)
		case opened(name):
			f.add(child.target, kind)
		}
	}
	f.whole(whole)
}

func (f *finder) stopped() bool {
	f.cut = f.cut || f.ctx.Err() != nil
	return f.cut
}

// add adds a file. What is no regular file is never opened: it may not end.
func (f *finder) add(t target, kind fs.FileMode) {
	if !kind.IsRegular() {
		f.coverage.Skipped = append(f.coverage.Skipped, ecsentry.Gap{Scope: t.name, Reason: "is no regular file"})
		return
	}
	if !f.files[t.real] {
		f.files[t.real] = true
		f.targets = append(f.targets, t)
	}
}

// follow follows a link, unless it leads back: to a folder that holds it, or to
// one that was walked.
func (f *finder) follow(root target, link folderEntry) {
	info, err := f.disk.Stat(link.disk)
	if err == nil {
		link.real, err = f.disk.Resolve(link.disk)
	}
	base := path.Base(link.name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ELOOP):
		// Editors lock files with links that lead nowhere.
		if opened(base) {
			f.coverage.Skipped = append(f.coverage.Skipped, ecsentry.Gap{Scope: link.name, Reason: "is a link that leads nowhere"})
		}
	case err != nil:
		f.coverage.Gaps = append(f.coverage.Gaps, ecsentry.Gap{Scope: link.name, Reason: trouble(err)})
	case !info.IsDir():
		if opened(base) {
			f.add(link.target, info.Mode())
		}
	case leftOut(base), leftOut(filepath.Base(link.real)), holds(link.real, root.real):
	default:
		f.folder(link)
	}
}

// holds tells whether a folder is another one or lies around it.
func holds(outer, inner string) bool {
	separator := string(filepath.Separator)
	return strings.HasPrefix(inner+separator, strings.TrimSuffix(outer, separator)+separator)
}

func (f *finder) excluded(below string) bool {
	for _, g := range f.exclude {
		if g.match(below) {
			return true
		}
	}
	return false
}
