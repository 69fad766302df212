// Command bench measures the figures that docs/performance.md promises and says
// whether they hold. It needs the go command and the module's sources:
//
//	go run ./bench                                   measure, print the table
//	go run ./bench -only templates,start             some of the figures
//	go run ./bench -record docs/performance.md       and write the table there
//
// Everything is measured on the built program in a process of its own. Load is
// bounded: one program under test at a time, a test server on the loopback
// interface, a deadline for each run. Files are made in one temporary folder,
// which is removed at the end.
//
// Files: templates.go, start.go, live.go, engine.go, snapshot.go, plans.go,
// modules.go, findings.go and fix.go one figure each; fleet.go makes templates,
// parse.go is what the scan of them is compared with, as snapshotfile.go and
// snapshotparse.go do for a snapshot of AWS Config; lab.go builds programs and
// runs them through runner.go, which measures with rusage_unix.go and
// rusage_other.go; stats.go picks the runs that count; table.go and machine.go
// say what was found, and where.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// patience is how long all figures together may take.
const patience = 20 * time.Minute

// A figure measures and returns its rows.
type figure struct {
	name    string
	measure func(context.Context, *lab) ([]row, error)
}

func figures() []figure {
	return []figure{
		{"templates", templates},
		{"start", start},
		{"live", live},
		{"throttled", throttled},
		{"engine", engine},
		{"snapshot", snapshot},
		{"plans", plans},
		{"modules", modules},
		{"findings", findings},
		{"fix", fix},
	}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	if len(args) > 0 {
		switch args[0] { // what the bench runs of itself, in processes of their own
		case runnerCommand:
			return runner(ctx, stdin, stdout)
		case parserCommand:
			return parser(args[1:], stdout)
		case decodeCommand:
			return timed(args[1:], stdout, decodePlain, snapshotTasks)
		case judgeCommand:
			return timed(args[1:], stdout, judgeSnapshot, snapshotFindings)
		case plansCommand:
			return decodePlans(args[1:], stdout)
		case reportCommand:
			return writeReport(args[1:])
		}
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	only := flags.String("only", "", "measure these `FIGURES` only: templates,start,live,throttled,engine,snapshot,plans,modules,findings,fix")
	record := flags.String("record", "", "write the table into this `FILE`, between its two marks")
	keep := flags.String("fleet", "", "only write the 1,000 templates into this `FOLDER`, for a profiler")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *keep != "" {
		return writeFleet(*keep)
	}
	chosen, err := choose(*only)
	if err != nil {
		return err
	}
	if *record != "" && *only != "" {
		return errors.New("-record wants all figures: leave out -only")
	}

	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	l, err := newLab(ctx, stderr)
	if err != nil {
		return err
	}
	defer l.close()
	var rows []row
	for _, f := range chosen {
		_, _ = fmt.Fprintf(stderr, "measuring %s ...\n", f.name)
		r, err := f.measure(ctx, l)
		if err != nil {
			return fmt.Errorf("measure %s: %w", f.name, err)
		}
		rows = append(rows, r...)
	}
	out := machine() + "\n" + table(rows)
	if _, err := io.WriteString(stdout, out); err != nil {
		return err
	}
	if *record != "" {
		if err := recordInto(*record, out); err != nil {
			return err
		}
	}
	if n := missed(rows); n > 0 {
		return fmt.Errorf("%d of %d figures are not shown to be met", n, len(rows))
	}
	return nil
}

func choose(only string) ([]figure, error) {
	if only == "" {
		return figures(), nil
	}
	var out []figure
	for name := range strings.SplitSeq(only, ",") {
		known := len(out)
		for _, f := range figures() {
			if f.name == name {
				out = append(out, f)
			}
		}
		if len(out) == known {
			return nil, fmt.Errorf("-only: unknown figure %q: see -help", name)
		}
	}
	return out, nil
}
