package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const emulatedRegion = "us-east-1"

// An account is an emulated one: moto's server on the loopback interface.
type account struct {
	root   string
	env    []string
	subnet string
	server *exec.Cmd
}

// emulate starts the emulator that test/venv installs.
func emulate(ctx context.Context, root string) (*account, error) {
	program := filepath.Join(root, ".venv", "bin", "moto_server")
	if _, err := os.Stat(program); err != nil {
		return nil, errors.New("the emulator of AWS is not installed: make venv")
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	l.Close()
	_, port, _ := strings.Cut(address, ":")
	a := &account{
		root: root,
		env: environment("AWS_ENDPOINT_URL=http://"+address, "AWS_ACCESS_KEY_ID=testing", "AWS_SECRET_ACCESS_KEY=testing",
			"AWS_REGION="+emulatedRegion, "AWS_DEFAULT_REGION="+emulatedRegion, "AWS_EC2_METADATA_DISABLED=true",
			"AWS_CONFIG_FILE="+os.DevNull, "AWS_SHARED_CREDENTIALS_FILE="+os.DevNull),
		server: exec.CommandContext(ctx, program, "-H", "127.0.0.1", "-p", port), //nolint:gosec // ours
	}
	if err := a.server.Start(); err != nil {
		return nil, err
	}
	if err := a.wait(ctx, "http://"+address+"/moto-api/"); err != nil {
		a.stop()
		return nil, err
	}
	if a.subnet, err = a.aws(ctx, "ec2", "describe-subnets", "--query", "Subnets[0].SubnetId", "--output", "text"); err != nil {
		a.stop()
		return nil, err
	}
	a.subnet = strings.TrimSpace(a.subnet)
	return a, nil
}

func (a *account) wait(ctx context.Context, url string) error {
	for range 300 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
		if err != nil {
			return err
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			return resp.Body.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("the emulator of AWS does not answer")
}

func (a *account) stop() {
	_ = a.server.Process.Kill()
	_ = a.server.Wait() // it was killed
}

// make makes the resources of a case: each file of its folder account is the
// input of the action that it is named after.
func (a *account) make(ctx context.Context, c aCase, dir string) error {
	files, err := filepath.Glob(filepath.Join(a.root, c.folder(), "account", "*.json"))
	if err != nil {
		return err
	}
	if (len(files) == 0) != (c.account == "") {
		return errors.New("has a name in the account without files for it, or the other way round")
	}
	slices.Sort(files)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		input := filepath.Join(dir, "input.json")
		if err := os.WriteFile(input, []byte(strings.ReplaceAll(string(text), "SUBNET", a.subnet)), 0o600); err != nil { //nolint:gosec // in our temporary folder
			return err
		}
		_, action, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".json"), "-")
		if _, err := a.aws(ctx, "ecs", action, "--cli-input-json", "file://"+input); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
	}
	return nil
}

func (a *account) aws(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(a.root, ".venv", "bin", "aws"), args...) //nolint:gosec // ours
	cmd.Env = a.env
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("%w: %s", err, exit.Stderr)
	}
	return string(out), err
}
