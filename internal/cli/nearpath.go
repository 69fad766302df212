package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// nearPaths says of paths that were named and do not exist which ones were
// probably meant.
func nearPaths(c *ecsentry.Coverage, paths []string) {
	for i := range c.Refused {
		g := &c.Refused[i]
		for _, p := range paths {
			if p == "-" || filepath.ToSlash(filepath.Clean(p)) != g.Scope {
				continue
			}
			if near := nearPath(p); near != "" {
				g.Reason += " (did you mean " + inert.Text(near) + "?)"
			}
			break
		}
	}
}

// nearPath is the path that was probably meant by one that does not exist, "" if
// it exists, or nothing is like it. The first part that is not there counts.
func nearPath(p string) string {
	if _, err := os.Stat(p); p == "" || !errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	dir, name := filepath.Split(filepath.Clean(p))
	parent := filepath.Clean(dir) // of "" the current folder
	if _, err := os.Stat(parent); err != nil {
		better := nearPath(parent)
		if better == "" {
			return ""
		}
		p = filepath.Join(better, name)
		if _, err := os.Stat(p); err == nil {
			return p
		}
		return nearPath(p)
	}
	entries, err := os.ReadDir(parent)
	if err != nil {
		return ""
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	near := closest(name, names)
	if near == "" {
		return ""
	}
	return filepath.Join(dir, near)
}
