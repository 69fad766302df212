package awsconfig

import (
	"bytes"
	"context"
	"io"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// atOnce is how large a document may be that is taken as a whole, although there
// are others: a notification has at most 256 KiB.
const atOnce = 512 << 10

// beginning is where a document with a list of items has the list.
const beginning = 1 << 10

// Streams tells files with many items by how they begin.
func (Format) Streams(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte(byteOrderMark))
	w := &window{data: head, ended: true, at: cursor{line: 1, column: 1}}
	switch w.peek() {
	case '{':
		return hasList(head) || hasFirst(w, head)
	case '[':
		w.next++
		return hasFirst(w, head)
	}
	return false
}

const byteOrderMark = "\xef\xbb\xbf"

// hasList looks for a property that is a list of items.
func hasList(head []byte) bool {
	lower := bytes.ToLower(head)
	for _, name := range []string{`"configurationitems"`, `"baseconfigurationitems"`} {
		for rest := lower; ; {
			i := bytes.Index(rest, []byte(name))
			if i < 0 {
				break
			}
			rest = bytes.TrimLeft(rest[i+len(name):], " \t\r\n")
			if !bytes.HasPrefix(rest, []byte(":")) {
				continue
			}
			if rest = bytes.TrimLeft(rest[1:], " \t\r\n"); bytes.HasPrefix(rest, []byte("[")) {
				return true
			}
		}
	}
	return false
}

// hasFirst tells whether the first of several values holds items.
func hasFirst(w *window, head []byte) bool {
	w.peek()
	to, how := scanValue(head, w.next)
	if how != whole {
		return false
	}
	f, err := document.Parse("", head[w.next:to], document.Options{JSONOnly: true})
	if err != nil || len(f.Documents) != 1 {
		return false
	}
	doc := f.Documents[0]
	if isResult(doc) {
		return false // rows need their query, which may follow
	}
	for _, field := range doc.Fields {
		if holderOf(field.Key.Value) == results {
			return false
		}
	}
	return holdsItems(doc, 0)
}

// Stream yields the resources of a file that is not held.
func (f Format) Stream(ctx context.Context, name string, in io.Reader, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	s := &stream{reader: reader{name: name, yield: yield, tags: f.Tags}, window: newWindow(name, in), ctx: ctx}
	err := s.documents()
	return s.coverage, err
}

// A stream reads values one after the other.
type stream struct {
	reader
	*window
	arena document.Arena
	ctx   context.Context //nolint:containedctx // it lives as long as the call
}

func (s *stream) documents() error {
	s.peek()
	if bytes.HasPrefix(s.data, []byte(byteOrderMark)) {
		s.next += len(byteOrderMark)
		s.passed = s.next
	}
	for {
		switch s.peek() {
		case 0:
			if s.next < len(s.data) {
				return s.failure("has a NUL byte, so it is no text")
			}
			return s.err
		case '[':
			if err := s.list(nil); err != nil {
				return err
			}
			continue
		case '{':
			if hasList(s.data[s.next:min(len(s.data), s.next+beginning)]) {
				if err := s.object(); err != nil {
					return err
				}
				continue
			}
		}
		raw, err := s.value(atOnce)
		switch {
		case err != nil:
			return err
		case raw != nil:
			err = s.element(raw, nil)
			s.next += len(raw)
		case s.peek() == '{':
			err = s.object()
		default:
			err = s.failure("has a value that is too large")
		}
		if err != nil {
			return err
		}
	}
}

// object reads a document that is too large to be held, property by property.
func (s *stream) object() error {
	s.next++
	if s.take('}') {
		return nil
	}
	for {
		if s.peek() != '"' {
			return s.failure("is not valid JSON")
		}
		raw, err := s.value(maxElement)
		if err != nil {
			return err
		}
		if raw == nil {
			return s.failure("has a name that is too long")
		}
		key := strings.ToLower(string(raw))
		s.next += len(raw)
		if !s.take(':') {
			return s.failure("is not valid JSON")
		}
		if err := s.property(strings.Trim(key, `"`)); err != nil {
			return err
		}
		if s.take('}') {
			return nil
		}
		if !s.take(',') {
			return s.failure("is not valid JSON")
		}
	}
}

// property reads the value of a property of a large document.
func (s *stream) property(key string) error {
	if holderOf(key) == itemList && s.peek() == '[' {
		return s.list(wholeItems())
	}
	raw, err := s.value(maxElement)
	switch {
	case err != nil:
		return err
	case raw == nil:
		return s.failure("has a property that is too large")
	case isUnprocessed(key):
		err = s.parse(raw, func(f *document.File, found *sifter) { found.unprocessed(f, f.Documents[0]) })
	case holderOf(key) == theItem:
		err = s.element(raw, wholeItems())
	case holderOf(key) != none:
		err = s.element(raw, nil)
	}
	s.next += len(raw)
	return err
}

// list reads the elements of a list one by one.
func (s *stream) list(q *query) error {
	s.next++
	if s.take(']') {
		return nil
	}
	for {
		raw, err := s.value(maxElement)
		if err == nil && raw == nil {
			err = s.failure("has an item that is too large")
		}
		if err == nil {
			err = s.element(raw, q)
		}
		if err != nil {
			return err
		}
		s.next += len(raw)
		if s.take(']') {
			return nil
		}
		if !s.take(',') {
			return s.failure("is not valid JSON")
		}
	}
}

// element reads a value that may be an item or hold some. Most are not of Amazon
// ECS, and are passed over.
func (s *stream) element(raw []byte, q *query) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if !bytes.Contains(raw, []byte(ourTypes)) && !bytes.Contains(raw, []byte(":ecs:")) {
		return nil
	}
	return s.parse(raw, func(f *document.File, found *sifter) { found.sift(f, f.Documents[0], q, 0) })
}

// parse reads a value and yields the items that find finds in it. What cannot be
// parsed is a gap, and what follows is read.
func (s *stream) parse(raw []byte, find func(*document.File, *sifter)) error {
	s.count()
	base := newText(s.file, raw, s.at.line, s.at.column)
	held := whereabouts{base, raw}
	f, err := document.ParseWithin(held, s.file, raw, []document.Jump{{}}, document.Options{
		JSONOnly: true, MaxBytes: maxElement + windowSize, Arena: &s.arena,
	})
	if err != nil || len(f.Documents) != 1 {
		reason := "is not valid JSON"
		if err != nil {
			reason = files.Reason(err)
		}
		s.coverage.Refused = append(s.coverage.Refused, ecsentry.Gap{Scope: s.file, Reason: reason})
		return nil
	}
	found := sifter{file: f, gap: s.gap}
	find(f, &found)
	s.add(&found)
	for _, it := range found.items {
		it.text = base.again()
		if err := s.item(it); err != nil {
			return err
		}
	}
	return nil
}
