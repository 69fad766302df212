package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
)

// tooLarge is the error for what is larger than the limit.
type tooLarge int

func (e tooLarge) Error() string { return fmt.Sprintf("is larger than %d bytes", int(e)) }

// fault is a trouble with reading, in words.
type fault string

func (f fault) Error() string { return string(f) }

const changed fault = "changed while it was read"

// read reads a file, not more of it than the limit. A file that changes at the
// same time may be half of each state, so it is an error.
func (s *Source) read(name string) ([]byte, error) {
	f, err := s.disk.Open(name)
	if err != nil {
		return nil, fault(trouble(err))
	}
	defer f.Close() //nolint:errcheck // it was only read
	before, err := f.Stat()
	if err != nil {
		return nil, fault(trouble(err))
	}
	if before.IsDir() {
		return nil, fault("is a folder")
	}
	if before.Mode().IsRegular() && before.Size() > int64(s.options.MaxBytes) {
		return nil, tooLarge(s.options.MaxBytes)
	}
	data, err := s.readSized(f, before)
	if err != nil || !before.Mode().IsRegular() {
		return data, err
	}
	after, err := f.Stat()
	if err != nil || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) || int64(len(data)) != after.Size() {
		return nil, changed
	}
	return data, nil
}

// readSized reads to the end, without growing where the size is known.
func (s *Source) readSized(f io.Reader, info fs.FileInfo) ([]byte, error) {
	if !info.Mode().IsRegular() {
		return s.readAll(f)
	}
	buffer := make([]byte, info.Size()+1) // one more, to see the end
	n, err := io.ReadFull(f, buffer)
	switch {
	case err == nil:
		return nil, changed // it grew
	case err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fault(trouble(err))
	}
	return buffer[:n:n], nil
}

func (s *Source) readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(s.options.MaxBytes)+1))
	switch {
	case err != nil:
		return nil, after(data, inWords(err))
	case len(data) > s.options.MaxBytes:
		return nil, tooLarge(s.options.MaxBytes)
	}
	return data, nil
}

// parsing is how to parse a file by its name: a .json file is JSON only, and so is
// Jsonnet, as far as it is ours.
func (s *Source) parsing(name string) document.Options {
	name = plain(name)
	return document.Options{JSONOnly: strings.EqualFold(path.Ext(name), ".json") || jsonnet(name), MaxBytes: s.options.MaxBytes}
}

// marks are texts of which every file of ours has one.
func marks() [][]byte {
	return [][]byte{
		[]byte("containerDefinitions"), []byte("ContainerDefinitions"), []byte("AWS::ECS::"),
		[]byte("aws_ecs_"), []byte("configurationItem"),
	}
}

// marked looks for the marks, also in UTF-16 and UTF-32, which differ in zeros.
func marked(data []byte) bool {
	if bytes.IndexByte(data, 0) >= 0 {
		data = bytes.ReplaceAll(data, []byte{0}, nil)
	}
	for _, m := range marks() {
		if bytes.Contains(data, m) {
			return true
		}
	}
	return false
}

// markedOnDisk looks for the marks in a file that is too large to be held.
func (s *Source) markedOnDisk(ctx context.Context, name string) bool {
	f, err := s.disk.Open(name)
	if err != nil {
		return true // nobody knows
	}
	defer f.Close() //nolint:errcheck // it was only read
	const longest = 4 * 32
	buffer := make([]byte, 1<<18)
	kept := 0
	for ctx.Err() == nil {
		n, err := f.Read(buffer[kept:])
		n += kept
		if marked(buffer[:n]) {
			return true
		}
		if err != nil {
			return err != io.EOF
		}
		kept = copy(buffer, buffer[max(0, n-longest):n])
	}
	return true
}

// inWords leaves an error that is in words already.
func inWords(err error) error {
	var (
		own    fault
		packed gzipFault
	)
	if errors.As(err, &own) || errors.As(err, &packed) {
		return err
	}
	return fault(trouble(err))
}
