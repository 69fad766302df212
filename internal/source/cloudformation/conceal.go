package cloudformation

import (
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
)

// Concealed are the parts of the template that no output may show, with the
// defaults of the parameters and the values of the mappings that are used in them.
func (t text) Concealed(name string) (out []ecsentry.Span) {
	if name != t.Name {
		return nil
	}
	file := t.Tree()
	span := func(n *document.Node) {
		for ; n != nil; n = file.Anchor(n) {
			out = append(out, ecsentry.Span{Start: n.Start, End: n.End})
		}
	}
	for _, doc := range file.Documents {
		used := newNames()
		tell := func(n *document.Node) {
			n.Scalars(span)
			used.count(n)
			lookups(n, doc.Get("Mappings"), func(n *document.Node) { n.Scalars(span) })
		}
		containers(doc.Get("Resources"), func(n *document.Node) { document.Secrets(n, spell, tell) })
		for _, p := range fields(doc.Get("Parameters")) {
			if d := p.Value.Get("Default"); d != nil && used.refs[p.Key.Value] > 0 {
				span(d)
			}
		}
	}
	return out
}

// lookups finds what the lookups in a value may give: all below the keys that are
// written out.
func lookups(n, mappings *document.Node, do func(*document.Node)) {
	if name, arg := intrinsic(n); name == "Fn::FindInMap" {
		at := mappings
		for _, key := range arg.Items[:min(len(arg.Items), 3)] {
			if key.Kind != document.String || key.Tag != "" {
				break
			}
			at = at.Get(key.Value)
		}
		if at != nil {
			do(at)
		}
	}
	for _, field := range n.Fields {
		lookups(field.Value, mappings, do)
	}
	for _, item := range n.Items {
		lookups(item, mappings, do)
	}
}

// containers finds the container definitions of task definitions, in the bodies of
// loops too.
func containers(resources *document.Node, do func(*document.Node)) {
	for _, f := range fields(resources) {
		if strings.HasPrefix(f.Key.Value, forEach) {
			if len(f.Value.Items) == 3 {
				containers(f.Value.Items[2], do)
			}
			continue
		}
		if t := f.Value.Get("Type"); t != nil && t.Value == typeTaskDefinition {
			inProperties(f.Value.Get("Properties"), do)
		}
	}
}

func inProperties(n *document.Node, do func(*document.Node)) {
	if n == nil {
		return
	}
	for _, f := range n.Fields {
		if f.Key.Value == spell("containerDefinitions") {
			do(f.Value)
		} else if strings.HasPrefix(f.Key.Value, "Fn::") {
			inProperties(f.Value, do)
		}
	}
	for _, item := range n.Items {
		inProperties(item, do)
	}
}
