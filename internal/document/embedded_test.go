package document

import (
	"strings"
	"testing"
)

func TestEmbedded(t *testing.T) {
	tests := []struct{ name, text string }{
		{"JSON in JSON", `{"a": 1, "v": "[\t{\"é\\n\": \u005b\"\ud83d\ude00x\/\", MARK]}]"}`},
		{"double quoted", "v: \"{\\\"a\\\": \\\"\\x41\\U0001F600\\_é\\\",\n   \\\n  \\\"b\\\":\\n MARK}\"\n"},
		{"single quoted", "v: '{\"a\": \"it''s\",\n\n  \"b\": MARK}'\n"},
		{"plain", "v: !Sub\n  [\"a\", \"\\u0041\",\n   MARK]\n"},
		{"literal", "v: |  # c\n  {\n    \"a\": \"é\",\n\n    \"b\": MARK\n  }\n"},
		{"folded", "v: >-\r\n  {\r\n    \"a\": \"é\",\r\n\r\n  \"b\": MARK\r\n  }\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// A syntax error at the mark has the mark's position.
			f, err := Parse("x", []byte(tt.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			n := f.Documents[0].Get("v")
			if n.Kind != String {
				n = &Node{Kind: String, Style: Plain, Start: n.Start, End: n.End, Value: string(f.Data[n.Start:n.End])}
			}
			want := f.Position(int32(strings.Index(tt.text, "MARK"))).String()
			if _, err := f.Embedded(n); err == nil || !strings.HasPrefix(err.Error(), want+": ") {
				t.Errorf("%v, want %s", err, want)
			}

			f, err = Parse("x", []byte(strings.Replace(tt.text, "MARK", "1234", 1)), Options{})
			if err != nil {
				t.Fatal(err)
			}
			n = f.Documents[0].Get("v")
			if n.Kind != String {
				return
			}
			at, ok := f.jumps(n)
			if !ok {
				t.Fatal("no jumps")
			}
			e := enclosure{f, at}
			if got := f.Position(e.translate(int32(strings.Index(n.Value, "1234")))).String(); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}

func TestEmbeddedTwice(t *testing.T) {
	text := "a: '{\"b\": \"{\\\"c\\\": true}\"}'\n"
	f, err := Parse("x", []byte(text), Options{})
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
	c := inner.Documents[0].Get("c")
	outer, start := inner.Outer(c.Start)
	_, end := inner.Outer(c.End)
	if outer != f || text[start:end] != "true" {
		t.Errorf("%q", text[start:end])
	}
	if got := inner.Position(c.Start).String(); got != "x:1:20" {
		t.Errorf("c is at %s", got)
	}
	if got := show(inner.Quote(c.Start, c.End)); got != "1|{\"c\": true}\n        ^^^^\n" {
		t.Error(got)
	}
	if _, err := f.Embedded(f.Documents[0]); err == nil {
		t.Error("a map holds no JSON")
	}
}
