package files_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A format whose documents are {"mine": ID}. Some IDs make trouble; "nest" pulls
// in the files of a list.
type format struct{ name ecsentry.SourceName }

func (f format) Name() ecsentry.SourceName { return f.name }

func (f format) key() string { return string(f.name) }

func (f format) Recognise(doc *document.Node) bool {
	if doc.Get("panic") != nil {
		panic("s3cret")
	}
	return doc.Get(f.key()) != nil
}

func (f format) Read(_ context.Context, in *files.Input, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	c := ecsentry.Coverage{Files: 7}
	for _, doc := range in.Documents {
		id := doc.Get(f.key())
		switch {
		case id == nil:
			c.Refused = append(c.Refused, ecsentry.Gap{Scope: in.File.Name, Reason: "is not mine"})
			continue
		case id.Value == "bad":
			c.Refused = append(c.Refused, ecsentry.Gap{Scope: in.File.Name, Reason: "is bad"})
			continue
		case id.Value == "error":
			return c, &document.Error{File: in.File.Name, Line: 3, Column: 7, Message: "is wrong", Hint: "mend it"}
		case id.Value == "panic":
			panic("s3cret")
		}
		if err := yield(f.resource(in.File, doc, id.Value)); err != nil {
			return c, err
		}
		if err := f.nested(in, in.File, doc, yield, &c); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (f format) nested(in *files.Input, from *document.File, doc *document.Node, yield func(*ecsentry.Resource) error, c *ecsentry.Coverage) error {
	for _, path := range f.Nested(doc) {
		child, err := in.Nested(from, path)
		if err != nil {
			c.Gaps = append(c.Gaps, ecsentry.Gap{Scope: path, Reason: files.Reason(err)})
			continue
		}
		if err := yield(f.resource(child, child.Documents[0], doc.Get(f.key()).Value+"/"+child.Documents[0].Get(f.key()).Value)); err != nil {
			return err
		}
	}
	return nil
}

func (f format) resource(in *document.File, doc *document.Node, id string) *ecsentry.Resource {
	return &ecsentry.Resource{Identity: ecsentry.Identity{ID: id, Source: f.name, At: &value.Place{In: in, Off: doc.Start, End: doc.End}}}
}

func (format) Marks() []string { return []string{`"absent"`, `"nest"`} }

func (format) Nested(doc *document.Node) (paths []string) {
	if n := doc.Get("nest"); n != nil {
		for _, item := range n.Items {
			paths = append(paths, item.Value)
		}
	}
	return paths
}

// Index and Indexed: index.json lists what is to be read of its folder.
func (format) Index() string { return "index.json" }

func (format) Indexed(index *document.Node, read func(string) *document.Node) (names []string, ok bool) {
	if more := index.Get("more"); more != nil {
		if other := read(more.Value); other != nil {
			names, _ = format{}.Indexed(other, read)
		}
	}
	listed := index.Get("listed")
	if listed == nil {
		return nil, false
	}
	for _, item := range listed.Items {
		names = append(names, item.Value)
	}
	return names, true
}

// tree makes files in a new folder, which becomes the current one. A name that
// ends with a slash is a folder; a text that begins with -> is a link.
func tree(t *testing.T, contents map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range contents {
		if err := os.MkdirAll(filepath.Dir(filepath.FromSlash(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if to, ok := strings.CutPrefix(text, "->"); ok {
			err = os.Symlink(to, name)
		} else if !strings.HasSuffix(name, "/") {
			err = os.WriteFile(name, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func mine(id string) string { return `{"mine":"` + id + `"}` }

// A scan is what came of one: resources as file:ID.
type scan struct {
	resources []string
	coverage  ecsentry.Coverage
}

func collect(t *testing.T, o files.Options) scan {
	t.Helper()
	return collectIn(t, context.Background(), o)
}

func collectIn(t *testing.T, ctx context.Context, o files.Options) scan {
	t.Helper()
	if o.Formats == nil {
		o.Formats = []files.Format{format{"mine"}, format{"yours"}}
	}
	s, err := files.New(o)
	if err != nil {
		t.Fatal(err)
	}
	var out scan
	out.coverage, err = s.Collect(ctx, func(r *ecsentry.Resource) error {
		out.resources = append(out.resources, r.File()+":"+r.ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// scopes are where something was not read.
func scopes(gaps []ecsentry.Gap) (out []string) {
	for _, g := range gaps {
		out = append(out, g.Scope)
	}
	return out
}

// A disk that fails as told, by name.
type disk struct {
	files.Disk
	folders map[string]error
	opens   map[string]error
	changes map[string]bool
	growing map[string]bool
}

func newDisk() disk {
	return disk{files.OS(), map[string]error{}, map[string]error{}, map[string]bool{}, map[string]bool{}}
}

func (d disk) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := d.folders[filepath.ToSlash(name)]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return d.Disk.ReadDir(name)
}

func (d disk) Open(name string) (fs.File, error) {
	slashed := filepath.ToSlash(name)
	if err := d.opens[slashed]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	f, err := d.Disk.Open(name)
	if err == nil && (d.changes[slashed] || d.growing[slashed]) {
		return &changing{File: f, grows: d.growing[slashed]}, nil
	}
	return f, err
}

// A changing file is another one each time somebody looks.
type changing struct {
	fs.File
	grows bool
	looks int
}

type changedInfo struct {
	fs.FileInfo
	looks int
}

func (f *changing) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	f.looks++
	return changedInfo{info, f.looks}, err
}

func (i changedInfo) ModTime() time.Time { return i.FileInfo.ModTime().Add(time.Duration(i.looks)) }

func (f *changing) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	if f.grows && errors.Is(err, os.ErrClosed) == false && n < len(b) {
		return n + copy(b[n:], bytes.Repeat([]byte(" "), len(b)-n)), nil
	}
	return n, err
}

// A streamer is a format that reads the lines of a text as a stream.
type streamer struct{ format }

func (streamer) Streams(head []byte) bool { return bytes.HasPrefix(head, []byte(`{"mine"`)) }

func (s streamer) Stream(_ context.Context, name string, text io.Reader, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	n := 0
	buffer := make([]byte, 1<<15)
	for {
		k, err := text.Read(buffer)
		n += bytes.Count(buffer[:k], []byte("\n"))
		if err != nil && err != io.EOF {
			return ecsentry.Coverage{}, err
		}
		if err == io.EOF {
			break
		}
	}
	return ecsentry.Coverage{Files: 7}, yield(&ecsentry.Resource{Identity: ecsentry.Identity{
		ID: fmt.Sprintf("%d lines", n), At: &value.Place{In: &document.File{Name: name}},
	}})
}
