package document

import (
	"bytes"
	"math"
	"strconv"
	"unicode/utf8"
)

// Options say how to read a text.
type Options struct {
	JSONOnly bool   // the text must be JSON, as a file named *.json must
	MaxBytes int    // more is refused; 64 MiB if 0
	Arena    *Arena // memory for the tree of a JSON text; nil for memory of its own
}

// What a text may have at most.
const (
	defaultMaxBytes = 64 << 20
	maxDepth        = 200
	maxNodes        = 2_000_000
	maxExpanded     = 1_000_000 // nodes of a document with its aliases written out
	maxErrors       = 50        // documents of a text that are no good
)

const tooManyErrors = "is not read from here on: too many documents are no good"

const byteOrderMark = "\xef\xbb\xbf"

// Parse reads all documents of a text. What starts with { or [ is read as JSON,
// or as several JSON values one after the other; as YAML, if it is not JSON and
// may be. An error is an *Error. A text without documents is none.
//
// The file and its nodes refer to data, which must not change.
func Parse(name string, data []byte, o Options) (*File, error) {
	f, errs := ParseAll(name, data, o)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	return f, nil
}

// ParseAll is Parse for texts of which each document counts by itself: it reads
// those that can be read, and says of each other one why it cannot. Behind an
// error of syntax nobody knows where the next document starts, so that the rest
// of the text is part of the document with the error.
func ParseAll(name string, data []byte, o Options) (*File, []*Error) {
	f := &File{Name: name, Data: data, options: o}
	return f, f.parse(o)
}

// A reading is what a text is in one language.
type reading struct {
	format     Format
	documents  []*Node
	errors     []*Error
	unread     []token // where documents lie that were not read
	overridden []Field
	anchors    map[*Node]*Node
	merges     map[*Node][]Field
	whole      bool // there is no error of syntax
}

// failed notes a document that cannot be read and lies from one offset to
// another. It reports whether the text is worth going on with.
func (r *reading) failed(err *Error, from, to int) bool {
	r.errors = append(r.errors, err)
	r.unread = append(r.unread, token{int32(from), int32(to), isSecret})
	return len(r.errors) < maxErrors
}

// betterThan tells, of two readings with errors, which one the author meant.
func (r *reading) betterThan(other *reading, otherwise bool) bool {
	switch {
	case len(r.documents) > 0 && r.whole != other.whole:
		return r.whole
	case len(r.documents) != len(other.documents):
		return len(r.documents) > len(other.documents)
	default:
		return otherwise
	}
}

func (f *File) parse(o Options) []*Error {
	if err := f.check(o.MaxBytes); err != nil {
		return []*Error{err}
	}
	r := f.read(o)
	f.Format, f.Documents, f.overridden, f.unread = r.format, r.documents, r.overridden, r.unread
	f.anchors, f.merges = r.anchors, r.merges
	return r.errors
}

func (f *File) read(o Options) *reading {
	body := bytes.TrimPrefix(f.Data, []byte(byteOrderMark))
	first := bytes.TrimLeft(body, " \t\r\n")
	looksLikeJSON := len(first) > 0 && (first[0] == '{' || first[0] == '[')
	if !o.JSONOnly && !looksLikeJSON {
		return f.parseYAML()
	}
	asJSON := f.parseJSON(len(f.Data) - len(body))
	if asJSON.whole || o.JSONOnly {
		return asJSON
	}
	asYAML := f.parseYAML()
	if len(asYAML.errors) == 0 || asYAML.betterThan(asJSON, !startsLikeJSON(first)) {
		return asYAML
	}
	return asJSON
}

// startsLikeJSON tells whether the author meant JSON, so that its error says
// more: YAML in braces rarely quotes its first key.
func startsLikeJSON(text []byte) bool {
	rest := bytes.TrimLeft(text[1:], " \t\r\n")
	if len(rest) == 0 {
		return true
	}
	if text[0] == '{' {
		return rest[0] == '"' || rest[0] == '}'
	}
	return bytes.IndexByte([]byte(`{["]`), rest[0]) >= 0 && !bytes.HasPrefix(rest, []byte("{{"))
}

// check refuses texts that no parser need see.
func (f *File) check(most int) *Error {
	data := f.Data
	if most <= 0 {
		most = defaultMaxBytes
	}
	if len(data) > min(most, math.MaxInt32-1) {
		return &Error{File: f.Name, Message: "is larger than " + strconv.Itoa(most) + " bytes"}
	}
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\x00\x00\xfe\xff"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			return &Error{File: f.Name, Line: 1, Column: 1, Message: "is written in UTF-16 or UTF-32, want UTF-8",
				Hint: "save the file as UTF-8"}
		}
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return f.errorAt(i, "has a NUL byte, so it is no text")
	}
	if !utf8.Valid(data) {
		return f.errorAt(firstInvalid(data), "is not valid UTF-8")
	}
	return nil
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}
