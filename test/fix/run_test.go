package fix_test

import (
	"bytes"
	"context"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ecsentry/ecsentry/internal/cli"
	"github.com/ecsentry/ecsentry/test/program"
)

// run runs the program within the test, in the current folder.
func run(stdin string, args ...string) program.Result {
	var stdout, stderr bytes.Buffer
	code := cli.Main(context.Background(), cli.Process{
		Args: args, Stdin: strings.NewReader(stdin), Stdout: &stdout, Stderr: &stderr,
		Getenv: func(string) string { return "" }, Now: time.Now, Version: "v0.0.0-test",
	})
	return program.Result{Stdout: stdout.String(), Stderr: stderr.String(), Code: code}
}

// verdicts are those of a scan: by resource and control.
func verdicts(t testing.TB, args ...string) map[string]map[string]string {
	t.Helper()
	return run("", append([]string{"scan", "--format", "json"}, args...)...).Report(t).Verdicts()
}

// patterns holds a text against patterns, one a line; those behind an exclamation
// mark must not match.
func patterns(t testing.TB, what, text, lines string) {
	t.Helper()
	for line := range strings.Lines(lines) {
		line = strings.TrimSuffix(line, "\n")
		pattern, not := strings.CutPrefix(line, "! ")
		if pattern == "" {
			continue
		}
		if regexp.MustCompile(`(?m)`+pattern).MatchString(text) == not {
			t.Errorf("%s: %q, but it is\n%s", what, line, text)
		}
	}
}

const hiddenMark = "# values are hidden in the next hunk: git does not apply it\n"

// hunks parts a difference into the hunks that git takes and those that hide
// something, each kind with the heads of its files.
func hunks(diff string) (open, hidden string) {
	var head string
	headed := map[bool]string{}
	parts := map[bool]*strings.Builder{false: {}, true: {}}
	hides, inHunk := false, false
	for line := range strings.Lines(diff) {
		switch {
		case strings.HasPrefix(line, "--- ") && !inHunk, strings.HasPrefix(line, "--- a/"), strings.HasPrefix(line, `--- "a/`):
			head, inHunk, hides = line, false, false
			continue
		case !inHunk && strings.HasPrefix(line, "+++ "):
			head += line
			continue
		case line == hiddenMark:
			hides, inHunk = true, false
			continue
		case strings.HasPrefix(line, "@@ "):
			if inHunk { // no mark before it
				hides = false
			}
			inHunk = true
			if headed[hides] != head {
				headed[hides] = head
				parts[hides].WriteString(head)
			}
		}
		parts[hides].WriteString(line)
	}
	return parts[false].String(), parts[true].String()
}

// git applies a difference to the current folder, as git apply does.
func git(t testing.TB, diff string, flags ...string) error {
	t.Helper()
	cmd := exec.Command("git", append([]string{"apply"}, flags...)...)
	cmd.Env = append(program.CleanEnv(), "GIT_CEILING_DIRECTORIES=/", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
	cmd.Stdin = strings.NewReader(diff)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Logf("git apply: %s", out)
	}
	return err
}
