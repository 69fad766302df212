// Package program builds ecsentry and runs it, for tests that want the program
// as its users have it: a static binary in a process of its own.
package program

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	// The tests must not count as unchanged when the program has changed.
	_ "github.com/ecsentry/ecsentry/internal/cli"
)

// patience is how long one run may take before the test gives up on it.
const patience = 2 * time.Minute

// A Program is a built ecsentry.
type Program struct {
	Path string   // of the binary
	Env  []string // added to an environment without settings of AWS
	Dir  string   // where it runs; "" for the test's own folder
}

// A Result is what a run left.
type Result struct {
	Stdout, Stderr string
	Code           int
}

// Build builds the static binary for this test.
func Build(t testing.TB) *Program {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ecsentry")
	build := exec.Command("go", "build", "-o", path, "github.com/ecsentry/ecsentry/cmd/ecsentry")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build ecsentry: %v\n%s", err, out)
	}
	return &Program{Path: path}
}

// Run runs the program with these arguments and nothing on its standard input.
func (p *Program) Run(t testing.TB, args ...string) Result {
	t.Helper()
	return p.Feed(t, "", args...)
}

// Feed runs the program with a text on its standard input.
func (p *Program) Feed(t testing.TB, stdin string, args ...string) Result {
	t.Helper()
	return p.Wrapped(t, nil, stdin, args...)
}

// Wrapped runs the program by another command, such as strace.
func (p *Program) Wrapped(t testing.TB, by []string, stdin string, args ...string) Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()

	words := append(append(append([]string{}, by...), p.Path), args...)
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir = p.Dir
	cmd.Env = append(CleanEnv(), p.Env...)
	cmd.Stdin = strings.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr

	err := cmd.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		t.Fatalf("run %s: %v", strings.Join(words, " "), err)
	}
	if ctx.Err() != nil {
		t.Fatalf("run %s: still running after %v\n%s", strings.Join(words, " "), patience, &stderr)
	}
	return Result{Stdout: stdout.String(), Stderr: stderr.String(), Code: cmd.ProcessState.ExitCode()}
}

// CleanEnv is the environment without what steers AWS clients and terminals, so
// that no test meets a real account.
func CleanEnv() []string {
	var env []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "AWS_") && !strings.HasPrefix(e, "NO_COLOR=") {
			env = append(env, e)
		}
	}
	return append(env,
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE="+os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE="+os.DevNull)
}

// Root is the top folder of the module.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = parent
	}
}
