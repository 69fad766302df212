package policy_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/policy"
)

// controls are enough to speak of; the catalogue's own are not needed here.
func controls() []*ecsentry.Control {
	return []*ecsentry.Control{
		{ID: "ECS.2", Severity: ecsentry.High, Parameters: []ecsentry.Parameter{{Name: "exemptEcsServiceArns", List: true}}},
		{ID: "ECS.5", Severity: ecsentry.High},
		{ID: "ECS.9", Severity: ecsentry.High},
		{ID: "ECS.10", Severity: ecsentry.Medium, Parameters: []ecsentry.Parameter{
			{Name: "latestLinuxVersion", Form: `[0-9]+(\.[0-9]+)*`, Wants: "a version"}, {Name: "skip", Form: "true", Wants: "true"},
		}},
		{ID: "ECS.12", Severity: ecsentry.Medium},
	}
}

const whole = `version: 1
controls: {disable: [{id: ECS.12, reason: "Insights are on account-wide"}]}
parameters: {ECS.2: {exemptEcsServiceArns: [a, b]}, ECS.10: {latestLinuxVersion: 1.4.0}}
severity: {ECS.5: LOW}
exclude: ["third_party/**"]
fail-on: high
exceptions:
  - controls: [ECS.5]
    resources: ["arn:aws:ecs:*:111122223333:task-definition/web:*", "WebTask"]
    containers: [log_router]
    images: ["*/aws-for-fluent-bit*"]
    paths: [infra/*]
    accounts: ["111122223333", 444455556666]
    regions: [eu-*]
    tags: {team: payments}
    reason: FireLens writes its buffer to the root file system, see SEC-123
    owner: platform@example.com
    expires: 2027-03-31
inline: {allow: [ECS.5, ECS.9]}
`

func TestParse(t *testing.T) {
	p, err := policy.Parse("ecsentry.yaml", []byte(whole), controls())
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Entries) != 1 {
		t.Fatalf("%d exceptions, want 1", len(p.Entries))
	}
	e := *p.Entries[0]
	if got := e.At.String(); got != "ecsentry.yaml:8:5" {
		t.Errorf("the exception is at %s", got)
	}
	e.At = policy.Entry{}.At
	want := policy.Entry{
		Controls: []string{"ECS.5"}, Resources: []string{"arn:aws:ecs:*:111122223333:task-definition/web:*", "WebTask"},
		Containers: []string{"log_router"}, Images: []string{"*/aws-for-fluent-bit*"}, Paths: []string{"infra/*"},
		Accounts: []string{"111122223333", "444455556666"}, Regions: []string{"eu-*"},
		Tags:   map[string][]string{"team": {"payments"}},
		Reason: "FireLens writes its buffer to the root file system, see SEC-123", Owner: "platform@example.com",
		Expires: "2027-03-31",
	}
	if d := cmp.Diff(want, e); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]string{"ECS.12": "Insights are on account-wide"}, p.Disabled); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(ecsentry.Settings{
		"ECS.2": {"exemptEcsServiceArns": {"a", "b"}}, "ECS.10": {"latestLinuxVersion": {"1.4.0"}},
	}, p.Settings); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]ecsentry.Severity{"ECS.5": ecsentry.Low}, p.Severity); d != "" {
		t.Error(d)
	}
	if p.FailOn.Text != "high" || len(p.Exclude) != 1 || p.Exclude[0].Pattern != "third_party/**" || !p.RequireExpiry {
		t.Errorf("fail-on %q, exclude %v, require-expiry %v", p.FailOn.Text, p.Exclude, p.RequireExpiry)
	}
	if d := cmp.Diff(map[string]bool{"ECS.5": true, "ECS.9": true}, p.Inline); d != "" {
		t.Error(d)
	}
}

func TestMistakes(t *testing.T) {
	entry := func(rest string) string {
		return "version: 1\nexceptions:\n  - controls: [ECS.5]\n    reason: why\n" + rest
	}
	for _, test := range []struct{ name, text, place, message, hint string }{
		{"empty", "", "1:1", "empty", "version: 1"},
		{"no version", "severity: {}", "1:1", "no version", "version: 1"},
		{"other version", "version: 2", "1:10", `unknown version "2"`, ""},
		{"two documents", "version: 1\n---\nversion: 1\n", "3:1", "one document", ""},
		{"unknown key", "version: 1\nexception: []\n", "2:1", `unknown key "exception"`, "did you mean exceptions?"},
		{"unknown key of an exception", entry("    expire: 2027-03-31\n"), "5:5", `unknown key "expire"`, "did you mean expires?"},
		{"unknown key that is like none", "version: 1\nfoobar: 1\n", "2:1", "unknown key", "want one of version, "},
		{"disabled without a reason", "version: 1\ncontrols: {disable: [{id: ECS.5}]}\n", "2:22", "ECS.5 has no reason", ""},
		{"disabled with an empty reason", "version: 1\ncontrols: {disable: [{id: ECS.5, reason: ' '}]}\n", "2:42", "not empty", ""},
		{"disabled twice", "version: 1\ncontrols: {disable: [{id: ECS.5, reason: a}, {id: ecs.5, reason: b}]}\n", "2:46", "twice", ""},
		{"unknown control", "version: 1\nseverity: {ECS.99: LOW}\n", "2:12", `no control "ECS.99"`, "did you mean ECS.9?"},
		{"a fix that fixes nothing", "version: 1\nfix: {ECS.12: disabled}\n", "2:15", "is not what passes", "enabled, enhanced"},
		{"a fix without a choice", "version: 1\nfix: {ECS.5: true}\n", "2:14", "leaves no choice", "ECS.12"},
		{"unknown severity", "version: 1\nseverity: {ECS.5: LOWER}\n", "2:19", "is no severity", "did you mean LOW?"},
		{"disabled and ranked", "version: 1\nseverity: {ECS.5: LOW}\ncontrols: {disable: [{id: ECS.5, reason: a}]}\n", "2:12", "ECS.5 is disabled (at p.yaml:3:22)", "one of them"},
		{"disabled and excused", entry("    expires: 2027-03-31\ncontrols: {disable: [{id: ECS.5, reason: a}]}\n"), "3:15", "ECS.5 is disabled", "one of them"},
		{"control without parameters", "version: 1\nparameters: {ECS.5: {a: b}}\n", "2:21", "no parameters", ""},
		{"unknown parameter", "version: 1\nparameters: {ECS.10: {latestLinux: b}}\n", "2:23", `unknown key "latestLinux"`, ""},
		{"no platform version", "version: 1\nparameters: {ECS.10: {latestLinuxVersion: LATEST}}\n", "2:43", `"LATEST" is not what the control knows`, "a version"},
		{"a value that has no effect", "version: 1\nparameters: {ECS.10: {skip: false}}\n", "2:29", `"false" is not`, "true"},
		{"list for one value", "version: 1\nparameters: {ECS.10: {latestLinuxVersion: [b]}}\n", "2:43", "must be a text", ""},
		{"no date", entry(""), "3:5", "no date on which it expires", "expires: YYYY-MM-DD"},
		{"date that does not exist", entry("    expires: 2027-02-30\n"), "5:14", `"2027-02-30" is no date`, "YYYY-MM-DD"},
		{"date in another form", entry("    expires: 31.3.2027\n"), "5:14", "is no date", "YYYY-MM-DD"},
		{"date with a time", entry("    expires: 2027-03-31T00:00:00Z\n"), "5:14", "is no date", "YYYY-MM-DD"},
		{"null for a date", entry("    expires:\n"), "5:13", "not empty", ""},
		{"no reason", "version: 1\nexceptions: [{controls: [ECS.5], expires: 2027-03-31}]\n", "2:14", "no reason", ""},
		{"no control", "version: 1\nexceptions: [{reason: a, expires: 2027-03-31}]\n", "2:14", "names no control", ""},
		{"empty selector", entry("    expires: 2027-03-31\n    resources: []\n"), "6:16", "resources is empty", ""},
		{"text for a list", entry("    expires: 2027-03-31\n    resources: WebTask\n"), "6:16", "must be a list", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := policy.Parse("p.yaml", []byte(test.text), controls())
			var mistake *policy.Error
			if !errors.As(err, &mistake) {
				t.Fatalf("got %v, want a mistake", err)
			}
			if got := mistake.At.String(); got != "p.yaml:"+test.place {
				t.Errorf("place %s, want %s", got, test.place)
			}
			if !strings.Contains(mistake.Message, test.message) || !strings.Contains(mistake.Hint, test.hint) {
				t.Errorf("got %q (%q), want %q (%q)", mistake.Message, mistake.Hint, test.message, test.hint)
			}
		})
	}
}

func TestExpiryIsNotRequiredWhereThePolicySaysSo(t *testing.T) {
	const text = "version: 1\nexceptions: [{controls: [ECS.5], reason: a}]\nrequire-expiry: false\n"
	p, err := policy.Parse("p.yaml", []byte(text), controls())
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Entries) != 1 || p.Entries[0].Expires != "" {
		t.Errorf("got %v", p.Entries)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("version: 1\nexceptions: [{controls: [*a]}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := policy.Parse("p.yaml", data, controls())
		if (p == nil) == (err == nil) {
			t.Fatalf("policy %v and error %v", p, err)
		}
	})
}
