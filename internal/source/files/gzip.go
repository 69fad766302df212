package files

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Compressed data may not expand without bounds: real ones are a tenth of what
// they hold, data that was made to hurt is a thousandth.
const (
	maxExpansion  = 200
	freeExpansion = 256 << 20
)

// compressed tells by its name whether a file should be gzip data.
func compressed(name string) bool { return strings.EqualFold(path.Ext(name), ".gz") }

// plain is a file's name without the ending of a compressed one.
func plain(name string) string {
	if compressed(name) {
		return name[:len(name)-len(".gz")]
	}
	return name
}

// An expansion is compressed data as a text.
type expansion struct {
	gzip    *gzip.Reader
	in      *counter
	out     int64
	stopped error
}

// A counter counts what is read through it.
type counter struct {
	*bufio.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// ReadByte keeps gzip from buffering once more.
func (c *counter) ReadByte() (byte, error) {
	b, err := c.Reader.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func expansionOf(in *bufio.Reader) (*expansion, error) {
	e := &expansion{in: &counter{Reader: in}}
	var err error
	if e.gzip, err = gzip.NewReader(e.in); err != nil {
		return nil, gzipTrouble(err)
	}
	return e, nil
}

func (e *expansion) Read(p []byte) (int, error) {
	if e.stopped != nil {
		return 0, e.stopped
	}
	n, err := e.gzip.Read(p)
	e.out += int64(n)
	switch {
	case err != nil && err != io.EOF:
		err = gzipTrouble(err)
	case e.out > freeExpansion && e.out/maxExpansion > e.in.n:
		err = gzipFault{fault: "expands to more than 200 times its size, as no honest file does"}
	}
	e.stopped = err
	return n, err
}

// A gzipFault is what is wrong with compressed data. Of a folder's compressed
// files most are not ours.
type gzipFault struct {
	fault
	ours bool // what could be expanded of it is
}

// after notes whether what came before the fault is ours.
func after(data []byte, err error) error {
	var packed gzipFault
	if errors.As(err, &packed) && marked(data) {
		packed.ours = true
		return packed
	}
	return err
}

// gzipTrouble says what is wrong with compressed data; what the disk says of
// itself stays.
func gzipTrouble(err error) error {
	var disk *fs.PathError
	switch {
	case errors.As(err, &disk):
		return fault(trouble(err))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return gzipFault{fault: "is not valid gzip data: it ends too early"}
	default:
		return gzipFault{fault: "is not valid gzip data"}
	}
}
