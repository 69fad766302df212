package terraform

import (
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A planValue is a part of a resource's values, together with the same part of
// what the plan marks as unknown and as sensitive. A mark is true for all below
// it, or has the shape of the values.
type planValue struct {
	text      planText
	doc       *document.Node // nil where nothing is written
	up        *document.Node // the nearest existing parent
	unknown   *document.Node
	sensitive *document.Node
	change    *document.Node // what the change calls sensitive: either mark is enough
	silent    bool           // what is not written here may be unknown: the plan has lost its marks
}

func isTrue(n *document.Node) bool { return n != nil && n.Kind == document.Bool && n.Value == "true" }

func (v planValue) open() bool { return isTrue(v.unknown) || v.doc == nil && v.silent }

func (v planValue) nothing() bool {
	return v.doc == nil || v.doc.Kind == document.Null || v.doc.Kind == document.String && v.doc.Value == ""
}

func (v planValue) at() span {
	n := v.doc
	if n == nil {
		n = v.up
	}
	return span{v.text, n.Start, n.End}
}

func (v planValue) attr(name string) planValue {
	return planValue{
		text: v.text, doc: v.doc.Get(name), up: v.here(), silent: v.silent && v.doc != nil,
		unknown: markOf(v.unknown, name), sensitive: markOf(v.sensitive, name), change: markOf(v.change, name),
	}
}

func (v planValue) here() *document.Node {
	if v.doc != nil {
		return v.doc
	}
	return v.up
}

func markOf(marks *document.Node, name string) *document.Node {
	if isTrue(marks) {
		return marks
	}
	return marks.Get(name)
}

func (v planValue) item(i int) planValue {
	out := planValue{text: v.text, doc: v.doc.Items[i], up: v.doc}
	out.unknown, out.sensitive, out.change = markAt(v.unknown, i), markAt(v.sensitive, i), markAt(v.change, i)
	return out
}

func markAt(marks *document.Node, i int) *document.Node {
	switch {
	case isTrue(marks):
		return marks
	case marks == nil || i >= len(marks.Items):
		return nil
	}
	return marks.Items[i]
}

// afterApply says why a value is unknown that the plan marks.
func afterApply() *value.Why {
	return &value.Why{Text: "it is known only after apply", Hint: "scan the state after apply: terraform show -json"}
}

// scalar is a leaf.
func (v planValue) scalar() *node {
	switch {
	case v.open():
		return v.hide(opaque(v.at(), afterApply()))
	case v.nothing():
		return v.hide(absent(v.at()))
	}
	return v.hide(&node{at: v.at(), kind: v.doc.Kind.Value(), s: v.doc.Value})
}

func (v planValue) hide(n *node) *node {
	n.secret = isTrue(v.sensitive) || isTrue(v.change)
	return n
}

// block is the one block of its kind, which is an object to the ECS API.
func (v planValue) block() value.Node {
	switch {
	case v.open() || v.longer():
		return v.hide(opaque(v.at(), afterApply()))
	case v.nothing():
		return absent(v.at())
	case v.doc.Kind == document.Map:
		return v.object()
	case v.doc.Kind != document.List:
		return v.scalar()
	case len(v.doc.Items) == 0:
		return absent(v.at())
	}
	return v.item(0).object()
}

// blocks are a list of objects. What the plan marks beyond the elements that it
// shows makes the whole list unknown.
func (v planValue) blocks() value.Node {
	switch {
	case v.open() || v.longer():
		return v.hide(opaque(v.at(), afterApply()))
	case v.nothing():
		return absent(v.at())
	case v.doc.Kind != document.List:
		return v.scalar()
	}
	return v.hide(list(v.at(), func(yield func(int, value.Node) bool) {
		for i := range v.doc.Items {
			if !yield(i, v.item(i).object()) {
				return
			}
		}
	}))
}

// longer tells whether the plan marks elements beyond those that it shows.
func (v planValue) longer() bool {
	if v.unknown == nil {
		return false
	}
	return v.nothing() && len(v.unknown.Items) > 0 || v.doc != nil && v.doc.Kind == document.List && len(v.unknown.Items) > len(v.doc.Items)
}

func (v planValue) object() value.Node {
	if v.open() || v.nothing() || v.doc.Kind != document.Map {
		return v.scalar()
	}
	return v.hide(object(v.at(), func(api string) value.Node {
		n := v.attr(spell(api)).scalar()
		if api == "assignPublicIp" {
			return enabled(n)
		}
		return n
	}))
}

// enabled is the ECS API's word for a boolean of Terraform.
func enabled(n *node) *node {
	if n.kind != value.Boolean && n.kind != value.String {
		return n
	}
	out := *n
	out.kind = value.String
	switch n.s {
	case "true", "1":
		out.s = "ENABLED"
	case "false", "0":
		out.s = "DISABLED"
	default:
		bad := opaque(n.at, &value.Why{Text: "is a string, want a boolean"})
		bad.secret = true // it may be anything
		return bad
	}
	return &out
}
