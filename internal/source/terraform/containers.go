package terraform

import (
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// notJSON says why container definitions are unknown whose text cannot be read.
// What stands there is not quoted.
func notJSON() *value.Why {
	return &value.Why{Text: "container_definitions is not valid JSON", Hint: "mend the text: jsonencode([…]) makes valid JSON"}
}

// A jsonText is the document that a text of Terraform holds.
type jsonText struct {
	text   value.Text
	secret bool
	open   func(n *document.Node) *value.Why // why a node is unknown; nil if all is known
}

// unquoted is a text of which no line is shown.
type unquoted struct{ value.Text }

// containers shows the container definitions in a string of a plan.
func (v planValue) containers() value.Node {
	n := v.scalar()
	if n.kind != value.String {
		return n
	}
	f, err := v.text.Embedded(v.doc)
	if err != nil || len(f.Documents) != 1 {
		return v.hide(opaque(v.at(), notJSON()))
	}
	t := jsonText{text: f, secret: n.secret}
	if n.secret {
		t.text = unquoted{f}
	}
	return t.node(f.Documents[0], f.Documents[0])
}

// node shows a node of the text.
func (t jsonText) node(doc, up *document.Node) *node {
	if doc == nil {
		return absent(span{t.text, up.Start, up.End})
	}
	n := &node{at: span{t.text, doc.Start, doc.End}, s: doc.Value, secret: t.secret, json: doc}
	if t.open != nil {
		if n.why = t.open(doc); n.why != nil {
			n.kind = value.Opaque
			return n
		}
	}
	switch n.kind = doc.Kind.Value(); n.kind {
	case value.Sequence:
		n.items = func(yield func(int, value.Node) bool) {
			for i, item := range doc.Items {
				if !yield(i, t.node(item, doc)) {
					return
				}
			}
		}
	case value.Object:
		n.fields = func(api string) value.Node { return t.field(doc, api) }
	}
	return n
}

func (t jsonText) field(doc *document.Node, api string) value.Node {
	v := doc.Get(api)
	if v == nil {
		if why := t.missing(doc, api); why != nil {
			return opaque(span{t.text, doc.Start, doc.End}, why)
		}
	}
	return t.node(v, doc)
}

// missing says why a property may be there that is not written.
func (t jsonText) missing(doc *document.Node, api string) *value.Why {
	for i := range doc.Fields {
		key := doc.Fields[i].Key
		if why := misspelt(key.Value, api); why != nil {
			return why
		}
		if t.open != nil {
			if why := t.open(key); why != nil {
				return why
			}
		}
	}
	return nil
}

// misspelt says of a key that differs from the API's name in its case only that
// nobody can tell what it does: some versions of the AWS provider take it for the
// property, others for nothing.
func misspelt(key, api string) *value.Why {
	if key == api || !strings.EqualFold(key, api) {
		return nil
	}
	return &value.Why{Text: "it is written " + safe(key) + ", the ECS API knows only " + api, Hint: "write " + api}
}
