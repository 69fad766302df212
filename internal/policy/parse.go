package policy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// maxBytes is more than any policy needs.
const maxBytes = 1 << 20

// Keys of the file and of its parts, in the order of the documentation.
func topKeys() []string {
	return []string{"version", "controls", "parameters", "severity", "exclude", "fail-on", "exceptions", "require-expiry", "inline", "fix"}
}

// Parse reads a policy. The controls are those that it may speak of. An error is
// an *Error, or says that the file is no YAML.
func Parse(name string, data []byte, controls []*ecsentry.Control) (*Policy, error) {
	f, err := document.Parse(name, data, document.Options{MaxBytes: maxBytes})
	if err != nil {
		return nil, err
	}
	start := value.Position{File: name, Line: 1, Column: 1}
	switch len(f.Documents) {
	case 0:
		return nil, &Error{At: start, Message: "the policy is empty", Hint: "it begins with version: 1"}
	case 1:
	default:
		return nil, &Error{At: f.Position(f.Documents[1].Start), Message: "a policy is one document"}
	}
	p := &parser{decoder: decoder{file: f, controls: controls}, out: Default(), disabled: map[string]value.Position{}}
	p.out.Name = name
	p.policy(f.Documents[0])
	if p.err != nil {
		return nil, p.err
	}
	return p.out, nil
}

type parser struct {
	decoder
	out      *Policy
	disabled map[string]value.Position
}

func (p *parser) policy(n *document.Node) {
	parts := map[string]*document.Node{}
	p.fields(n, "the policy", topKeys(), func(key string, v *document.Node) { parts[key] = v })
	if p.err != nil {
		return
	}
	v := parts["version"]
	if v == nil {
		p.fail(n, "begin with version: 1", "the policy has no version")
		return
	}
	if v.Kind != document.Number || v.Value != "1" {
		p.fail(v, "write version: 1", "unknown version "+quote(v.Value))
		return
	}
	// What others depend on comes first, whatever the order in the file.
	for _, part := range []struct {
		key  string
		read func(*document.Node)
	}{
		{"require-expiry", func(n *document.Node) { p.out.RequireExpiry = p.boolean(n, "require-expiry") }},
		{"controls", p.readControls},
		{"parameters", p.readParameters},
		{"severity", p.readSeverity},
		{"exclude", p.readExclude},
		{"fail-on", p.readFailOn},
		{"inline", p.readInline},
		{"exceptions", p.readExceptions},
		{"fix", p.readFix},
	} {
		if n := parts[part.key]; n != nil && p.err == nil {
			part.read(n)
		}
	}
}

func (p *parser) readControls(n *document.Node) {
	p.fields(n, "controls", []string{"disable"}, func(_ string, v *document.Node) {
		p.items(v, "controls.disable", p.disable)
	})
}

func (p *parser) disable(n *document.Node) {
	var c *ecsentry.Control
	reason := ""
	const what = "controls.disable"
	p.fields(n, what, []string{"id", "reason"}, func(key string, v *document.Node) {
		if key == "id" {
			c = p.control(v, what)
		} else {
			reason = p.text(v, what+": reason")
		}
	})
	switch {
	case p.err != nil:
	case c == nil:
		p.fail(n, "write {id: ECS.12, reason: …}", what+": there is no id")
	case reason == "":
		p.fail(n, "write {id: "+c.ID+", reason: …}", what+": "+c.ID+" has no reason")
	case p.out.Disabled[c.ID] != "":
		p.fail(n, "", what+": "+c.ID+" is disabled twice")
	default:
		if p.out.Disabled == nil {
			p.out.Disabled = map[string]string{}
		}
		p.out.Disabled[c.ID] = reason
		p.disabled[c.ID] = p.at(n)
	}
}

// enabled refuses rules about a control that the same policy disables: nobody
// knows which of the two is meant.
func (p *parser) enabled(n *document.Node, what, id string) {
	if at, ok := p.disabled[id]; ok {
		p.fail(n, "leave one of them out", what+": "+id+" is disabled (at "+at.String()+")")
	}
}

// byControl reads an object whose keys are controls.
func (p *parser) byControl(n *document.Node, what string, read func(c *ecsentry.Control, v *document.Node)) {
	if n.Kind != document.Map {
		p.fail(n, "its keys are controls: {ECS.12: …}", what+" must be an object")
		return
	}
	seen := map[string]bool{}
	for _, f := range n.Fields {
		c := p.control(f.Key, what)
		if p.err != nil {
			return
		}
		if p.enabled(f.Key, what, c.ID); seen[c.ID] {
			p.fail(f.Key, "", what+": "+c.ID+" is there twice")
		}
		if p.err != nil {
			return
		}
		seen[c.ID] = true
		read(c, f.Value)
	}
}

func (p *parser) readParameters(n *document.Node) {
	p.out.Settings = ecsentry.Settings{}
	p.byControl(n, "parameters", func(c *ecsentry.Control, v *document.Node) {
		what := "parameters." + c.ID
		names := make([]string, len(c.Parameters))
		for i, q := range c.Parameters {
			names[i] = q.Name
		}
		if len(names) == 0 {
			p.fail(v, "", what+": the control has no parameters")
			return
		}
		given := ecsentry.Params{}
		p.fields(v, what, names, func(name string, v *document.Node) {
			q := c.Parameters[slices.Index(names, name)]
			given[name] = p.parameter(v, what+"."+name, q)
		})
		p.out.Settings[c.ID] = given
	})
}

func (p *parser) parameter(n *document.Node, what string, q ecsentry.Parameter) []string {
	if q.List && n.Kind == document.List {
		out := []string{} // an empty list is one
		p.items(n, what, func(item *document.Node) { out = append(out, p.text(item, what)) })
		return out
	}
	text := p.text(n, what)
	if q.List { // AWS Config takes lists as one text with commas
		return append([]string{}, ecsentry.Params{what: {text}}.List(what)...)
	}
	if form, err := regexp.Compile("^(?:" + q.Form + ")$"); err != nil || q.Form != "" && !form.MatchString(text) {
		p.fail(n, "write "+q.Wants, what+": "+quote(text)+" is not what the control knows")
	}
	return []string{text}
}

func (p *parser) readSeverity(n *document.Node) {
	p.out.Severity = map[string]ecsentry.Severity{}
	p.byControl(n, "severity", func(c *ecsentry.Control, v *document.Node) {
		word := p.text(v, "severity."+c.ID)
		levels := []string{}
		for s := ecsentry.Low; s <= ecsentry.Critical; s++ {
			if strings.EqualFold(s.String(), word) {
				p.out.Severity[c.ID] = s
			}
			levels = append(levels, strings.ToUpper(s.String()))
		}
		if p.out.Severity[c.ID] == 0 {
			p.fail(v, suggest(word, levels), "severity."+c.ID+": "+quote(word)+" is no severity")
		}
	})
}

// readFix reads what ecsentry fix sets where a control allows more than one value.
func (p *parser) readFix(n *document.Node) {
	p.out.Fix = map[string]string{}
	p.byControl(n, "fix", func(c *ecsentry.Control, v *document.Node) {
		allowed := []string{"enabled", "enhanced"} // of the setting containerInsights
		if c.ID != "ECS.12" {
			p.fail(v, "it is about ECS.12: {ECS.12: enhanced}", "fix."+c.ID+": the control leaves no choice")
			return
		}
		word := p.text(v, "fix."+c.ID)
		if !slices.Contains(allowed, word) {
			p.fail(v, suggest(word, allowed), "fix."+c.ID+": "+quote(word)+" is not what passes the control")
		}
		p.out.Fix[c.ID] = word
	})
}

func (p *parser) readExclude(n *document.Node) {
	p.items(n, "exclude", func(item *document.Node) {
		p.out.Exclude = append(p.out.Exclude, Glob{p.text(item, "exclude"), p.at(item)})
	})
}

// readFailOn takes the word of --fail-on, whose meaning the command line knows.
func (p *parser) readFailOn(n *document.Node) {
	p.out.FailOn = Word{p.text(n, "fail-on"), p.at(n)}
}

func (p *parser) readInline(n *document.Node) {
	p.fields(n, "inline", []string{"allow"}, func(_ string, v *document.Node) {
		p.out.Inline = map[string]bool{}
		p.items(v, "inline.allow", func(item *document.Node) {
			if c := p.control(item, "inline.allow"); c != nil {
				p.out.Inline[c.ID] = true
			}
		})
	})
}
