package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/remedy"
	"github.com/ecsentry/ecsentry/internal/report"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

const fixHelp = `Mend in files what fails. Without --write nothing is changed: the edits are shown
as a unified diff on standard output, and what they are, what they may break and
what a person has to do on standard error. Each edit is judged before it is shown:
the failure is gone, and nothing else is worse.

--write makes the safe edits, --write --unsafe those too that may break something.
Of - (standard input) the mended document goes to standard output.

Edited are ECS API JSON and YAML, CloudFormation and SAM templates and Terraform
modules. Of what was made by a tool (cdk.out, plans, what AWS Config records, saved
answers) the place to mend is named.

Exit codes:
  0  shown or made, whatever is left for a person
  1  with --exit-code: there is an edit to make
  2  bad usage, or something named that cannot be read, or a file that cannot be
     written
  3  something could not be read`

// notMending are flags of scan that make no sense here.
func notMending() []string {
	return []string{"aws", "config-aggregator", "profile", "region", "fail-on", "output", "format", "verbose", "quiet"}
}

// A mending is what the user wants mended, and how.
type mending struct {
	write, exitCode bool
	resources       []string
	answers
}

func newFix(p Process, code *int) *cobra.Command {
	var f scanFlags
	var m mending
	cmd := &cobra.Command{
		Use:   "fix [PATH…|-]",
		Short: "Mend in files what fails",
		Long:  fixHelp,
		Example: `  ecsentry fix                                   show what can be mended
  ecsentry fix web.yaml | git apply              the same as --write --unsafe
  ecsentry fix --write infra/                    make the safe edits
  ecsentry fix --write --unsafe --controls ECS.5 web.yaml
  ecsentry fix --user 1000:1000 --log-group /ecs/web web.yaml
  ecsentry fix --unsafe - < task.json > mended.json`,
		Args: func(cmd *cobra.Command, _ []string) error { return withoutFlags(cmd, notMending()) },
		RunE: func(cmd *cobra.Command, paths []string) (err error) {
			f.timeoutSet = cmd.Flags().Changed("timeout")
			*code, err = runFix(cmd.Context(), p, &f, &m, paths)
			return err
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVarP(&m.write, "write", "w", false, "make the safe edits")
	m.register(flags)
	flags.StringArrayVar(&m.resources, "resource", nil, "mend this resource only, by its `ID` or name (repeatable)")
	flags.BoolVar(&m.exitCode, "exit-code", false, "exit 1 if there is an edit to make")
	f.registerBut(cmd, notMending())
	return cmd
}

func runFix(ctx context.Context, p Process, f *scanFlags, m *mending, paths []string) (int, error) {
	if err := m.check(); err != nil {
		return exitUsage, err
	}
	x, err := m.fixer(p, f, paths)
	if err != nil {
		return exitUsage, err
	}
	ctx, stop := x.within(ctx)
	defer stop()
	made, err := x.make(ctx)
	if x.cutShort(ctx) {
		return exitGaps, x.giveBack(p.Stdout)
	}
	if err != nil {
		return exitUsage, err
	}
	if err := m.found(x, made); err != nil {
		return exitUsage, err
	}
	x.first.undeclared(p)
	_ = report.WriteNotes(p.Stderr, made.Start, x.first.notes) // nothing can be told where standard error is gone
	x.first.policies.name(p.Stderr, false)
	refused, err := x.put(p.Stdout, made)
	if err != nil && withoutPipe(err) != errPipe {
		return exitUsage, fmt.Errorf("write the difference: %w", err)
	}
	x.tell(p.Stderr, made)
	c := &made.Start.Coverage
	nothing := x.first.nothing(made.Start)
	if nothing {
		printNothing(p, x.first, made.Start)
	}
	switch {
	case refused || len(c.Refused) > 0 || nothing && x.first.options.Strict && !x.first.listed:
		return exitUsage, nil
	case m.exitCode && len(made.Made)+len(made.Withheld) > 0:
		return exitFailed, nil
	case len(c.Gaps) > 0:
		return exitGaps, nil
	}
	return exitOK, nil
}

// before mends the files of a scan before they are scanned. What it says goes to
// standard error: standard output is the report's.
func (m *mending) before(ctx context.Context, p Process, f *scanFlags, paths []string) (refused bool, err error) {
	if err := m.check(); err != nil {
		return false, err
	}
	if slices.Contains(paths, "-") {
		return false, badUsage("ecsentry fix - writes the mended document to standard output", "--fix: standard input is no file that could be mended")
	}
	x, err := m.fixer(p, f, paths)
	if err != nil {
		return false, err
	}
	x.flags.baseline, x.flags.newFromRev = "", ""
	ctx, stop := x.within(ctx)
	defer stop()
	made, err := x.make(ctx)
	if x.cutShort(ctx) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if refused, err = x.put(io.Discard, made); err != nil {
		return refused, err
	}
	if !f.quiet {
		x.tell(p.Stderr, made)
	}
	return refused, nil
}

// A fixer mends the files of a run.
type fixer struct {
	*mending
	process   Process
	flags     *scanFlags
	paths     []string
	controls  []string // to mend; all judge
	stdin     []byte
	disk      files.Disk
	first     *plan // the scan of what is there
	trees     trees
	refused   map[string]bool // files that could not be written
	executing executing       // the services with ECS Exec of that
}

// fixer checks all that the user said.
func (m *mending) fixer(p Process, f *scanFlags, paths []string) (*fixer, error) {
	if f.aws || f.aggregator != "" {
		return nil, badUsage("scan the account, and mend the files that it was made from", "files are mended, and an account is scanned")
	}
	x := &fixer{mending: m, process: p, flags: f, paths: paths, disk: files.OS()}
	if err := x.lasting(); err != nil {
		return nil, err
	}
	wanted, err := selectControls(catalog.Controls(), f.controls, f.skipControls)
	if err != nil {
		return nil, err
	}
	for _, c := range wanted {
		x.controls = append(x.controls, c.ID)
	}
	all := *f
	all.controls, all.skipControls = nil, nil
	x.flags = &all
	if slices.Contains(paths, "-") {
		if len(paths) > 1 {
			return nil, badUsage("mend files and standard input one after the other", "- stands beside other paths: its document would be mixed with their difference")
		}
		if p.Stdin == nil {
			return nil, badUsage("", "standard input is not there")
		}
		if x.stdin, err = io.ReadAll(io.LimitReader(p.Stdin, 64<<20+1)); err != nil {
			return nil, badUsage("", "read standard input: %s", reasonOf(err))
		}
	}
	return x, nil
}

// piped tells whether a document comes from standard input, and goes to standard
// output.
func (x *fixer) piped() bool { return len(x.paths) == 1 && x.paths[0] == "-" }

func (x *fixer) make(ctx context.Context) (*remedy.Plan, error) {
	return remedy.Make(ctx, remedy.Options{
		Scan: x.scan, Wanted: x.wanted, Answer: x.answer,
		// What is shown is what --write --unsafe would write.
		MayBreak: x.unsafe || !x.write && !x.piped(),
		Check:    x.sameBut,
	})
}

// scan judges the paths with some texts changed.
func (x *fixer) scan(ctx context.Context, texts map[string][]byte) (*ecsentry.Report, error) {
	p, f := x.process, *x.flags
	p.Stdin = bytes.NewReader(x.stdin)
	laid := map[string][]byte{}
	for name, text := range texts {
		if name == "-" {
			p.Stdin = bytes.NewReader(text)
			continue
		}
		real, err := x.disk.Resolve(filepath.FromSlash(name))
		if err != nil {
			return nil, fmt.Errorf("find %s again: %w", name, err)
		}
		laid[real] = text
	}
	f.disk, f.keep, f.inspect = files.Overlay(x.disk, laid), keptTrees, x.trees.add
	pl, err := f.plan(p, nil, x.paths)
	if err != nil {
		return nil, err
	}
	if x.first == nil {
		x.first = pl
		x.executing.Source, pl.options.Sources = pl.options.Sources[0], []ecsentry.Source{&x.executing}
	}
	return pl.run(ctx)
}

func (x *fixer) wanted(f *ecsentry.Finding) bool {
	return slices.Contains(x.controls, f.Control.ID) && (len(x.resources) == 0 || slices.ContainsFunc(x.resources, func(w string) bool { return is(f.Resource, w) }))
}

// is tells whether a resource is the one that a user names.
func is(id *ecsentry.Identity, wanted string) bool {
	return id.ID == wanted || id.Name == wanted || strings.HasSuffix(id.ID, "/"+wanted)
}

// found refuses the name of a resource that is not there.
func (m *mending) found(x *fixer, made *remedy.Plan) error {
	for _, w := range m.resources {
		var names []string
		there := false
		for f := range made.Start.Findings.All() {
			there = there || is(f.Resource, w)
			names = append(names, f.Resource.ID)
		}
		if !there {
			slices.Sort(names)
			return badUsage(didYouMean(w, slices.Compact(names)), "--resource: %s holds no %s", joined(x.first.paths), w)
		}
	}
	return nil
}
