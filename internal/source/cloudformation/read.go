package cloudformation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// read yields the resources of a template and of the local stacks that it nests.
func (f *Format) read(in *files.Input, doc *document.Node, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	c := ecsentry.Coverage{}
	if resources := doc.Get("Resources"); resources == nil || resources.Kind != document.Map {
		pos := in.File.Position(doc.Start)
		c.Refused = []ecsentry.Gap{{
			Scope:  in.File.Name,
			Reason: fmt.Sprintf("line %d, column %d: is no template: it has no Resources", pos.Line, pos.Column),
		}}
		return c, nil
	}
	p := &program{overrides: f.Parameters, terms: &terms{byKey: map[string]*term{}}}
	root := p.newStack(in.File, doc, "", nil)
	f.declared.add(root)
	p.refuse(root, &c)
	root.read()
	p.nest(root, in, &c)
	p.collectAnswers()
	for _, s := range p.stacks {
		for _, what := range s.unread {
			c.Gaps = append(c.Gaps, ecsentry.Gap{Scope: s.text.Name, Reason: "not read: " + what})
		}
		for _, res := range s.resources {
			switch {
			case notCovered(res.typ):
				c.NotCovered = append(c.NotCovered, ecsentry.Gap{
					Scope:  s.text.Name + ": " + res.id,
					Reason: "no control reads resources of type " + safe(res.typ),
				})
			case opens(res.typ) != "":
				c.NotCovered = append(c.NotCovered, ecsentry.Gap{Scope: s.text.Name + ": " + res.id, Reason: opens(res.typ)})
			case ours(res.typ):
				if r := p.resource(res); r != nil {
					r.Tags = files.Tags(res.property("Tags"), f.Tags)
					if err := yield(r); err != nil {
						return c, err
					}
				}
			}
		}
		if s.root.Get("Resources").Get("Fn::Transform") != nil {
			s.opaque = append(s.opaque, "Fn::Transform may add resources that are not in the template")
		}
		for _, what := range s.opaque {
			c.NotCovered = append(c.NotCovered, ecsentry.Gap{Scope: s.text.Name, Reason: what})
		}
	}
	return c, nil
}

// opens says of a type what it may bring that is not in the template, "" for one
// that brings nothing.
func opens(typ string) string {
	switch {
	case strings.HasSuffix(typ, "::MODULE"):
		return "a module, whose resources are not in the template (" + deployed + ")"
	case typ == typeStackSet:
		return "a stack set, whose template is not read; scan it by itself"
	}
	return ""
}

// refuse takes back what the user said of a parameter that does not allow it:
// such a stack cannot be deployed, so its verdicts would be of nothing.
func (p *program) refuse(root *stack, c *ecsentry.Coverage) {
	for _, f := range fields(root.root.Get("Parameters")) {
		param := root.parameters[f.Key.Value]
		said, ok := p.overrides[param.name]
		if !ok || len(param.allowed) == 0 || param.allows(said) {
			continue
		}
		p.overrides = maps.Clone(p.overrides)
		delete(p.overrides, param.name)
		c.Gaps = append(c.Gaps, ecsentry.Gap{
			Scope:  root.text.Name,
			Reason: "--parameter " + safe(param.name) + " is given a value that AllowedValues does not have, so it counts as not given",
		})
	}
}

// resource is a resource in all its worlds; nil if no world creates it.
func (p *program) resource(res *resource) *ecsentry.Resource {
	x := p.explore(res)
	if x.broken == "" && len(x.variants) == 0 {
		return nil
	}
	out := &ecsentry.Resource{
		Identity: p.identity(res),
		Broken:   x.broken,
		Caveat:   x.caveat,
		Variants: x.variants,
		Open:     x.open,
	}
	if res.uncounted && out.Caveat == "" {
		out.Caveat = "it stands for each element of a list that is not known here"
	}
	if len(x.open) > 0 {
		out.Assume = p.supposing(res)
	}
	return out
}

// maxSupposed is how many suppositions about a resource are kept.
const maxSupposed = 32

// supposing gives the variants that are left when choices are closed. Several
// controls suppose the same, so what came of it is kept. It is for one goroutine
// at a time.
func (p *program) supposing(res *resource) func(map[string]string) []ecsentry.Variant {
	known := map[string][]ecsentry.Variant{}
	return func(choices map[string]string) []ecsentry.Variant {
		var key strings.Builder
		for _, name := range slices.Sorted(maps.Keys(choices)) {
			key.WriteString(name + "\x00" + choices[name] + "\x00")
		}
		if variants, ok := known[key.String()]; ok {
			return variants
		}
		q := *p
		q.overrides = maps.Clone(p.overrides)
		if q.overrides == nil {
			q.overrides = map[string]string{}
		}
		maps.Copy(q.overrides, choices)
		variants := q.explore(res).variants
		if len(known) < maxSupposed {
			known[key.String()] = variants
		}
		return variants
	}
}
