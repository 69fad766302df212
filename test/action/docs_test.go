package action

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/ecsentry/ecsentry/test/program"
)

// snippets are the blocks of docs/ci.md in a language, by what they hold.
func snippets(t *testing.T, language string) (out []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(program.Root(t), "docs", "ci.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		out = append(out, m[1])
	}
	return out
}

func snippet(t *testing.T, language, with string) string {
	t.Helper()
	for _, s := range snippets(t, language) {
		if strings.Contains(s, with) {
			return s
		}
	}
	t.Fatalf("docs/ci.md has no block of %s with %q", language, with)
	return ""
}

// What docs/ci.md shows is YAML, and the hooks that it names are there.
func TestSnippetsAreRight(t *testing.T) {
	for _, s := range snippets(t, "yaml") {
		var any any
		if err := yaml.Unmarshal([]byte(s), &any); err != nil {
			t.Errorf("%v:\n%s", err, s)
		}
	}
	hooks, err := os.ReadFile(filepath.Join(program.Root(t), ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`- id: (\S+)`).FindAllStringSubmatch(strings.Join(snippets(t, "yaml"), "\n"), -1)
	for _, m := range named {
		if !strings.Contains(string(hooks), "- id: "+m[1]+"\n") {
			t.Errorf("there is no hook %s", m[1])
		}
	}
	if len(named) < 2 {
		t.Error("docs/ci.md names no hooks")
	}
}

// shell runs a command of docs/ci.md, with ecsentry on the path.
func shell(t *testing.T, p *program.Program, dir, command string, env ...string) (string, int) {
	t.Helper()
	cmd := exec.Command("bash", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(append(program.CleanEnv(), "PATH="+filepath.Dir(p.Path)+string(os.PathListSeparator)+os.Getenv("PATH")), env...)
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}

// The script for GitLab writes the reports that the job names, and fails for what is
// new only where there is something to compare with.
func TestGitLab(t *testing.T) {
	p := program.Build(t)
	var jobs map[string]struct {
		Script    []string
		Artifacts struct{ Reports map[string]string }
	}
	if err := yaml.Unmarshal([]byte(snippet(t, "yaml", "CI_MERGE_REQUEST_DIFF_BASE_SHA")), &jobs); err != nil {
		t.Fatal(err)
	}
	job := jobs["ecsentry"]
	if len(job.Script) != 1 || len(job.Artifacts.Reports) != 2 {
		t.Fatalf("the job is %+v", job)
	}
	dir := t.TempDir()
	git(t, dir, "init", "-q")
	write(t, dir, map[string]string{"bad.json": bad})
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "-m", "one")
	if out, code := shell(t, p, dir, job.Script[0]); code != 1 {
		t.Errorf("on a branch: exit code %d\n%s", code, out)
	}
	base := "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + git(t, dir, "rev-parse", "HEAD")
	if out, code := shell(t, p, dir, job.Script[0], base); code != 0 {
		t.Errorf("in a merge request: exit code %d\n%s", code, out)
	}
	quality, err := os.ReadFile(filepath.Join(dir, job.Artifacts.Reports["codequality"]))
	var issues []map[string]any
	if err != nil || json.Unmarshal(quality, &issues) != nil || len(issues) != 1 {
		t.Errorf("Code Quality: %v %s", err, quality)
	}
	junit, err := os.ReadFile(filepath.Join(dir, job.Artifacts.Reports["junit"]))
	var suites struct {
		XMLName xml.Name `xml:"testsuites"`
	}
	if err != nil || xml.Unmarshal(junit, &suites) != nil {
		t.Errorf("JUnit: %v %s", err, junit)
	}
}

// The command for other hook managers judges what is staged, and says nothing where
// nothing is.
func TestStaged(t *testing.T) {
	p := program.Build(t)
	command := snippet(t, "sh", "git diff --cached")
	dir := t.TempDir()
	git(t, dir, "init", "-q")
	write(t, dir, map[string]string{"a b.json": good, "gone.json": good})
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "-m", "one")
	if out, code := shell(t, p, dir, command); code != 0 || out != "" {
		t.Errorf("nothing staged: exit code %d\n%s", code, out)
	}
	git(t, dir, "rm", "-q", "gone.json")
	write(t, dir, map[string]string{"a b.json": bad, "-q.json": good, "notes.md": "# [", "not-staged.json": bad})
	git(t, dir, "add", "--", "a b.json", "-q.json", "notes.md")
	out, code := shell(t, p, dir, command)
	if code == 0 || !strings.Contains(out, "a b.json") || strings.Contains(out, "notes.md") || strings.Contains(out, "not-staged") || strings.Contains(out, "gone.json") {
		t.Errorf("exit code %d\n%s", code, out)
	}
}
