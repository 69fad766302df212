package files_test

import (
	"context"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

// A format whose inputs are folders with *.part files; *.more files only add to
// them. A part's text names the folders that it pulls in, and the files that it
// reads.
type folderFormat struct{ format }

func (folderFormat) Holds(name string) (part, makes bool) {
	return path.Ext(name) == ".part" || path.Ext(name) == ".more", path.Ext(name) == ".part"
}

func (f folderFormat) Pulls(in *files.Folder) (out []string) {
	for _, name := range in.Files {
		text, _ := in.Read(in.Path(name))
		for word := range strings.FieldsSeq(string(text)) {
			if dir, ok := strings.CutPrefix(word, "pull:"); ok {
				out = append(out, path.Join(in.Name, dir))
			}
		}
	}
	return out
}

func (f folderFormat) ReadFolder(_ context.Context, in *files.Folder, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	var c ecsentry.Coverage
	id := strings.Join(in.Files, "+")
	if len(in.Only) > 0 {
		id += " only " + strings.Join(in.Only, "+")
	}
	for _, name := range in.Files {
		text, err := in.Read(in.Path(name))
		if err != nil {
			return c, err
		}
		for word := range strings.FieldsSeq(string(text)) {
			switch what, arg, _ := strings.Cut(word, ":"); what {
			case "read":
				if _, err := in.ReadInside(in.Path(arg)); err != nil {
					id += " " + err.Error()
				} else {
					id += " reads " + arg
				}
			case "broken":
				in.Unread(&c, in.Path(name), text, "is broken")
			}
		}
	}
	at := &value.Place{In: place(in.Name)}
	return c, yield(&ecsentry.Resource{Identity: ecsentry.Identity{ID: id, Source: f.name, At: at}})
}

type place string

func (p place) Position(int32) value.Position {
	return value.Position{File: string(p), Line: 1, Column: 1}
}

func TestFolders(t *testing.T) {
	for name, c := range map[string]struct {
		tree          map[string]string
		paths         []string
		want          []string
		gaps, skipped []string
		refused       []string
	}{
		"a folder is one input": {
			tree:  map[string]string{"a/x.part": "", "a/y.part": "", "a/z.more": "", "a/m.json": mine("m"), "b.part": ""},
			paths: []string{"."}, want: []string{".:b.part", "a:x.part+y.part+z.more", "a/m.json:m"},
		},
		"what another pulls in is not read by itself": {
			tree:  map[string]string{"root/x.part": "pull:../lib", "lib/x.part": "", "other/x.part": ""},
			paths: []string{"."}, want: []string{"other:x.part", "root:x.part"},
		},
		"in a ring the first is read": {
			tree:  map[string]string{"a/x.part": "pull:../b", "b/x.part": "pull:../a"},
			paths: []string{"."}, want: []string{"a:x.part"},
		},
		"what only adds makes no folder": {
			tree: map[string]string{"a/x.more": ""}, paths: []string{"."}, skipped: []string{"a/x.more"},
		},
		"a named file is its folder": {
			tree:  map[string]string{"a/x.part": "", "a/y.part": "", "a/z.part": ""},
			paths: []string{"a/x.part", "a/z.part"}, want: []string{"a:x.part+y.part+z.part only x.part+z.part"},
		},
		"a named file and its folder": {
			tree: map[string]string{"a/x.part": "", "a/y.part": ""}, paths: []string{"a/x.part", "a"}, want: []string{"a:x.part+y.part"},
		},
		"a folder and a named file in it": {
			tree: map[string]string{"a/x.part": "", "a/y.part": ""}, paths: []string{"a", "a/x.part"}, want: []string{"a:x.part+y.part"},
		},
		"a named file that only adds": {
			tree: map[string]string{"a/x.part": "", "a/y.more": ""}, paths: []string{"a/y.more"}, refused: []string{"a/y.more"},
		},
		"links to parts, and out": {
			tree:  map[string]string{"in/x.part": "read:l.txt read:i.txt", "in/i.txt": "", "in/l.txt": "->../out.txt", "in/y.part": "->../z", "z": "", "out.txt": ""},
			paths: []string{"in"}, want: []string{"in:x.part+y.part lies outside the scanned folder reads i.txt"},
		},
		"broken files": {
			tree:  map[string]string{"a/x.part": "broken", "b/x.part": "broken aws_ecs_"},
			paths: []string{"."}, want: []string{"a:x.part", "b:x.part"}, skipped: []string{"a/x.part"}, gaps: []string{"b/x.part"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree(t, c.tree)
			got := collect(t, files.Options{Paths: c.paths, Formats: []files.Format{folderFormat{format{"mine"}}}})
			for _, d := range []string{
				cmp.Diff(c.want, got.resources), cmp.Diff(c.gaps, scopes(got.coverage.Gaps)),
				cmp.Diff(c.skipped, scopes(got.coverage.Skipped)), cmp.Diff(c.refused, scopes(got.coverage.Refused)),
			} {
				if d != "" {
					t.Errorf("(-want +got)\n%s", d)
				}
			}
		})
	}
}
