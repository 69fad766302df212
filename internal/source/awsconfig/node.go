package awsconfig

import (
	"iter"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A node shows a property of an item to the decoder.
type node struct {
	item *item
	file *document.File // the text that the property is in
	doc  *document.Node // nil where nothing is written
	up   *document.Node // the nearest parent
	why  *value.Why     // it is unknown
	path string         // as a query names it; "" where there was no query
}

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
	return n.item.span(n.file, at)
}

// AsBool takes text for what it says: AWS Config writes some booleans so.
func (n *node) AsBool() (v, ok bool) {
	switch n.Kind() {
	case value.Boolean, value.String:
		v = strings.EqualFold(n.doc.Value, "true")
		return v, v || strings.EqualFold(n.doc.Value, "false")
	}
	return false, false
}

// AsString takes a number for its digits.
func (n *node) AsString() (string, bool) {
	switch n.Kind() {
	case value.String, value.Number:
		return n.item.keep(n.doc.Value), true
	}
	return "", false
}

func (n *node) Why() *value.Why { return n.why }

// Rest says that a list of which only parts were selected may be longer.
func (n *node) Rest() *value.Why {
	if n.Kind() != value.Sequence || n.item.query.selects(n.path) {
		return nil
	}
	return n.item.query.why(n.path)
}

func (n *node) Field(api string) value.Node { return n.field(api) }

func (n *node) field(names ...string) *node {
	switch n.Kind() {
	case value.Opaque:
		return n
	case value.Object:
	default:
		return n.absent(names...)
	}
	for _, name := range names {
		v, twice := get(n.doc, name)
		if v == nil {
			continue
		}
		out := n.item.show(node{item: n.item, file: n.file, doc: v, up: n.doc, path: n.below(name)})
		switch {
		case twice:
			out.why = &value.Why{Text: "is written twice, in different case"}
		case v.Kind == document.Null && !n.item.query.selects(out.path):
			out.why = n.item.query.why(out.path)
		}
		return out
	}
	return n.absent(names...)
}

// absent is a property that is not written. It is unknown where a query may not
// have selected it.
func (n *node) absent(names ...string) *node {
	out := n.item.show(node{item: n.item, file: n.file, up: n.here(), path: n.below(names[0])})
	for _, name := range names {
		path := n.below(name)
		if n.item.query.selects(path) || isObject(name) && n.item.query.selectsIn(path) {
			return out
		}
	}
	out.why = n.item.query.why(out.path)
	return out
}

// isObject tells the properties that are objects. A query answers nothing of an
// object whose selected columns are all absent; that of a list may have elements.
func isObject(api string) bool {
	switch api {
	case "networkConfiguration", "awsvpcConfiguration", "deploymentController", "runtimePlatform", "logConfiguration", "firelensConfiguration":
		return true
	}
	return false
}

// below is the path of a property.
func (n *node) below(name string) string {
	if n.item.query == nil {
		return ""
	}
	return n.path + "." + name
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
		for i, e := range n.doc.Items {
			if !yield(i, n.item.show(node{item: n.item, file: n.file, doc: e, up: n.doc, path: n.path})) {
				return
			}
		}
	}
}

// A configuration is the root of an item's properties. It knows the names that
// AWS Config gives to a type's own properties, and the item's ARN, which counts
// where the properties do not say it.
type configuration struct {
	*node
	arn string // the ECS API's name for it
}

// neverRecorded tells the properties that the ECS API has and the items of AWS
// Config do not.
func (c configuration) neverRecorded(api string) bool {
	switch api {
	case "revision", "platformFamily":
		return true
	case "status":
		return c.arn != "taskDefinitionArn"
	case "clusterArn":
		return c.arn == "serviceArn" // it is its cluster
	}
	return false
}

func (c configuration) Field(api string) value.Node {
	var out *node
	switch {
	case c.arn == "clusterArn" && api == "clusterArn":
		out = c.field("arn", api)
	case c.arn == "clusterArn" && api == "settings":
		out = c.field("clusterSettings", api)
	case c.neverRecorded(api) && !has(c.doc, api):
		// It makes no difference whether a query selected it.
		return c.item.show(node{item: c.item, file: c.file, up: c.here()})
	case c.arn == "serviceArn" && api == "serviceName":
		out = c.field(api, "name")
	default:
		out = c.field(api)
	}
	if api != c.arn || out.Kind() == value.String {
		return out
	}
	v, _ := get(c.item.node, "arn")
	if id, _ := get(c.item.node, "resourceId"); v == nil && id != nil && typeOf(id.Value) != "" {
		v = id // that of task definitions and services is the ARN
	}
	if v != nil && v.Kind == document.String {
		return c.item.show(node{item: c.item, file: c.item.file, doc: v, up: c.item.node})
	}
	return out
}
