package live

import (
	"errors"
	"io"
	"iter"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ecsentry/ecsentry/value"
)

// node is a value in an answer of the API. The zero node is Nothing.
type node struct {
	kind  value.Kind
	truth bool
	text  string   // of a String or a Number
	names []string // of an Object's properties
	parts []*node  // an Object's properties or a Sequence's elements
}

func (n *node) Kind() value.Kind                 { return n.kind }
func (n *node) Span() (value.Text, int32, int32) { return nil, 0, 0 }
func (n *node) AsBool() (bool, bool)             { return n.truth, n.kind == value.Boolean }
func (n *node) Rest() *value.Why                 { return nil }

func (n *node) AsString() (string, bool) {
	return n.text, n.kind == value.String || n.kind == value.Number
}

func (n *node) Why() *value.Why {
	if n.kind == value.Opaque {
		return &value.Why{Text: "is not read"}
	}
	return nil
}

func (n *node) Field(name string) value.Node { return n.field(name) }

func (n *node) field(name string) *node {
	for i, has := range n.names {
		if has == name {
			return n.parts[i]
		}
	}
	if n.kind == value.Opaque {
		return n
	}
	return &node{}
}

func (n *node) Items() iter.Seq2[int, value.Node] {
	return func(yield func(int, value.Node) bool) {
		for i, item := range n.items() {
			if !yield(i, item) {
				return
			}
		}
	}
}

// items are the elements of a Sequence.
func (n *node) items() []*node {
	if n.kind != value.Sequence {
		return nil
	}
	return n.parts
}

// string is the text of a string, "" for what is none.
func (n *node) string() string {
	if n.kind != value.String {
		return ""
	}
	return n.text
}

// errMalformed says that an answer is not what the API promises. It names no
// detail, since a detail might quote a secret.
var errMalformed = errors.New("the answer is not what the Amazon ECS API promises")

// parse reads an answer. What nobody decodes is passed over: the values of
// environment variables because they may be secret, events and deployments
// because they are most of the bytes of a service.
func parse(r io.Reader) (*node, error) {
	in := &source{r: r}
	d := jsontext.NewDecoder(in)
	n, err := parseValue(d, "")
	if err == nil {
		_, err = d.ReadToken()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
	}
	if in.err != nil && !errors.Is(in.err, io.EOF) {
		return nil, in.err
	}
	return nil, errMalformed
}

// source remembers how reading ended, so that a cut connection and bad JSON can
// be told apart.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil {
		s.err = err
	}
	return n, err
}

// parseValue reads the next value, which is the property of that name or an
// element of a list that is.
func parseValue(d *jsontext.Decoder, name string) (*node, error) {
	t, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	switch t.Kind() {
	case 'n':
		return &node{kind: value.Null}, nil
	case 't', 'f':
		return &node{kind: value.Boolean, truth: t.Bool()}, nil
	case '"':
		return &node{kind: value.String, text: t.String()}, nil
	case '0':
		return &node{kind: value.Number, text: t.String()}, nil
	case '[':
		n := &node{kind: value.Sequence}
		for d.PeekKind() != ']' {
			e, err := parseValue(d, name)
			if err != nil {
				return nil, err
			}
			n.parts = append(n.parts, e)
		}
		_, err := d.ReadToken()
		return n, err
	default:
		return parseObject(d, name)
	}
}

func parseObject(d *jsontext.Decoder, in string) (*node, error) {
	n := &node{kind: value.Object}
	for d.PeekKind() != '}' {
		t, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		name := t.String()
		var e *node
		if passedOver(in, name) {
			e = &node{kind: value.Opaque}
			err = d.SkipValue()
		} else {
			e, err = parseValue(d, name)
		}
		if err != nil {
			return nil, err
		}
		n.names = append(n.names, name)
		n.parts = append(n.parts, e)
	}
	_, err := d.ReadToken()
	return n, err
}

func passedOver(in, name string) bool {
	switch in {
	case "environment":
		return name == "value"
	case "services":
		return name == "events" || name == "deployments"
	default:
		return false
	}
}
