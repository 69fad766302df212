package terraform_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
	"github.com/ecsentry/ecsentry/value"
)

func TestComments(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string // what each comment is about, with its blanks joined
	}{
		{"behind a value", "a = 1 # !\nb = 2\n", []string{"a = 1"}},
		{"behind a brace", "a \"b\" { # !\n  c = 1\n}\nd = 1\n", []string{"a \"b\" { # ! c = 1 }"}},
		{"before a block", "# !\na \"b\" {\n  c = 1\n}\n", []string{"a \"b\" { c = 1 }"}},
		{"they stack", "# !\n// other\n/* ! */\na = 1\n", []string{"a = 1", "a = 1"}},
		{"a blank line parts them", "# !\n\na = 1\n", []string{""}},
		{"before an element", "a = [\n  # !\n  {\n    b = 1\n  },\n  { c = 1 },\n]\n", []string{"{ b = 1 }"}},
		{"behind an element", "a = [\n  { b = 1, c = 2 }, # !\n  { c = 1 },\n]\n", []string{"{ b = 1, c = 2 }"}},
		{"before a key", "a = {\n  # !\n  b = 1\n  c = 2\n}\n", []string{"b = 1"}},
		{"before a nested block", "a {\n  # !\n  b {\n    c = 1\n  }\n  d = 1\n}\n", []string{"b { c = 1 }"}},
		{"in lines", "/*\n * !\n */\na = 1\n", []string{"a = 1"}},
		{"in lines, stacked", "# !\n/* x\n   ! */\na = 1\n", []string{"a = 1", "a = 1"}},
		{"before a block on its line", "/* ! */ a \"b\" {\n  c = 1\n}\n", []string{"a \"b\" { c = 1 }"}},
		{"before a list on a line of its own", "a = f(\n  # !\n  [{ b = 1 }, { c = 1 }]\n)\n", []string{"[{ b = 1 }, { c = 1 }]"}},
		{"behind a brace of an element", "a = [\n  { # !\n    b = 1\n  },\n  { c = 1 },\n]\n", []string{"{ # ! b = 1 }"}},
		{"within a value", "a = /* ! */ 1\nb = 2\n", []string{"a = /* ! */ 1"}},
		{"not in texts", "a = \"# !\"\nb = <<E\n# !\nE\n", nil},
		{"without the mark", "# x\na = 1\n", nil},
		{"what cannot be read", "# !\na = = 1\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := document.File{Name: "x.tf", Data: []byte(test.text)}
			at := map[value.Position]int{}
			for i := range len(test.text) + 1 {
				at[f.Position(int32(i))] = i
			}
			var got []string
			for _, c := range terraform.Comments("x.tf", f.Data, "!") {
				got = append(got, strings.Join(strings.Fields(test.text[at[c.From]:at[c.To]]), " "))
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// Files of OpenTofu's own have comments too, those in JSON none.
func TestCommentsByName(t *testing.T) {
	for name, want := range map[string]int{"x.tf": 1, "x.tofu": 1, "x.tofu.json": 0, "x.tfvars": 0} {
		if got := terraform.Comments(name, []byte("a = 1 # !\n"), "!"); len(got) != want {
			t.Errorf("%s: %v, want %d comments", name, got, want)
		}
	}
}
