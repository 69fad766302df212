package files

import (
	"bytes"
	"io/fs"
)

// Overlay is a disk some files of which have other texts than on d. The names are
// those that d resolves names to.
func Overlay(d Disk, texts map[string][]byte) Disk { return overlay{d, texts} }

type overlay struct {
	Disk
	texts map[string][]byte
}

func (o overlay) text(name string) ([]byte, bool) {
	real, err := o.Resolve(name)
	if err != nil {
		return nil, false
	}
	text, ok := o.texts[real]
	return text, ok
}

// Stat tells about a file with the size of its text here.
func (o overlay) Stat(name string) (fs.FileInfo, error) {
	info, err := o.Disk.Stat(name)
	if text, ok := o.text(name); ok && err == nil {
		return sized{info, int64(len(text))}, nil
	}
	return info, err
}

// Open opens a file.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.Disk.Open(name)
	text, ok := o.text(name)
	if !ok || err != nil {
		return f, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return &laid{bytes.NewReader(text), sized{info, int64(len(text))}}, nil
}

// laid is an open file of an overlay.
type laid struct {
	*bytes.Reader
	info fs.FileInfo
}

func (l *laid) Stat() (fs.FileInfo, error) { return l.info, nil }
func (*laid) Close() error                 { return nil }

type sized struct {
	fs.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }
