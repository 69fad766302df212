package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A lab holds what the figures need: a folder and the programs.
type lab struct {
	dir      string
	self     string // the bench itself
	ecsentry string
	bare     string // does nothing
	env      []string
	progress io.Writer
}

func newLab(ctx context.Context, progress io.Writer) (*lab, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "ecsentry-bench-")
	if err != nil {
		return nil, err
	}
	l := &lab{
		dir: dir, self: self, env: cleanEnv(), progress: progress,
		ecsentry: filepath.Join(dir, "ecsentry"), bare: filepath.Join(dir, "bare"),
	}
	if err := l.build(ctx); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (l *lab) close() {
	if err := os.RemoveAll(l.dir); err != nil {
		_, _ = fmt.Fprintf(l.progress, "could not remove %s: %v\n", l.dir, err)
	}
}

// build builds the programs, as `make build` does.
func (l *lab) build(ctx context.Context) error {
	source := filepath.Join(l.dir, "bare.go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o600); err != nil {
		return err
	}
	for target, what := range map[string]string{
		l.ecsentry: "github.com/ecsentry/ecsentry/cmd/ecsentry",
		l.bare:     source,
	} {
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", target, what) //nolint:gosec // our own sources
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("go build %s: %w\n%s", what, err, out)
		}
	}
	return nil
}

// cleanEnv is the environment without what steers AWS clients, terminals and the
// Go runtime.
func cleanEnv() []string {
	env := slices.DeleteFunc(os.Environ(), func(e string) bool {
		return strings.HasPrefix(e, "AWS_") || strings.HasPrefix(e, "NO_COLOR=") ||
			strings.HasPrefix(e, "GOGC=") || strings.HasPrefix(e, "GOMEMLIMIT=") ||
			strings.HasPrefix(e, "GOMAXPROCS=") || strings.HasPrefix(e, "GODEBUG=")
	})
	return append(env,
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE="+os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE="+os.DevNull)
}

// command makes a command with an environment of the lab.
func (l *lab) command(stdout string, env []string, args ...string) command {
	return command{Args: args, Env: append(slices.Clone(l.env), env...), Stdout: stdout}
}

// run runs a job and returns the samples of each of its commands.
func (l *lab) run(ctx context.Context, j job) ([][]sample, error) {
	job, err := json.Marshal(j)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, l.self, runnerCommand) //nolint:gosec // this program
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	cmd.Stdin = bytes.NewReader(job)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, strings.TrimSpace(errs.String()))
	}
	var samples [][]sample
	if err := json.Unmarshal(out.Bytes(), &samples); err != nil {
		return nil, fmt.Errorf("read the samples: %w", err)
	}
	return samples, nil
}

// savedReport is what the figures need of a JSON report.
type savedReport struct {
	Scan struct {
		Complete bool `json:"complete"`
	} `json:"scan"`
	Summary struct {
		Resources int `json:"resources"`
	} `json:"summary"`
	Findings []struct {
		Status string `json:"status"`
	} `json:"findings"`
	Gaps []struct {
		Scope string `json:"scope"`
	} `json:"gaps"`
}

// check makes sure that a scan did its work: a fast one that loses something is
// no figure.
func check(file string, resources, findings int) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var r savedReport
	if err := json.Unmarshal(data, &r); err != nil {
		return fmt.Errorf("read the report: %w", err)
	}
	if !r.Scan.Complete || len(r.Gaps) > 0 || r.Summary.Resources != resources || len(r.Findings) != findings {
		return fmt.Errorf("the scan lost something: complete is %v, %d gaps; %d resources, want %d; %d findings, want %d",
			r.Scan.Complete, len(r.Gaps), r.Summary.Resources, resources, len(r.Findings), findings)
	}
	return nil
}
