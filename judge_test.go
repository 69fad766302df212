package ecsentry_test

import (
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// said is a check whose resource is the verdict.
var said = &ecsentry.Control{Check: func(r any, _ ecsentry.Params) ecsentry.Verdict { return r.(ecsentry.Verdict) }}

func worlds(when []string, verdicts ...ecsentry.Verdict) *ecsentry.Resource {
	r := &ecsentry.Resource{}
	for i, v := range verdicts {
		r.Variants = append(r.Variants, ecsentry.Variant{
			When: []ecsentry.Choice{{Term: "Env", Phrase: when[i]}}, Data: v,
		})
	}
	return r
}

func reason(o ecsentry.Outcome, subject, message string) ecsentry.Reason {
	return ecsentry.Reason{Outcome: o, Subject: subject, Message: message, At: &value.Place{}}
}

func TestOutcomesOverWorlds(t *testing.T) {
	all := []ecsentry.Outcome{ecsentry.NotApplicable, ecsentry.Passed, ecsentry.Unknown, ecsentry.Failed}
	want := func(a, b ecsentry.Outcome) ecsentry.Outcome {
		switch {
		case a == b:
			return a
		case a == ecsentry.Failed, b == ecsentry.Failed, a == ecsentry.Unknown, b == ecsentry.Unknown:
			return ecsentry.Unknown
		default:
			return ecsentry.Passed
		}
	}
	for _, a := range all {
		for _, b := range all {
			v := ecsentry.Judge(said, worlds([]string{"Env is prod", "Env is not prod"},
				reason(a, "", a.String()).Verdict(), reason(b, "", b.String()).Verdict()), nil)
			if v.Outcome != want(a, b) {
				t.Errorf("%s and %s: %s, want %s", a, b, v.Outcome, want(a, b))
			}
			has := false
			for _, r := range v.Reasons {
				has = has || r.Outcome == v.Outcome
				if r.Outcome > v.Outcome {
					t.Errorf("%s and %s: %s with a reason that is %s", a, b, v.Outcome, r.Outcome)
				}
			}
			if !has {
				t.Errorf("%s and %s: no reason says why it is %s", a, b, v.Outcome)
			}
		}
	}
}

func TestFailsInSomeWorldsSaysWhen(t *testing.T) {
	v := ecsentry.Judge(said, worlds([]string{"Env is prod", "Env is not prod"},
		reason(ecsentry.Failed, "a", "is privileged").Verdict(), reason(ecsentry.Passed, "a", "is not privileged").Verdict()), nil)
	if len(v.Reasons) != 1 {
		t.Fatalf("%d reasons, want one a container: %+v", len(v.Reasons), v.Reasons)
	}
	r := v.Reasons[0]
	if r.Outcome != ecsentry.Unknown || r.Message != "is privileged" || r.When != "when Env is prod" {
		t.Errorf("%s %q %q, want UNKNOWN, is privileged, when Env is prod", r.Outcome, r.Message, r.When)
	}
}

// Where another container fails in each world, the resource fails in all.
func TestFailsInEveryWorldForAnotherReason(t *testing.T) {
	a := reason(ecsentry.Failed, "a", "is privileged").Verdict()
	a.Join(reason(ecsentry.Passed, "b", "is not privileged"))
	b := reason(ecsentry.Passed, "a", "is not privileged").Verdict()
	b.Join(reason(ecsentry.Failed, "b", "is privileged"))
	v := ecsentry.Judge(said, worlds([]string{"Env is prod", "Env is not prod"}, a, b), nil)
	if v.Outcome != ecsentry.Failed || len(v.Reasons) != 2 {
		t.Fatalf("%s with %d reasons, want FAILED with 2", v.Outcome, len(v.Reasons))
	}
	for _, r := range v.Reasons {
		if r.Outcome != ecsentry.Failed || r.When == "" {
			t.Errorf("%s: %s %q, want FAILED and when", r.Subject, r.Outcome, r.When)
		}
	}
}

func TestOutsideAndBroken(t *testing.T) {
	r := worlds([]string{""}, reason(ecsentry.Failed, "", "is bad").Verdict())
	r.Outside = "is INACTIVE"
	if v := ecsentry.Judge(said, r, nil); v.Outcome != ecsentry.NotApplicable {
		t.Errorf("outside: %s, want NOT_APPLICABLE", v.Outcome)
	}
	r.Outside, r.Broken = "", "its condition is not defined"
	if v := ecsentry.Judge(said, r, nil); v.Outcome != ecsentry.Unknown {
		t.Errorf("broken: %s, want UNKNOWN", v.Outcome)
	}
}
