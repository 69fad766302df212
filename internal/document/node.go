// Package document reads YAML and JSON into one syntax tree whose nodes know
// the bytes they were written with.
//
// A source decodes the tree, a place points into it by offset, a rewriter
// splices at [Node.Start] and [Node.End] (see [Editor]), and a report shows the lines around a
// value with everything else hidden. All four need the offsets to be exact, so
// each one is checked against the text: what cannot be located is an error, not
// a guess.
//
// The input may be hostile and may hold secrets. Time and memory are bounded by
// its size, and no error ever shows a value.
package document

import "github.com/ecsentry/ecsentry/value"

// Kind is what a node is.
type Kind uint8

// The kinds. YAML 1.1's yes, no, on and off are strings; a source that reads
// them as booleans tells them by their plain style.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Map
)

// Value is the kind in the terms of [value.Node].
func (k Kind) Value() value.Kind {
	switch k {
	case Bool:
		return value.Boolean
	case Number:
		return value.Number
	case String:
		return value.String
	case List:
		return value.Sequence
	case Map:
		return value.Object
	default:
		return value.Null
	}
}

// Style is how a node is written.
type Style uint8

// The styles: the first five are of scalars, the last two of collections. JSON
// strings are DoubleQuoted, JSON collections are Flow. The map in [key: value] is
// Block: it has no braces.
const (
	Plain Style = iota
	SingleQuoted
	DoubleQuoted
	Literal
	Folded
	Flow
	Block
)

// A Node is a value. Where a YAML alias is used stands a copy of the node that it
// refers to, which lies where the alias does. What is in it is shared, so the tree
// is a graph without cycles, and shared nodes lie outside their other parents.
type Node struct {
	Kind  Kind
	Style Style
	Alias bool // *name is what is written
	// Start and End are the bytes of the value itself, without its tag and anchor,
	// end exclusive. A block scalar goes from its | or > to the end of its last
	// line that is not blank; a block collection from its first key or dash to the
	// end of its last value. A value left out is empty, right after its colon or
	// dash.
	Start, End int32
	// Tag is the explicit tag, such as !Ref or !!str; empty if there is none.
	Tag string
	// Value is the text of a scalar: decoded for strings, as written for others.
	Value string
	// Items are the elements of a List.
	Items []*Node
	// Fields are those of a Map, in order, with merge keys (<<) resolved: what is
	// written in the map wins, what was merged follows.
	Fields []Field
}

// A Field is a key, always a scalar, with its value.
type Field struct{ Key, Value *Node }

// Get is the value with the key, nil if there is none or n is not a Map.
//
// It looks at one field after the other: comparing lengths first makes that as
// fast as an index for the maps that templates have.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for i := range n.Fields {
		if n.Fields[i].Key.Value == key {
			return n.Fields[i].Value
		}
	}
	return nil
}

// IsScalar reports whether n is neither a List nor a Map.
func (n *Node) IsScalar() bool { return n.Kind < List }

// A slab hands out nodes, fields and items from larger pieces of memory: a
// document of a thousand nodes costs a few allocations, not thousands.
type slab struct {
	nodes  []Node
	items  []*Node
	fields []Field
	next   int   // how many nodes a piece has
	again  bool  // memory is handed out again
	all    piece // which
}

const (
	firstPiece = 16
	lastPiece  = 1024
)

// newSlab expects a value every two dozen bytes, as templates have.
func newSlab(size int) slab {
	return slab{next: min(max(size/24, firstPiece), lastPiece)}
}

func (s *slab) node() *Node {
	if len(s.nodes) == 0 {
		s.nodes = make([]Node, s.next)
		if s.again {
			s.all.nodes = s.nodes
		}
	}
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	if s.again {
		*n = Node{}
	}
	return n
}

// list copies from, which is scratch space, into memory that stays.
func (s *slab) list(from []*Node) []*Node {
	if len(from) == 0 {
		return nil
	}
	if len(s.items) < len(from) {
		s.items = make([]*Node, max(len(from), s.next/8))
		if s.again {
			s.all.items = s.items
		}
	}
	out := s.items[:len(from):len(from)]
	s.items = s.items[len(from):]
	copy(out, from)
	return out
}

func (s *slab) fieldList(from []Field) []Field {
	if len(from) == 0 {
		return nil
	}
	if len(s.fields) < len(from) {
		s.fields = make([]Field, max(len(from), s.next/2))
		if s.again {
			s.all.fields = s.fields
		}
	}
	out := s.fields[:len(from):len(from)]
	s.fields = s.fields[len(from):]
	copy(out, from)
	return out
}

// rewind makes the slab hand out the memory of its last pieces again.
func (s *slab) rewind() {
	s.again = true
	s.nodes, s.items, s.fields = s.all.nodes, s.all.items, s.all.fields
}

// A piece is memory that a slab hands out.
type piece struct {
	nodes  []Node
	items  []*Node
	fields []Field
}
