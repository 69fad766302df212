package policy

import (
	"errors"
	"io/fs"
	"path/filepath"
)

// Names are those that a policy file may have.
func Names() []string { return []string{"ecsentry.yaml", ".ecsentry.yaml"} }

// Find finds the policy of a folder, which must be absolute: in it or, where it is
// in a repository, in the nearest folder above it, up to the repository's root.
// It returns "" if there is none.
func Find(stat func(name string) (fs.FileInfo, error), folder string) (string, error) {
	root := repository(stat, folder)
	for {
		found, err := in(stat, folder)
		if found != "" || err != nil {
			return found, err
		}
		if root == "" || folder == root {
			return "", nil
		}
		folder = filepath.Dir(folder)
	}
}

// repository is the root of the repository that a folder is in, "" if it is in
// none.
func repository(stat func(string) (fs.FileInfo, error), folder string) string {
	for {
		if _, err := stat(filepath.Join(folder, ".git")); err == nil { // a file in worktrees
			return folder
		}
		up := filepath.Dir(folder)
		if up == folder {
			return ""
		}
		folder = up
	}
}

// in is the policy in one folder.
func in(stat func(string) (fs.FileInfo, error), folder string) (found string, err error) {
	for _, name := range Names() {
		name = filepath.Join(folder, name)
		info, err := stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return "", err
		case info.IsDir():
			continue
		case found != "":
			return "", &Ambiguous{found, name}
		}
		found = name
	}
	return found, nil
}

// Ambiguous says that a folder has two policies.
type Ambiguous struct{ One, Other string }

func (a *Ambiguous) Error() string {
	return a.One + " and " + a.Other + " are both there: nobody knows which one is meant"
}
