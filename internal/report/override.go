package report

import (
	"maps"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// JudgedWith says which parameters of a control a policy has set, "" for none:
// judged with latestLinuxVersion 1.3.0 by ecsentry.yaml (AWS's text: 1.4.0).
func JudgedWith(c *ecsentry.Control) string {
	var parts []string
	for i := range c.Parameters {
		p := &c.Parameters[i]
		if p.Override == nil {
			continue
		}
		s := p.Name + " " + values(p.Value)
		if p.Override.By != "" {
			s += " by " + inert.Clip(p.Override.By, maxShown)
		}
		parts = append(parts, s+" (AWS's text: "+values(p.Override.Text)+")")
	}
	if len(parts) == 0 {
		return ""
	}
	return inert.Cut("judged with "+strings.Join(parts, ", "), maxMessage)
}

// values are those of a parameter, as many as a sentence has room for.
func values(all []string) string {
	if all = elements(all); len(all) == 0 {
		return "none"
	}
	return inert.Cut(strings.Join(all, ", "), maxShown)
}

// elements parts what is written with commas.
func elements(all []string) []string { return ecsentry.Params{"": all}.List("") }

// jsonParameter is a parameter that a policy set. Values are texts, lists of texts
// where the parameter is a list.
type jsonParameter struct {
	Value   any    `json:"value"`
	Default any    `json:"default"` // of the control's text
	By      string `json:"by"`
}

func jsonParameters(c *ecsentry.Control) map[string]jsonParameter {
	var out map[string]jsonParameter
	for i := range c.Parameters {
		p := &c.Parameters[i]
		if p.Override == nil {
			continue
		}
		if out == nil {
			out = map[string]jsonParameter{}
		}
		out[p.Name] = jsonParameter{jsonValue(p, p.Value), jsonValue(p, p.Override.Text), p.Override.By}
	}
	return out
}

func jsonValue(p *ecsentry.Parameter, all []string) any {
	if !p.List {
		return strings.Join(all, ", ")
	}
	return append([]string{}, elements(all)...)
}

// withParameters is a control with the parameters that a saved finding was judged
// with.
func withParameters(c *ecsentry.Control, given map[string]jsonParameter) *ecsentry.Control {
	own := *c
	own.Parameters = slices.Clone(c.Parameters)
	for _, name := range slices.Sorted(maps.Keys(given)) {
		j := given[name]
		i := slices.IndexFunc(own.Parameters, func(p ecsentry.Parameter) bool { return p.Name == name })
		if i < 0 {
			i = len(own.Parameters)
			_, list := j.Value.([]any)
			own.Parameters = append(own.Parameters, ecsentry.Parameter{Name: name, List: list})
		}
		p := &own.Parameters[i]
		p.Value, p.Override = savedValue(j.Value), &ecsentry.Override{By: j.By, Text: savedValue(j.Default)}
	}
	return &own
}

func savedValue(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	default:
		return nil
	}
}
