package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry/internal/report"
)

// outputs are the reports of a run: one for standard output at most, any number
// in files.
type outputs struct {
	stdout *report.Format
	files  []fileOutput
}

type fileOutput struct {
	report.Format
	name string
}

// parseOutputs reads --output and --format. Without either, text goes to
// standard output.
func parseOutputs(flags []string, format string) (outputs, error) {
	var o outputs
	if format != "" {
		if name, file, ok := strings.Cut(format, "="); ok {
			return o, badUsage(fmt.Sprintf("write --output %s=%s", name, file), "--format names a format only")
		}
		if err := o.add("--format", format, ""); err != nil {
			return o, err
		}
	}
	for _, flag := range flags {
		name, file, named := strings.Cut(flag, "=")
		if named && file == "" {
			return o, badUsage("write --output "+name+" for standard output", "--output %s: no file is named", flag)
		}
		if file == "-" {
			file = "" // as for input, it is the standard stream
		}
		if err := o.add("--output", name, file); err != nil {
			return o, err
		}
	}
	if o.stdout == nil && len(o.files) == 0 {
		return o, o.add("--format", "text", "")
	}
	return o, nil
}

func (o *outputs) add(flag, name, file string) error {
	f, ok := report.Lookup(name)
	switch {
	case !ok:
		return badUsage(didYouMean(name, formatNames()), "%s: unknown format %q", flag, name)
	case file == "" && o.stdout != nil:
		return badUsage(fmt.Sprintf("write one of them to a file: --output %s=FILE", name),
			"two formats for standard output: %s and %s", o.stdout.Name, name)
	case file == "":
		o.stdout = &f
		return nil
	case slices.ContainsFunc(o.files, func(other fileOutput) bool { return filepath.Clean(other.name) == filepath.Clean(file) }):
		return badUsage("name another file", "--output %s=%s: another report goes to that file", name, file)
	}
	if info, err := os.Stat(filepath.Dir(file)); err != nil || !info.IsDir() {
		return badUsage("make the folder first", "--output %s=%s: there is no folder %s", name, file, filepath.Dir(file))
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return badUsage("name a file in it", "--output %s=%s: is a folder", name, file)
	}
	o.files = append(o.files, fileOutput{f, file})
	return nil
}

func formatNames() []string {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// spare refuses an output that would replace a file that is scanned.
func (o *outputs) spare(paths []string) error {
	for _, out := range o.files {
		written, err := os.Stat(out.name)
		if err != nil {
			continue
		}
		for _, path := range paths {
			if read, err := os.Stat(path); err == nil && !read.IsDir() && os.SameFile(read, written) {
				return badUsage("name another file", "--output: %s is scanned, and would be replaced", out.name)
			}
		}
	}
	return nil
}
