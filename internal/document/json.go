package document

import (
	"bytes"
	"errors"
	"io"
	"unsafe"

	"github.com/go-json-experiment/json/jsontext"
)

// A jsonReader turns the tokens of jsontext into nodes.
type jsonReader struct {
	file   *File
	dec    *jsontext.Decoder
	base   int    // where the decoder's text starts in the file
	text   string // the file's bytes; strings without escapes are parts of it
	slab   slab
	keys   keyCheck
	count  int
	items  []*Node // scratch, used as stacks
	fields []Field
}

// parseJSON reads the values from base on. It reports whether the error is one
// of syntax, so that another syntax may be tried.
func (f *File) parseJSON(base int) (err error, syntax bool) {
	r := &jsonReader{file: f, base: base, slab: newSlab(len(f.Data)), text: unsafe.String(unsafe.SliceData(f.Data), len(f.Data))}
	r.dec = jsontext.NewDecoder(bytes.NewBuffer(f.Data[base:]), jsontext.AllowDuplicateNames(true))
	var documents []*Node
	for {
		if r.dec.PeekKind() == 0 {
			if _, err := r.dec.ReadToken(); err == io.EOF {
				break
			} else if err != nil {
				return r.translate(err), true
			}
		}
		n, err := r.value(0)
		if err != nil {
			var own *Error
			if errors.As(err, &own) {
				return own, false
			}
			return r.translate(err), true
		}
		documents = append(documents, n)
	}
	f.Format, f.Documents = JSON, documents
	return nil, false
}

func (r *jsonReader) offset() int { return r.base + int(r.dec.InputOffset()) }

func (r *jsonReader) value(depth int) (*Node, error) {
	if r.count++; r.count > maxNodes {
		return nil, r.file.errorAt(r.offset(), "has too many values")
	}
	switch r.dec.PeekKind() {
	case '{', '[':
		return r.collection(depth)
	default:
		return r.scalar()
	}
}

func (r *jsonReader) scalar() (*Node, error) {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return nil, err
	}
	end := r.offset()
	start := end - len(raw)
	n := r.slab.node()
	n.Start, n.End = int32(start), int32(end)
	n.Value = r.text[start:end]
	switch raw[0] {
	case 'n':
		n.Kind = Null
	case 't', 'f':
		n.Kind = Bool
	case '"':
		n.Kind, n.Style = String, DoubleQuoted
		if n.Value = n.Value[1 : len(n.Value)-1]; bytes.IndexByte(raw, '\\') >= 0 {
			text, err := jsontext.AppendUnquote[[]byte](nil, raw)
			if err != nil {
				return nil, r.file.errorAt(start, "has a string with an escape that is not valid")
			}
			n.Value = string(text)
		}
	default:
		n.Kind = Number
	}
	return n, nil
}

func (r *jsonReader) collection(depth int) (*Node, error) {
	token, err := r.dec.ReadToken()
	if err != nil {
		return nil, err
	}
	n := r.slab.node()
	n.Style, n.Start = Flow, int32(r.offset()-1)
	if depth >= maxDepth {
		return nil, r.file.errorAt(int(n.Start), "is nested too deeply")
	}
	if token.Kind() == '[' {
		n.Kind = List
		err = r.list(n, depth)
	} else {
		n.Kind = Map
		err = r.fieldsOf(n, depth)
	}
	if err != nil {
		return nil, err
	}
	if _, err := r.dec.ReadToken(); err != nil {
		return nil, err
	}
	n.End = int32(r.offset())
	return n, nil
}

func (r *jsonReader) list(n *Node, depth int) error {
	from := len(r.items)
	for {
		if k := r.dec.PeekKind(); k == ']' {
			break
		}
		item, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		r.items = append(r.items, item)
	}
	n.Items = r.slab.list(r.items[from:])
	r.items = r.items[:from]
	return nil
}

func (r *jsonReader) fieldsOf(n *Node, depth int) error {
	from := len(r.fields)
	for {
		if k := r.dec.PeekKind(); k == '}' {
			break
		}
		key, err := r.scalar()
		if err != nil {
			return err
		}
		val, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		r.count++
		r.fields = append(r.fields, Field{Key: key, Value: val})
	}
	if key := r.keys.duplicate(r.fields[from:]); key != nil {
		return r.file.duplicateKey(key, int(key.Start))
	}
	n.Fields = r.slab.fieldList(r.fields[from:])
	r.fields = r.fields[:from]
	return nil
}

// translate makes an error of the library one of ours: the library's may quote
// the input.
func (r *jsonReader) translate(err error) *Error {
	off, message := r.offset(), "is not valid JSON"
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		off = r.base + int(syntax.ByteOffset)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || off >= len(r.text) {
		off, message = len(r.text), "is not valid JSON: it ends too early"
	}
	out := r.file.errorAt(min(off, len(r.text)), message)
	out.Hint = hint(r.file.Data)
	return out
}
