package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/internal/document"
)

func TestComments(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string // what each comment is about, with its blanks joined
	}{
		{"behind a value", "a: 1 # ! x\nb: 2\n", []string{"a: 1"}},
		{"behind a key", "a: # !\n  b: 2\n  c: 3\nd: 4\n", []string{"a: # ! b: 2 c: 3"}},
		{"before a key", "a:\n  # !\n  b:\n    c: 3\n  d: 4\n", []string{"b: c: 3"}},
		{"before an element", "a:\n  # !\n  - b: 1\n    c: 2\n  - d: 3\n", []string{"- b: 1 c: 2"}},
		{"before the second element", "a:\n  - b: 1\n  # !\n  - d: 3\n    e: 4\n  - f\n", []string{"- d: 3 e: 4"}},
		{"behind the first key of an element", "- b: 1 # !\n  c: 2\n", []string{"b: 1"}},
		{"behind a whole element", "- {b: 1, c: 2} # !\n- d\n", []string{"- {b: 1, c: 2}"}},
		{"before a tagged element", "a:\n  # !\n  - !If\n    - C\n    - b: 1\n  - e\n", []string{"- !If - C - b: 1"}},
		{"they stack", "# !1\n# other\n# !2\na:\n  b: 1\nc: 2\n", []string{"a: b: 1", "a: b: 1"}},
		{"a blank line parts them", "# !\n\na: 1\n", []string{""}},
		{"at the end", "a: 1\n# !\n", []string{""}},
		{"in a flow map", "a: {b: 1, # !\n  c: 2}\n", []string{"b: 1"}},
		{"behind a brace", "a: { # !\n  b: 1}\nc: 2\n", []string{"a: { # ! b: 1}"}},
		{"behind a brace of an element", "a:\n  - { # !\n    b: 1}\n  - c\n", []string{"- { # ! b: 1}"}},
		{"behind a bracket on its own line", "a:\n  [ # !\n    b, c]\nd: 1\n", []string{"[ # ! b, c]"}},
		{"behind a dash", "a:\n  - # !\n    b: 1\n    c: 2\n  - d\n", []string{"- # ! b: 1 c: 2"}},
		{"before a list in brackets", "a:\n  # !\n  [{b: 1}, {c: 2}]\nd: 1\n", []string{"[{b: 1}, {c: 2}]"}},
		{"behind a value below its key", "a:\n  true # !\nb: 1\n", []string{"true"}},
		{"before a value below its key", "a:\n  # !\n  true\nb: 1\n", []string{"true"}},
		{"behind an element of braces among others", "a: [\n  {b: 1}, # !\n  {c: 2}]\n", []string{"{b: 1}"}},
		{"two values on a line", "a: {\n  b: 1, c: 2, # !\n  d: 3}\n", []string{"b: 1, c: 2"}},
		{"not in texts", "a: '# !'\nb: |\n  # !\n  x\nc: x#!\nd: \"\n  # !\"\n", nil},
		{"behind a text of several lines", "b: |\n  # !\n  x\n# !\nc: 1\n", []string{"c: 1"}},
		{"behind an alias", "a: &x {k: 1}\nb: *x # !\nc: 1\n", []string{"b: *x"}},
		{"in the second document", "a: 1\n---\n# !\nb: 1\n", []string{"b: 1"}},
		{"lines that end otherwise", "a:\r\n  # !\r\n  b: 1\r\n  c: 2\r\n", []string{"b: 1"}},
		{"first in a file with a byte order mark", "\ufeff# !\na: 1\nb: 2\n", []string{"a: 1"}},
		{"without the mark", "# x\na: 1\n", nil},
		{"not in JSON", `{"a": "# !"}`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, err := document.Parse("x.yaml", []byte(test.text), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range f.Comments("!") {
				if !strings.HasPrefix(c.Text, " !") || f.Data[c.Start] != '#' {
					t.Errorf("the comment %q is at %d", c.Text, c.Start)
				}
				got = append(got, strings.Join(strings.Fields(string(f.Data[c.From:c.To])), " "))
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}
