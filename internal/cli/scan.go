package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/inert"
	"github.com/ecsentry/ecsentry/internal/report"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/internal/source/cloudformation"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

const scanHelp = `Scan files and folders for Amazon ECS resources, or an AWS account with --aws.
Without a path the current folder is scanned; - reads standard input.

Files are ECS API JSON or YAML (what register-task-definition, create-service and
the like take, and what describe-* answers), CloudFormation templates, plans and
states of Terraform (terraform show -json), and folders of Terraform modules, with
the modules that they call, and what AWS Config records (snapshots, histories,
queries, notifications). What a file is, its content tells.
Of a folder *.json, *.yaml, *.yml, *.template, *.gz, *.tf, *.tofu and *.tfvars (also
with .json behind) are read. A folder may hold anything; a named file must be one
of ours, unless --skip-unrecognised takes it like a folder's: for lists of changed
files.

A policy, ecsentry.yaml in the scanned folder or above it in its repository, says
which controls judge and which failures are excused; so do comments in templates
and modules: # ecsentry:ignore ECS.5 until=2027-03-31 -- reason.

A verdict is passed, failed, not applicable, or unknown where the input does not
decide it; an unknown says how to decide it. What should have been read and could
not be is a gap.

Exit codes:
  0  nothing failed
  1  something failed (see --fail-on)
  2  bad usage, or something named that does not exist or cannot be read
  3  nothing failed, but something could not be read`

const scanExamples = `  ecsentry scan                                  the current folder
  ecsentry scan web.yaml .aws/                   a file and a folder
  ecsentry scan --parameter Env=prod web.yaml    a template with a parameter
  ecsentry scan --var stage=prod infra/          folders of Terraform modules
  ecsentry scan -o text -o sarif=ecs.sarif .     two reports of one run
  ecsentry scan --fail-on high,unknown .         be strict about unknowns
  git diff --name-only -z --diff-filter=d main | xargs -0 -r ecsentry scan --skip-unrecognised
  ecsentry scan --baseline main.json .           only new failures count
  ecsentry scan --new-from-rev origin/main .     the same, compared with a branch
  aws ecs describe-clusters --include SETTINGS --clusters web | ecsentry scan -
  ecsentry scan --aws --profile audit --region eu-west-1 --region us-east-1
  ecsentry scan --config-aggregator org          a whole organisation, by AWS Config`

// scanFlags are what the user said.
type scanFlags struct {
	aws        bool
	aggregator string
	profile    string
	regions    []string
	timeout    time.Duration
	timeoutSet bool

	typ            string
	exclude        []string
	skipUnknown    bool
	parameters     []string
	parameterFiles []string
	variables      []variable

	controls, skipControls []string
	strict                 bool
	failOn                 string
	failOnSet              bool
	config                 string
	noInline               bool
	baseline, groupBy      string
	newFromRev             string
	disk                   files.Disk // where files are read; nil for the operating system's
	keep                   int        // of how many bytes of text the trees stay
	inspect                func(*document.File)

	outputs        []string
	format, color  string
	listFormats    []string // what --format may be, where it is no report that is written
	quiet, verbose bool
}

func newScan(p Process, code *int) *cobra.Command {
	var f scanFlags
	m := mending{write: true}
	fix := false
	cmd := &cobra.Command{
		Use:     "scan [PATH…|-]",
		Short:   "Scan files, folders or an AWS account",
		Long:    scanHelp,
		Example: scanExamples,
		RunE: func(cmd *cobra.Command, paths []string) (err error) {
			f.timeoutSet = cmd.Flags().Changed("timeout")
			f.failOnSet = cmd.Flags().Changed("fail-on")
			if err := notEmpty(cmd, "config", "baseline", "new-from-rev"); err != nil {
				return err
			}
			if err := m.only(cmd, fix); err != nil {
				return err
			}
			refused := false
			if fix {
				if refused, err = m.before(cmd.Context(), p, &f, paths); err != nil {
					*code = exitUsage
					return err
				}
			}
			if *code, err = runScan(cmd.Context(), p, &f, paths); refused {
				*code = exitUsage
			}
			return err
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&fix, "fix", false, "make the safe edits first that ecsentry fix --write makes")
	m.register(cmd.Flags())
	for _, name := range answerFlags() {
		cmd.Flags().Lookup(name).Hidden = true // ecsentry fix --help explains them
	}
	cmd.Flags().StringVar(&f.baseline, "baseline", "", "only what is new fails the run, compared with the results in `FILE`, saved as JSON")
	cmd.Flags().StringVar(&f.newFromRev, "new-from-rev", "", "only what is new fails the run, compared with the files at the git `REVISION`")
	f.registerGroupBy(cmd)
	return cmd
}

// A plan is a scan as the user wants it, checked before anything is read.
type plan struct {
	options   scan.Options
	outputs   outputs
	policies  *policies
	templates *cloudformation.Format // nil where AWS is scanned
	variables terraform.Variables
	baseline  *baseline
	report    report.Options // of standard output
	notes     report.Options // of standard error
	files     report.Options // of files
	paths     []string       // empty where AWS is scanned
	listed    bool           // they are a list of changed files, of which none need be ours
	timeout   time.Duration  // 0 for none but the source's own
}

// runScan scans and reports. An error is one of usage, or means that nothing can
// be said at all.
func runScan(ctx context.Context, p Process, f *scanFlags, paths []string) (int, error) {
	bar := newProgress(p, f.quiet)
	pl, err := f.plan(p, bar, paths)
	if err != nil {
		return exitUsage, err
	}
	if err := f.group(pl); err != nil {
		return exitUsage, err
	}
	if pl.baseline, err = f.before(ctx, p, paths); err != nil {
		return exitUsage, err
	}
	r, err := pl.run(ctx)
	bar.done()
	if err != nil {
		return exitUsage, err
	}
	pl.baseline.compare(r, p.Stderr, f.quiet)
	return pl.finish(p, r)
}

// finish writes the reports: those in files first, so that they are there even if
// nobody reads the other one.
func (pl *plan) finish(p Process, r *ecsentry.Report) (int, error) {
	nothing := pl.nothing(r)
	code := exitCode(r, nothing && pl.options.Strict && !pl.listed, pl.policies.threshold)
	for _, file := range pl.outputs.files {
		if err := file.write(r, pl.files); err != nil {
			return exitUsage, err
		}
	}
	if out := pl.outputs.stdout; out != nil {
		if err := out.Write(p.Stdout, r, pl.report); err != nil && withoutPipe(err) != errPipe {
			return exitUsage, fmt.Errorf("write the %s report: %w", out.Name, err)
		}
	}
	pl.policies.announce(p.Stderr, pl.notes.Quiet)
	pl.undeclared(p)
	// What goes wrong on standard error cannot be told anywhere.
	_ = report.WriteNotes(p.Stderr, r, pl.notes)
	if out := pl.outputs.stdout; pl.report.Verbose && (out == nil || out.Name != "text") {
		for _, g := range r.Coverage.Skipped { // the text report lists them
			fmt.Fprintf(p.Stderr, "skipped: %s: %s\n", inert.Text(g.Scope), inert.Text(g.Reason))
		}
	}
	if nothing {
		printNothing(p, pl, r)
	}
	return code, nil
}

// undeclared notes parameters and variables that were given and that nothing
// declares: a slip there leaves a default to decide.
func (pl *plan) undeclared(p Process) {
	if pl.templates == nil {
		return
	}
	unknown, known := pl.templates.Undeclared()
	noteUndeclared(p, "--parameter", "no template", unknown, known)
	unknown, known = pl.variables.Undeclared()
	noteUndeclared(p, "--var", "no root module", unknown, known)
}

func noteUndeclared(p Process, flag, what string, unknown, known []string) {
	for _, name := range unknown {
		text := "note: " + flag + " " + inert.Text(name) + ": " + what + " that was read declares it"
		if near := closest(name, known); near != "" {
			text += "; did you mean " + inert.Text(near) + "?"
		}
		fmt.Fprintln(p.Stderr, text)
	}
}

// nothing tells whether files were scanned and none of them was recognised.
func (pl *plan) nothing(r *ecsentry.Report) bool {
	c := &r.Coverage
	return len(pl.paths) > 0 && r.Resources == 0 && c.Files == 0 && len(c.Gaps) == 0 && len(c.Refused) == 0
}

func printNothing(p Process, pl *plan, r *ecsentry.Report) {
	text := "nothing of Amazon ECS was recognised in " + joined(pl.paths)
	hint := "name the files to be told what is wrong with them"
	switch n := len(r.Coverage.Skipped); {
	case n == 0:
		hint = "of a folder *.json, *.yaml, *.yml, *.template, *.gz, *.tf, *.tofu, *.tfvars are read"
	case !pl.report.Verbose:
		hint = fmt.Sprintf("ecsentry scan -v lists the %d skipped; %s", n, hint)
	}
	printError(p, badUsage(hint, "%s", text))
}
