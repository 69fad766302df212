package catalog_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
)

func TestFacts(t *testing.T) {
	controls := catalog.Controls()
	if len(controls) != len(facts) {
		t.Fatalf("%d controls, want %d", len(controls), len(facts))
	}
	for i, want := range facts {
		got := controls[i]
		rule := got.ConfigRule
		if got.CustomRule {
			rule += " (custom Security Hub rule)"
		}
		for _, f := range []struct{ name, got, want string }{
			{"id", got.ID, want.id},
			{"title", got.Title, want.title},
			{"severity", got.Severity.String(), want.severity},
			{"category", got.Category, want.category},
			{"resource type", string(got.ResourceType), want.resourceType},
			{"Config rule", rule, want.rule},
			{"schedule", got.Schedule, want.schedule},
		} {
			if f.got != f.want {
				t.Errorf("%s: %s is %q, want %q", want.id, f.name, f.got, f.want)
			}
		}
		if d := cmp.Diff(want.requirements, got.Requirements); d != "" {
			t.Errorf("%s: requirements (-want +got):\n%s", want.id, d)
		}
	}
}

func TestParameters(t *testing.T) {
	want := map[string]ecsentry.Params{
		"ECS.1": {"SkipInactiveTaskDefinitions": {"true"}},
		"ECS.2": {"exemptEcsServiceArns": nil},
		"ECS.8": {"secretKeys": {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA"}},
		"ECS.10": {
			"latestLinuxVersion":   {"1.4.0"},
			"latestWindowsVersion": {"1.0.0"},
		},
	}
	for _, c := range catalog.Controls() {
		if d := cmp.Diff(want[c.ID], c.Defaults()); d != "" {
			t.Errorf("%s: parameters (-want +got):\n%s", c.ID, d)
		}
		for _, p := range c.Parameters {
			if p.Customizable {
				t.Errorf("%s: %s is customizable; the text says it is not", c.ID, p.Name)
			}
		}
	}
}

// Every control has the prose that reports and pages need.
func TestProse(t *testing.T) {
	for _, c := range catalog.Controls() {
		for name, text := range map[string]string{"description": c.Description, "rationale": c.Rationale, "remediation": c.Remediation} {
			if len(text) < 40 || !strings.HasSuffix(text, ".") {
				t.Errorf("%s: the %s is no full sentence: %q", c.ID, name, text)
			}
		}
		if c.Check == nil || c.Since == "" {
			t.Errorf("%s: no check or no edition", c.ID)
		}
	}
}
