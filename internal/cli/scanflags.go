package cli

import (
	"cmp"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/report"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
	"github.com/ecsentry/ecsentry/internal/source/cloudformation"
	"github.com/ecsentry/ecsentry/internal/source/ecsapi"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/internal/source/live"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

func (f *scanFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false

	flags.StringVar(&f.typ, "type", "", "take all named files for this `TYPE`: "+strings.Join(typeNames(), ", "))
	flags.StringArrayVar(&f.exclude, "exclude", nil, "leave out what matches the `GLOB`, a path below the scanned folder (repeatable)")
	flags.BoolVar(&f.skipUnknown, "skip-unrecognised", false, "skip named files that are not ours, as in a folder: for lists of changed files")
	flags.StringArrayVar(&f.parameters, "parameter", nil, "value of a template parameter or pseudo parameter, as `NAME=VALUE` (repeatable)")
	flags.StringArrayVar(&f.parameterFiles, "parameter-file", nil, "`FILE` of parameters as the AWS command line takes it (repeatable)")

	flags.Var(variableFlag{&f.variables, false}, "var", "value of a Terraform root module's variable, as `NAME=VALUE` (repeatable)")
	flags.Var(variableFlag{&f.variables, true}, "var-file", "`FILE` of Terraform variables, *.tfvars or *.tfvars.json (repeatable)")

	flags.BoolVar(&f.aws, "aws", false, "scan the AWS account of the default credentials")
	flags.StringVar(&f.aggregator, "config-aggregator", "", "scan what the AWS Config aggregator of that `NAME` knows of all its accounts")
	flags.StringVar(&f.profile, "profile", "", "`NAME` of the AWS profile to use")
	flags.StringSliceVar(&f.regions, "region", nil, "AWS `REGION` to scan, or all (repeatable; the configured one by default)")
	flags.DurationVar(&f.timeout, "timeout", live.DefaultTimeout, "end the scan after this `TIME`")

	flags.StringVar(&f.config, "config", "", "policy `FILE` (ecsentry.yaml of the scanned path, or above it in its repository)")
	flags.BoolVar(&f.noInline, "no-inline-ignores", false, "excuse nothing for the comments in scanned files")
	flags.Var((*idList)(&f.controls), "controls", "judge by these controls only, as `IDS` with commas")
	flags.StringSliceVar(&f.skipControls, "skip-controls", nil, "do not judge by these controls, `IDS` with commas")
	flags.StringVar(&f.failOn, "fail-on", "low", "least severity that fails the run: `LEVEL` low, medium, high, critical or never; with ,unknown unknowns fail too")
	flags.BoolVar(&f.strict, "strict", false, "take what is not covered by declared limits for gaps")

	flags.StringArrayVarP(&f.outputs, "output", "o", nil, "write a report, `FORMAT[=FILE]` (repeatable): "+strings.Join(formatNames(), ", "))
	flags.StringVar(&f.format, "format", "", "`FORMAT` of the report on standard output")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "diagnostics only")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "what passed and skipped files too")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to colour: auto, always, never")

	completeWords(cmd, "type", typeNames())
	complete(cmd, "format", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		if f.listFormats != nil {
			return f.listFormats, cobra.ShellCompDirectiveNoFileComp
		}
		return formatNames(), cobra.ShellCompDirectiveNoFileComp
	})
	completeOutput(cmd)
	completeWords(cmd, "fail-on", levelWords())
	completeWords(cmd, "color", colorWords())
	completeList(cmd, "controls", controlIDs(catalog.Controls()))
	completeList(cmd, "skip-controls", controlIDs(catalog.Controls()))
}

// formats are the forms of files, in the order in which they are asked.
func formats(templates *cloudformation.Format, variables terraform.Variables) []files.Format {
	return []files.Format{templates, awsconfig.Format{}, terraform.New(variables), ecsapi.New()}
}

func typeNames() []string {
	var names []string
	for _, f := range formats(&cloudformation.Format{}, terraform.Variables{}) {
		names = append(names, string(f.Name()))
	}
	return names
}

// plan checks all that the user said.
func (f *scanFlags) plan(p Process, bar *progress, paths []string) (*plan, error) {
	pl := &plan{}
	var err error
	if pl.outputs, err = parseOutputs(f.outputs, f.format); err != nil {
		return nil, err
	}
	controls, err := selectControls(catalog.Controls(), f.controls, f.skipControls)
	if err != nil {
		return nil, err
	}
	parameters, err := readParameters(f.parameters, f.parameterFiles)
	if err != nil {
		return nil, err
	}
	if err := f.colors(p, pl); err != nil {
		return nil, err
	}
	for _, o := range []*report.Options{&pl.report, &pl.files} {
		o.Quiet, o.Verbose = f.quiet, f.verbose
		o.Account, o.Region = parameters["AWS::AccountId"], parameters["AWS::Region"]
	}
	pl.notes.Quiet = f.quiet
	if pl.policies, err = f.policies(p, paths); err != nil {
		return nil, err
	}
	source, err := f.source(p, bar, pl, parameters, paths)
	if err != nil {
		return nil, err
	}
	pl.options = scan.Options{
		Sources: []ecsentry.Source{source}, Controls: controls, Strict: f.strict,
		Version: p.Version, Now: p.Now, Policy: pl.policies.rules, Terse: f.keep > 0,
	}
	if bar != nil && !f.aws && f.aggregator == "" {
		pl.options.Progress = bar.resources
	}
	return pl, nil
}

// source is what is to be scanned.
func (f *scanFlags) source(p Process, bar *progress, pl *plan, parameters map[string]string, paths []string) (ecsentry.Source, error) {
	if f.timeout <= 0 {
		return nil, badUsage("write --timeout 10m", "--timeout: %s is no time", f.timeout)
	}
	if f.aws || f.aggregator != "" {
		return f.live(bar, paths, pl.policies.tagKeys())
	}
	if f.profile != "" || len(f.regions) > 0 {
		return nil, badUsage("add --aws to scan an account", "--profile and --region say which AWS account to scan, and --aws is not given")
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	if err := pl.outputs.spare(paths); err != nil {
		return nil, err
	}
	pl.paths = paths
	pl.listed = f.skipUnknown && !slices.ContainsFunc(paths, isFolder)
	if f.timeoutSet {
		pl.timeout = f.timeout
	}
	known := typeNames()
	if f.typ != "" && f.skipUnknown {
		return nil, badUsage("leave out one of them", "--type takes every named file for that type, so that --skip-unrecognised has nothing to skip")
	}
	if f.typ != "" && !slices.Contains(known, f.typ) {
		return nil, badUsage(didYouMean(f.typ, known), "--type: unknown type %q", f.typ)
	}
	variables, err := readVariables(f.variables)
	if err != nil {
		return nil, err
	}
	exclusions, err := pl.policies.exclusions()
	if err != nil {
		return nil, err
	}
	// Of a tree nothing lives for long, so collecting a little less often saves time
	// and costs a few megabytes.
	if f.keep > 0 { // but where trees live as long as the run
		debug.SetGCPercent(400)
	} else {
		debug.SetGCPercent(130)
		frugal(smallMemory, smallHeap)
	}
	pl.templates, pl.variables = &cloudformation.Format{Parameters: parameters}, variables
	options := files.Options{
		Paths: paths, Stdin: p.Stdin, Formats: pl.policies.tagged(formats(pl.templates, variables)),
		Type: ecsentry.SourceName(f.typ), Exclude: f.exclude, Disk: f.disk, Exclusions: exclusions,
		SkipUnrecognised: f.skipUnknown, Keep: f.keep,
	}
	if !f.noInline {
		pl.policies.watch(&options)
	}
	if watch := options.Inspect; f.inspect != nil {
		options.Inspect = func(file *document.File) {
			f.inspect(file)
			if watch != nil {
				watch(file)
			}
		}
	}
	source, err := files.New(options)
	if err != nil {
		return nil, badUsage("see ecsentry scan --help", "%s", err)
	}
	return source, nil
}

func (f *scanFlags) live(bar *progress, paths, tags []string) (ecsentry.Source, error) {
	flag, what := "--aws", "an account"
	if f.aggregator != "" {
		flag, what = "--config-aggregator", "AWS"
	}
	if len(paths) > 0 {
		return nil, badUsage("scan one after the other", "%s scans %s: it cannot scan %s as well", flag, what, joined(paths))
	}
	if f.typ != "" || f.skipUnknown || len(f.exclude)+len(f.variables) > 0 {
		return nil, badUsage("leave them out, or "+flag, "--type, --exclude, --skip-unrecognised, --var and --var-file are about files, and %s scans %s", flag, what)
	}
	c := live.Config{Profile: f.profile, Regions: f.regions, Timeout: f.timeout, Aggregator: f.aggregator, Tags: tags}
	if err := c.CheckAggregator(); err != nil {
		return nil, badUsage("leave out --region for the configured Region", "--config-aggregator: %s", err)
	}
	if bar != nil {
		c.Progress = bar.live
	}
	// An account streams through: with less garbage between two collections a large
	// one stays within 64 MB, and the processor has little else to do than to wait.
	debug.SetGCPercent(50)
	return live.New(c), nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func joined(paths []string) string {
	if len(paths) > 3 {
		return strings.Join(paths[:3], ", ") + " and others"
	}
	return strings.Join(paths, ", ")
}

func colorWords() []string { return []string{"auto", "always", "never"} }

// colors decides which streams get colour.
func (f *scanFlags) colors(p Process, pl *plan) error {
	switch strings.ToLower(f.color) {
	case "always":
		pl.report.Color, pl.notes.Color, pl.files.Color = true, true, true
	case "auto":
		wanted := p.Getenv("NO_COLOR") == "" && p.Getenv("TERM") != "dumb"
		pl.report.Color = wanted && isTerminal(p.Stdout)
		pl.notes.Color = wanted && isTerminal(p.Stderr)
	case "never":
	default:
		return badUsage(didYouMean(f.color, colorWords()), "--color: unknown word %q", f.color)
	}
	return nil
}

// selectControls are the controls that were asked for, but for those to skip.
func selectControls(all []*ecsentry.Control, only, skip []string) ([]*ecsentry.Control, error) {
	keep := map[string]bool{}
	for _, c := range all {
		keep[c.ID] = len(only) == 0
	}
	for _, list := range []struct {
		flag string
		ids  []string
		keep bool
	}{{"--controls", only, true}, {"--skip-controls", skip, false}} {
		for _, id := range list.ids {
			c, err := findControl(all, strings.TrimSpace(id))
			if err != nil {
				return nil, badUsage(didYouMean(id, controlIDs(all)), "%s: %s", list.flag, err)
			}
			keep[c.ID] = list.keep
		}
	}
	all = slices.DeleteFunc(all, func(c *ecsentry.Control) bool { return !keep[c.ID] })
	if len(all) == 0 {
		return nil, badUsage("", "%s leave no control to judge by", cmp.Or(strings.Join(append(only, skip...), ", "), "the flags"))
	}
	return all, nil
}
