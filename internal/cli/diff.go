package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry/internal/compare"
	"github.com/ecsentry/ecsentry/internal/report"
)

const diffHelp = `Say what has changed from one scan to another, of results that were saved as
JSON: failures that are new, fixed, unchanged or gone, new exceptions, and what
is newly unknown.

Findings are matched by control, type and ID of the resource, and by how many
there are. Lines may move and files be renamed; a copy is new.

Exit codes:
  0  no new failure
  1  a new failure (see --fail-on)
  2  bad usage, or a file that is no saved report
  3  no new failure, but the new scan could not read everything`

func newDiff(p Process, code *int) *cobra.Command {
	var f scanFlags
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Compare two saved results",
		Long:  diffHelp,
		Example: `  ecsentry diff main.json branch.json
  ecsentry diff --format markdown --fail-on high main.json branch.json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return badUsage("see ecsentry diff --help", "%s takes the old results and the new ones, %d files were named", cmd.CommandPath(), len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, names []string) (err error) {
			*code, err = runDiff(p, &f, names[0], names[1])
			return err
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", "text", "`FORMAT`: "+strings.Join(diffFormatNames(), ", "))
	flags.StringVar(&f.failOn, "fail-on", "low", "least severity of a new failure that fails the run: `LEVEL` low, medium, high, critical or never; with ,unknown new unknowns fail too")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "changes only, without the counts")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "what is unchanged too")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to colour: auto, always, never")
	completeWords(cmd, "format", diffFormatNames())
	completeWords(cmd, "fail-on", levelWords())
	completeWords(cmd, "color", colorWords())
	return cmd
}

func diffFormatNames() []string {
	var names []string
	for _, f := range report.DiffFormats() {
		names = append(names, f.Name)
	}
	return names
}

func runDiff(p Process, f *scanFlags, before, after string) (int, error) {
	format, ok := report.LookupDiff(f.format)
	if !ok {
		return exitUsage, badUsage(didYouMean(f.format, diffFormatNames()), "--format: unknown format %q", f.format)
	}
	t, err := parseThreshold(f.failOn)
	if err != nil {
		return exitUsage, err
	}
	pl := &plan{}
	if err := f.colors(p, pl); err != nil {
		return exitUsage, err
	}
	pl.report.Quiet, pl.report.Verbose = f.quiet, f.verbose
	from, err := readSaved(p, before)
	if err != nil {
		return exitUsage, err
	}
	to, err := readSaved(p, after)
	if err != nil {
		return exitUsage, err
	}
	d := compare.Reports(from, to)
	if err := format.Write(p.Stdout, &d, pl.report); err != nil && withoutPipe(err) != errPipe {
		return exitUsage, fmt.Errorf("write the comparison: %w", err)
	}
	return t.code(to, false), nil
}
