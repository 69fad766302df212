package awsconfig

import (
	"errors"
	"io"

	"github.com/ecsentry/ecsentry/internal/document"
)

const (
	windowSize = 1 << 20
	maxElement = 32 << 20 // of a single item or property
)

// A window shows a part of a stream, from the byte that is next. It knows which
// line that is.
type window struct {
	file   string
	from   io.Reader
	data   []byte // the part; what is before next was taken
	next   int
	passed int // up to here the cursor counts
	at     cursor
	ended  bool
	err    error // of reading
}

func newWindow(name string, from io.Reader) *window {
	return &window{file: name, from: from, data: make([]byte, 0, windowSize), at: cursor{line: 1, column: 1}}
}

// fill reads more behind what is there. It reports whether there was more.
func (w *window) fill() bool {
	if w.ended {
		return false
	}
	w.count()
	rest := w.data[w.next:]
	if len(rest) > cap(w.data)/2 {
		grown := make([]byte, len(rest), 2*cap(w.data))
		copy(grown, rest)
		w.data = grown
	} else {
		w.data = w.data[:copy(w.data[:len(rest)], rest)]
	}
	w.next, w.passed = 0, 0
	had := len(w.data)
	for len(w.data) < cap(w.data) && !w.ended { // so that a long value is looked at a few times only
		n, err := w.from.Read(w.data[len(w.data):cap(w.data)])
		w.data = w.data[:len(w.data)+n]
		switch {
		case errors.Is(err, io.EOF):
			w.ended = true
		case err != nil:
			w.ended, w.err = true, err
		}
	}
	return len(w.data) > had
}

// count moves the cursor to the next byte.
func (w *window) count() {
	w.at.pass(w.data[w.passed:w.next])
	w.passed = w.next
}

// peek is the next byte that is no white space, 0 at the end.
func (w *window) peek() byte {
	for {
		for w.next < len(w.data) {
			switch c := w.data[w.next]; c {
			case ' ', '\t', '\r', '\n':
				w.next++
			default:
				return c
			}
		}
		if !w.fill() {
			return 0
		}
	}
}

// take takes a byte if it is the next one.
func (w *window) take(c byte) bool {
	if w.peek() != c {
		return false
	}
	w.next++
	return true
}

// value shows the next value, which is good until the window moves on; nil if it
// is longer than that.
func (w *window) value(most int) ([]byte, error) {
	w.peek()
	for {
		to, how := scanValue(w.data, w.next)
		switch {
		case how == wrong:
			w.next = to
			return nil, w.failure("is not valid JSON")
		case how == whole:
			return w.data[w.next:to], nil
		case len(w.data)-w.next > most:
			return nil, nil
		case !w.fill():
			if w.err != nil {
				return nil, w.err
			}
			if how == more && w.next < len(w.data) && w.data[w.next] != '{' && w.data[w.next] != '[' && w.data[w.next] != '"' {
				return w.data[w.next:], nil // a number at the end of the text
			}
			w.next = len(w.data)
			return nil, w.failure("is not valid JSON: it ends too early")
		}
	}
}

// failure is an error at the next byte.
func (w *window) failure(message string) error {
	if w.err != nil {
		return w.err
	}
	w.count()
	return &document.Error{File: w.file, Line: w.at.line, Column: w.at.column, Message: message}
}
