package files

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// An Exclusion leaves out what matches a glob below one folder, wherever the
// scan starts.
type Exclusion struct {
	folder string
	globs  []glob
}

// NewExclusion makes an exclusion. The folder is absolute, without links; the
// pattern is one of --exclude.
func NewExclusion(folder, pattern string) (Exclusion, error) {
	globs, err := parseGlob(pattern)
	return Exclusion{folder, globs}, err
}

// excludes tells by its real path whether a file or folder is left out.
func (x Exclusion) excludes(real string) bool {
	if !holds(x.folder, real) || len(real) <= len(x.folder) {
		return false
	}
	below := strings.TrimPrefix(filepath.ToSlash(real[len(x.folder):]), "/")
	return slices.ContainsFunc(x.globs, func(g glob) bool { return g.match(below) })
}

// unbarred are the entries of a folder that no exclusion leaves out.
func (s *Source) unbarred(folder string, entries []fs.DirEntry) []fs.DirEntry {
	if len(s.options.Exclusions) == 0 {
		return entries
	}
	return slices.DeleteFunc(slices.Clone(entries), func(e fs.DirEntry) bool {
		return s.barred(filepath.Join(folder, e.Name()))
	})
}

func (s *Source) barred(real string) bool {
	return slices.ContainsFunc(s.options.Exclusions, func(x Exclusion) bool { return x.excludes(real) })
}
