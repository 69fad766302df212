package cli

import (
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"github.com/ecsentry/ecsentry"
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
