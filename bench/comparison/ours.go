package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// A verdict is what ecsentry says of the resource of a case.
type verdict struct {
	status string
	reason string // the first that has this status
}

// ours builds ecsentry and judges each case.
func ours(ctx context.Context, root string, all []aCase) (map[string]verdict, error) {
	dir, err := os.MkdirTemp("", "ecsentry-comparison-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	program := filepath.Join(dir, "ecsentry")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/ecsentry") //nolint:gosec // our own sources
	build.Dir, build.Env = root, environment("CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build ./cmd/ecsentry: %w\n%s", err, out)
	}
	out := map[string]verdict{}
	for _, c := range all {
		v, err := judge(ctx, program, root, c)
		if err != nil {
			return nil, fmt.Errorf("judge %s: %w", c.name, err)
		}
		out[c.name] = v
	}
	return out, nil
}

func judge(ctx context.Context, program, root string, c aCase) (verdict, error) {
	cmd := exec.CommandContext(ctx, program, "scan", "--format", "json", "--fail-on", "never", c.input()) //nolint:gosec // ours
	cmd.Dir, cmd.Env = root, environment()
	printed, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return verdict{}, fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return verdict{}, err
	}
	var report struct {
		Findings []struct {
			Control, Status string
			Resource        struct{ ID string }
			Reasons         []struct{ Status, Subject, Message string }
		}
	}
	if err := json.Unmarshal(printed, &report); err != nil {
		return verdict{}, err
	}
	for _, f := range report.Findings {
		if f.Control != c.control || f.Resource.ID != c.resource {
			continue
		}
		v := verdict{status: f.Status}
		for _, r := range f.Reasons {
			if r.Status == f.Status {
				v.reason = r.Message
				if r.Subject != "" {
					v.reason = r.Subject + " " + r.Message
				}
				break
			}
		}
		return v, nil
	}
	return verdict{}, fmt.Errorf("no finding of %s on %s", c.control, c.resource)
}
