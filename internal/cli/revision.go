package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/gittree"
	"github.com/ecsentry/ecsentry/internal/inert"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/internal/source/cloudformation"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

// before is what the run is compared with, nil where it is compared with nothing.
func (f *scanFlags) before(ctx context.Context, p Process, paths []string) (*baseline, error) {
	switch {
	case f.baseline != "" && f.newFromRev != "":
		return nil, badUsage("give one of them", "--baseline and --new-from-rev both say what to compare with")
	case f.newFromRev != "":
		return f.atRevision(ctx, p, paths)
	case f.baseline == "":
		return nil, nil
	}
	r, err := readSaved(p, f.baseline)
	return &baseline{f.baseline, r}, err
}

// atRevision judges what the paths held at a git revision. Files that are gone
// since belong to it, wherever they were: they may be here under another name.
func (f *scanFlags) atRevision(ctx context.Context, p Process, paths []string) (*baseline, error) {
	if f.aws || f.aggregator != "" {
		return nil, badUsage("compare with --baseline", "--new-from-rev is about files, and an account is scanned")
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	if slices.Contains(paths, "-") {
		return nil, badUsage("name files or folders", "--new-from-rev: standard input has no revisions")
	}
	tree, err := gittree.Open(ctx, folderOf(paths[0]), f.newFromRev)
	if err != nil {
		return nil, badUsage("name a commit, a branch or a tag of the repository", "--new-from-rev: %s", err)
	}
	defer tree.Close() //nolint:errcheck // what was wanted of it was read
	then := *f
	then.disk = tree
	var there, kinds []string
	for _, path := range paths {
		kinds = append(kinds, filepath.Ext(path)) // that of a file of any name that is named

		if !tree.Within(path) {
			return nil, badUsage("scan it by itself", "--new-from-rev: %s is not in the repository", path)
		}
		if _, err := tree.Stat(path); err == nil {
			there = append(there, path)
		}
	}
	all := formats(&cloudformation.Format{}, terraform.Variables{})
	for _, path := range tree.Gone() {
		if kind := filepath.Ext(path); files.Walked(path, all) || kind != "" && slices.Contains(kinds, kind) {
			there = append(there, path)
		}
	}
	if len(there) == 0 { // all is new
		return &baseline{f.newFromRev, &ecsentry.Report{}}, nil
	}
	pl, err := then.plan(p, nil, there)
	if err != nil {
		return nil, err
	}
	r, err := scan.Run(ctx, pl.options)
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, badUsage("", "--new-from-rev: interrupted before the revision was read")
	}
	if n := len(r.Coverage.Gaps); n > 0 && !f.quiet {
		fmt.Fprintf(p.Stderr, "note: %d of what the files at %s hold could not be read: what was there counts as new\n", n, inert.Text(f.newFromRev))
	}
	return &baseline{f.newFromRev, r}, nil
}

// folderOf is a folder that a path is in, or is.
func folderOf(path string) string {
	for ; ; path = filepath.Dir(path) {
		info, err := os.Stat(path)
		if err == nil && info.IsDir() || filepath.Dir(path) == path {
			return path
		}
	}
}
