package value

import "iter"

// Kind is what a node is in its source.
type Kind uint8

// The kinds. Nothing stands for a property that is not there; Opaque for one
// that is there in a form that cannot be resolved.
const (
	Nothing Kind = iota
	Null
	Boolean
	Number
	String
	Sequence
	Object
	Opaque
)

// A Node is a lazy view of an input in which properties bear the ECS API's own
// names. Asking resolves; what is never asked for costs nothing, and cannot
// leak.
type Node interface {
	Kind() Kind
	// Span is where the node is written. For Nothing it is where its nearest
	// existing parent (or the element that removes it) is.
	Span() (in Text, off, end int32)
	// AsBool is the node as a boolean, as its source accepts booleans.
	AsBool() (v, ok bool)
	// AsString is the node as a string, as its source accepts strings. A node that
	// is a string with unknown parts is Opaque. Of a Number v is its digits even
	// where the source does not take it for a string.
	AsString() (v string, ok bool)
	// Why says why an Opaque node is unknown. For other kinds it is nil.
	Why() *Why
	// Field is the property with the ECS API's name; never nil. On what is not an
	// Object it is Nothing, on an Opaque it is Opaque.
	Field(apiName string) Node
	// Items are the elements of a Sequence, with their indices in the source.
	Items() iter.Seq2[int, Node]
	// Rest says why a Sequence may have more elements than Items gives, nil if it
	// has not.
	Rest() *Why
}

// An Indirect is a Node whose value may be written elsewhere than where it is
// used. Via names that place, "" if there is none.
type Indirect interface{ Via() string }

// A Concealed node may hold what is not to be shown, although it decides.
type Concealed interface{ Concealed() bool }
