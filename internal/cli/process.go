package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// A Process is what a run gets from the operating system.
type Process struct {
	Args           []string // without the program's name
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Now            func() time.Time
	Version        string
	Commit         string // "" where it is not known
}

// OS is the process as it was started. What the linker did not set of a build is
// what the Go command noted.
func OS(linked Build) Process {
	info, _ := debug.ReadBuildInfo()
	build := linked.noted(info)
	// A reader that went away is an error of writing, not the end of the process:
	// files are still to be written then, and the exit code says what was found.
	signal.Ignore(syscall.SIGPIPE)
	return Process{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Now: time.Now, Version: build.Version, Commit: build.Commit,
	}
}

// Interruptible is a context that the first interruption ends, so that a scan
// tells what it knows. The second one ends the process.
func Interruptible(ctx context.Context, stderr io.Writer) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
			signal.Stop(signals)
			fmt.Fprintln(stderr, "\necsentry: interrupted: ending the scan; once more to quit at once")
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel()
	}
}

// errPipe says that nobody reads the output any more.
var errPipe = errors.New("nobody reads the output")

// withoutPipe makes errPipe of the error of writing to a closed pipe.
func withoutPipe(err error) error {
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return errPipe
	}
	return err
}

// isTerminal tells whether a stream is one that a person looks at.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
