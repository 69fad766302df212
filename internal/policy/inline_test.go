package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/policy"
	"github.com/ecsentry/ecsentry/value"
)

func TestRemarks(t *testing.T) {
	for _, test := range []struct {
		text, message string // "" for none
	}{
		{" ECS.5 until=2027-03-31 -- FireLens", ""},
		{" ecs.5, ECS.9 until=2027-03-31 -- FireLens -- and more", ""},
		{" until=2027-03-31 ECS.5 -- a", ""},
		{" ECS.5 until=2027-03-31", "has no reason"},
		{" ECS.5 until=2027-03-31 --", "has no reason"},
		{" ECS.5 -- a", "has no date"},
		{" ECS.5 until=2027-3-31 -- a", "is no date"},
		{" ECS.5 until= -- a", "is no date"},
		{" until=2027-03-31 -- a", "names no control"},
		{" ECS.5 because -- a", `no control "because"`},
		{"d ECS.5 until=2027-03-31 -- a", `no control "d"`},
		{"", "names no control"},
	} {
		r := policy.NewRun(policy.Default(), "2026-01-01")
		r.Remark(policy.Remark{Text: test.text}, controls())
		got := ""
		if m := r.Mistakes(); len(m) == 1 {
			got = m[0].Message
		}
		if (got == "") != (test.message == "") || !strings.Contains(got, test.message) {
			t.Errorf("%q: got %q, want %q", test.text, got, test.message)
		}
		if (len(r.All()) == 1) != (test.message == "") {
			t.Errorf("%q: %d exceptions", test.text, len(r.All()))
		}
	}
}

const commented = `Resources:
  Web:
    Properties:
      ContainerDefinitions:
        # ecsentry:ignore ECS.5 until=2027-03-31 -- first
        - Name: a
          Image: a
        - Name: b # ecsentry:ignore ECS.5 until=2027-03-31 -- the name cannot fail
          Image: b
`

// A comment excuses what lies in its block as a whole: not the container whose
// name it stands behind.
func TestBlocks(t *testing.T) {
	f, err := document.Parse("x.yaml", []byte(commented), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	remarks := policy.Remarks(f)
	if len(remarks) != 2 {
		t.Fatalf("%d remarks, want 2", len(remarks))
	}
	web := f.Documents[0].Get("Resources").Get("Web")
	containers := web.Get("Properties").Get("ContainerDefinitions").Items
	place := func(n *document.Node) *value.Place { return &value.Place{In: f, Off: n.Start, End: n.End} }
	for i, excused := range []bool{true, false} {
		r := policy.NewRun(policy.Default(), "2026-01-01")
		for _, remark := range remarks {
			r.Remark(remark, controls())
		}
		scope := place(containers[i])
		missing := *scope
		missing.Parent, missing.Missing = scope, true
		got := r.Excuse(policy.Subject{Finding: &ecsentry.Finding{
			Control:  &ecsentry.Control{ID: "ECS.5"},
			Resource: &ecsentry.Identity{ID: "Web", At: place(web)},
			Verdict: ecsentry.Verdict{Outcome: ecsentry.Failed, Reasons: []ecsentry.Reason{
				{Outcome: ecsentry.Failed, Subject: fmt.Sprint(i), At: &missing, Scope: scope},
			}},
		}})
		if (got != nil) != excused {
			t.Errorf("container %d: got %v, want excused: %v", i, got, excused)
		}
	}
}
