package ecsapi

import (
	"iter"
	"math/big"
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A node shows a part of a document to the decoder. It answers for exactly what
// is written: a boolean in quotes is no boolean to the ECS API.
type node struct {
	in  value.Text     // the file
	doc *document.Node // nil where nothing is written
	up  *document.Node // the nearest parent
	why *value.Why     // what is written is not the value that counts
}

// newNode shows the value of a property, or an element of a list; api is the
// property's name.
func newNode(in value.Text, doc, up *document.Node, api string) *node {
	n := &node{in: in, doc: doc, up: up}
	switch {
	case doc == nil:
	case foreignTag(doc.Tag):
		n.why = &value.Why{Text: tagged(doc.Tag), Hint: renderFirst}
	case doc.Kind == document.String && !(api == "networkMode" && doc.Value == defaultMode):
		n.why = placeholders(doc.Value)
	}
	return n
}

// defaultMode is a network mode of Windows containers. It only looks like a
// placeholder.
const defaultMode = "<default>"

func (n *node) Kind() value.Kind {
	switch {
	case n.why != nil:
		return value.Opaque
	case n.doc == nil:
		return value.Nothing
	}
	return n.doc.Kind.Value()
}

func (n *node) Span() (value.Text, int32, int32) {
	at := n.doc
	if at == nil {
		at = n.up
	}
	return n.in, at.Start, at.End
}

func (n *node) AsBool() (v, ok bool) {
	if n.Kind() != value.Boolean {
		return false, false
	}
	return strings.EqualFold(n.doc.Value, "true"), true
}

// AsString gives the digits of a number too, which is no string all the same.
func (n *node) AsString() (string, bool) {
	switch n.Kind() {
	case value.String:
		return n.doc.Value, true
	case value.Number:
		return digits(n.doc.Value), false
	default:
		return "", false
	}
}

// digits are those of a number, of an integer as such however it is written:
// 10.0 and 1e1 are 10, and YAML has more ways.
func digits(written string) string {
	plain := strings.ReplaceAll(written, "_", "")
	if i, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return strconv.FormatInt(i, 10)
	}
	if len(plain) > 64 || strings.ContainsAny(plain, "xXpP/") {
		return written
	}
	if _, exponent, _ := strings.Cut(strings.ToLower(plain), "e"); len(strings.TrimLeft(exponent, "+-")) > 2 {
		return written
	}
	if r, ok := new(big.Rat).SetString(plain); ok && r.IsInt() {
		return r.Num().String()
	}
	return written
}

func (n *node) Why() *value.Why  { return n.why }
func (n *node) Rest() *value.Why { return nil }

func (n *node) Field(api string) value.Node {
	switch n.Kind() {
	case value.Opaque:
		return n
	case value.Object:
	default:
		return &node{in: n.in, up: n.here()}
	}
	if v := n.doc.Get(api); v != nil {
		return newNode(n.in, v, n.doc, api)
	}
	return &node{in: n.in, up: n.doc, why: openKey(n.doc, api)}
}

// openKey says why a property may be there that is not written: a key that is a
// placeholder may be it, or bring it.
func openKey(doc *document.Node, api string) *value.Why {
	for i := range doc.Fields {
		key := doc.Fields[i].Key.Value
		if !strings.ContainsAny(key, "{$%<") {
			continue
		}
		if why := placeholders(key); why != nil && why.Partial.CanBe(api) {
			return &value.Why{Text: why.Text, Hint: why.Hint}
		}
	}
	return nil
}

func (n *node) here() *document.Node {
	if n.doc != nil {
		return n.doc
	}
	return n.up
}

func (n *node) Items() iter.Seq2[int, value.Node] {
	return func(yield func(int, value.Node) bool) {
		if n.Kind() != value.Sequence {
			return
		}
		for i, item := range n.doc.Items {
			if !yield(i, newNode(n.in, item, n.doc, "")) {
				return
			}
		}
	}
}

// foreignTag tells whether a YAML tag makes something else of a value.
func foreignTag(tag string) bool {
	switch tag {
	case "", "!", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map":
		return false
	}
	return true
}

func tagged(tag string) string {
	for _, c := range tag {
		if !(c < 0x80 && (isLetter(byte(c)) || isDigit(byte(c)) || strings.ContainsRune("!:._-/", c))) || len(tag) > 64 {
			return "a YAML tag makes its value"
		}
	}
	return "the YAML tag " + tag + " makes its value"
}

// A clusterAnswer is a cluster as the API describes it. What the answer does not
// say of the cluster may have been left out because nobody asked.
type clusterAnswer struct{ *node }

func (c clusterAnswer) Field(api string) value.Node {
	v := c.doc.Get(api)
	silent := v == nil || v.Kind == document.Null
	switch {
	case api == "settings" && (silent || v.Kind == document.List && len(v.Items) == 0):
		return c.unasked(v, &value.Why{
			Text: "the saved answer was not asked for settings",
			Hint: "save it anew: aws ecs describe-clusters --include SETTINGS",
		})
	case api == "defaultCapacityProviderStrategy" && silent:
		return c.unasked(v, &value.Why{
			Text: "the saved answer does not say its cluster's default capacity provider strategy",
			Hint: "save the whole answer of aws ecs describe-clusters",
		})
	}
	return c.node.Field(api)
}

func (c clusterAnswer) unasked(v *document.Node, why *value.Why) value.Node {
	return &node{in: c.in, doc: v, up: c.doc, why: why}
}
