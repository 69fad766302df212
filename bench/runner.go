package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

const runnerCommand = "run-and-measure"

// A job is what a runner runs: all commands, one after the other, again and again.
// Taking turns lets a disturbance hit all of them alike. The rounds end when in
// Rounds of them the machine was quiet, or after Most. Before a round the runner
// waits for a quiet machine, for Wait in all rounds together.
type job struct {
	Commands []command
	Rounds   int
	Most     int
	Wait     time.Duration
	Timeout  time.Duration // of each run
}

// A command is a program and where its standard output goes.
type command struct {
	Args   []string
	Env    []string
	Stdout string // a file; if empty, into the sample
}

// A sample is what one run took.
type sample struct {
	Wall   time.Duration
	CPU    time.Duration // in user and system mode, of all cores
	Memory int64         // the largest resident set, in bytes
	Others float64       // how many cores others kept busy meanwhile
	Code   int           // the exit code
	Stdout string
}

// runner reads a job, runs it, and writes the samples: a list for each command.
//
// It is a process of its own because the kernel starts a child's largest resident
// set with that of its parent: the parent must be small, and the bench is not.
func runner(ctx context.Context, in io.Reader, out io.Writer) error {
	var j job
	if err := json.NewDecoder(in).Decode(&j); err != nil {
		return fmt.Errorf("read the job: %w", err)
	}
	samples := make([][]sample, len(j.Commands))
	wait := j.Wait
	for round, calm := 0, 0; calm < j.Rounds && round < max(j.Rounds, j.Most); round++ {
		wait -= awaitQuiet(ctx, wait)
		disturbed := false
		for i, c := range j.Commands {
			s, err := measure(ctx, c, j.Timeout)
			if err != nil {
				return err
			}
			samples[i] = append(samples[i], s)
			disturbed = disturbed || !s.quiet()
		}
		if !disturbed {
			calm++
		}
	}
	return json.NewEncoder(out).Encode(samples)
}

// awaitQuiet waits until others leave the cores alone, no longer than most, and
// returns how long that was.
func awaitQuiet(ctx context.Context, most time.Duration) time.Duration {
	const look = 100 * time.Millisecond
	begin := now()
	for now().Sub(begin)+look <= most && ctx.Err() == nil {
		busy := busyTime()
		time.Sleep(look)
		if busyTime()-busy <= 2*tick {
			break
		}
	}
	return now().Sub(begin)
}

func measure(ctx context.Context, c command, timeout time.Duration) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Args[0], c.Args[1:]...) //nolint:gosec // what the bench has built
	cmd.Env = c.Env
	if c.Stdout != "" {
		file, err := os.Create(c.Stdout)
		if err != nil {
			return sample{}, err
		}
		defer file.Close()
		cmd.Stdout = file
	}
	var stdout, stderr bytes.Buffer
	if c.Stdout == "" {
		cmd.Stdout = &stdout
	}
	cmd.Stderr = &stderr
	busy, begin := busyTime(), now()
	err := cmd.Run()
	s := sample{Wall: now().Sub(begin), Stdout: stdout.String()}
	if ctx.Err() != nil {
		return s, fmt.Errorf("%s: still running after %v: %w", c.Args[0], timeout, ctx.Err())
	}
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		return s, err
	}
	s.Code = cmd.ProcessState.ExitCode()
	if s.Code != 0 && s.Code != 1 { // 1: some finding failed
		return s, fmt.Errorf("%s: exit code %d: %s", strings.Join(c.Args, " "), s.Code, bytes.TrimSpace(stderr.Bytes()))
	}
	s.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	// The system counts in ticks, so that a few milliseconds say nothing.
	s.Others = max(0, float64(busyTime()-busy-s.CPU-2*tick)/float64(s.Wall))
	s.Memory = largestResidentSet(cmd.ProcessState)
	return s, nil
}

// now is the clock of all measurements.
func now() time.Time { return time.Now() }
