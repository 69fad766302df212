package files_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

func TestCollect(t *testing.T) {
	type gap = ecsentry.Gap
	for name, tt := range map[string]struct {
		tree      map[string]string
		paths     []string
		typ       ecsentry.SourceName
		stdin     string
		resources []string
		coverage  ecsentry.Coverage
	}{
		"not ours, in a folder": {
			tree:      map[string]string{"r/a.json": mine("a"), "r/b.json": `{"name":"x"}`, "r/c.yaml": "", "r/d.yaml": "# nothing\n"},
			paths:     []string{"r"},
			resources: []string{"r/a.json:a"},
			coverage: ecsentry.Coverage{Files: 1, Skipped: []gap{
				{Scope: "r/b.json", Reason: "is not recognised as any of mine, yours"},
				{Scope: "r/c.yaml", Reason: "holds no document"},
				{Scope: "r/d.yaml", Reason: "holds no document"},
			}},
		},
		"not ours, named": {
			tree:      map[string]string{"a.json": mine("a"), "b.json": `{"name":"x"}`, "c.yaml": ""},
			paths:     []string{"b.json", "c.yaml", "a.json"},
			resources: []string{"a.json:a"},
			coverage: ecsentry.Coverage{Files: 1, Refused: []gap{
				{Scope: "b.json", Reason: "is not recognised as any of mine, yours"},
				{Scope: "c.yaml", Reason: "holds no document"},
			}},
		},
		"not to be parsed, in a folder": {
			tree: map[string]string{
				"r/a.json": "{", "r/b.json": `{"containerDefinitions":`, "r/c.yaml": "a: [AWS::ECS::", "r/d.json": "configurationItem",
				"r/e.yaml": "a: {{ .Values.x }}\n", "r/f.yaml": "ContainerDefinitions: [", "r/g.json": "// aws_ecs_\n{}",
			},
			paths: []string{"r"},
			coverage: ecsentry.Coverage{
				Gaps: []gap{
					{Scope: "r/b.json", Reason: "line 1, column 25: is not valid JSON: it ends too early"},
					{Scope: "r/c.yaml"},
					{Scope: "r/d.json", Reason: "line 1, column 1: is not valid JSON"},
					{Scope: "r/f.yaml"},
					{Scope: "r/g.json", Reason: "line 1, column 1: is not valid JSON"},
				},
				Skipped: []gap{{Scope: "r/a.json", Reason: "line 1, column 2: is not valid JSON: it ends too early"}, {Scope: "r/e.yaml"}},
			},
		},
		"not to be parsed, named": {
			tree:      map[string]string{"a.json": "{", "b.json": "a: b", "c.json": mine("c")},
			paths:     []string{"a.json", "b.json", "c.json"},
			resources: []string{"c.json:c"},
			coverage: ecsentry.Coverage{Files: 1, Refused: []gap{
				{Scope: "a.json", Reason: "line 1, column 2: is not valid JSON: it ends too early"},
				{Scope: "b.json", Reason: "line 1, column 1: is not valid JSON"},
			}},
		},
		"placeholders": {
			tree:  map[string]string{"a.json": `{"mine": <NAME>}`},
			paths: []string{"a.json"},
			coverage: ecsentry.Coverage{Refused: []gap{
				{Scope: "a.json", Reason: "line 1, column 10: is not valid JSON (render the file first, then scan what was rendered)"},
			}},
		},
		"a document twice": {
			tree:  map[string]string{"a.json": `{"mine":"a","mine":"b"}`},
			paths: []string{"a.json"},
			coverage: ecsentry.Coverage{Refused: []gap{
				{Scope: "a.json", Reason: "line 1, column 13: the key mine is written twice in one map"},
			}},
		},
		"a bad document among good ones, named": {
			tree:      map[string]string{"a.json": mine("a") + "\n" + `{"mine":"b","mine":"b"}` + "\n" + mine("c") + "\n" + `{"mine":`},
			paths:     []string{"a.json"},
			resources: []string{"a.json:a", "a.json:c"},
			coverage: ecsentry.Coverage{Files: 1, Refused: []gap{
				{Scope: "a.json", Reason: "line 2, column 13: the key mine is written twice in one map"},
				{Scope: "a.json", Reason: "line 4, column 9: is not valid JSON: it ends too early"},
			}},
		},
		"a bad document among good ones, in a folder": {
			tree: map[string]string{
				"r/a.yaml": "mine: a\n---\nmine: b\nmine: b\n---\nmine: c\n---\nd: [\n",
				"r/b.yaml": "x: a\n---\ny: b\ny: b\n---\nz: c\nz: c\n",
				"r/c.yaml": "x: containerDefinitions\n---\ny: b\ny: b\n",
			},
			paths:     []string{"r"},
			resources: []string{"r/a.yaml:a", "r/a.yaml:c"},
			coverage: ecsentry.Coverage{
				Files: 1,
				Gaps: []gap{
					{Scope: "r/a.yaml", Reason: "line 4, column 1: the key mine is written twice in one map"},
					{Scope: "r/a.yaml"},
					{Scope: "r/c.yaml", Reason: "line 4, column 1: the key y is written twice in one map"},
				},
				Skipped: []gap{{Scope: "r/b.yaml", Reason: "line 4, column 1: the key y is written twice in one map"}},
			},
		},
		"an empty path": {
			tree:  map[string]string{"a.json": mine("a")},
			paths: []string{"", "a.json"}, resources: []string{"a.json:a"},
			coverage: ecsentry.Coverage{Files: 1, Refused: []gap{{Scope: "''", Reason: "is no path (is a variable not set? the current folder is .)"}}},
		},
		"UTF-16 and UTF-32": {
			tree: map[string]string{
				"r/a.json": "\xff\xfe{\x00}\x00", "r/b.json": "\xff\xfe" + wide("{\"containerDefinitions\"", 0, 1), "r/c.json": "\xfe\xff" + wide("AWS::ECS::", 1, 0),
				"r/d.yaml": wide("aws_ecs_", 3, 0), "r/e.json": "\xff\xfe\x00\x00" + wide("ContainerDefinitions", 0, 3),
			},
			paths: []string{"r"},
			coverage: ecsentry.Coverage{
				Gaps:    []gap{{Scope: "r/b.json"}, {Scope: "r/c.json"}, {Scope: "r/d.yaml"}, {Scope: "r/e.json"}},
				Skipped: []gap{{Scope: "r/a.json"}},
			},
		},
		"a column that is not known": {
			tree:     map[string]string{"a.yaml": "mine:\n  a: b\n\tb: c\n"},
			paths:    []string{"a.yaml"},
			coverage: ecsentry.Coverage{Refused: []gap{{Scope: "a.yaml", Reason: "line 3: is not valid YAML: a tab is used for indentation"}}},
		},
		"documents of several formats": {
			tree:      map[string]string{"a.yaml": "mine: a\n---\nyours: b\n---\nx: y\n---\nmine: c\nyours: d\n"},
			paths:     []string{"a.yaml"},
			resources: []string{"a.yaml:a", "a.yaml:c", "a.yaml:b"},
			coverage: ecsentry.Coverage{Files: 1, Skipped: []gap{
				{Scope: "a.yaml", Reason: "line 5, column 1: this document is not ours"},
			}},
		},
		"refused by the format, named": {
			tree:     map[string]string{"a.json": mine("bad"), "b.json": mine("error")},
			paths:    []string{"a.json", "b.json"},
			coverage: ecsentry.Coverage{Files: 2, Refused: []gap{{Scope: "a.json", Reason: "is bad"}, {Scope: "b.json", Reason: "line 3, column 7: is wrong (mend it)"}}},
		},
		"refused by the format, in a folder": {
			tree:     map[string]string{"r/a.json": mine("bad"), "r/b.json": mine("error")},
			paths:    []string{"r"},
			coverage: ecsentry.Coverage{Files: 2, Gaps: []gap{{Scope: "r/a.json", Reason: "is bad"}, {Scope: "r/b.json", Reason: "line 3, column 7: is wrong (mend it)"}}},
		},
		"the type, forced": {
			tree:      map[string]string{"a.json": `{"mine":"a","yours":"b"}`, "b.json": mine("b"), "r/c.json": mine("c"), "r/d.json": `{"yours":"d"}`},
			paths:     []string{"a.json", "b.json", "r"},
			typ:       "yours",
			resources: []string{"a.json:b", "r/d.json:d"},
			coverage: ecsentry.Coverage{
				Files:   3,
				Refused: []gap{{Scope: "b.json", Reason: "is not mine"}},
				Skipped: []gap{{Scope: "r/c.json", Reason: "is not recognised as any of yours"}},
			},
		},
		"standard input": {
			tree:      map[string]string{"a.json": mine("a")},
			paths:     []string{"-", "a.json", "-"},
			stdin:     "mine: x\n---\nmine: y\n",
			resources: []string{"a.json:a", "-:x", "-:y"},
			coverage:  ecsentry.Coverage{Files: 2},
		},
		"standard input, not ours": {
			paths:    []string{"-"},
			stdin:    "x: y",
			coverage: ecsentry.Coverage{Refused: []gap{{Scope: "-", Reason: "is not recognised as any of mine, yours"}}},
		},
		"a parser that panics": {
			tree:      map[string]string{"r/a.json": mine("panic"), "r/b.json": mine("b"), "r/c.json": `{"panic":1}`},
			paths:     []string{"r"},
			resources: []string{"r/b.json:b"},
			coverage: ecsentry.Coverage{Files: 2, Gaps: []gap{
				{Scope: "r/a.json", Reason: "could not be read: ecsentry stumbled over it; please report this"},
				{Scope: "r/c.json", Reason: "could not be read: ecsentry stumbled over it; please report this"},
			}},
		},
		"nothing": {paths: []string{"."}},
	} {
		t.Run(name, func(t *testing.T) {
			tree(t, tt.tree)
			got := collect(t, files.Options{Paths: tt.paths, Type: tt.typ, Stdin: strings.NewReader(tt.stdin)})
			if diff := cmp.Diff(tt.resources, got.resources); diff != "" {
				t.Error(diff)
			}
			// A reason that the table leaves open is YAML's own.
			open := cmp.Comparer(func(a, b gap) bool {
				return a.Scope == b.Scope && (a.Reason == b.Reason || a.Reason == "" || b.Reason == "")
			})
			if diff := cmp.Diff(tt.coverage, got.coverage, open); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// wide writes zeros around each character.
func wide(text string, before, after int) string {
	var out strings.Builder
	for _, c := range text {
		out.WriteString(strings.Repeat("\x00", before) + string(c) + strings.Repeat("\x00", after))
	}
	return out.String()
}

// TestLarge: what is larger than the limit is not read; it is a gap if it has one
// of the marks, at whatever place.
func TestLarge(t *testing.T) {
	filler := strings.Repeat("x", 1<<18-5)
	tree(t, map[string]string{
		"r/a.json": `{"mine":"a"}`, "r/b.json": filler + "AWS::ECS::" + filler, "r/c.json": filler + filler, "d.json": filler,
	})
	got := collect(t, files.Options{Paths: []string{"r", "d.json", "-"}, Stdin: strings.NewReader(filler), MaxBytes: 1000})
	want := scan{[]string{"r/a.json:a"}, ecsentry.Coverage{
		Files:   1,
		Gaps:    []ecsentry.Gap{{Scope: "r/b.json", Reason: "is larger than 1000 bytes"}},
		Skipped: []ecsentry.Gap{{Scope: "r/c.json", Reason: "is larger than 1000 bytes"}},
		Refused: []ecsentry.Gap{{Scope: "d.json", Reason: "is larger than 1000 bytes"}, {Scope: "-", Reason: "is larger than 1000 bytes"}},
	}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(scan{})); diff != "" {
		t.Error(diff)
	}
}

// TestOrder: files are read concurrently, and come in order, also those that are
// so large that few are in work at a time.
func TestOrder(t *testing.T) {
	contents, want := map[string]string{}, []string(nil)
	for i := range 60 {
		name := fmt.Sprintf("r/%03d.json", i)
		var text strings.Builder
		for k := range 1 + (i*37)%100 {
			fmt.Fprintf(&text, "{\"mine\":\"r%d\"}\n", k)
			want = append(want, fmt.Sprintf("%s:r%d", name, k))
		}
		if i%20 == 0 {
			text.WriteString(strings.Repeat(" ", 6<<20))
		}
		contents[name] = text.String()
	}
	tree(t, contents)
	for _, workers := range []int{0, 1, 16} {
		if diff := cmp.Diff(want, collect(t, files.Options{Paths: []string{"r"}, Workers: workers}).resources); diff != "" {
			t.Errorf("%d workers: %s", workers, diff)
		}
	}
}

func TestUsage(t *testing.T) {
	formats := []files.Format{format{"mine"}, format{"yours"}}
	for _, o := range []files.Options{
		{Type: "theirs", Formats: formats},
		{Exclude: []string{"["}, Formats: formats},
	} {
		if _, err := files.New(o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
}
