package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/policy"
	"github.com/ecsentry/ecsentry/internal/scan"
)

// findPolicy finds the policy of a path, "" if it has none. What is wrong with the
// path itself the scan says.
func findPolicy(name string) (string, error) {
	if name == "-" {
		name = "."
	}
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		name = filepath.Dir(name)
	}
	folder, err := realPath(name)
	if err != nil {
		return "", nil //nolint:nilerr // see above
	}
	found, err := policy.Find(statPolicy, folder)
	var both *policy.Ambiguous
	switch {
	case errors.As(err, &both):
		return "", badUsage("keep one of them", "policy: %s", err)
	case err != nil:
		return "", badUsage("", "look for a policy: %s", err)
	}
	return found, nil
}

// statPolicy tells about a file, and of a link to nothing that it is one: that
// somebody's policy is not there must not go unnoticed.
func statPolicy(name string) (os.FileInfo, error) {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, there := os.Lstat(name); there == nil {
			return nil, fmt.Errorf("%s is a link to what is not there", name)
		}
	}
	return info, err
}

func realPath(name string) (string, error) {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

// readPolicy reads a policy; without a name it is the one that says nothing.
func (f *scanFlags) readPolicy(p Process, file string) (*governing, error) {
	own := policy.Default()
	if file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, badUsage("", "--config %s: %s", file, reasonOf(err))
		}
		if own, err = policy.Parse(shortName(file), data, catalog.Controls()); err != nil {
			var mistake *policy.Error
			if errors.As(err, &mistake) {
				return nil, badUsage(mistake.Hint, "%s", mistake)
			}
			return nil, badUsage("", "%s", err)
		}
		if own.Folder, err = realPath(filepath.Dir(file)); err != nil {
			return nil, badUsage("", "policy %s: %s", file, reasonOf(err))
		}
	}
	g := &governing{run: policy.NewRun(own, policy.Today(p.Now())), folder: map[string]string{}}
	word := f.failOn
	if own.FailOn.Text != "" && !f.failOnSet {
		word = own.FailOn.Text
	}
	var err error
	if g.threshold, err = parseThreshold(word); err != nil {
		var usage *usageError
		if errors.As(err, &usage) && !f.failOnSet && own.FailOn.Text != "" {
			return nil, badUsage(usage.hint, "%s: fail-on%s", own.FailOn.At, strings.TrimPrefix(usage.text, "--fail-on"))
		}
		return nil, err
	}
	g.rules = &scan.Policy{Name: own.Name, Settings: own.Settings, Severity: own.Severity, Disabled: map[string]bool{}}
	for id := range own.Disabled {
		g.rules.Disabled[id] = true
	}
	g.rules.Spares = func(id *ecsentry.Identity) bool { return g.run.Spares(id.File()) }
	g.rules.Excuse = func(finding *ecsentry.Finding, tags map[string]string) *ecsentry.Exception {
		return g.run.Excuse(policy.Subject{Finding: finding, Path: g.below(finding.Resource.File()), Tags: tags})
	}
	return g, nil
}

// shortName is a file's name from the current folder, where it lies in that or
// not far above.
func shortName(name string) string {
	here, err := realPath(".")
	if err != nil || !filepath.IsAbs(name) {
		return filepath.ToSlash(name)
	}
	short, err := filepath.Rel(here, name)
	if err != nil || len(short) >= len(name) {
		return filepath.ToSlash(name)
	}
	return filepath.ToSlash(short)
}
