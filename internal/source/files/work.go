package files

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
)

// work reads one file and sends its resources. Whatever a parser or a format does
// with a file, the other files are read all the same.
func (s *Source) work(ctx context.Context, j *job) {
	defer func() {
		if recover() != nil { // what it says may show the input
			j.whole = true
			s.unread(j, true, "could not be read: ecsentry stumbled over it; please report this")
		}
	}()
	t := j.target
	if t.owned {
		j.whole = true
		j.coverage.Files = t.count()
		return
	}
	if t.index != "" {
		j.whole = true
		j.coverage.Skipped = append(j.coverage.Skipped, unlisted(t, t.index))
		return
	}
	if ctx.Err() != nil {
		return
	}
	if t.folder != nil {
		s.workFolder(ctx, j)
		return
	}
	data, stream, err := s.load(t)
	if stream != nil {
		j.whole = s.flow(ctx, j, stream)
		return
	}
	if err != nil && t.slow && ctx.Err() != nil {
		return
	}
	if err != nil {
		j.whole = true
		var size tooLarge
		var packed gzipFault
		ours := !errors.As(err, &packed) || packed.ours || marked([]byte(path.Base(t.name)))
		ours = t.input || ours && (!errors.As(err, &size) || s.markedOnDisk(ctx, t.disk)) && s.wouldOpen(t)
		s.unread(j, ours, err.Error())
		return
	}
	f, bad := document.ParseAll(t.name, data, s.parsing(t.name))
	t.data = nil // the document holds what is still needed
	if stream := s.salvage(data, f); stream != nil {
		j.whole = s.flow(ctx, j, stream)
		return
	}
	j.whole = s.hand(ctx, j, f, bad)
	s.release(f) // resources keep places, which need the text only
}

// send hands on the resources of a file.
func (j *job) send(ctx context.Context) func(*ecsentry.Resource) error {
	return func(r *ecsentry.Resource) error {
		select {
		case j.out <- r:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// unread says that a file was not read: refused if the user named it, else a gap
// if it is ours or nobody can tell, else skipped.
func (s *Source) unread(j *job, ours bool, reason string) {
	gap := []ecsentry.Gap{{Scope: j.target.name, Reason: reason}}
	switch {
	case s.must(j.target):
		j.coverage.Refused = append(j.coverage.Refused, gap...)
	case ours:
		j.coverage.Gaps = append(j.coverage.Gaps, gap...)
	default:
		j.coverage.Skipped = append(j.coverage.Skipped, gap...)
	}
}

// hand gives each document to the first format that recognises it; bad says of
// those that are no good why. It reports whether the file was read to its end.
func (s *Source) hand(ctx context.Context, j *job, f *document.File, bad []*document.Error) bool {
	formats := s.options.Formats
	parts := make([][]*document.Node, len(formats))
	recognised := 0
	var foreign []*document.Node
	for _, doc := range f.Documents {
		if i := s.recognise(j.target, doc); i >= 0 {
			parts[i] = append(parts[i], doc)
			recognised++
		} else {
			foreign = append(foreign, doc)
		}
	}
	s.broken(j, f, bad, recognised > 0)
	if recognised == 0 {
		if len(bad) == 0 {
			s.unread(j, j.target.input && len(f.Documents) == 0, s.foreign(f))
		}
		return true
	}
	j.coverage.Files = 1
	s.inspect(f)
	for _, doc := range foreign {
		p := f.Position(doc.Start)
		j.coverage.Skipped = append(j.coverage.Skipped, ecsentry.Gap{
			Scope:  f.Name,
			Reason: fmt.Sprintf("line %d, column %d: this document is not ours", p.Line, p.Column),
		})
	}
	for i, docs := range parts {
		if len(docs) == 0 {
			continue
		}
		in := NewInput(f, docs, s.openNested)
		c, err := formats[i].Read(ctx, in, j.send(ctx))
		s.add(j, c)
		if ctx.Err() != nil {
			return false
		}
		if err != nil {
			s.unread(j, true, Reason(err))
		}
	}
	return true
}

// broken says of documents that are no good why. A file that is skipped is
// skipped once.
func (s *Source) broken(j *job, f *document.File, bad []*document.Error, ours bool) {
	ours = ours || j.target.input || len(bad) > 0 && marked(f.Data) && s.wouldOpen(j.target)
	for _, err := range bad {
		if err.Hint == "" && jsonnet(f.Name) {
			jsonnet := *err
			jsonnet.Hint = renderJsonnet
			err = &jsonnet
		}
		s.unread(j, ours, Reason(err))
		if !ours && !s.must(j.target) {
			return
		}
	}
}

// recognise is the index of the format of a document, -1 if it has none.
func (s *Source) recognise(t *target, doc *document.Node) int {
	if s.forced && t.named {
		return 0
	}
	for i, format := range s.options.Formats {
		if format.Recognise(doc) {
			return i
		}
	}
	return -1
}

func (s *Source) foreign(f *document.File) string {
	if len(f.Documents) == 0 {
		return "holds no document"
	}
	out := "is not recognised as any of " + names(s.options.Formats)
	if hint := s.rendered(f); hint != "" {
		out += " (" + hint + ")"
	}
	return out
}

// add takes over what a format says of a file. What it refuses is a gap where
// the user did not name the file.
func (s *Source) add(j *job, c ecsentry.Coverage) {
	c.Files = 0
	if !s.must(j.target) {
		c.Gaps = append(c.Gaps, c.Refused...)
		c.Refused = nil
	}
	j.coverage.Add(c)
}

// openNested reads a file that another one pulls in.
func (s *Source) openNested(name string) (*document.File, error) {
	disk := filepath.FromSlash(name)
	info, err := s.disk.Stat(disk)
	switch {
	case err != nil:
		return nil, fault(trouble(err))
	case !info.Mode().IsRegular():
		return nil, fault("is no regular file")
	}
	data, err := s.read(disk)
	if err != nil {
		return nil, err
	}
	f, err := document.Parse(name, data, s.parsing(name))
	if err == nil {
		s.inspect(f)
	}
	return f, err
}

func (s *Source) inspect(f *document.File) {
	if s.options.Inspect != nil {
		s.options.Inspect(f)
	}
}
