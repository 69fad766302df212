package action

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/test/program"
)

const (
	good = `{"family": "g", "containerDefinitions": [{"name": "app", "readonlyRootFilesystem": true, "logConfiguration": {"logDriver": "awslogs"}}]}`
	bad  = `{"family": "b", "containerDefinitions": [{"name": "app", "logConfiguration": {"logDriver": "awslogs"}}]}`
	open = `{"family": "o", "containerDefinitions": [{"name": "app", "readonlyRootFilesystem": "${X}", "logConfiguration": {"logDriver": "awslogs"}}]}`
)

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com",
		"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// counts are the outputs of a scan that are numbers.
func (r result) counts() map[string]string {
	out := map[string]string{}
	for _, name := range []string{"exit-code", "failed", "unknown", "passed", "new", "findings"} {
		if value, ok := r.outputs[name]; ok {
			out[name] = value
		}
	}
	return out
}

func TestScan(t *testing.T) {
	binary := program.Build(t).Path
	for _, tt := range []struct {
		name  string
		files map[string]string
		env   map[string]string
		want  map[string]string
		log   string // a regular expression
	}{
		{"nothing failed", map[string]string{"good.json": good}, nil,
			map[string]string{"exit-code": "0", "failed": "0", "unknown": "0", "passed": "6", "new": "", "findings": "0"}, `(?m)^$`},
		{"something failed", map[string]string{"good.json": good, "bad.json": bad, "open.json": open}, nil,
			map[string]string{"exit-code": "1", "failed": "1", "unknown": "1", "passed": "16", "new": "", "findings": "2"}, `(?m)^bad\.json:1:42: FAILED ECS\.5 app: `},
		{"below the level that fails", map[string]string{"bad.json": bad}, map[string]string{"INPUT_FAIL_ON": "critical"},
			map[string]string{"exit-code": "0", "failed": "1", "unknown": "0", "passed": "5", "new": "", "findings": "1"}, `FAILED ECS\.5`},
		{"paths and arguments", map[string]string{"a b/bad.json": bad, "c.json": bad, "d.json": bad},
			map[string]string{"INPUT_PATHS": "a b\r\n\nc.json\n", "INPUT_ARGS": "--controls\nECS.5,ECS.9\n"},
			map[string]string{"exit-code": "1", "failed": "2", "unknown": "0", "passed": "2", "new": "", "findings": "2"}, `(?m)^a b/bad\.json:`},
		{"a gap", map[string]string{"x.json": `{"containerDefinitions": [`}, nil,
			map[string]string{"exit-code": "3", "failed": "0", "unknown": "0", "passed": "0", "new": "", "findings": "0"}, `(?m)^gap: x\.json`},
		{"bad usage", map[string]string{"bad.json": bad}, map[string]string{"INPUT_FAIL_ON": "$(touch pwned)"}, map[string]string{"exit-code": "2"}, `is no level`},
		{"a path that is a command", map[string]string{"bad.json": bad}, map[string]string{"INPUT_PATHS": "`touch pwned`\n;touch pwned\n--help"},
			map[string]string{"exit-code": "2", "failed": "0", "unknown": "0", "passed": "0", "new": "", "findings": "0"}, `does not exist`},
		{"names that are commands of the runner", map[string]string{"::set-output name=exit-code::0.json": bad, "##[set-output name=x;]y.json": bad}, nil,
			map[string]string{"exit-code": "1", "failed": "2", "unknown": "0", "passed": "10", "new": "", "findings": "2"}, `(?m)^::set-output name=exit-code::0\.json:1`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, tt.files)
			env := map[string]string{"ECSENTRY": binary}
			for name, value := range tt.env {
				env[name] = value
			}
			r := run(t, step{script: "scan.sh", dir: dir, env: env})
			if r.code != 0 { // the gate fails the job, later
				t.Errorf("exit code %d", r.code)
			}
			if d := cmp.Diff(tt.want, r.counts()); d != "" {
				t.Errorf("outputs (-want +got):\n%s", d)
			}
			if !regexp.MustCompile(tt.log).MatchString(r.log) {
				t.Errorf("the log has no %s", tt.log)
			}
			stopped(t, r.log)
			if tt.want["exit-code"] != "2" {
				reports(t, r)
			}
			if t.Failed() {
				t.Log(r.log)
			}
		})
	}
	t.Run("a bad key", func(t *testing.T) {
		run(t, step{script: "scan.sh", env: map[string]string{"ECSENTRY": binary, "INPUT_KEY": "../x"}}).fails(t, "key: want")
	})
	t.Run("without annotations", func(t *testing.T) {
		r := run(t, step{script: "scan.sh", env: map[string]string{"ECSENTRY": binary, "INPUT_ANNOTATE": "false"}})
		if r.code != 0 || strings.Contains(r.log, "matcher") {
			t.Errorf("exit code %d\n%s", r.code, r.log)
		}
	})
}

// stopped wants the runner's commands to be off while the scan speaks, with a word
// that nobody can guess, and on again at the end.
func stopped(t *testing.T, log string) {
	t.Helper()
	m := regexp.MustCompile(`(?ms)\A(?:::add-matcher::[^\n]*/matcher\.json\n)?::stop-commands::([0-9a-f]{32})\n(.*)^::([0-9a-f]{32})::\n`).FindStringSubmatch(log)
	if m == nil || m[1] != m[3] {
		t.Fatalf("commands of the runner are not stopped and resumed:\n%s", log)
	}
	if strings.Contains(m[2], m[1]) {
		t.Error("the word that resumes them is in what the scan says")
	}
}

// reports wants those that the outputs name to be there.
func reports(t *testing.T, r result) {
	t.Helper()
	for _, name := range []string{"json", "sarif", "markdown"} {
		data, err := os.ReadFile(r.outputs[name])
		if err != nil || len(data) == 0 {
			t.Errorf("%s: %q, %v", name, data, err)
		}
		if name != "markdown" && !json.Valid(data) {
			t.Errorf("%s is no JSON", name)
		}
		if name == "markdown" && string(data) != r.summary {
			t.Errorf("the job's summary is another one:\n%s", r.summary)
		}
	}
}

// On a pull request only what is new counts, also where the checkout is shallow.
func TestScanOnlyNew(t *testing.T) {
	binary := program.Build(t).Path
	origin := t.TempDir()
	git(t, origin, "init", "-q", "-b", "main")
	git(t, origin, "config", "uploadpack.allowAnySHA1InWant", "true")
	write(t, origin, map[string]string{"bad.json": bad})
	git(t, origin, "add", "-A")
	git(t, origin, "commit", "-q", "-m", "one")
	base := git(t, origin, "rev-parse", "HEAD")
	write(t, origin, map[string]string{"good.json": good})
	git(t, origin, "add", "-A")
	git(t, origin, "commit", "-q", "-m", "two")

	clone := filepath.Join(t.TempDir(), "clone")
	git(t, origin, "clone", "-q", "--depth=1", "file://"+origin, clone)
	env := map[string]string{"ECSENTRY": binary, "BASE_SHA": base}
	r := run(t, step{script: "scan.sh", dir: clone, env: env})
	want := map[string]string{"exit-code": "0", "failed": "1", "unknown": "0", "passed": "11", "new": "0", "findings": "1"}
	if d := cmp.Diff(want, r.counts()); d != "" || r.code != 0 {
		t.Errorf("known (-want +got):\n%s\n%s", d, r.log)
	}
	write(t, clone, map[string]string{"worse.json": bad})
	r = run(t, step{script: "scan.sh", dir: clone, env: env})
	want = map[string]string{"exit-code": "1", "failed": "2", "unknown": "0", "passed": "16", "new": "1", "findings": "2"}
	if d := cmp.Diff(want, r.counts()); d != "" || r.code != 0 {
		t.Errorf("new (-want +got):\n%s\n%s", d, r.log)
	}
	env["INPUT_ONLY_NEW"] = "false"
	if r = run(t, step{script: "scan.sh", dir: clone, env: env}); r.outputs["new"] != "" || r.outputs["exit-code"] != "1" {
		t.Errorf("compared all the same: %v\n%s", r.outputs, r.log)
	}
	env["INPUT_ONLY_NEW"] = "true"
	for _, sha := range []string{"main; touch pwned", "--upload-pack=touch pwned", "$(touch pwned)"} {
		env["BASE_SHA"] = sha
		run(t, step{script: "scan.sh", dir: clone, env: env}).fails(t, "no commit")
	}
	env["BASE_SHA"] = strings.Repeat("0", 40)
	run(t, step{script: "scan.sh", dir: clone, env: env}).fails(t, "cannot be fetched")
}

// The job ends as the scan did.
func TestGate(t *testing.T) {
	for code, want := range map[string]int{"0": 0, "1": 1, "2": 2, "3": 3, "": 2, "4": 2, "0;touch pwned": 2, "$(touch pwned)": 2} {
		r := run(t, step{script: "gate.sh", env: map[string]string{"EXIT_CODE": code}})
		if r.code != want || (want != 0) != strings.Contains(r.log, "::error") {
			t.Errorf("%q: exit code %d, want %d\n%s", code, r.code, want, r.log)
		}
	}
}
