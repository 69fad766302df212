package report

import (
	"bufio"
	"io"
	"iter"
	"sync"
	"sync/atomic"
)

const buffered = 64 << 10

// A jsonStream writes JSON piece by piece. The first error stays, and close
// returns it.
type jsonStream struct {
	out  *bufio.Writer
	line []byte
	enc  encoder
	err  error
}

func newJSONStream(w io.Writer) *jsonStream {
	return &jsonStream{out: bufio.NewWriterSize(w, buffered)}
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
	if s.line, s.err = s.enc.append(s.line[:0], v); s.err == nil {
		_, s.err = s.out.Write(s.line)
	}
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
