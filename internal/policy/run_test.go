package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/policy"
)

// failure is a failure of ECS.5 with a failed reason for each container, written
// name=image, and a passed one.
func failure(containers ...string) policy.Subject {
	v := ecsentry.Verdict{Outcome: ecsentry.Failed, Reasons: []ecsentry.Reason{
		{Outcome: ecsentry.Passed, Subject: "fine", Image: "fine"},
	}}
	for _, c := range containers {
		name, image, _ := strings.Cut(c, "=")
		v.Reasons = append(v.Reasons, ecsentry.Reason{Outcome: ecsentry.Failed, Subject: name, Image: image})
	}
	return policy.Subject{
		Finding: &ecsentry.Finding{
			Control: &ecsentry.Control{ID: "ECS.5"}, Verdict: v,
			Resource: &ecsentry.Identity{
				ID:      "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7",
				Account: "111122223333", Region: "eu-west-1",
			},
		},
		Path: "infra/web.yaml", Tags: map[string]string{"team": "payments", "tier": "1"},
	}
}

// run makes a run of exceptions for ECS.5, written as flow maps without braces.
func run(t *testing.T, today policy.Day, entries ...string) *policy.Run {
	t.Helper()
	text := "version: 1\nrequire-expiry: false\nexceptions:\n"
	for i, e := range entries {
		text += fmt.Sprintf("  - {controls: [ECS.5], reason: reason %d, %s}\n", i, e)
	}
	p, err := policy.Parse("p.yaml", []byte(text), controls())
	if err != nil {
		t.Fatal(err)
	}
	return policy.NewRun(p, today)
}

func TestSelectors(t *testing.T) {
	for _, test := range []struct {
		entries string
		excused bool
	}{
		{`owner: me`, true},
		{`resources: [web, "*/web:*"]`, true},
		{`resources: ["arn:aws:ecs:*:111122223333:task-definition/web:?"]`, true},
		{`resources: ["arn:aws:ecs:*:111122223333:task-definition/web"]`, false},
		{`resources: ["*/web:*"], accounts: ["222222222222"]`, false},
		{`resources: ["*/web:*"], accounts: ["1111*"], regions: [eu-west-1], paths: ["infra/*"], tags: {team: pay*}`, true},
		{`regions: [us-*]`, false},
		{`paths: ["*.yaml"]`, true},
		{`paths: ["./infra/*"]`, true},
		{`paths: [web.yaml]`, false},
		{`tags: {team: [web, payments], tier: 1}`, true},
		{`tags: {team: payments, stage: "*"}`, false},
		{`containers: [app, log]`, true},
		{`containers: [app]`, false},
		{`containers: [app], images: ["*/log:*"]`, false},
		{`images: ["*.com/*"]`, true},
	} {
		t.Run(test.entries, func(t *testing.T) {
			got := run(t, "2026-01-01", test.entries).Excuse(failure("app=example.com/app:1", "log=example.com/log:1"))
			if (got != nil) != test.excused {
				t.Errorf("got %v, want excused: %v", got, test.excused)
			}
		})
	}
}

func TestOtherControlsAreNotExcused(t *testing.T) {
	s := failure("app=app")
	s.Control = &ecsentry.Control{ID: "ECS.9"}
	if got := run(t, "2026-01-01", "owner: me").Excuse(s); got != nil {
		t.Errorf("got %v", got)
	}
}

// What nobody knows is not selected: an account that the input does not say, an
// image of which a part is open, a reason that is about no container.
func TestWhatIsNotKnownIsNotExcused(t *testing.T) {
	unplaced := failure("app=app")
	unplaced.Resource, unplaced.Path, unplaced.Tags = &ecsentry.Identity{ID: "Web"}, "", nil
	for _, test := range []struct {
		entry   string
		subject policy.Subject
		excused bool
	}{
		{`accounts: ["*"]`, unplaced, false},
		{`regions: ["*"]`, unplaced, false},
		{`paths: ["*"]`, unplaced, false},
		{`tags: {team: "*"}`, unplaced, false},
		{`images: ["*/app:*"]`, failure("app=*/app:*"), true},
		{`images: ["example.com/app:*"]`, failure("app=*/app:1"), false},
		{`images: ["*/app:?"]`, failure("app=x/app:*"), false},
		{`images: ["*"]`, failure("app="), false},
		{`containers: ["*"]`, failure("=app"), false},
	} {
		if got := run(t, "2026-01-01", test.entry).Excuse(test.subject); (got != nil) != test.excused {
			t.Errorf("%s: got %v, want excused: %v", test.entry, got, test.excused)
		}
	}
}

func TestSeveralExceptionsExcuseTogether(t *testing.T) {
	r := run(t, "2026-01-01", `containers: [app], owner: a, expires: 2027-01-01`, `containers: [log], owner: b, expires: 2026-06-01`)
	want := &ecsentry.Exception{Reason: "reason 0; reason 1", Owner: "a, b", Expires: "2026-06-01"}
	if d := cmp.Diff(want, r.Excuse(failure("app=app", "log=log"))); d != "" {
		t.Error(d)
	}
	part := failure("app=app", "other=log")
	if got := r.Excuse(part); got != nil {
		t.Errorf("a container that nobody excuses is excused: %v", got)
	}
	excuses := ecsentry.Excuses{1: {Reason: "reason 0", Owner: "a", Expires: "2027-01-01"}} // 0 has passed
	if d := cmp.Diff(excuses, part.Excuses); d != "" {
		t.Error(d)
	}
}

// The date is inclusive, in UTC.
func TestExpiry(t *testing.T) {
	zone := time.FixedZone("", -10*60*60)
	for _, test := range []struct {
		now     time.Time
		excused bool
		notice  string
	}{
		{time.Date(2027, 3, 16, 23, 59, 0, 0, time.UTC), true, ""},
		{time.Date(2027, 3, 17, 0, 0, 0, 0, time.UTC), true, "expires soon"},
		{time.Date(2027, 3, 31, 23, 59, 59, 0, time.UTC), true, "expires soon"},
		{time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC), false, "lapsed"},
		{time.Date(2027, 3, 31, 14, 0, 0, 0, zone), false, "lapsed"},
	} {
		r := run(t, policy.Today(test.now), "expires: 2027-03-31")
		if got := r.Excuse(failure("app=app")); (got != nil) != test.excused {
			t.Errorf("%s: got %v, want excused: %v", test.now, got, test.excused)
		}
		notices := r.Notices()
		switch {
		case test.notice == "" && len(notices) == 0:
		case len(notices) != 1 || !strings.HasPrefix(notices[0].Text, test.notice):
			t.Errorf("%s: notices %v, want %q", test.now, notices, test.notice)
		}
	}
}

func TestUnused(t *testing.T) {
	r := run(t, "2026-01-01", "containers: [app]", "containers: [other]", "resources: [Nobody]")
	r.Excuse(failure("app=app", "log=log"))
	var got []string
	for _, n := range r.Notices() {
		got = append(got, n.Entry.String()+" "+n.Text)
	}
	want := []string{
		"ECS.5 · container other unused: it excuses no failure of this run",
		"ECS.5 · Nobody unused: it excuses no failure of this run",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Only * and ? are special: brackets stand in the addresses of Terraform.
func TestPatterns(t *testing.T) {
	for _, test := range []struct {
		pattern, id string
		want        bool
	}{
		{`module.a["b"].aws_ecs_service.c[0]`, `module.a["b"].aws_ecs_service.c[0]`, true},
		{`c[0-9]`, `c5`, false},
		{`c[*]`, `c[17]`, true},
		{`a*`, `a/b:c`, true},
		{`*b*d`, `abcbd`, true},
		{`?`, `ä`, true},
		{`??`, `ä`, false},
		{`a\*`, `a*`, false},
		{`{a,b}`, `a`, false},
		{`A`, `a`, false},
		{`*`, `x`, true},
		{strings.Repeat("*a", 40) + "b", strings.Repeat("a", 5000), false},
	} {
		r := run(t, "2026-01-01", "resources: ['"+test.pattern+"']")
		s := failure("app=app")
		s.Resource = &ecsentry.Identity{ID: test.id}
		if got := r.Excuse(s) != nil; got != test.want {
			t.Errorf("%q matches %q: %v, want %v", test.pattern, test.id, got, test.want)
		}
	}
}
