package document

import (
	"bytes"
	"math"
	"strconv"
	"unicode/utf8"
)

// Options say how to read a text.
type Options struct {
	JSONOnly bool // the text must be JSON, as a file named *.json must
	MaxBytes int  // more is refused; 64 MiB if 0
}

// What a text may have at most.
const (
	defaultMaxBytes = 64 << 20
	maxDepth        = 200
	maxNodes        = 2_000_000
	maxExpanded     = 1_000_000 // nodes of a document with its aliases written out
)

const byteOrderMark = "\xef\xbb\xbf"

// Parse reads all documents of a text. What starts with { or [ is read as JSON,
// or as several JSON values one after the other; as YAML, if it is not JSON and
// may be. An error is an *Error. A text without documents is none.
//
// The file and its nodes refer to data, which must not change.
func Parse(name string, data []byte, o Options) (*File, error) {
	f := &File{Name: name, Data: data, options: o}
	if err := f.parse(o); err != nil {
		return nil, err
	}
	return f, nil
}

func (f *File) parse(o Options) error {
	if err := f.check(o.MaxBytes); err != nil {
		return err
	}
	body := bytes.TrimPrefix(f.Data, []byte(byteOrderMark))
	first := bytes.TrimLeft(body, " \t\r\n")
	looksLikeJSON := len(first) > 0 && (first[0] == '{' || first[0] == '[')
	if !o.JSONOnly && !looksLikeJSON {
		return f.parseYAML()
	}
	err, syntax := f.parseJSON(len(f.Data) - len(body))
	if err == nil || o.JSONOnly || !syntax {
		return err
	}
	yamlErr := f.parseYAML()
	if yamlErr != nil && startsLikeJSON(first) {
		return err
	}
	return yamlErr
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
