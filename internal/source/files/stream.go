package files

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"

	"github.com/ecsentry/ecsentry/internal/document"
)

// heldAtMost is how large a text may be that is held although it could be read
// as a stream: only of a text that is held can reports show lines.
const heldAtMost = 64 << 10

// A flow is a text that a [Streamer] reads.
type flow struct {
	io.Reader
	format Streamer
	ended  func() error // closes it, and tells whether it stayed the same
}

// load reads a target, or opens it where a format is to read it as a stream.
func (s *Source) load(t *target) ([]byte, *flow, error) {
	if t.slow || t.data != nil {
		return t.data, t.flow, t.bad
	}
	info, err := s.disk.Stat(t.disk)
	if err == nil && info.Mode().IsRegular() && !compressed(t.name) && !s.streams(t, info.Size()) {
		data, err := s.read(t.disk)
		return data, nil, err
	}
	f, err := s.disk.Open(t.disk)
	if err != nil {
		return nil, nil, fault(trouble(err))
	}
	before, err := f.Stat()
	if err != nil || before.IsDir() {
		return nil, nil, errors.Join(fault("is a folder"), f.Close())
	}
	return s.sort(t.name, f, func() error { return ended(f, before) })
}

// ended closes a file that was read as a stream.
func ended(f fs.File, before fs.FileInfo) error {
	defer f.Close() //nolint:errcheck // it was only read
	after, err := f.Stat()
	if err != nil || before.Mode().IsRegular() && (after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime())) {
		return changed
	}
	return nil
}

// sort looks at the beginning of a text to see whether it is read as a stream,
// and reads it if it is not. end is called when no more is read.
func (s *Source) sort(name string, from io.Reader, end func() error) ([]byte, *flow, error) {
	in, f, err := s.look(name, from)
	if f != nil {
		f.ended = end
		return nil, f, nil
	}
	var data []byte
	if err == nil {
		data, err = s.readAll(in)
	}
	if changed := end(); err == nil {
		err = changed
	}
	return data, nil, err
}

func (s *Source) look(name string, from io.Reader) (*bufio.Reader, *flow, error) {
	in := bufio.NewReaderSize(from, heldAtMost+1)
	magic, _ := in.Peek(2)
	if string(magic) == "\x1f\x8b" {
		expanded, err := expansionOf(in)
		if err != nil {
			return nil, nil, err
		}
		in = bufio.NewReaderSize(expanded, heldAtMost+1)
	} else if compressed(name) {
		return nil, nil, gzipFault{fault: "is not valid gzip data"}
	}
	head, err := in.Peek(heldAtMost + 1)
	switch {
	case err != nil && err != io.EOF:
		return nil, nil, after(head, inWords(err))
	case err == nil:
		if f := s.streamer(head); f != nil {
			return nil, &flow{Reader: in, format: f}, nil
		}
	}
	if compressed(name) && bytes.IndexByte(head, 0) >= 0 { // an archive
		return nil, nil, gzipFault{fault: "has a NUL byte, so it is no text"}
	}
	return in, nil, nil
}

// streamer is the format that reads a text as a stream, nil if there is none.
func (s *Source) streamer(head []byte) Streamer {
	for _, f := range s.options.Formats {
		if f, ok := f.(Streamer); ok && f.Streams(head) {
			return f
		}
	}
	return nil
}

// streams tells whether a file is read as a stream, so that nobody need hold it.
func (s *Source) streams(t *target, size int64) bool {
	if size <= heldAtMost {
		return false
	}
	f, err := s.disk.Open(t.disk)
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // it was only read
	head := make([]byte, heldAtMost)
	n, err := io.ReadFull(f, head)
	return err == nil && s.streamer(head[:n]) != nil
}

// salvage reads a text as a stream that cannot be read as a whole, so that what
// stands before the fault is judged in small files as it is in large ones.
func (s *Source) salvage(data []byte, parsed *document.File) *flow {
	if len(parsed.Documents) > 0 || len(data) == 0 {
		return nil
	}
	format := s.streamer(data)
	if format == nil {
		return nil
	}
	return &flow{Reader: bytes.NewReader(data), format: format, ended: func() error { return nil }}
}

// flow hands a stream to its format. It reports whether it was read to its end.
func (s *Source) flow(ctx context.Context, j *job, f *flow) bool {
	j.coverage.Files = 1
	c, err := f.format.Stream(ctx, j.target.name, f, j.send(ctx))
	s.add(j, c)
	if end := f.ended(); end != nil && err == nil {
		err = end
	}
	if ctx.Err() != nil {
		return false
	}
	if err != nil {
		s.unread(j, true, Reason(err))
	}
	return true
}
