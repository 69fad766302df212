package files

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/ecsentry/ecsentry"
)

// A FolderFormat is a Format whose other form is not a file but a folder: some of
// its files, by their names, make one input together. Those are no inputs of their
// own.
type FolderFormat interface {
	Format
	// Holds tells by its name whether a file is part of its folder's input, and
	// whether it makes one of the folder: what only adds to others does not.
	Holds(name string) (part, makes bool)
	// Pulls are the folders that one pulls in, as reports show them. They are read
	// only through those that pull them in.
	Pulls(in *Folder) []string
	// ReadFolder yields the resources of a folder, as Read does those of a file.
	ReadFolder(ctx context.Context, in *Folder, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error)
}

// A Folder is the input of a FolderFormat.
type Folder struct {
	Name   string   // as reports show it
	Files  []string // the names of the files that are part of it, in order
	Only   []string // those that the user named, if not the folder
	source *Source
	inside string // the scanned folder, without links; files outside of it are not read
}

// Path is the name of a file in the folder, as reports show it.
func (in *Folder) Path(name string) string { return path.Join(in.Name, name) }

// Read reads a file by its name as reports show it.
func (in *Folder) Read(name string) ([]byte, error) {
	f := filepath.FromSlash(name)
	info, err := in.source.disk.Stat(f)
	switch {
	case err != nil:
		return nil, fault(trouble(err))
	case !info.Mode().IsRegular():
		return nil, fault("is no regular file")
	}
	data, err := in.source.read(f)
	if err == nil && in.source.options.InspectPart != nil {
		in.source.options.InspectPart(name, data)
	}
	return data, err
}

// ReadInside reads a file that an input names, if it lies, links followed, in the
// scanned folder.
func (in *Folder) ReadInside(name string) ([]byte, error) {
	real, err := in.source.disk.Resolve(filepath.FromSlash(name))
	if err != nil {
		return nil, fault(trouble(err))
	}
	if !holds(in.inside, real) {
		return nil, fault("lies outside the scanned folder")
	}
	return in.Read(filepath.ToSlash(real))
}

// List lists the files of another folder that are part of such an input.
func (in *Folder) List(name string, f FolderFormat) ([]string, error) {
	entries, err := in.source.disk.ReadDir(filepath.FromSlash(name))
	if err != nil {
		return nil, fault(trouble(err))
	}
	var out []string
	for _, e := range entries {
		if part, _ := f.Holds(e.Name()); part && !e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// Same tells whether two names are of one folder or file.
func (in *Folder) Same(a, b string) bool {
	x, err := in.source.disk.Resolve(filepath.FromSlash(a))
	y, err2 := in.source.disk.Resolve(filepath.FromSlash(b))
	return err == nil && err2 == nil && x == y
}

// Unread is what becomes of a file that cannot be parsed: it is refused, a gap,
// or skipped if it does not look like ours.
func (in *Folder) Unread(c *ecsentry.Coverage, name string, data []byte, reason string) {
	gap := ecsentry.Gap{Scope: name, Reason: reason}
	asked := slices.Contains(in.Only, path.Base(name)) && path.Dir(name) == in.Name && !in.source.options.SkipUnrecognised
	switch {
	case asked, marked(data):
		c.Refused = append(c.Refused, gap)
	default:
		c.Skipped = append(c.Skipped, gap)
	}
}

// folderFormat is the format that a file is part of a folder for, nil if it is an
// input of its own.
func (s *Source) folderFormat(name string) (f FolderFormat, makes bool) {
	for _, format := range s.options.Formats {
		if f, ok := format.(FolderFormat); ok {
			if part, makes := f.Holds(name); part {
				return f, makes
			}
		}
	}
	return nil, false
}

// A folderTarget is what a target has that is a folder.
type folderTarget struct {
	format FolderFormat
	files  []string
	only   []string
	makes  bool
	inside string
}

// count is how many files a target is.
func (t *target) count() int {
	if t.folder == nil {
		return 1
	}
	return len(t.folder.files)
}

// hold notes a file that is part of its folder's input. It reports false for one
// that is an input of its own.
func (f *finder) hold(whole **target, e, child folderEntry, kind fs.FileMode) bool {
	name := path.Base(child.name)
	format, makes := f.folderFormat(name)
	if format == nil {
		return false
	}
	if kind&fs.ModeSymlink != 0 {
		if info, err := f.disk.Stat(child.disk); err == nil {
			kind = info.Mode()
		}
	}
	if !kind.IsRegular() {
		return false
	}
	if *whole == nil {
		t := e.target
		t.folder = &folderTarget{format: format, inside: f.scanned}
		*whole = &t
	}
	t := (*whole).folder
	t.files, t.makes = append(t.files, name), t.makes || makes
	return true
}

const lonely = "is of use only in a folder with other files"

// whole adds a folder that is an input.
func (f *finder) whole(t *target) {
	if t == nil {
		return
	}
	if t.folder.makes {
		f.targets = append(f.targets, *t)
		return
	}
	for _, name := range t.folder.files {
		f.skip(path.Join(t.name, name), lonely)
	}
}

// part takes a file that the user named and that is part of its folder's input:
// of the folder, what that file holds. It reports false for an input of its own.
func (f *finder) part(t target) bool {
	format, makes := f.folderFormat(path.Base(t.name))
	if format == nil || t.name == stdin {
		return false
	}
	refuse := func(reason string) bool {
		f.coverage.Refused = append(f.coverage.Refused, ecsentry.Gap{Scope: t.name, Reason: reason})
		return true
	}
	if !makes && f.options.SkipUnrecognised {
		f.skip(t.name, lonely)
		return true
	}
	if !makes {
		return refuse("is of use only together with the folder that it belongs to: scan that")
	}
	only, real := path.Base(t.name), filepath.Dir(t.real)
	for i := range f.targets {
		if in := f.targets[i].folder; in != nil && f.targets[i].real == real {
			if len(in.only) > 0 { // else all of the folder is judged already
				in.only = append(in.only, only)
			}
			return true
		}
	}
	dir := target{name: path.Dir(t.name), disk: filepath.Dir(t.disk), real: real, named: true}
	in := Folder{Name: dir.name, source: f.Source}
	names, err := in.List(dir.name, format)
	if err != nil {
		return refuse(Reason(err))
	}
	dir.folder = &folderTarget{format: format, files: names, only: []string{only}, makes: true, inside: real}
	f.targets = append(f.targets, dir)
	return true
}

// unwalked leaves out the folders of files that were named where the whole folder
// is walked as well.
func (f *finder) unwalked() {
	f.targets = slices.DeleteFunc(f.targets, func(t target) bool {
		return t.folder != nil && len(t.folder.only) > 0 && f.folders[t.real]
	})
}

func (s *Source) folderOf(t *target) *Folder {
	return &Folder{Name: t.name, Files: t.folder.files, Only: t.folder.only, source: s, inside: t.folder.inside}
}

// workFolder reads a folder and sends its resources.
func (s *Source) workFolder(ctx context.Context, j *job) {
	in := s.folderOf(j.target)
	c, err := j.target.folder.format.ReadFolder(ctx, in, j.send(ctx))
	s.add(j, c)
	if ctx.Err() != nil {
		return
	}
	j.whole, j.coverage.Files = true, j.target.count()
	if err != nil {
		s.unread(j, true, Reason(err))
	}
}

// pulledFolders are those that a folder pulls in.
func (s *Source) pulledFolders(t *target) []string {
	if len(t.folder.only) > 0 {
		return nil
	}
	return t.folder.format.Pulls(s.folderOf(t))
}
