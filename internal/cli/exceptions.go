package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
	"github.com/ecsentry/ecsentry/internal/policy"
)

const exceptionsHelp = `List all exceptions that a scan of the same paths would use, with their state
(active, expires soon, lapsed) and the failures that they are about. A lapsed one
excuses nothing: what it is about fails.

Exit codes:
  0  listed, whatever their state
  2  bad usage, a mistake in a policy, or something named that cannot be read`

// unlisted are flags of scan that make no sense here.
func unlisted() []string { return []string{"fail-on", "strict", "output", "quiet", "verbose", "color"} }

func newExceptions(p Process, code *int) *cobra.Command {
	var f scanFlags
	cmd := &cobra.Command{
		Use:   "exceptions [PATH…|-]",
		Short: "List the exceptions of policies, their state and what they cover",
		Long:  exceptionsHelp,
		Example: `  ecsentry exceptions
  ecsentry exceptions --format json infra/
  ecsentry exceptions --aws --region all`,
		Args: func(cmd *cobra.Command, _ []string) error { return withoutFlags(cmd, unlisted()) },
		RunE: func(cmd *cobra.Command, paths []string) (err error) {
			f.timeoutSet = cmd.Flags().Changed("timeout")
			if err := notEmpty(cmd, "config"); err != nil {
				return err
			}
			*code, err = runExceptions(cmd.Context(), p, &f, paths)
			return err
		},
	}
	f.registerBut(cmd, unlisted())
	if flag := cmd.Flags().Lookup("format"); flag != nil {
		f.listFormats = listFormats()
		flag.Usage = "`FORMAT` of the list: " + strings.Join(listFormats(), ", ")
	}
	return cmd
}

func listFormats() []string { return []string{"text", "json"} }

func runExceptions(ctx context.Context, p Process, f *scanFlags, paths []string) (int, error) {
	format := strings.ToLower(cmp.Or(f.format, "text"))
	if format != "text" && format != "json" {
		return exitUsage, badUsage(didYouMean(format, listFormats()), "--format: unknown format %q", f.format)
	}
	f.format = ""
	pl, err := f.plan(p, nil, paths)
	if err != nil {
		return exitUsage, err
	}
	for _, g := range pl.policies.all {
		g.run.Keep = true
	}
	r, err := pl.look(ctx, p)
	if err != nil {
		return exitUsage, err
	}
	write := writeExceptions
	if format == "json" {
		write = writeExceptionsJSON
	}
	if err := write(p.Stdout, pl.policies); err != nil && withoutPipe(err) != errPipe {
		return exitUsage, fmt.Errorf("write the exceptions: %w", err)
	}
	if len(r.Coverage.Refused) > 0 {
		return exitUsage, nil
	}
	return exitOK, nil
}

func writeExceptions(w io.Writer, ps *policies) error {
	var out strings.Builder
	n := 0
	for _, g := range ps.all {
		for _, u := range g.run.All() {
			if n++; n > 1 {
				out.WriteString("\n")
			}
			writeException(&out, u)
		}
	}
	if n == 0 {
		out.WriteString("no exceptions\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func writeException(out *strings.Builder, u *policy.Use) {
	until := "without end"
	if u.Expires != "" {
		until = "until " + string(u.Expires)
	}
	fmt.Fprintf(out, "%s: %s, %s: %s\n", inert.Text(u.At.String()), u.State, until, inert.Text(u.Entry.String()))
	fmt.Fprintf(out, "  %s", inert.Text(u.Reason))
	if u.Owner != "" {
		fmt.Fprintf(out, " (%s)", inert.Text(u.Owner))
	}
	out.WriteString("\n")
	if len(u.Denied) > 0 {
		fmt.Fprintf(out, "  not %s: the policy does not let comments excuse that\n", strings.Join(u.Denied, ","))
	}
	for _, c := range u.Covers {
		fmt.Fprintf(out, "  %-7s %s", c.Control, inert.Text(c.Resource.ID))
		if at := c.Resource.At.Position().String(); at != "" {
			fmt.Fprintf(out, " (%s)", inert.Text(at))
		}
		switch {
		case u.State == policy.Lapsed:
			out.WriteString(", not any more")
		case !c.Excepted:
			out.WriteString(", in part")
		}
		out.WriteString("\n")
	}
	if len(u.Covers) == 0 {
		out.WriteString("  covers no failure\n")
	}
}

// The list as JSON.
type (
	exceptionList struct {
		Schema     string          `json:"schema"`
		Exceptions []exceptionJSON `json:"exceptions"`
	}
	exceptionJSON struct {
		File     string      `json:"file"`
		Line     int         `json:"line"`
		Column   int         `json:"column"`
		Selects  string      `json:"selects"`
		Controls []string    `json:"controls"`
		Denied   []string    `json:"denied"` // that the policy lets no comment excuse
		Reason   string      `json:"reason"`
		Owner    string      `json:"owner"`
		Expires  *string     `json:"expires"`
		State    string      `json:"state"`
		Covers   []coverJSON `json:"covers"`
	}
	coverJSON struct {
		Control  string                `json:"control"`
		Type     ecsentry.ResourceType `json:"type"`
		Resource string                `json:"resource"`
		Account  string                `json:"account"`
		Region   string                `json:"region"`
		File     string                `json:"file"`
		Line     int                   `json:"line"`
		Column   int                   `json:"column"`
		Excepted bool                  `json:"excepted"`
	}
)

func writeExceptionsJSON(w io.Writer, ps *policies) error {
	list := exceptionList{Schema: "ecsentry.exceptions/1", Exceptions: []exceptionJSON{}}
	for _, g := range ps.all {
		for _, u := range g.run.All() {
			list.Exceptions = append(list.Exceptions, exceptionOf(u))
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(list)
}

func exceptionOf(u *policy.Use) exceptionJSON {
	out := exceptionJSON{
		File: u.At.File, Line: u.At.Line, Column: u.At.Column, Selects: u.Entry.String(), Controls: u.Controls, Denied: append([]string{}, u.Denied...),
		Reason: u.Reason, Owner: u.Owner, State: u.State.String(), Covers: []coverJSON{},
	}
	if u.Expires != "" {
		day := string(u.Expires)
		out.Expires = &day
	}
	for _, c := range u.Covers {
		at := c.Resource.At.Position()
		out.Covers = append(out.Covers, coverJSON{
			Control: c.Control, Type: c.Resource.Type, Resource: c.Resource.ID, Account: c.Resource.Account,
			Region: c.Resource.Region, File: at.File, Line: at.Line, Column: at.Column, Excepted: c.Excepted,
		})
	}
	return out
}
