package files

import (
	"context"
	"errors"
	"io"
	"io/fs"
)

const interrupted fault = "was not read to its end: the scan was interrupted"

// await reads a slow target, or begins to where it is a stream. An interruption
// ends the wait.
func (s *Source) await(ctx context.Context, t *target) ([]byte, *flow, error) {
	if t.name == stdin {
		if s.options.Stdin == nil {
			return nil, nil, fault("is not given")
		}
		return s.sort(stdin, &interruptible{ctx: ctx, from: s.options.Stdin}, func() error { return nil })
	}
	f, err := s.awaitOpen(ctx, t.disk)
	if err != nil {
		return nil, nil, inWords(err)
	}
	before, err := f.Stat()
	if err != nil || before.IsDir() {
		return nil, nil, errors.Join(fault("is a folder"), f.Close())
	}
	return s.sort(t.name, &interruptible{ctx: ctx, from: f}, func() error { return ended(f, before) })
}

// awaitOpen opens a pipe, which waits for somebody who writes to it.
func (s *Source) awaitOpen(ctx context.Context, name string) (fs.File, error) {
	type result struct {
		file fs.File
		err  error
	}
	done := make(chan result)
	go func() {
		f, err := s.disk.Open(name)
		select {
		case done <- result{f, err}:
		case <-ctx.Done():
			if err == nil {
				f.Close() //nolint:errcheck // nobody has read it
			}
		}
	}()
	select {
	case got := <-done:
		return got.file, got.err
	case <-ctx.Done():
		return nil, interrupted
	}
}

// An interruptible is the standard input, which may be a terminal where nobody
// types, or a pipe: an interruption ends the wait.
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
			return 0, interrupted
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}
