package ecs

import (
	"strconv"

	"github.com/ecsentry/ecsentry/value"
)

// A decoder reads one object. It mints a place for each leaf and object, and
// knows what is unknown because of what encloses it.
type decoder struct {
	node value.Node
	at   *value.Place
	why  *value.Why // the whole object is unknown
}

// object starts decoding at a node; parent and name place it.
func object(n value.Node, parent *value.Place, name string) decoder {
	d := decoder{node: n, at: place(n, parent, name)}
	switch n.Kind() {
	case value.Object, value.Nothing, value.Null:
	case value.Opaque:
		d.why = n.Why()
	default:
		d.why = wrongType(n.Kind(), "an object")
	}
	d.at.Why, d.at.Masked = d.why, d.at.Masked || d.why != nil
	return d
}

// place mints the place of a node.
func place(n value.Node, parent *value.Place, name string) *value.Place {
	p := &value.Place{Parent: parent, Name: name}
	p.In, p.Off, p.End = n.Span()
	if indirect, ok := n.(value.Indirect); ok {
		p.Via = indirect.Via()
	}
	if concealed, ok := n.(value.Concealed); ok {
		p.Masked = concealed.Concealed()
	}
	switch n.Kind() {
	case value.Nothing, value.Null:
		p.Missing = true
	case value.Opaque:
		p.Why = n.Why()
	}
	return p
}

// field is a property's node and its place. The properties of an unknown object
// are unknown; those of elements that nobody knows have the list's place.
func (d decoder) field(name string) (value.Node, *value.Place) {
	if _, nobody := d.node.(unknown); nobody {
		return d.node, d.at
	}
	if d.why != nil && d.node.Kind() != value.Opaque {
		at := *d.at
		at.Parent, at.Name, at.Missing = d.at, name, true
		return unknown{at: &at}, &at
	}
	n := d.node.Field(name)
	at := place(n, d.at, name)
	at.Masked = at.Masked || d.at.Masked
	return n, at
}

func (d decoder) child(name string) decoder {
	n, at := d.field(name)
	if at.Why != nil {
		return decoder{node: n, at: at, why: at.Why}
	}
	return object(n, d.at, name)
}

func (d decoder) text(name string) value.Of[string] {
	n, at := d.field(name)
	if at.Why != nil {
		return value.Unknown[string](at)
	}
	switch n.Kind() {
	case value.Nothing, value.Null:
		return value.Absent[string](at)
	}
	if s, ok := n.AsString(); ok {
		return value.Known(s, at)
	}
	at.Why, at.Masked = wrongType(n.Kind(), "a string"), true
	return value.Unknown[string](at)
}

// digits is a string that may be written as a number.
func (d decoder) digits(name string) value.Of[string] {
	s := d.text(name)
	if s.State() != value.IsUnknown {
		return s
	}
	n, at := d.field(name)
	if n.Kind() != value.Number || at.Why != nil {
		return s
	}
	v, _ := n.AsString()
	return value.Known(v, at)
}

func (d decoder) truth(name string) value.Of[bool] {
	n, at := d.field(name)
	if at.Why != nil {
		return value.Unknown[bool](at)
	}
	switch n.Kind() {
	case value.Nothing, value.Null:
		return value.Absent[bool](at)
	}
	if b, ok := n.AsBool(); ok {
		return value.Known(b, at)
	}
	at.Why, at.Masked = wrongType(n.Kind(), "a boolean"), true
	return value.Unknown[bool](at)
}

// listOf reads a list of objects.
func listOf[T any](d decoder, name string, element func(decoder) T) value.List[T] {
	n, at := d.field(name)
	l := value.List[T]{At: at}
	switch {
	case at.Why != nil:
		at.Masked = true
	case n.Kind() == value.Nothing || n.Kind() == value.Null:
		return l
	case n.Kind() != value.Sequence:
		at.Why, at.Masked = wrongType(n.Kind(), "a list"), true
	default:
		l.Set = true
		for i, item := range n.Items() {
			l.Items = append(l.Items, element(object(item, at, strconv.Itoa(i))))
		}
		if why := n.Rest(); why != nil {
			l.Rest, l.RestAt = rest(at, why, element)
		}
		return l
	}
	l.Set = true
	l.Rest, l.RestAt = rest(at, at.Why, element)
	return l
}

// rest stands for the elements that nobody knows: everything about them is
// unknown, for the reason that the list is.
func rest[T any](list *value.Place, why *value.Why, element func(decoder) T) (*T, *value.Place) {
	at := *list
	at.Why = why
	e := element(decoder{node: unknown{at: &at}, at: &at, why: why})
	return &e, &at
}

func wrongType(k value.Kind, want string) *value.Why {
	return &value.Why{Text: "is " + kindNames[k] + ", want " + want}
}

var kindNames = [...]string{ //nolint:gochecknoglobals // never written
	value.Null: "null", value.Boolean: "a boolean", value.Number: "a number", value.String: "a string",
	value.Sequence: "a list", value.Object: "an object", value.Nothing: "nothing", value.Opaque: "unknown",
}
