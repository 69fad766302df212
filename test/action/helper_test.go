package action

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

	"github.com/ecsentry/ecsentry/test/program"
)

// A step is a run of one of the scripts, as a runner makes it.
type step struct {
	script string
	dir    string
	env    map[string]string
	path   string // put before PATH
}

// A result is what a step left.
type result struct {
	code                  int
	log                   string
	outputs               map[string]string
	path, summary, folder string
}

// run runs a script. Whatever the values in its environment hold, a file named pwned
// must not come into being.
func run(t *testing.T, s step) result {
	t.Helper()
	folder := t.TempDir()
	if s.dir == "" {
		s.dir = t.TempDir()
	}
	script := filepath.Join(program.Root(t), "action", s.script)
	if _, err := os.ReadFile(script); err != nil { // so that Go knows that the test depends on it
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, "bash", script)
	cmd.Dir = s.dir
	file := func(name string) string { return filepath.Join(folder, name) }
	search := os.Getenv("PATH")
	if s.path != "" {
		search = s.path + string(os.PathListSeparator) + search
	}
	cmd.Env = append(program.CleanEnv(), "PATH="+search, "RUNNER_OS=Linux", "RUNNER_ARCH="+runnerArch(), "RUNNER_TEMP="+folder,
		"GITHUB_OUTPUT="+file("output"), "GITHUB_PATH="+file("path"), "GITHUB_STEP_SUMMARY="+file("summary"), "GITHUB_REPOSITORY=owner/name",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull)
	for name, value := range s.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	r := result{code: cmd.ProcessState.ExitCode(), log: log.String(), outputs: map[string]string{}, folder: folder}
	read := func(name string) string {
		data, err := os.ReadFile(file(name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return string(data)
	}
	for line := range strings.Lines(read("output")) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if _, twice := r.outputs[name]; twice {
			t.Errorf("the output %s is set twice", name)
		}
		r.outputs[name] = value
	}
	r.path, r.summary = strings.TrimSpace(read("path")), read("summary")
	for _, dir := range []string{s.dir, folder} {
		if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
			t.Errorf("a value was run as a command: %v\n%s", s.env, r.log)
		}
	}
	return r
}

// fails wants an error that the runner shows, with that text.
func (r result) fails(t *testing.T, want string) {
	t.Helper()
	if r.code == 0 || !strings.Contains(r.log, "::error title=ecsentry::") || !strings.Contains(r.log, want) {
		t.Errorf("exit code %d, want an error with %q:\n%s", r.code, want, r.log)
	}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}
