package files

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
)

// Programs name files that people did not choose: those that a commit changes,
// whatever they are. With SkipUnrecognised such a file is taken as if a scanned
// folder held it: left out where the folder's would be, skipped if it isn't ours,
// a gap if it is ours and broken. Only its name's ending matters less: a file of
// ours is read whatever it is called.

// must tells whether a target has to be readable as ours.
func (s *Source) must(t *target) bool { return t.named && !s.options.SkipUnrecognised }

// wouldOpen tells whether a folder's file of that name is read, so that one that
// looks like ours and is broken is missed. Elsewhere, in prose or in a program,
// the marks mean nothing.
func (s *Source) wouldOpen(t *target) bool {
	return !s.options.SkipUnrecognised || t.name == stdin || t.folder != nil || opened(path.Base(t.name))
}

// passedOver skips a named file that no scan of a folder would reach.
func (f *finder) passedOver(t target) bool {
	if !f.options.SkipUnrecognised {
		return false
	}
	folders := strings.Split(path.Dir(t.name), "/")
	switch {
	case slices.ContainsFunc(folders, leftOut):
		f.skip(t.name, "lies in a folder that is left out")
	case f.barredWithin(t.real), slices.ContainsFunc(withAbove(t.name), f.excluded):
		f.skip(t.name, "is excluded")
	default:
		return false
	}
	return true
}

// barredWithin tells whether an exclusion is about a file or a folder around it.
func (f *finder) barredWithin(real string) bool {
	return len(f.options.Exclusions) > 0 && slices.ContainsFunc(withAbove(filepath.ToSlash(real)), func(p string) bool {
		return f.barred(filepath.FromSlash(p))
	})
}

// withAbove is a path with those of the folders that it names.
func withAbove(p string) (all []string) {
	for ; p != "." && p != "/"; p = path.Dir(p) {
		all = append(all, p)
	}
	return all
}

func (f *finder) skip(scope, reason string) {
	f.coverage.Skipped = append(f.coverage.Skipped, ecsentry.Gap{Scope: scope, Reason: reason})
}
