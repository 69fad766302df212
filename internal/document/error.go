package document

import (
	"bytes"
	"regexp"
	"strconv"
)

// An Error says why a text could not be read, and where. It never shows a value.
type Error struct {
	File         string
	Line, Column int // from 1; 0 if not known
	Message      string
	Hint         string // how to mend it, if there is a way
}

// Error writes file:line:column: message (hint).
func (e *Error) Error() string {
	out := e.File
	if e.Line > 0 {
		out += ":" + strconv.Itoa(e.Line)
		if e.Column > 0 {
			out += ":" + strconv.Itoa(e.Column)
		}
	}
	if out != "" {
		out += ": "
	}
	out += e.Message
	if e.Hint != "" {
		out += " (" + e.Hint + ")"
	}
	return out
}

func (f *File) errorAt(off int, message string) *Error {
	p := f.Position(int32(off))
	return &Error{File: p.File, Line: p.Line, Column: p.Column, Message: message}
}

const renderHint = "render the file first, then scan what was rendered"

// placeholder finds what template engines replace, where YAML or JSON would have
// an unquoted value. ${…} inside a text is CloudFormation's own and no hint.
var placeholder = regexp.MustCompile(`\{\{|\{%|<%` +
	`|(?m)(?:^|^[ \t]*- |: |":|[\[{,])[ \t]*(?:<[A-Za-z][A-Za-z0-9_ .-]*>|\$\{[^}\n]*\}|\$\([^)\n]*\)|%[A-Za-z][A-Za-z0-9_]*%|@@?[A-Za-z][A-Za-z0-9_]*@@?)`)

// hint looks for placeholders in at most the first and last megabyte.
func hint(data []byte) string {
	const most = 1 << 20
	if placeholder.Match(data[:min(len(data), most)]) || placeholder.Match(data[max(0, len(data)-most):]) {
		return renderHint
	}
	return ""
}

// safeKey is a key for an error message: quoted if it looks like an identifier.
// Anything else may be a secret in the wrong place.
func safeKey(key string) string {
	if key == "" || len(key) > 64 {
		return "a key"
	}
	for i := range len(key) {
		c := key[i]
		if !(isAlphanumeric(c) || bytes.IndexByte([]byte("_-.:/"), c) >= 0) {
			return "a key"
		}
	}
	return "the key " + key
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}
