package ecsentry

import (
	"strings"

	"github.com/ecsentry/ecsentry/value"
)

// A Verdict is what a control says of a resource, and why.
type Verdict struct {
	Outcome Outcome
	Reasons []Reason
}

// A Reason is one statement of a verdict: of one container where the control is
// about containers, else of the resource.
type Reason struct {
	Outcome Outcome
	Subject string // the container's name, "" where the reason is about the resource
	Message string // a predicate of the subject: "can write to its root filesystem"
	Detail  string // what stands, or is missing, at the place
	Hint    string // what to do; for an Unknown, how to decide it
	When    string // "when Env is prod": the reason holds only then
	At      *value.Place
	Fix     *Fix         // how a failure is mended; nil where nobody but a person can
	Scope   *value.Place // the container's place, where the reason is about one
	Key     string       // tells reasons about one subject apart, such as a variable's name
	Image   string       // of the container, as far as it is known: * stands for parts that nobody knows
}

// Verdict makes a verdict of one reason.
func (r Reason) Verdict() Verdict {
	return Verdict{Outcome: r.Outcome, Reasons: []Reason{r}}
}

// FailIf fails where t holds, passes where it does not, and is unknown where
// nobody can tell. Both sentences are predicates of the subject.
func FailIf(t value.Truth, fails, passes string) Reason {
	switch t.Level {
	case value.Yes:
		return Reason{Outcome: Failed, Message: fails + via(t.At), At: t.At}
	case value.No:
		return Reason{Outcome: Passed, Message: passes + via(t.At), At: t.At}
	default:
		return cannotTell("it "+question(fails, passes), t.At)
	}
}

// question is the one of two opposite sentences that asks without a negation.
func question(fails, passes string) string {
	if strings.HasPrefix(fails, "does not ") || strings.HasPrefix(fails, "has no ") {
		return passes
	}
	return fails
}

// via names where a value comes from, if not from its place.
func via(at *value.Place) string {
	if at == nil || at.Via == "" {
		return ""
	}
	return " (by " + at.Via + ")"
}

func cannotTell(what string, at *value.Place) Reason {
	r := Reason{Outcome: Unknown, Message: "cannot tell whether " + what, At: at}
	if at != nil && at.Why != nil {
		r.Message += ": " + at.Why.Text
		r.Hint = at.Why.Hint
	}
	return r
}

// Advise says what to do about a failure; on other outcomes it does nothing.
// Property names stand between backquotes in the ECS API's spelling; the source
// puts its own there.
func (r Reason) Advise(hint string) Reason {
	if r.Outcome == Failed {
		r.Hint = hint
	}
	return r
}

// About says which container the reason is about. Its place then lies inside
// that container: where another value decided, at is the place to show.
func (r Reason) About(subject string, scope, at *value.Place) Reason {
	r.Subject, r.Scope = subject, scope
	if !r.At.Within(scope) {
		r.At = at
	}
	return r
}

// When judges only what is in scope: where the resource is certainly outside,
// the verdict is not applicable, and why says so; where nobody can tell, a pass
// stays a pass and a failure becomes unknown.
func When(scope value.Truth, why string, r Reason) Reason {
	switch {
	case scope.Level == value.No:
		return Reason{Outcome: NotApplicable, Message: why, At: scope.At}
	case scope.Level == value.Maybe && r.Outcome == Failed:
		open := cannotTell("the control applies to it", scope.At)
		open.Message = r.Message + "; " + open.Message
		return open
	default:
		return r
	}
}

// Join adds a reason; the outcome of several is the greatest.
func (v *Verdict) Join(r Reason) {
	v.Outcome = max(v.Outcome, r.Outcome)
	v.Reasons = append(v.Reasons, r)
}
