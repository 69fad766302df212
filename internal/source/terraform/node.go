package terraform

import (
	"iter"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A span is where something is written.
type span struct {
	in       value.Text
	off, end int32
}

// A node shows a part of a plan, a state or a module to the decoder.
type node struct {
	at     span // for what is not there, where its parent is
	kind   value.Kind
	s      string // of a scalar
	why    *value.Why
	rest   *value.Why // of a list
	secret bool       // Terraform calls it sensitive: it decides, but is not shown
	via    string
	fields func(api string) value.Node
	items  func(yield func(int, value.Node) bool)
	json   *document.Node // of a text that holds JSON
	origin *origin        // nil but for those who edit
}

var (
	_ value.Node      = (*node)(nil)
	_ value.Concealed = (*node)(nil)
	_ value.Indirect  = (*node)(nil)
)

func (n *node) Kind() value.Kind { return n.kind }
func (n *node) Why() *value.Why  { return n.why }
func (n *node) Rest() *value.Why { return n.rest }
func (n *node) Concealed() bool  { return n.secret }
func (n *node) Via() string      { return n.via }

func (n *node) Span() (value.Text, int32, int32) { return n.at.in, n.at.off, n.at.end }

func (n *node) AsBool() (v, ok bool) { return n.s == "true", n.kind == value.Boolean }

// AsString is the string; of a number it gives the digits all the same.
func (n *node) AsString() (string, bool) { return n.s, n.kind == value.String }

func (n *node) Field(api string) value.Node {
	switch {
	case n.kind == value.Opaque:
		return n
	case n.kind == value.Object && n.fields != nil:
		return n.hand(n.fields(api))
	default:
		return absent(n.at)
	}
}

func (n *node) Items() iter.Seq2[int, value.Node] {
	return func(yield func(int, value.Node) bool) {
		if n.kind == value.Sequence && n.items != nil {
			n.items(func(i int, item value.Node) bool { return yield(i, n.hand(item)) })
		}
	}
}

// gone is what null and an empty string are to the API.
func (n *node) gone() *node { return &node{at: n.at, kind: value.Nothing, origin: n.origin} }

func absent(at span) *node { return &node{at: at, kind: value.Nothing} }

func opaque(at span, why *value.Why) *node { return &node{at: at, kind: value.Opaque, why: why} }

func object(at span, fields func(api string) value.Node) *node {
	return &node{at: at, kind: value.Object, fields: fields}
}

func list(at span, items func(yield func(int, value.Node) bool)) *node {
	return &node{at: at, kind: value.Sequence, items: items}
}

// wrapped is an object with one property: Terraform has no block of its own for
// awsvpcConfiguration.
func wrapped(name string, inner value.Node) value.Node {
	if k := inner.Kind(); k == value.Nothing || k == value.Null {
		return inner
	}
	in, off, end := inner.Span()
	at := span{in, off, end}
	return object(at, func(api string) value.Node {
		if api == name {
			return inner
		}
		return absent(at)
	})
}
