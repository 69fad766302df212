package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/policy"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
	"github.com/ecsentry/ecsentry/internal/source/cloudformation"
	"github.com/ecsentry/ecsentry/internal/source/ecsapi"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

// policies are those of a run: each path has its own.
type policies struct {
	all   []*governing
	paths []governed
}

// A governing policy is one that applies to some path.
type governing struct {
	run       *policy.Run
	rules     *scan.Policy
	threshold threshold
	folder    map[string]string // of files, their paths below the policy's folder
}

// A governed path has a policy.
type governed struct {
	path   string // as reports begin the names of what lies in it
	policy *governing
}

// policies finds and reads the policies of paths; without a path that of the
// current folder, as for AWS and the standard input.
func (f *scanFlags) policies(p Process, paths []string) (*policies, error) {
	ps := &policies{}
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	known := map[string]*governing{}
	for _, name := range paths {
		file := f.config
		if file == "" {
			var err error
			if file, err = findPolicy(name); err != nil {
				return nil, err
			}
		}
		g, ok := known[file]
		if !ok {
			var err error
			if g, err = f.readPolicy(p, file); err != nil {
				return nil, err
			}
			known[file] = g
			ps.all = append(ps.all, g)
		}
		ps.paths = append(ps.paths, governed{path.Clean(filepath.ToSlash(name)), g})
	}
	return ps, nil
}

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

// below is the path of a file below the policy's folder, "" if it is elsewhere.
func (g *governing) below(file string) string {
	if file == "" || file == "-" || !g.run.Pathed() {
		return ""
	}
	if known, ok := g.folder[file]; ok {
		return known
	}
	out := ""
	if real, err := realPath(filepath.FromSlash(file)); err == nil {
		if rel, err := filepath.Rel(g.run.Folder, real); err == nil && filepath.IsLocal(rel) {
			out = filepath.ToSlash(rel)
		}
	}
	g.folder[file] = out
	return out
}

// of is the policy of a resource: that of the path that it was found under, the
// longest one where several are.
func (ps *policies) of(id *ecsentry.Identity) *governing {
	if len(ps.all) == 1 {
		return ps.all[0]
	}
	return ps.governing(id.File())
}

// governing is the policy of a file.
func (ps *policies) governing(file string) *governing {
	best := -1
	for i, g := range ps.paths {
		if under(file, g.path) && (best < 0 || len(g.path) > len(ps.paths[best].path)) {
			best = i
		}
	}
	return ps.paths[max(best, 0)].policy
}

func under(file, folder string) bool {
	if folder == "." {
		return !path.IsAbs(file) && file != ".." && !strings.HasPrefix(file, "../") && file != "-"
	}
	return file == folder || strings.HasPrefix(file, strings.TrimSuffix(folder, "/")+"/")
}

// threshold is that of a resource, and whether no path's threshold fails the run.
func (ps *policies) threshold(id *ecsentry.Identity) (t threshold, never bool) {
	if id == nil {
		for _, g := range ps.all {
			if !g.threshold.never {
				return g.threshold, false
			}
		}
		return ps.all[0].threshold, true
	}
	return ps.of(id).threshold, false
}

// rules are what a scan wants to know.
func (ps *policies) rules(id *ecsentry.Identity) *scan.Policy { return ps.of(id).rules }

// explain makes the one policy of a run judge by a control that it disables: who
// asks about it wants an answer.
func (ps *policies) explain(o *scan.Options) {
	rules := ps.all[0].rules
	clear(rules.Disabled)
	o.Settings = rules.Settings
}

// tagKeys are the keys of the tags that some policy asks for.
func (ps *policies) tagKeys() (out []string) {
	for _, g := range ps.all {
		out = append(out, g.run.TagKeys()...)
	}
	return out
}

// tagged makes formats read the tags that some policy asks for.
func (ps *policies) tagged(formats []files.Format) []files.Format {
	keys := ps.tagKeys()
	for i, f := range formats {
		switch f := f.(type) {
		case *cloudformation.Format:
			f.Tags = keys
		case *terraform.Format:
			f.Tags = keys
		case *ecsapi.Format:
			f.Tags = keys
		case awsconfig.Format:
			f.Tags = keys
			formats[i] = f
		}
	}
	return formats
}

// exclusions are the files that the policies leave out.
func (ps *policies) exclusions() (out []files.Exclusion, err error) {
	for _, g := range ps.all {
		for _, glob := range g.run.Exclude {
			x, err := files.NewExclusion(g.run.Folder, glob.Pattern)
			if err != nil {
				return nil, badUsage("globs are of paths below the policy's folder", "%s: %s", glob.At, err)
			}
			out = append(out, x)
		}
	}
	return out, nil
}

// name says which policies were used.
func (ps *policies) name(w io.Writer, quiet bool) {
	for _, g := range ps.all {
		if g.run.Name != "" && !quiet {
			fmt.Fprintf(w, "policy: %s\n", lines(g.run.Name))
		}
	}
}

// announce says which policies were used and what people should know of their
// exceptions. Only the latter is more than a note.
func (ps *policies) announce(w io.Writer, quiet bool) {
	ps.name(w, quiet)
	for _, g := range ps.all {
		for _, n := range g.run.Notices() {
			fmt.Fprintf(w, "exception: %s: %s\n", lines(n.At.String()), lines(n.Entry.String()+" "+n.Text))
		}
	}
}
