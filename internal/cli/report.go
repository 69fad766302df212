package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry/internal/policy"
	"github.com/ecsentry/ecsentry/internal/report"
)

const reportHelp = `Write a report of results that ecsentry scan saved as JSON, in any format. Of
several files one report is made: of several verdicts on one ARN that of the
latest run counts.

Saved results have no source lines: text shows places without them.

Exit codes:
  0  the report was written, whatever it says
  2  bad usage, or a file that is no saved report`

func newReport(p Process, code *int) *cobra.Command {
	var f scanFlags
	cmd := &cobra.Command{
		Use:   "report FILE…",
		Short: "Write saved results in another format, or many as one",
		Long:  reportHelp,
		Example: `  ecsentry scan -o json=web.json .                  save results
  ecsentry report web.json --format markdown        any format later
  ecsentry report accounts/*.json -o csv=all.csv    many accounts, one report
  ecsentry report accounts/*.json --group-by cause  what one change may mend`,
		Args: atLeastOneFile,
		RunE: func(_ *cobra.Command, names []string) (err error) {
			*code, err = runReport(p, &f, names)
			return err
		},
	}
	f.registerReport(cmd)
	return cmd
}

// registerReport registers the flags of commands that write a report and do not
// scan.
func (f *scanFlags) registerReport(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVarP(&f.outputs, "output", "o", nil, "write a report, `FORMAT[=FILE]` (repeatable): "+strings.Join(formatNames(), ", "))
	flags.StringVar(&f.format, "format", "", "`FORMAT` of the report on standard output")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "diagnostics only")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "what passed too")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to colour: auto, always, never")
	f.registerGroupBy(cmd)
	completeWords(cmd, "format", formatNames())
	completeOutput(cmd)
	completeWords(cmd, "color", colorWords())
}

// registerGroupBy registers --group-by.
func (f *scanFlags) registerGroupBy(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.groupBy, "group-by", "", "group text and markdown by `WHAT`: "+strings.Join(report.GroupWords(), ", "))
	completeWords(cmd, "group-by", report.GroupWords())
}

// group checks --group-by, and says it to the reports.
func (f *scanFlags) group(pl *plan) error {
	if f.groupBy == "" {
		return nil
	}
	if words := report.GroupWords(); !slices.Contains(words, f.groupBy) {
		return badUsage(didYouMean(f.groupBy, words), "--group-by: unknown word %q", f.groupBy)
	}
	grouped := pl.outputs.stdout != nil && pl.outputs.stdout.Grouped ||
		slices.ContainsFunc(pl.outputs.files, func(o fileOutput) bool { return o.Grouped })
	if !grouped {
		return badUsage("use --format text or markdown; html always has all groups", "--group-by: no report that is written can be grouped")
	}
	pl.report.GroupBy, pl.files.GroupBy = f.groupBy, f.groupBy
	return nil
}

func atLeastOneFile(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return badUsage("see "+cmd.CommandPath()+" --help", "%s: no file is named", cmd.CommandPath())
	}
	return nil
}

func runReport(p Process, f *scanFlags, names []string) (int, error) {
	pl := &plan{policies: &policies{all: []*governing{{run: policy.NewRun(policy.Default(), ""), threshold: threshold{never: true}}}}}
	var err error
	if pl.outputs, err = parseOutputs(f.outputs, f.format); err != nil {
		return exitUsage, err
	}
	if err := f.colors(p, pl); err != nil {
		return exitUsage, err
	}
	if err := f.group(pl); err != nil {
		return exitUsage, err
	}
	pl.report.Quiet, pl.report.Verbose = f.quiet, f.verbose
	pl.files.Quiet, pl.files.Verbose = f.quiet, f.verbose
	pl.notes.Quiet = f.quiet
	r, err := readMerged(p, names)
	if err != nil {
		return exitUsage, err
	}
	return pl.finish(p, r)
}
