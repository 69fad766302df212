// Package cli is the command line: one file for each subcommand. It is the only
// place that reads flags, the environment and the files that configure a run,
// and that knows which stream gets what:
//
//   - a report goes to standard output, or to the files that --output names;
//   - what could not be read, notes, errors and progress go to standard error;
//   - errors read "ecsentry: what was tried: why", with a hint on a line of its own.
//
// Files: cli.go and root.go the program; scan.go, report.go, diff.go,
// explain.go, exceptions.go, controls.go, iam.go, fix.go and version.go the
// subcommands. Of scan: scanflags.go, idlist.go, parameter.go and variable.go
// its flags, look.go the run, revision.go and saved.go what it is compared with,
// nearpath.go paths that are not there, policy.go and policyread.go policies,
// remark.go exceptions within files. Of controls: controltext.go, controljson.go
// and controlmarkdown.go. Of fix: fixanswers.go what may be asked for,
// fixexec.go ECS Exec,
// fixtrees.go and fixhcl.go the check of what changed, fixwrite.go and fixend.go
// what comes of it. For all: usage.go errors of usage, completion.go what shells
// complete, exit.go exit codes, output.go and write.go reports, process.go what
// comes from the operating system, memory.go how much of it is used, progress.go
// the line that shows progress.
package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ecsentry/ecsentry/internal/inert"
)

// The exit codes, which scripts rely on.
const (
	exitOK     = 0 // nothing failed
	exitFailed = 1 // something failed
	exitUsage  = 2 // bad usage, or something named that could not be read
	exitGaps   = 3 // nothing failed, but not everything could be read
)

// Main runs the program and returns its exit code.
func Main(ctx context.Context, p Process) int {
	code := exitOK
	out := &faithful{to: p.Stdout}
	root := newRoot(p, out, &code)
	root.SetArgs(p.Args)
	err := root.ExecuteContext(ctx)
	if err == nil && out.err != nil {
		err = fmt.Errorf("write to standard output: %w", withoutPipe(out.err))
	}
	if err == nil || errors.Is(err, errPipe) {
		return code
	}
	printError(p, err)
	return exitUsage
}

// printError writes an error and how to go on.
func printError(p Process, err error) {
	fmt.Fprintf(p.Stderr, "ecsentry: %s\n", lines(err.Error()))
	var u *usageError
	if errors.As(err, &u) && u.hint != "" {
		fmt.Fprintf(p.Stderr, "  %s\n", lines(u.hint))
	}
}

// lines makes text of several lines safe to show.
func lines(s string) string {
	parts := strings.Split(s, "\n")
	for i, part := range parts {
		parts[i] = inert.Text(part)
	}
	return strings.Join(parts, "\n")
}
