package document

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEditEmbedded edits the JSON that is the value of the key v.
func TestEditEmbedded(t *testing.T) {
	tests := []editCase{
		{"JSON in JSON", `{"a": 1, "v": "{\"b\":\"\u00e9\\n\",\"c\":[1]}", "d": "x"}`, do(set("", "b", "x\"y\n"), appendItem("c", "é"), set("", "e", true)),
			`{"a": 1, "v": "{\"b\":\"x\\\"y\\n\",\"c\":[1,\"é\"],\"e\":true}", "d": "x"}`},
		{"lines escaped", `{"v": "{\n  \"b\": 1,\n  \"c\": 2\n}\n"}`, do(remove("", "b"), set("", "d", Object{{"e", 1}})), `{"v": "{\n  \"c\": 2,\n  \"d\": {\n    \"e\": 1\n  }\n}\n"}`},
		{"double quoted", "v: \"{\\\"b\\\": \\\"\\x41\\\"}\" # why\n", do(set("", "b", "x"), set("", "c", "é\\")), "v: \"{\\\"b\\\": \\\"x\\\", \\\"c\\\": \\\"é\\\\\\\\\\\"}\" # why\n"},
		{"single quoted", "v: '{\"b\": \"it''s\", \"c\": 1}'\n", do(set("", "c", "that's"), set("", "d", nil)), "v: '{\"b\": \"it''s\", \"c\": \"that''s\", \"d\": null}'\n"},
		{"literal", "v: |  # why\n  {\n    \"b\": 1,\n\n    \"c\": 2\n  }\nw: x\n", do(set("", "b", true), set("", "d", Object{{"e", "f"}})), "v: |  # why\n  {\n    \"b\": true,\n\n    \"c\": 2,\n    \"d\": {\n      \"e\": \"f\"\n    }\n  }\nw: x\n"},
		{"literal, a line less", "v: |-\n  {\n    \"b\": 1,\n    \"c\": 2\n  }", do(remove("", "b")), "v: |-\n  {\n    \"c\": 2\n  }"},
		{"literal, the last line less", "v: |-\n  {\n    \"b\": 1,\n    \"c\": 2\n  }", do(remove("", "c")), "v: |-\n  {\n    \"b\": 1\n  }"},
		{"literal, windows", "v: |\r\n    [\r\n     1\r\n    ]\r\n", do(appendItem("", 2)), "v: |\r\n    [\r\n     1,\r\n     2\r\n    ]\r\n"},
		{"literal, number of spaces", "v: |1\n   {\"a\":1}\n", do(set("", "b", 2)), "v: |1\n   {\"a\":1,\"b\":2}\n"},
		{"nothing to do", "v: >\n  {\"a\":\n  1}\n", do(set("", "a", 1)), "v: >\n  {\"a\":\n  1}\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := editEmbedded(tt.before, tt.edits)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.after, got); diff != "" {
				t.Errorf("%s\n%q", diff, got)
			}
			want, err := editText(embeddedText(t, tt.before), tt.edits...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, embeddedText(t, got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func editEmbedded(text string, edits []edit) (string, error) {
	f, err := Parse("x", []byte(text), Options{})
	if err != nil {
		return "", err
	}
	in, err := f.Embedded(f.Documents[0].Get("v"))
	if err != nil {
		return "", err
	}
	e := NewEditor(in, in.Documents[0])
	for _, d := range edits {
		if err := d.make(e, in.Documents[0]); err != nil {
			return "", err
		}
	}
	splices, err := e.Splices()
	if err != nil {
		return "", err
	}
	out, err := Apply(e.Text().(*File).Data, splices)
	return string(out), err
}

func embeddedText(t *testing.T, text string) string {
	t.Helper()
	f, err := Parse("x", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f.Documents[0].Get("v").Value
}

func TestEditEmbeddedRefused(t *testing.T) {
	for _, text := range []string{
		"v: >\n  {\"a\": 1}\n",
		"v: \"{\\\"a\\\":\n  1}\"\n",
		"v: '{\"a\":\n  1}'\n",
		"v: |\n\n  {\"a\": 1}\n",
	} {
		if got, err := editEmbedded(text, do(set("", "a", 2))); !errors.Is(err, ErrPlace) {
			t.Errorf("%q becomes %q, %v", text, got, err)
		}
	}
}

func TestEditEmbeddedShared(t *testing.T) {
	if got, err := editEmbedded("w: &w '{\"a\": 1}'\nv: *w\n", do(set("", "a", 2))); !errors.Is(err, ErrShared) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestEditEmbeddedTwice(t *testing.T) {
	f, err := Parse("x", []byte("a: '{\"b\": \"{\\\"c\\\": true}\"}' # x\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	in, err := f.Embedded(f.Documents[0].Get("a"))
	if err != nil {
		t.Fatal(err)
	}
	inner, err := in.Embedded(in.Documents[0].Get("b"))
	if err != nil {
		t.Fatal(err)
	}
	e := NewEditor(inner, inner.Documents[0])
	if err := e.Set(inner.Documents[0], "d", "it's"); err != nil {
		t.Fatal(err)
	}
	splices, err := e.Splices()
	if err != nil || e.Text() != f {
		t.Fatal(err)
	}
	got, err := Apply(f.Data, splices)
	if want := "a: '{\"b\": \"{\\\"c\\\": true, \\\"d\\\": \\\"it''s\\\"}\"}' # x\n"; err != nil || string(got) != want {
		t.Errorf("%q, want %q; %v", got, want, err)
	}
}

// A prose in front of the JSON stays, as does what is no document around it.
func TestEditWithin(t *testing.T) {
	f, err := Parse("x", []byte(`{"v": "see: {\"a\":1}"}`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	in, err := f.EmbeddedFrom(f.Documents[0].Get("v"), 5)
	if err != nil {
		t.Fatal(err)
	}
	e := NewEditor(in, in.Documents[0])
	if err := e.Set(in.Documents[0], "a", 2); err != nil {
		t.Fatal(err)
	}
	splices, err := e.Splices()
	if got, _ := Apply(f.Data, splices); err != nil || string(got) != `{"v": "see: {\"a\":2}"}` {
		t.Errorf("%q, %v", got, err)
	}

	// A heredoc whose margin is no part of its text, and $${ in it is ${.
	outer := "x = <<-EOF\n    {\n      \"a\": \"$${b}\",\n      \"c\": 1\n    }\n    EOF\n"
	text, jumps := "", []Jump(nil)
	for at := len("x = <<-EOF\n"); !strings.HasPrefix(outer[at:], "    EOF"); {
		at += 4
		for outer[at] != '\n' {
			if strings.HasPrefix(outer[at:], "$${") {
				at++
			}
			jumps = append(jumps, Jump{int32(len(text)), int32(at)})
			text += outer[at : at+1]
			at++
		}
		jumps = append(jumps, Jump{int32(len(text)), int32(at)})
		text += "\n"
		at++
	}
	around := &File{Name: "x", Data: []byte(outer)}
	in, err = ParseWithin(around, "x", []byte(text), jumps, Options{JSONOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	e = NewEditor(in, in.Documents[0])
	if err := e.Set(in.Documents[0], "d", Object{{"e", "${f}"}}); err != nil {
		t.Fatal(err)
	}
	if err := e.Remove(in.Documents[0], "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Splices(); !errors.Is(err, ErrPlace) {
		t.Errorf("without an escape: %v", err)
	}
	e.EscapeWith(func(s string) (string, error) { return strings.ReplaceAll(s, "${", "$${"), nil })
	splices, err = e.Splices()
	want := "x = <<-EOF\n    {\n      \"c\": 1,\n      \"d\": {\n        \"e\": \"$${f}\"\n      }\n    }\n    EOF\n"
	if got, _ := Apply(around.Data, splices); err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}
