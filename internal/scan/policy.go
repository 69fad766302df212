package scan

import (
	"github.com/ecsentry/ecsentry"
)

// A Policy says how some part of the input is judged.
type Policy struct {
	Name     string            // of its file
	Disabled map[string]bool   // controls that make no finding, by ID
	Settings ecsentry.Settings // of the controls' parameters
	Severity map[string]ecsentry.Severity
	// Spares tells of a resource that no exception is about it, so that Excuse need not
	// be asked; nil where there may be some about each.
	Spares func(*ecsentry.Identity) bool
	// Excuse says why a failure of a resource with such tags does not count; nil if it
	// counts, and then tells the finding which of its reasons do not. It may be nil, and is called in the order of the findings.
	Excuse func(f *ecsentry.Finding, tags map[string]string) *ecsentry.Exception
}

// A rule is a policy with the controls that it leaves, by the type that they judge.
type rule struct {
	Policy
	checks map[ecsentry.ResourceType][]check
}

func newRule(controls []*ecsentry.Control, p Policy) *rule {
	r := &rule{Policy: p, checks: map[ecsentry.ResourceType][]check{}}
	for _, c := range controls {
		if !p.Disabled[c.ID] {
			r.checks[c.ResourceType] = append(r.checks[c.ResourceType], check{overridden(c, p), p.Settings.For(c)})
		}
	}
	return r
}

// overridden is a control with the parameters that a policy gives it, so that
// findings show what they were judged by.
func overridden(c *ecsentry.Control, p Policy) *ecsentry.Control {
	given := p.Settings[c.ID]
	if len(given) == 0 {
		return c
	}
	own := *c
	own.Parameters = make([]ecsentry.Parameter, len(c.Parameters))
	for i, q := range c.Parameters {
		if v, ok := given[q.Name]; ok {
			q.Value, q.Override = v, &ecsentry.Override{By: p.Name, Text: q.Value}
		}
		own.Parameters[i] = q
	}
	return &own
}

// rule is what a resource is judged by.
func (s *scan) rule(id *ecsentry.Identity) *rule {
	if s.options.Policy == nil {
		return s.standard
	}
	p := s.options.Policy(id)
	if p == nil {
		return s.standard
	}
	r := s.rules[p]
	if r == nil {
		r = newRule(s.options.Controls, *p)
		s.rules[p] = r
	}
	return r
}

// finding is what a control says of a resource that was judged, after the policy.
func (r *rule) finding(c *ecsentry.Control, id *ecsentry.Identity, v ecsentry.Verdict) ecsentry.Finding {
	f := ecsentry.Finding{Fix: v.Advise(), ID: ecsentry.FindingID(c, id), Control: c, Resource: id, Severity: c.Severity, Verdict: v}
	if s, ok := r.Severity[c.ID]; ok {
		f.Severity = s
	}
	return f
}

// spares tells whether no failure of a resource can be excused.
func (r *rule) spares(id *ecsentry.Identity) bool {
	return r.Excuse == nil || r.Spares != nil && r.Spares(id)
}

// excuse is why a failure does not count, nil if it does.
func (r *rule) excuse(f *ecsentry.Finding, tags map[string]string) *ecsentry.Exception {
	if r.Excuse == nil || f.Verdict.Outcome != ecsentry.Failed {
		return nil
	}
	return r.Excuse(f, tags)
}
