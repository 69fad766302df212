package cloudformation

import (
	"path"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// maxStacks bounds the nested stacks of one template.
const maxStacks = 200

// nest adds the local nested stacks below a stack.
func (p *program) nest(s *stack, in *files.Input, c *ecsentry.Coverage) {
	for _, res := range s.resources {
		if !nests(res.typ) {
			continue
		}
		scope := s.text.Name + ": " + res.id
		url := (&run{prog: p}).templateURL(res)
		switch {
		case url == "":
			c.NotCovered = append(c.NotCovered, ecsentry.Gap{Scope: scope, Reason: "a nested stack whose " + urlOf(res.typ) + " is not a local path; scan its template by itself"})
		case len(p.stacks) >= maxStacks || s.nestedIn(path.Join(path.Dir(s.text.Name), url)):
			c.Gaps = append(c.Gaps, ecsentry.Gap{Scope: scope, Reason: "nested stacks nest each other, or are too many"})
		default:
			p.nestFile(res, url, scope, in, c)
		}
	}
}

func (p *program) nestFile(res *resource, url, scope string, in *files.Input, c *ecsentry.Coverage) {
	file, err := in.Nested(res.stack().text.File, url)
	if err != nil {
		c.Gaps = append(c.Gaps, ecsentry.Gap{Scope: scope, Reason: "read nested template: " + files.Reason(err)})
		return
	}
	for _, doc := range file.Documents {
		if !isTemplate(doc) {
			continue
		}
		child := p.newStack(file, doc, res.id+"/", res)
		for _, f := range fields(res.property("Parameters")) {
			if param := child.parameters[f.Key.Value]; param != nil {
				param.given = &expression{f.Value, res.scope}
				child.text.origin.given[param.name] = true
			}
		}
		res.stack().nested[res] = child
		child.read()
		p.nest(child, in, c)
		return
	}
	c.Gaps = append(c.Gaps, ecsentry.Gap{Scope: scope, Reason: "the nested template is no CloudFormation template"})
}

// nests says whether resources of a type are nested stacks.
func nests(typ string) bool { return typ == typeStack || typ == typeApplication }

// urlOf is the property of a nested stack that names its template.
func urlOf(typ string) string {
	if typ == typeApplication {
		return "Location"
	}
	return "TemplateURL"
}

// templateURL is the local path of a nested stack's template, "" if it has none.
func (r *run) templateURL(res *resource) string {
	if asset := assetPath(res); asset != "" {
		return asset
	}
	n := res.property(urlOf(res.typ))
	if n == nil {
		return ""
	}
	v := r.resolve(n, res.scope)
	if !v.known() || !isLocal(v.s) {
		return ""
	}
	return v.s
}

func isLocal(url string) bool {
	return url != "" && !strings.Contains(url, "://") && !strings.HasPrefix(url, "s3:")
}

// nestedIn says whether a file is the stack's own or that of a stack around it.
func (s *stack) nestedIn(file string) bool {
	for {
		if path.Clean(s.text.Name) == file {
			return true
		}
		if s.parent == nil {
			return false
		}
		s = s.parent.stack()
	}
}

// stackOf is the nested stack that a resource makes, nil if it is not at hand.
func (*program) stackOf(res *resource) *stack {
	return res.stack().nested[res]
}

// nestedPaths lists the local templates that a template nests.
func (f *Format) nestedPaths(doc *document.Node) []string {
	p := &program{overrides: f.Parameters, terms: &terms{byKey: map[string]*term{}}}
	s := p.newStack(&document.File{}, doc, "", nil)
	s.read()
	var out []string
	for _, res := range s.resources {
		if nests(res.typ) {
			if url := (&run{prog: p}).templateURL(res); url != "" {
				out = append(out, url)
			}
		}
	}
	return out
}

// isTemplate recognises a template by its resources, each of which has a type.
func isTemplate(doc *document.Node) bool {
	resources := doc.Get("Resources")
	if resources == nil || resources.Kind != document.Map {
		return false
	}
	if doc.Get("AWSTemplateFormatVersion") != nil {
		return true
	}
	for _, f := range resources.Fields {
		if strings.HasPrefix(f.Key.Value, forEach) {
			return true
		}
		if t := f.Value.Get("Type"); t != nil && strings.Contains(t.Value, "::") {
			return true
		}
	}
	return false
}
