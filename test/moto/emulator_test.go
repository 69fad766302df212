package moto

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ecsentry/ecsentry/test/program"
)

const region = "eu-central-1"

// An emulator is a running moto_server, and the AWS command line that talks to it.
type emulator struct {
	t    *testing.T
	root string
	env  []string
}

// start starts moto_server on a loopback port of its own until the test ends.
func start(t *testing.T) *emulator {
	t.Helper()
	root := program.Root(t)
	server := filepath.Join(root, ".venv", "bin", "moto_server")
	if _, err := os.Stat(server); err != nil {
		t.Fatalf("moto is not installed: %v; make venv installs it, and make test says so where it cannot", err)
	}
	port := freePort(t)
	ctx, cancel := context.WithCancel(context.Background())
	var log bytes.Buffer
	cmd := exec.CommandContext(ctx, server, "-H", "127.0.0.1", "-p", port)
	cmd.Stdout, cmd.Stderr = &log, &log
	cmd.Env = program.CleanEnv()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = cmd.Wait() // it was killed
	})
	endpoint := "http://127.0.0.1:" + port
	wait(t, endpoint, &log)
	return &emulator{t: t, root: root, env: []string{
		"AWS_ENDPOINT_URL=" + endpoint,
		"AWS_ACCESS_KEY_ID=testing", "AWS_SECRET_ACCESS_KEY=testing",
		"AWS_REGION=" + region, "AWS_DEFAULT_REGION=" + region,
	}}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
}

func wait(t *testing.T, endpoint string, log *bytes.Buffer) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		resp, err := http.Get(endpoint + "/moto-api/")
		if err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("moto_server did not answer at %s:\n%s", endpoint, log)
}

// ecs runs `aws ecs …` and returns what it printed.
func (e *emulator) ecs(args ...string) string { return e.aws(append([]string{"ecs"}, args...)...) }

// aws runs `aws …` and returns what it printed.
func (e *emulator) aws(args ...string) string {
	e.t.Helper()
	cmd := exec.Command(filepath.Join(e.root, ".venv", "bin", "aws"), args...)
	cmd.Env = append(program.CleanEnv(), e.env...)
	cmd.Dir = e.root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		e.t.Fatalf("aws %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return string(out)
}

// save writes what `aws ecs …` prints into a file.
func (e *emulator) save(file string, args ...string) {
	e.t.Helper()
	if err := os.WriteFile(file, []byte(e.ecs(args...)), 0o600); err != nil {
		e.t.Fatal(err)
	}
}
