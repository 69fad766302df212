package files

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
)

// maxBelow bounds how many entries of folders an input may ask for.
const maxBelow = 20_000

// Exists tells whether there is a regular file with a name that an input asks for.
// What lies outside the scanned folder, links followed, it does not tell.
func (in *Folder) Exists(name string) (bool, error) {
	disk := in.source.disk
	real, err := disk.Resolve(filepath.FromSlash(name))
	missing := errors.Is(err, fs.ErrNotExist)
	for up := name; errors.Is(err, fs.ErrNotExist) && up != path.Dir(up); {
		up = path.Dir(up)
		real, err = disk.Resolve(filepath.FromSlash(up))
	}
	switch {
	case err != nil:
		return false, fault(trouble(err))
	case !holds(in.inside, real):
		return false, fault("lies outside the scanned folder")
	case missing:
		return false, nil
	}
	info, err := disk.Stat(real)
	switch {
	case err != nil:
		return false, fault(trouble(err))
	case !info.Mode().IsRegular():
		return false, fault("is no regular file")
	}
	return true, nil
}

// Below lists the files at or below a folder that an input asks for, by their paths
// below it.
func (in *Folder) Below(name string) ([]string, error) {
	real, err := in.source.disk.Resolve(filepath.FromSlash(name))
	if err != nil {
		return nil, fault(trouble(err))
	}
	if !holds(in.inside, real) {
		return nil, fault("lies outside the scanned folder")
	}
	var out []string
	left := maxBelow
	err = in.below(real, "", &left, &out)
	return out, err
}

func (in *Folder) below(real, under string, left *int, out *[]string) error {
	entries, err := in.source.disk.ReadDir(real)
	if err != nil {
		return fault(trouble(err))
	}
	for _, e := range entries {
		if *left--; *left < 0 {
			return fault("has too many files below it")
		}
		name := path.Join(under, e.Name())
		switch {
		case e.IsDir():
			if err := in.below(filepath.Join(real, e.Name()), name, left, out); err != nil {
				return err
			}
		case e.Type().IsRegular():
			*out = append(*out, name)
		case e.Type()&fs.ModeSymlink != 0:
			// A link may lead anywhere, also back.
			return fault("has links below it")
		}
	}
	return nil
}
