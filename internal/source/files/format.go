package files

import (
	"context"
	"io"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
)

// A Format is a form that the documents of a file can have. Its methods are
// called from several goroutines at a time, each with files of its own.
type Format interface {
	// Name is the name of the form, by which --type forces it.
	Name() ecsentry.SourceName
	// Recognise tells by its content whether a document has this form. It is asked
	// of every document that a scan meets, so it must be cheap, and must not claim
	// what is not its own: what two formats recognise goes to the first of them.
	Recognise(doc *document.Node) bool
	// Read yields the resources of a file, in the order of the text; it stops with
	// yield's error. Of the Coverage it fills Gaps, NotCovered and Skipped, and
	// Refused with what makes a document useless as a whole, which is a gap where
	// the user did not name the file. An error says the same of all documents.
	// Scopes are the file's name, or what is missing; reasons that speak of a line
	// begin with it ("line 3, column 7: …", see [Reason]). Files is not its to count.
	//
	// With --type it may get documents that it does not recognise.
	Read(ctx context.Context, in *Input, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error)
}

// A Streamer is a Format that has files which are too large to be held. What is
// small is held all the same, and goes to Read.
type Streamer interface {
	Format
	// Streams tells by the first 64 KiB of a text, which has more, whether it has
	// this form.
	Streams(head []byte) bool
	// Stream is Read for a file that is read from its beginning to its end. Its
	// resources must not hold on to what was read.
	Stream(ctx context.Context, name string, text io.Reader, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error)
}

// A Nester is a Format whose documents may pull in other files. These are read
// only through the files that pull them in.
type Nester interface {
	Format
	// Marks are texts of which every file has one that pulls in others, so that
	// files without them need not be parsed to know.
	Marks() []string
	// Nested are the files that a document pulls in, as it writes their paths:
	// relative to its own folder, or absolute; with slashes. What is no local path,
	// such as a URL, is left out.
	Nested(doc *document.Node) []string
}

// An Indexer is a Format some of whose folders were made by a tool that lists in
// one of the files what it made. Such a folder holds more that looks like inputs:
// copies, and files of other tools. Only what is listed is read, and what that
// pulls in.
type Indexer interface {
	Format
	// Index is the name of the file that lists the others.
	Index() string
	// Indexed are the names of the files and folders that are inputs; ok is false
	// for a file that only happens to have the name. read reads another file of the
	// folder that lists some; it gives nil for what cannot be read.
	Indexed(index *document.Node, read func(name string) *document.Node) (names []string, ok bool)
}

// An Input is the part of a file that has one format.
type Input struct {
	File      *document.File
	Documents []*document.Node // of the file, in order; those of this format
	open      func(path string) (*document.File, error)
}

// NewInput makes an input by hand; open reads the files that it pulls in, by
// their path as in [document.File].Name. It may be nil.
func NewInput(f *document.File, docs []*document.Node, open func(path string) (*document.File, error)) *Input {
	return &Input{File: f, Documents: docs, open: open}
}

// Nested reads a file that from pulls in; from is the input's own file or one
// that Nested gave. Its name is the path as a user would write it.
func (in *Input) Nested(from *document.File, path string) (*document.File, error) {
	name, err := nestedName(from.Name, path)
	if err != nil {
		return nil, err
	}
	if in.open == nil {
		return nil, noNested
	}
	return in.open(name)
}
