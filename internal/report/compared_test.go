package report

import (
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
)

// A run that was compared with another says how many failures are new, and which
// ones: the comment on a pull request first of all.
func TestCompared(t *testing.T) {
	const raw = "Resources: T"
	text := &fakeText{name: "web.yaml", raw: raw}
	var found []ecsentry.Finding
	for i, name := range []string{"Old", "New"} {
		id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: name, Name: name, At: at(text, raw, "T", nil, "")}
		f := finding(control("ECS.5", ecsentry.High, ecsentry.TaskDefinition, "t"), id,
			ecsentry.Reason{Outcome: ecsentry.Failed, Message: "is bad", At: id.At})
		f.Known = i == 0
		found = append(found, f)
	}
	r := &ecsentry.Report{Findings: ecsentry.Hold(found...)}
	for format, want := range map[string][]string{
		"text":     {"\n2 failed, 0 unknown, 0 passed;"},
		"markdown": {"## ecsentry: 2 failed, 0 unknown, 0 passed\n", "<details open><summary>2 failures</summary>"},
	} {
		has(t, format, string(write(t, format, r, Options{})), want)
	}
	r.ComparedWith = "main"
	for format, want := range map[string][]string{
		"text":    {"\n2 failed (1 new), 0 unknown, 0 passed;", "definition Old is bad (known)"},
		"compact": {"Old: is bad (known)\n", "New: is bad\n"},
		"html":    {"2 failed (1 new), 0 unknown, 0 passed"},
		"markdown": {
			"## ecsentry: 2 failed (1 new), 0 unknown, 0 passed\n",
			"<details open><summary>1 new failure</summary>\n\n- **ECS.5** High · task definition New is bad",
			"<details><summary>1 known failure</summary>\n\n- **ECS.5** High · task definition Old is bad",
		},
	} {
		has(t, format, string(write(t, format, r, Options{})), want)
	}
}

func has(t *testing.T, format, got string, want []string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%s has no %q:\n%s", format, w, got)
		}
	}
}
