package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/report"
	"github.com/ecsentry/ecsentry/internal/scan"
)

// run scans, as long as the user allows.
func (pl *plan) run(ctx context.Context) (*ecsentry.Report, error) {
	if pl.timeout > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, pl.timeout)
		defer stop()
	}
	r, err := scan.Run(ctx, pl.options)
	if err != nil {
		return nil, err
	}
	nearPaths(&r.Coverage, pl.paths)
	pl.policies.mistaken(r)
	return r, nil
}

// look scans for commands that write something else than a report, and says what
// could not be read and which policies were used.
func (pl *plan) look(ctx context.Context, p Process) (*ecsentry.Report, error) {
	r, err := pl.run(ctx)
	if err != nil {
		return nil, err
	}
	pl.undeclared(p)
	_ = report.WriteNotes(p.Stderr, r, pl.notes) // nothing can be told where standard error is gone
	pl.policies.name(p.Stderr, false)
	return r, nil
}

// registerBut registers the flags of scan, and hides those that make no sense for
// a command.
func (f *scanFlags) registerBut(cmd *cobra.Command, hidden []string) {
	f.register(cmd)
	for _, name := range hidden {
		if flag := cmd.Flags().Lookup(name); flag != nil {
			flag.Hidden = true
		}
	}
}

// withoutFlags refuses flags that make no sense for a command.
func withoutFlags(cmd *cobra.Command, names []string) error {
	for _, name := range names {
		if flag := cmd.Flags().Lookup(name); flag != nil && flag.Changed {
			return badUsage("see "+cmd.CommandPath()+" --help", "%s knows no --%s", cmd.CommandPath(), name)
		}
	}
	return nil
}

// notEmpty refuses flags that were given and say nothing: a variable is not set,
// and without them a run would mean something else.
func notEmpty(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		if flag := cmd.Flags().Lookup(name); flag.Changed && flag.Value.String() == "" {
			return badUsage("is a variable not set?", "--%s: is empty", name)
		}
	}
	return nil
}
