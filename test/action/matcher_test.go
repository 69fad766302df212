package action

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/test/program"
)

// A problem is what a matcher makes of a line.
type problem struct{ Severity, File, Line, Column, Code, Message string }

type matcher struct {
	Owner, Severity string
	Pattern         []struct {
		Regexp                            string
		File, Line, Column, Code, Message int
	}
}

func matchers(t *testing.T) []matcher {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(program.Root(t), "action", "matcher.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct{ ProblemMatcher []matcher }
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m.ProblemMatcher
}

// problems are those that a runner would show of what was printed.
func problems(t *testing.T, printed string) (out []problem) {
	t.Helper()
	for line := range strings.Lines(printed) {
		line = strings.TrimSuffix(line, "\n")
		n := len(out)
		for _, m := range matchers(t) {
			p := m.Pattern[0]
			if found := regexp.MustCompile(p.Regexp).FindStringSubmatch(line); found != nil {
				out = append(out, problem{m.Severity, found[p.File], found[p.Line], found[p.Column], found[p.Code], found[p.Message]})
			}
		}
		if len(out) > n+1 {
			t.Errorf("two matchers take %q", line)
		}
	}
	return out
}

// Each line of the format compact is a problem at its place, whatever names are in it;
// no other line that ecsentry prints is one.
func TestMatcher(t *testing.T) {
	ecsentry := program.Build(t)
	ecsentry.Dir = t.TempDir()
	container := func(name string) string {
		return `{"family": "f", "containerDefinitions": [{"name": ` + name + `, "logConfiguration": {"logDriver": "awslogs"}}]}`
	}
	write(t, ecsentry.Dir, map[string]string{
		"a.json":             bad,
		"b/o.json":           open,
		"c d:9.json":         bad,
		"e (1:2).json":       bad,
		"ü.json":             bad,
		"::error::.json":     bad,
		"f.json":             container(`"x.json:7:7: FAILED ECS.1 y: z"`),
		"g.json":             container(`"two\nlines.json:1:1: FAILED ECS.4 z: is privileged"`),
		"h\nh:1:1: x.json":   bad,
		"i.json":             container(`"\u001b[31mred"`),
		"broken.json":        `{"containerDefinitions": [`,
		"ecsentry-good.json": good,
	})
	r := ecsentry.Run(t, "scan", "--format", "compact", ".")
	const cannot = "can write to its root filesystem"
	want := []problem{
		{"error", "::error::.json", "1", "42", "ECS.5", "app: " + cannot},
		{"error", "a.json", "1", "42", "ECS.5", "app: " + cannot},
		{"warning", "b/o.json", "1", "84", "ECS.5", ""},
		{"error", "c d:9.json", "1", "42", "ECS.5", "app: " + cannot},
		{"error", "e (1:2).json", "1", "42", "ECS.5", "app: " + cannot},
		{"error", "f.json", "1", "42", "ECS.5", "x.json:7:7: FAILED ECS.1 y: z: " + cannot},
		{"error", "g.json", "1", "42", "ECS.5", "two␊lines.json:1:1: FAILED ECS.4 z: is privileged: " + cannot},
		{"error", "h␊h:1:1: x.json", "1", "42", "ECS.5", "app: " + cannot},
		{"error", "i.json", "1", "42", "ECS.5", "␛[31mred: " + cannot},
		{"error", "ü.json", "1", "42", "ECS.5", "app: " + cannot},
	}
	got := problems(t, r.Stdout)
	for i := range got {
		if got[i].Severity == "warning" && strings.HasPrefix(got[i].Message, "app: cannot tell whether it "+cannot) {
			got[i].Message = ""
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("problems (-want +got):\n%s\n%s", d, r.Stdout)
	}
	if n := strings.Count(r.Stdout, "\n"); n != len(want) {
		t.Errorf("%d lines for %d problems:\n%s", n, len(want), r.Stdout)
	}
	if none := problems(t, r.Stderr); len(none) > 0 || !strings.Contains(r.Stderr, "broken.json") {
		t.Errorf("problems in what is no report: %v\n%s", none, r.Stderr)
	}
	// Nor do the lines of other formats look like it.
	for _, format := range []string{"text", "markdown", "json"} {
		if none := problems(t, ecsentry.Run(t, "scan", "--format", format, "a.json", "b/o.json").Stdout); len(none) > 0 {
			t.Errorf("%s: %v", format, none)
		}
	}
}
