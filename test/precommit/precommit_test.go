package precommit

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

// A workplace is a repository of somebody who uses the hooks.
type workplace struct {
	t         *testing.T
	precommit string
	dir       string
	env       []string
}

func (w *workplace) run(dir, name string, args ...string) (string, int) {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), 5*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, w.env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		w.t.Fatalf("%s %v: %v\n%s", name, args, err, out.String())
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

func (w *workplace) must(dir, name string, args ...string) string {
	w.t.Helper()
	out, code := w.run(dir, name, args...)
	if code != 0 {
		w.t.Fatalf("%s %v: exit code %d\n%s", name, args, code, out)
	}
	return strings.TrimSpace(out)
}

// write makes the repository hold these files, staged, and nothing else new.
func (w *workplace) write(files map[string]string) {
	w.t.Helper()
	w.must(w.dir, "git", "rm", "-r", "-q", "--cached", "--ignore-unmatch", ".")
	for name, text := range files {
		path := filepath.Join(w.dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			w.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			w.t.Fatal(err)
		}
		w.must(w.dir, "git", "add", "--", name)
	}
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return name + "=" + strings.TrimSpace(string(out))
}

// open makes the two repositories and installs the hooks.
func open(t *testing.T) *workplace {
	t.Helper()
	root := program.Root(t)
	w := &workplace{t: t, precommit: filepath.Join(root, ".venv", "bin", "pre-commit"), dir: filepath.Join(t.TempDir(), "work")}
	if _, err := os.Stat(w.precommit); err != nil {
		t.Fatalf("pre-commit is not installed: %v; make venv installs it, and make test says so where it cannot", err)
	}
	home := t.TempDir()
	// GOPROXY=off: what Go's caches lack is an error, not a download.
	w.env = append(program.CleanEnv(), "HOME="+home, "PRE_COMMIT_HOME="+filepath.Join(home, "pre-commit"), "PRE_COMMIT_COLOR=never",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com",
		"GOPROXY=off", "GOSUMDB=off", "GOFLAGS="+os.Getenv("GOFLAGS"), "SKIP=", goEnv(t, "GOMODCACHE"), goEnv(t, "GOCACHE"))

	hooks := filepath.Join(home, "hooks")
	list := w.must(root, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	for name := range strings.SplitSeq(strings.TrimRight(list, "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // removed, and not yet committed
		}
		if err == nil {
			err = errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(hooks, name)), 0o755), os.WriteFile(filepath.Join(hooks, name), data, 0o644))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w.must(hooks, "git", "init", "-q")
	w.must(hooks, "git", "add", "-A")
	w.must(hooks, "git", "commit", "-q", "-m", "all")
	w.must(hooks, w.precommit, "validate-manifest", ".pre-commit-hooks.yaml")

	if err := os.Mkdir(w.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	config := "repos:\n- repo: " + hooks + "\n  rev: " + w.must(hooks, "git", "rev-parse", "HEAD") + "\n  hooks:\n  - id: ecsentry\n  - id: ecsentry-all\n    stages: [manual]\n"
	if err := os.WriteFile(filepath.Join(w.dir, ".pre-commit-config.yaml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	w.must(w.dir, "git", "init", "-q")
	w.must(w.dir, w.precommit, "install-hooks")
	return w
}

const (
	good     = `{"family": "g", "containerDefinitions": [{"name": "app", "readonlyRootFilesystem": true, "logConfiguration": {"logDriver": "awslogs"}}]}`
	bad      = `{"family": "b", "containerDefinitions": [{"name": "app", "logConfiguration": {"logDriver": "awslogs"}}]}`
	broken   = `{"family": "b", "containerDefinitions": [`
	chart    = "metadata:\n  name: {{ .Release.Name }}\n{{- if .Values.x }}\n"
	manifest = `{"name": "app", "dependencies": {}}`
	module   = `resource "aws_ecs_task_definition" "t" {
  family                = "t"
  container_definitions = jsonencode([{ name = "app", logConfiguration = { logDriver = "awslogs" } }])
}
`
)

func TestHooks(t *testing.T) {
	w := open(t)
	for _, tt := range []struct {
		name  string
		stage string
		files map[string]string
		fails bool
		want  []string
		not   []string
	}{
		{"a failure among files that are not ours", "pre-commit",
			map[string]string{"ecs/bad.json": bad, "good.json": good, "chart.yaml": chart, "package.json": manifest, "README.md": "# containerDefinitions: ["},
			true, []string{"ecs/bad.json:1:42: FAILED ECS.5 app: can write to its root filesystem"}, []string{"chart.yaml", "package.json", "README", "good.json"}},
		{"what is right", "pre-commit", map[string]string{"good.json": good, "chart.yaml": chart}, false, []string{"Passed"}, nil},
		{"nothing of ours", "pre-commit", map[string]string{"chart.yaml": chart, "package.json": manifest}, false, []string{"Passed"}, nil},
		{"no file that could be ours", "pre-commit", map[string]string{"main.go": "package main"}, false, []string{"(no files to check)Skipped"}, nil},
		{"ours and broken", "pre-commit", map[string]string{"broken.json": broken}, true, []string{"gap: broken.json: line 1"}, nil},
		{"a module of Terraform", "pre-commit", map[string]string{"infra/main.tf": module}, true, []string{"infra/main.tf:3:", "FAILED ECS.5 app"}, nil},
		{"names that look like flags, and have blanks", "pre-commit",
			map[string]string{"--fail-on=never.json": bad, "-h.json": good, "a b.json": bad}, true,
			[]string{"--fail-on=never.json:1:42: FAILED", "a b.json:1:42: FAILED"}, []string{"Usage:"}},
		{"the whole repository", "manual", map[string]string{"new.yaml": "a: 1"}, true, []string{"ecs/bad.json:1:42: FAILED"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w.t = t
			w.write(tt.files)
			out, code := w.run(w.dir, w.precommit, "run", "--hook-stage", tt.stage)
			if (code != 0) != tt.fails {
				t.Errorf("exit code %d", code)
			}
			for _, want := range tt.want {
				if !strings.Contains(out, want) {
					t.Errorf("lacks %q", want)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(out, not) {
					t.Errorf("has %q", not)
				}
			}
			if t.Failed() {
				t.Log(out)
			}
		})
	}
}
