package files

import (
	"context"
	"io"
)

// readStdin reads the standard input, or begins to where it is a stream.
func (s *Source) readStdin(ctx context.Context) ([]byte, *flow, error) {
	if s.options.Stdin == nil {
		return nil, nil, fault("is not given")
	}
	return s.sort(stdin, &interruptible{ctx: ctx, from: s.options.Stdin}, func() error { return nil })
}

// An interruptible is the standard input, which may be a terminal where nobody
// types: an interruption ends the wait.
type interruptible struct {
	ctx    context.Context //nolint:containedctx // a reader has no other way to know
	from   io.Reader
	buffer []byte
	rest   []byte
}

func (r *interruptible) Read(p []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	if len(r.rest) == 0 {
		if r.buffer == nil {
			r.buffer = make([]byte, heldAtMost)
		}
		done := make(chan result, 1)
		go func() {
			n, err := r.from.Read(r.buffer)
			done <- result{n, err}
		}()
		select {
		case got := <-done:
			r.rest = r.buffer[:got.n]
			if got.n == 0 {
				return 0, got.err
			}
		case <-r.ctx.Done():
			return 0, fault("was not read to its end: the scan was interrupted")
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}
