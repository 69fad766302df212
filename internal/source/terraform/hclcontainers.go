package terraform

import (
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// containers shows the list that container_definitions, a text, holds.
func (r reader) containers(e hcl.Expression) *node { return r.trace(e, r.list(e)) }

func (r reader) list(e hcl.Expression) *node {
	if r.depth++; r.depth > maxDepth || r.scope.run.spent() {
		return opaque(r.at(e.Range()), &value.Why{Text: "it refers on too far"})
	}
	e = native(e)
	if _, ok := e.(hclsyntax.Node); !ok { // HCL's JSON syntax
		if t := template(e); t != nil {
			return r.containers(t)
		}
	}
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return r.containers(e.Expression)
	case *hclsyntax.TemplateWrapExpr:
		return r.containers(e.Wrapped)
	case *hclsyntax.TemplateExpr:
		escape := inQuotes
		if r.file.json {
			escape = nil // where its bytes are is not known
		} else if strings.HasPrefix(string(r.source(e.SrcRange)), "<<") {
			escape = inHeredoc
		}
		return r.text(r.fill(e.Parts, e.SrcRange), jsonFile{File: r.file.File, escape: escape, template: written{r, e}}, r.at(e.SrcRange))
	case *hclsyntax.ConditionalExpr:
		branch, why := r.branch(e)
		if branch == nil {
			return opaque(r.at(e.SrcRange), why)
		}
		return r.containers(branch)
	case *hclsyntax.FunctionCallExpr:
		switch {
		case e.Name == "jsonencode" && len(e.Args) == 1 && !e.ExpandFinal:
			return r.inner().node(e.Args[0])
		case e.Name == "file" && len(e.Args) == 1, e.Name == "templatefile" && len(e.Args) == 2:
			return r.fromFile(e)
		}
	case *hclsyntax.ScopeTraversalExpr:
		if n := r.containersOf(e); n != nil {
			return r.follow(e, n)
		}
	}
	v, marks := r.scope.value(e).Unmark()
	at := r.at(e.Range())
	n := shown(v.WithMarks(marks), at, viaOf(e))
	switch n.kind {
	case value.String:
	case value.Opaque, value.Null:
		return n
	default:
		return opaque(at, notJSON())
	}
	f := &filled{secret: n.secret, end: at.end}
	f.add(n.s, func(int) int32 { return at.off })
	return r.text(f, jsonFile{File: r.file.File, template: written{r, e}}, at)
}

// containersOf follows a reference to the text that is written elsewhere.
func (r reader) containersOf(e *hclsyntax.ScopeTraversalExpr) *node {
	t := e.Traversal
	i := r.scope.instance
	name := stepName(t, 1)
	if d := i.config.variables[name]; t.RootName() == "var" && len(t) == 2 && d != nil && !d.flag("sensitive") {
		// A text stays as it is where the variable is a string.
		if !untyped(d) && keyword(d.attribute("type")) == "string" {
			if e, s := i.argumentFor(d); e != nil && r.depth < maxDepth {
				return r.moved(s, e.file).containers(e)
			}
		}
	}
	x, at, rest, ok := r.definition(t)
	if !ok || len(rest) > 0 {
		return nil
	}
	return x.containers(at)
}

// argumentFor is what gives a variable its value here, with the scope of that; nil
// where the module does not say.
func (i *instance) argumentFor(d *declared) (*expression, scope) {
	if i.call != nil {
		if e := i.call.attribute(d.name); e != nil {
			return e, i.caller
		}
	} else if _, set := i.run.given[d.name]; set {
		return nil, scope{}
	}
	return d.attribute("default"), i.scope()
}

// fromFile reads the text of a file, whose places are those of the file.
func (r reader) fromFile(e *hclsyntax.FunctionCallExpr) *node {
	at := r.at(e.Range())
	name, marks := r.scope.value(e.Args[0]).Unmark()
	if !isString(name) {
		return opaque(at, whyOf(marks))
	}
	file, why := r.scope.run.open(name.AsString())
	if why != "" {
		return opaque(at, &value.Why{Text: why, Hint: scanThePlan})
	}
	if e.Name == "file" {
		f := &filled{end: int32(len(file.Data))}
		f.add(string(file.Data), func(i int) int32 { return int32(i) })
		return r.text(f, jsonFile{File: file.File, escape: asFile}, at)
	}
	if why := file.parse(); why != "" {
		return opaque(at, &value.Why{Text: why, Hint: scanThePlan})
	}
	s, ok := r.scope.templateScope(r.scope.value(e.Args[1]))
	if !ok {
		return opaque(at, &value.Why{Text: "the variables of a template are not known here", Hint: scanThePlan})
	}
	x := reader{scope: s, file: &sourceFile{File: file.File, template: true}, depth: r.depth}
	x.at = x.file.inner
	r.scope.run.inTemplate = true
	defer func() { r.scope.run.inTemplate = false }()
	switch t := file.template.(type) {
	case *hclsyntax.TemplateExpr:
		in := jsonFile{File: file.File, escape: inHeredoc, template: written{x, t}, variables: written{r, e.Args[1]}}
		return x.text(x.fill(t.Parts, t.SrcRange), in, at)
	default:
		return x.containers(t)
	}
}

// text shows the JSON of a text that may have holes and lies in another one; at is
// where it is used.
func (r reader) text(f *filled, in jsonFile, at span) *node {
	if f.broken {
		return opaque(at, &value.Why{Text: "its text cannot be put together here", Hint: scanThePlan})
	}
	data, jumps := f.json()
	doc, err := document.ParseWithin(in.File, in.Name, data, jumps, document.Options{JSONOnly: true})
	if err != nil || len(doc.Documents) != 1 {
		if len(f.holes) > 0 {
			return opaque(at, f.holes[0])
		}
		return opaque(at, notJSON())
	}
	within := &in
	within.File, within.run = doc, r.scope.run
	t := jsonText{text: within, secret: f.secret}
	if f.secret {
		t.text = unseen{within}
	}
	if len(f.holes) > 0 {
		t.open = func(n *document.Node) *value.Why {
			if n.Kind != document.String || strings.IndexFunc(n.Value, isHole) < 0 {
				return nil
			}
			why := partly(n.Value, f.holes)
			if strings.ContainsRune(n.Value, bareHole) {
				why.Partial = value.Partial{} // it may be no string at all
			}
			return why
		}
	}
	return t.node(doc.Documents[0], doc.Documents[0])
}

// json makes values of the holes that stand where JSON has a value, and tells
// where each byte comes from.
func (f *filled) json() ([]byte, []document.Jump) {
	out := make([]byte, 0, len(f.text)+8)
	from := make([]int32, 0, len(f.text)+8)
	quoted := false
	for i := 0; i < len(f.text); {
		c, size := utf8.DecodeRune(f.text[i:])
		switch {
		case quoted && c == '\\' && i+1 < len(f.text):
			_, next := utf8.DecodeRune(f.text[i+1:])
			size += next
		case c == '"':
			quoted = !quoted
		case !quoted && isHole(c):
			// All up to the next structural character is one value.
			start := len(out)
			for start > 0 && !structural(rune(out[start-1])) {
				start--
			}
			at := f.from[i]
			out, from = out[:start], from[:start]
			put := func(s string) {
				out = append(out, s...)
				for range len(s) {
					from = append(from, at)
				}
			}
			put(`"` + string(rune(bareHole)) + string(c))
			i += size
			for i < len(f.text) {
				next, n := utf8.DecodeRune(f.text[i:])
				if structural(next) {
					break
				}
				i += n
			}
			put(`"`)
			continue
		}
		out, from = append(out, f.text[i:i+size]...), append(from, f.from[i:i+size]...)
		i += size
	}
	return out, jumpsOf(from, f.end)
}

func structural(c rune) bool { return strings.ContainsRune(" \t\r\n,:[]{}\"", c) }

func jumpsOf(from []int32, end int32) []document.Jump {
	jumps := []document.Jump{{Inner: 0, Outer: 0}}
	for i, at := range from {
		if i == 0 {
			jumps[0].Outer = at
		} else if at != from[i-1]+1 {
			jumps = append(jumps, document.Jump{Inner: int32(i), Outer: at})
		}
	}
	return append(jumps, document.Jump{Inner: int32(len(from)), Outer: end})
}
