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
	bad    *Error // what is wrong with the document, though its syntax is right

	documents []*Node // that were read quickly
	at        int     // up to where
}

// An Arena is memory for the trees of many small JSON texts, one after the other:
// parsing into it ends the life of the tree before. Only one goroutine may use it.
type Arena struct{ reader jsonReader }

// reader is what reads the text of f from base on.
func (f *File) reader(base int) *jsonReader {
	text := unsafe.String(unsafe.SliceData(f.Data), len(f.Data))
	from := bytes.NewBuffer(f.Data[base:])
	if f.options.Arena == nil {
		return &jsonReader{
			file: f, base: base, slab: newSlab(len(f.Data)), text: text,
			dec: jsontext.NewDecoder(from, jsontext.AllowDuplicateNames(true)),
		}
	}
	r := &f.options.Arena.reader
	if r.dec == nil {
		r.dec, r.slab = jsontext.NewDecoder(from, jsontext.AllowDuplicateNames(true)), slab{next: lastPiece}
	} else {
		r.dec.Reset(from, jsontext.AllowDuplicateNames(true))
	}
	r.file, r.base, r.text, r.count = f, base, text, 0
	r.items, r.fields = r.items[:0], r.fields[:0]
	r.slab.rewind()
	return r
}

// parseJSON reads the values from base on. Nearly all texts are as they should be,
// and are read quickly; what is wrong with others, and where, jsontext says.
func (f *File) parseJSON(base int) *reading {
	if r := f.reader(base); r.quick(base) {
		return &reading{format: JSON, whole: true, documents: r.documents}
	}
	return f.parseTokens(base)
}

// parseTokens reads the values from base on, token by token.
func (f *File) parseTokens(base int) *reading {
	r := f.reader(base)
	out := &reading{format: JSON, whole: true}
	for {
		from := r.offset()
		if r.dec.PeekKind() == 0 {
			if _, err := r.dec.ReadToken(); err == io.EOF {
				return out
			} else if err != nil {
				out.whole = false
				out.failed(r.translate(err), from, len(r.text))
				return out
			}
		}
		r.bad, r.items, r.fields = nil, r.items[:0], r.fields[:0]
		n, err := r.value(0)
		switch {
		case err != nil && r.bad != nil: // what is wrong comes first
			out.failed(r.bad, from, len(r.text))
			return out
		case err != nil:
			failure, syntax := r.failure(err)
			out.whole = !syntax
			out.failed(failure, from, len(r.text))
			return out
		case r.bad == nil:
			out.documents = append(out.documents, n)
		case !out.failed(r.bad, from, r.offset()):
			out.failed(r.file.errorAt(r.offset(), tooManyErrors), r.offset(), len(r.text))
			return out
		}
	}
}

// failure makes an error one of ours, and tells whether it is one of syntax, so
// that another syntax may be tried.
func (r *jsonReader) failure(err error) (_ *Error, syntax bool) {
	var own *Error
	if errors.As(err, &own) {
		return own, false
	}
	return r.translate(err), true
}

// fault notes what is wrong with a document that can be read on all the same.
func (r *jsonReader) fault(err *Error) {
	if r.bad == nil {
		r.bad = err
	}
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
				r.fault(r.file.errorAt(start, "has a string with an escape that is not valid"))
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
		r.fault(r.file.errorAt(int(n.Start), "is nested too deeply"))
		return n, r.skip()
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

// skip moves to the end of the collection that was begun.
func (r *jsonReader) skip() error {
	for outside := r.dec.StackDepth() - 1; r.dec.StackDepth() > outside; {
		if _, err := r.dec.ReadToken(); err != nil {
			return err
		}
	}
	return nil
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
		r.fault(r.file.duplicateKey(key, int(key.Start)))
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
