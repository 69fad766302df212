package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

const buffered = 64 << 10

// A jsonStream writes JSON piece by piece. The first error stays, and close
// returns it.
type jsonStream struct {
	out  *bufio.Writer
	line bytes.Buffer
	enc  *json.Encoder
	err  error
}

func newJSONStream(w io.Writer) *jsonStream {
	s := &jsonStream{out: bufio.NewWriterSize(w, buffered)}
	s.enc = json.NewEncoder(&s.line)
	s.enc.SetEscapeHTML(false)
	return s
}

// raw writes text as it is.
func (s *jsonStream) raw(text string) {
	if s.err == nil {
		_, s.err = s.out.WriteString(text)
	}
}

// value writes a value on the current line.
func (s *jsonStream) value(v any) {
	if s.err != nil {
		return
	}
	s.line.Reset()
	if s.err = s.enc.Encode(v); s.err != nil {
		return
	}
	s.err = writeEscaped(s.out, bytes.TrimSuffix(s.line.Bytes(), []byte("\n")))
}

func (s *jsonStream) close() error {
	if s.err != nil {
		return s.err
	}
	return s.out.Flush()
}

// writeList writes an array with one element a line, "[]" for none. Making the
// items and writing them as JSON take about as long, so both are done at once;
// an item must not change after it was handed over.
func writeList[T any](s *jsonStream, items iter.Seq[T]) {
	const atOnce = 64
	batches := make(chan []T, 2)
	var failed atomic.Bool
	var writing sync.WaitGroup
	writing.Go(func() {
		separator := "[\n"
		for batch := range batches {
			for _, item := range batch {
				s.raw(separator)
				s.value(item)
				separator = ",\n"
			}
			failed.Store(s.err != nil)
		}
		if separator == "[\n" {
			s.raw("[]")
		} else {
			s.raw("\n]")
		}
	})
	defer writing.Wait()
	defer close(batches)
	batch := make([]T, 0, atOnce)
	for item := range items {
		if batch = append(batch, item); len(batch) == atOnce {
			batches <- batch
			batch = make([]T, 0, atOnce)
		}
		if failed.Load() {
			return
		}
	}
	if len(batch) > 0 {
		batches <- batch
	}
}

// writeEscaped writes JSON with all characters escaped that do not show
// themselves, so that it does no harm on a terminal. Such characters stand in
// strings only, and encoding/json has escaped those below space already.
func writeEscaped(w *bufio.Writer, text []byte) error {
	start := 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf && text[i] != 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if unicode.IsPrint(r) {
			i += size
			continue
		}
		if _, err := w.Write(text[start:i]); err != nil {
			return err
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			const hex = "0123456789abcdef"
			escape := [6]byte{'\\', 'u', hex[unit>>12], hex[unit>>8&15], hex[unit>>4&15], hex[unit&15]}
			if _, err := w.Write(escape[:]); err != nil {
				return err
			}
		}
		i += size
		start = i
	}
	_, err := w.Write(text[start:])
	return err
}
