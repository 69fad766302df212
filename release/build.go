package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

const module = "github.com/ecsentry/ecsentry"

// build builds the static binary for a platform. The environment's own wishes about
// how to build don't count, but for where caches and modules are.
func (r *Release) build(ctx context.Context, p Platform, out string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	link := "-s -w -X main.version=" + r.Version + " -X main.commit=" + r.Commit
	// Without -buildvcs=false the bytes would depend on whether the sources are a clone,
	// and on the tags that it has.
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", link, "-o", out, "./cmd/ecsentry") //nolint:gosec // the arguments are ours
	cmd.Dir = r.Root
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch name {
		case "GOFLAGS", "GOOS", "GOARCH", "GOAMD64", "GOARM64", "GOEXPERIMENT", "CGO_ENABLED", "GOFIPS140", "GOWORK":
		default:
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "GOENV=off", "GOFLAGS=-mod=readonly", "GOWORK=off", "CGO_ENABLED=0", "GOOS="+p.OS, "GOARCH="+p.Arch, "GOAMD64=v1", "GOARM64=v8.0")
	// What is configured with go env -w is passed on, where it is about modules.
	for _, name := range []string{"GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GONOPROXY", "GOMODCACHE", "GOCACHE", "GOPATH"} {
		value, err := exec.CommandContext(ctx, "go", "env", name).Output() //nolint:gosec // one of the names above
		if err != nil {
			return fmt.Errorf("go env %s: %w", name, err)
		}
		cmd.Env = append(cmd.Env, name+"="+strings.TrimSpace(string(value)))
	}
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build for %s: %w\n%s", p, err, text)
	}
	return nil
}

// host is the platform of this machine, whose binary can be asked.
func host() Platform { return Platform{runtime.GOOS, runtime.GOARCH} }
