package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/explain"
	"github.com/ecsentry/ecsentry/internal/inert"
	"github.com/ecsentry/ecsentry/internal/report"
	"github.com/ecsentry/ecsentry/value"
)

const explainHelp = `Explain why resources of a file pass or fail a control: the control's truth table
filled in, for each container where the control is about containers, with the
values and the lines they stand on. > marks the values that decided.

RESOURCE is an ID, an ARN or a name; without it all that the control judges are
explained.

Exit codes:
  0  explained, whatever the verdicts
  2  bad usage, or a file or resource that is not there or cannot be read`

// elsewhere are flags of scan that make no sense here.
func elsewhere() []string {
	return []string{
		"aws", "config-aggregator", "profile", "region", "controls", "skip-controls", "fail-on", "strict", "skip-unrecognised", "output", "format", "quiet", "verbose", "color",
	}
}

func newExplain(p Process, code *int) *cobra.Command {
	var f scanFlags
	cmd := &cobra.Command{
		Use:   "explain FILE [RESOURCE] CONTROL",
		Short: "Show how a control decides about the resources of a file",
		Long:  explainHelp,
		Example: `  ecsentry explain web.yaml ECS.1
  ecsentry explain web.yaml WebTask ECS.5
  ecsentry explain --parameter Env=prod web.yaml ECS.9`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 || len(args) > 3 {
				return badUsage("see ecsentry explain --help", "%s takes a file, perhaps a resource, and a control", cmd.CommandPath())
			}
			return withoutFlags(cmd, elsewhere())
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return nil, cobra.ShellCompDirectiveDefault // the file
			}
			return controlIDs(catalog.Controls()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			f.timeoutSet = cmd.Flags().Changed("timeout")
			if err := notEmpty(cmd, "config"); err != nil {
				return err
			}
			*code, err = runExplain(cmd.Context(), p, &f, args)
			return err
		},
	}
	f.registerBut(cmd, elsewhere())
	return cmd
}

// A watched source shows what of a type passes through it.
type watched struct {
	ecsentry.Source
	typ  ecsentry.ResourceType
	seen []*ecsentry.Resource
}

func (w *watched) Collect(ctx context.Context, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	return w.Source.Collect(ctx, func(r *ecsentry.Resource) error {
		if r.Type == w.typ {
			w.seen = append(w.seen, r)
		}
		return yield(r)
	})
}

func runExplain(ctx context.Context, p Process, f *scanFlags, args []string) (int, error) {
	control, err := findControl(catalog.Controls(), args[len(args)-1])
	if err != nil {
		return exitUsage, badUsage(didYouMean(args[len(args)-1], controlIDs(catalog.Controls())), "%s", err)
	}
	f.controls = []string{control.ID}
	pl, err := f.plan(p, nil, args[:1])
	if err != nil {
		return exitUsage, err
	}
	pl.policies.explain(&pl.options)
	source := &watched{Source: pl.options.Sources[0], typ: control.ResourceType}
	pl.options.Sources[0] = source
	r, err := pl.look(ctx, p)
	if err != nil {
		return exitUsage, err
	}
	wanted := ""
	if len(args) == 3 {
		wanted = args[1]
	}
	findings := wantedFindings(r, control, wanted)
	code := exitOK
	if len(r.Coverage.Refused) > 0 { // a mistake in a comment is no reason to explain nothing
		code = exitUsage
	}
	switch {
	case len(findings) == 0 && code != exitOK:
		return code, nil
	case len(findings) == 0:
		return exitUsage, nothingToExplain(r, control, args[0], wanted)
	}
	e := explainer{params: pl.options.Settings.For(control), source: source}
	e.control(control, findings[0].Control)
	for _, finding := range findings {
		e.finding(finding)
	}
	if _, err = io.WriteString(p.Stdout, e.String()); err != nil && withoutPipe(err) != errPipe {
		return exitUsage, fmt.Errorf("write the explanation: %w", err)
	}
	return code, nil
}

// wantedFindings are those of a control about the resource that is wanted.
func wantedFindings(r *ecsentry.Report, c *ecsentry.Control, wanted string) []*ecsentry.Finding {
	var out []*ecsentry.Finding
	for f := range r.Findings.All() {
		id := f.Resource
		if f.Control.ID == c.ID && (wanted == "" || id.ID == wanted || id.Name == wanted || strings.HasSuffix(id.ID, "/"+wanted)) {
			out = append(out, f)
		}
	}
	return out
}

func nothingToExplain(r *ecsentry.Report, c *ecsentry.Control, file, wanted string) error {
	var ids, names []string
	for _, f := range wantedFindings(r, c, "") {
		if id := f.Resource; !slices.Contains(ids, id.ID) {
			ids = append(ids, id.ID)
			names = append(names, id.ID, id.Name, id.ID[strings.LastIndexByte(id.ID, '/')+1:])
		}
	}
	const most = 10
	hint := "want one of " + strings.Join(ids[:min(most, len(ids))], ", ")
	if len(ids) > most {
		hint += fmt.Sprintf(" and %d more", len(ids)-most)
	}
	if near := closest(wanted, names); near != "" {
		hint = "did you mean " + near + "?"
	}
	if len(ids) == 0 {
		return badUsage("", "%s holds nothing that %s judges, which is about resources of type %s", file, c.ID, c.ResourceType)
	}
	return badUsage(inert.Text(hint), "%s holds no %s that %s judges", file, wanted, c.ID)
}

// An explainer writes the explanation. A builder has no errors.
type explainer struct {
	strings.Builder
	params ecsentry.Params
	source *watched
}

// control writes what the control says; judgedBy is it as the policy has it.
func (e *explainer) control(c, judgedBy *ecsentry.Control) {
	fmt.Fprintf(e, "%s %s   %s\n", c.ID, c.Severity, c.Title)
	if t := c.TruthTable; t != nil {
		fmt.Fprintf(e, "\n%s", table(append([][]string{t.Columns}, t.Rows...), "  "))
	}
	for _, q := range c.Parameters {
		fmt.Fprintf(e, "  %s: %s\n", q.Name, cmp.Or(inert.Text(strings.Join(e.params.List(q.Name), ", ")), "none"))
	}
	if judged := report.JudgedWith(judgedBy); judged != "" {
		fmt.Fprintf(e, "  %s\n", judged)
	}
}

func (e *explainer) finding(f *ecsentry.Finding) {
	id := f.Resource
	fmt.Fprintf(e, "\n%-8s %s %s   %s\n", f.Verdict.Outcome, kindOf(id.Type), inert.Text(id.ID), inert.Text(id.At.Position().String()))
	for _, r := range e.source.seen {
		if r.ID != id.ID || r.At.Position() != id.At.Position() {
			continue
		}
		for _, row := range explain.Rows(f.Control, r, e.params) {
			e.row(row, id.File())
		}
		break
	}
	e.WriteString("\n")
	for k := range f.Verdict.Reasons {
		e.reason(&f.Verdict.Reasons[k])
		if excuse := f.Excuses[k]; excuse != nil {
			fmt.Fprintf(e, "    excepted: %s\n", inert.Text(report.Excuse(excuse)))
		}
	}
	if f.Exception != nil {
		fmt.Fprintf(e, "  excepted: %s\n", inert.Text(report.Excuse(f.Exception)))
	}
}

func (e *explainer) row(row explain.Row, file string) {
	const most = 200
	head := "the resource"
	if row.Subject != "" {
		head = "container " + inert.Clip(row.Subject, most)
	}
	if row.When != "" {
		head += ", when " + inert.Cut(row.When, most)
	}
	fmt.Fprintf(e, "\n  %s: %s\n", head, row.Outcome)
	var cells [][]string
	for _, c := range row.Cells {
		mark := "  "
		if c.Decides {
			mark = "> "
		}
		cells = append(cells, []string{mark + c.Column, inert.Cut(c.Value, most), line(c.At, file)})
	}
	e.WriteString(table(cells, "  "))
}

// line is where a value stands: without the file where that is the resource's.
func line(at *value.Place, file string) string {
	p := at.Position()
	if p.Line == 0 {
		return ""
	}
	if p.File == file {
		return fmt.Sprintf("line %d", p.Line)
	}
	return inert.Text(p.String())
}

func (e *explainer) reason(r *ecsentry.Reason) {
	who := ""
	if r.Subject != "" {
		who = inert.Text(r.Subject) + ": "
	}
	said := r.Message
	if r.When != "" {
		said += " " + r.When
	}
	fmt.Fprintf(e, "  = %s%s\n", who, inert.Text(said))
	if r.Hint != "" {
		fmt.Fprintf(e, "    %s\n", inert.Text(r.Hint))
	}
}
