package asff

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// reasonCode is the word of AWS Config for an outcome.
func reasonCode(o ecsentry.Outcome) string {
	switch o {
	case ecsentry.Passed:
		return "COMPLIANT"
	case ecsentry.Unknown:
		return "INSUFFICIENT_DATA"
	case ecsentry.Failed:
		return "NON_COMPLIANT"
	default:
		return "NOT_APPLICABLE"
	}
}

// describe says what the control checks and what was found.
func describe(f *ecsentry.Finding) string {
	var b strings.Builder
	b.WriteString(f.Control.Description)
	for i := range f.Verdict.Reasons {
		r := &f.Verdict.Reasons[i]
		if r.Outcome != f.Verdict.Outcome {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.TrimSuffix(sentence(f, r), "."))
		b.WriteByte('.')
		if b.Len() > 4*maxDescription {
			break // more than can be kept
		}
	}
	return said(b.String(), said(f.Control.Title, f.Control.ID))
}

// statusReasons are the reasons that are not passes, the worst first, or the
// passes where there is nothing else.
func statusReasons(f *ecsentry.Finding) []StatusReason {
	out := []StatusReason{}
	for _, outcome := range ecsentry.Outcomes() {
		if outcome < f.Verdict.Outcome && outcome <= ecsentry.Passed {
			break
		}
		for i := range f.Verdict.Reasons {
			r := &f.Verdict.Reasons[i]
			if r.Outcome != outcome {
				continue
			}
			if len(out) == maxReasons {
				out[maxReasons-1].Description = "and more"
				return out
			}
			out = append(out, StatusReason{
				ReasonCode:  reasonCode(outcome),
				Description: inert.Cut(sentence(f, r), maxReason),
			})
		}
	}
	return out
}

// sentence is what a reason says, with the place.
func sentence(f *ecsentry.Finding, r *ecsentry.Reason) string {
	who := r.Subject
	if who == "" {
		who = said(f.Resource.Name, f.Resource.ID)
	}
	s := inert.Clip(who, maxName) + ": " + r.Message
	if r.When != "" {
		s += " " + r.When
	}
	if p := r.At.Position(); p.Line > 0 {
		s += " (" + p.String() + ")"
	}
	return s
}

// productFields say where the finding comes from.
func (c *Converter) productFields(f *ecsentry.Finding) map[string]string {
	fields := map[string]string{
		"ecsentry/Version":    c.Version,
		"ecsentry/Source":     string(f.Resource.Source),
		"ecsentry/ConfigRule": f.Control.ConfigRule,
		"ecsentry/Running":    f.Resource.Running,
		"ecsentry/Construct":  f.Resource.Construct,
	}
	if p := f.Resource.At.Position(); p.Line > 0 {
		fields["ecsentry/File"] = p.File
		fields["ecsentry/Line"] = strconv.Itoa(p.Line)
		fields["ecsentry/Column"] = strconv.Itoa(p.Column)
	}
	for k, v := range fields {
		if strings.TrimSpace(v) == "" {
			delete(fields, k)
			continue
		}
		fields[k] = inert.Clip(v, maxField)
	}
	return fields
}

func requirements(c *ecsentry.Control) []string {
	var out []string
	for _, s := range c.Requirements {
		if len(out) == maxRequirements {
			break
		}
		if strings.TrimSpace(s) != "" {
			out = append(out, inert.Cut(s, maxRequirement))
		}
	}
	return out
}

// parameters are those that the control was judged with, as many as there is
// room for, each in full.
func parameters(c *ecsentry.Control) []Parameter {
	var out []Parameter
	room := maxParameters
	fits := func(s string) bool {
		n := utf8.RuneCountInString(s)
		if n > room || strings.TrimSpace(s) == "" {
			return false
		}
		room -= n
		return true
	}
	for _, p := range c.Parameters {
		if !fits(p.Name) {
			continue
		}
		q := Parameter{Name: inert.Text(p.Name)}
		for _, v := range p.Value {
			if fits(v) {
				q.Value = append(q.Value, inert.Text(v))
			}
		}
		if len(q.Value) > 0 {
			out = append(out, q)
		}
	}
	return out
}
