package terraform

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry/internal/source/files"
)

// Expressions evaluate to what Terraform itself makes of them.
func TestExpressions(t *testing.T) {
	table, err := os.ReadFile("testdata/expressions.txt")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for line := range strings.Lines(string(table)) {
		e, want, ok := strings.Cut(strings.TrimSpace(line), "  =>  ")
		if !ok {
			continue
		}
		checked++
		module := "variable \"s\" { default = \"\" }\nlocals {\n  a = { x = 1, y = \"b\" }\n  l = [\"a\", \"\", null, \"b\"]\n  v = jsonencode(" + e + ")\n}\n"
		f, err := parseFile("main.tf", []byte(module))
		if err != nil {
			t.Errorf("%s: %v", e, err)
			continue
		}
		c := newConfig(".")
		c.add(f, "main.tf")
		format := New(Variables{})
		r := &run{ctx: context.Background(), format: format, folder: &files.Folder{Name: "."}, table: format.functions}
		v, marks := r.instance(c).local("v").UnmarkDeep()
		switch {
		case !isString(v):
			t.Errorf("%s: unknown, want %s: %s", e, want, whyOf(marks).Text)
		case v.AsString() != want:
			t.Errorf("%s: %s, want %s", e, v.AsString(), want)
		}
	}
	if checked < 80 {
		t.Errorf("checked only %d expressions", checked)
	}
}
