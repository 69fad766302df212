package scan

import (
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// complete adds to a verdict what people need: places, what stands there, how to
// decide what is unknown, and names as the source spells them.
func complete(c check, r *ecsentry.Resource, v *ecsentry.Verdict, terse bool) {
	said, open := false, false
	for i := range v.Reasons {
		reason := &v.Reasons[i]
		said = said || reason.Outcome == v.Outcome
		open = open || reason.Outcome == ecsentry.Unknown && reason.Hint == ""
		if reason.At == nil || reason.At.In == nil && r.At != nil {
			reason.At = r.At
		}
		if reason.Detail == "" {
			reason.Detail = absence(reason.At)
		}
		reason.Hint = spell(reason.Hint, reason.At)
		reason.Detail = spell(reason.Detail, reason.At)
		if reason.Fix != nil {
			reason.Fix.Step = spell(reason.Fix.Step, reason.At)
		}
	}
	if !said {
		v.Reasons = append(v.Reasons, ecsentry.Reason{Outcome: v.Outcome, Message: without(v.Outcome), At: r.At})
		open = open || v.Outcome == ecsentry.Unknown
	}
	if v.Outcome != ecsentry.Unknown || !open || terse {
		return
	}
	if hint := ecsentry.HowToDecide(c.Control, r, c.params); hint != "" {
		for i := range v.Reasons {
			if reason := &v.Reasons[i]; reason.Outcome == ecsentry.Unknown && reason.Hint == "" {
				reason.Hint = hint
			}
		}
	}
}

// without is the message of a verdict that came without a reason of its own.
func without(o ecsentry.Outcome) string {
	switch o {
	case ecsentry.Failed:
		return "fails the control"
	case ecsentry.Unknown:
		return "cannot tell whether it fails the control"
	case ecsentry.Passed:
		return "passes the control"
	default:
		return "is not judged by the control"
	}
}

// absence says what is missing at a place, and what Amazon ECS takes instead.
func absence(at *value.Place) string {
	if at == nil || !at.Missing || at.Why != nil || at.Parent == nil {
		return ""
	}
	if taken := ecs.Default(at.Name); taken != "" {
		return spelled(at.Name, at) + " is absent: Amazon ECS takes " + taken
	}
	for at.Parent.Missing && at.Parent.Parent != nil {
		at = at.Parent // without the outer one there is no inner one
	}
	return spelled(at.Name, at) + " is absent"
}

// spelled is a property's name as it is written at a place.
func spelled(name string, at *value.Place) string {
	if s, ok := at.In.(value.Speller); ok {
		return s.Spell(name)
	}
	return name
}

// spell puts the source's own names for the properties that stand between
// backquotes.
func spell(text string, at *value.Place) string {
	if at == nil || !strings.Contains(text, "`") {
		return text
	}
	if _, ok := at.In.(value.Speller); !ok {
		return text
	}
	spans := strings.Split(text, "`")
	for i := 1; i < len(spans)-1; i += 2 { // an odd number of backquotes leaves the last open
		spans[i] = phrase(spans[i], at)
	}
	return strings.Join(spans, "`")
}

// phrase writes an assignment as the source does, and spells everything else.
func phrase(span string, at *value.Place) string {
	name, v, ok := strings.Cut(span, ": ")
	if p, phrases := at.In.(value.Phraser); ok && phrases && isProperty(name) && !strings.ContainsFunc(v, func(r rune) bool { return !isWord(r) }) {
		return p.Phrase(name, v)
	}
	return spellAll(span, at)
}

// spellAll spells each whole word that is the name of a property.
func spellAll(span string, at *value.Place) string {
	var out strings.Builder
	for len(span) > 0 {
		n := strings.IndexFunc(span, func(r rune) bool { return !isWord(r) })
		if n < 0 {
			n = len(span)
		}
		word := span[:n]
		if isProperty(word) {
			word = spelled(word, at)
		}
		out.WriteString(word)
		span = span[n:]
		if n = strings.IndexFunc(span, isWord); n < 0 {
			n = len(span)
		}
		out.WriteString(span[:n])
		span = span[n:]
	}
	return out.String()
}

func isWord(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-'
}

// isProperty tells the properties that advice speaks of from values such as
// awsvpc, which are the same everywhere.
func isProperty(word string) bool {
	switch word {
	case "assignPublicIp", "awsvpcConfiguration", "capacityProviderStrategy", "cluster", "containerDefinitions",
		"environment", "environmentFiles", "launchType", "logConfiguration", "logDriver", "networkConfiguration",
		"networkMode", "pidMode", "platformFamily", "platformVersion", "privileged", "readonlyRootFilesystem",
		"runtimePlatform", "secrets", "settings", "taskDefinition", "user":
		return true
	}
	return false
}
