package document

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shape is what a test expects of a node: how it is written is cut from the
// text by the node's offsets.
type shape struct {
	Kind    Kind
	Style   Style
	Tag     string
	Value   string
	Written string
	Items   []shape
	Fields  []shape // keys and values in turn
}

func shapeOf(f *File, n *Node) shape {
	s := shape{Kind: n.Kind, Style: n.Style, Tag: n.Tag, Value: n.Value, Written: string(f.Data[n.Start:n.End])}
	for _, item := range n.Items {
		s.Items = append(s.Items, shapeOf(f, item))
	}
	for _, field := range n.Fields {
		s.Fields = append(s.Fields, shapeOf(f, field.Key), shapeOf(f, field.Value))
	}
	return s
}

// TestWritten looks at the value of the key v.
func TestWritten(t *testing.T) {
	str := func(style Style, tag, val, written string) shape {
		return shape{Kind: String, Style: style, Tag: tag, Value: val, Written: written}
	}
	plain := func(s string) shape { return str(Plain, "", s, s) }
	tests := []struct {
		name, text string
		want       shape
	}{
		{"plain", "v: abc # comment\n", plain("abc")},
		{"plain with marks", "v: a#b:c,d\n", plain("a#b:c,d")},
		{"plain over lines", "v: a\n  b\n\n  c\nw: x\n", str(Plain, "", "a b\nc", "a\n  b\n\n  c")},
		{"single quoted", "v: 'it''s'\n", str(SingleQuoted, "", "it's", "'it''s'")},
		{"double quoted", `v: "a\"b\\" # "`, str(DoubleQuoted, "", `a"b\`, `"a\"b\\"`)},
		{"quoted over lines", "v: \"a\n  b\\\n  c\"\n", str(DoubleQuoted, "", "a bc", "\"a\n  b\\\n  c\"")},
		{"literal", "v: | # c\n  a\n   b  \n\n\nw: x\n", str(Literal, "", "a\n b  \n", "| # c\n  a\n   b  ")},
		{"literal, kept", "v: |+\n  a\n\n", str(Literal, "", "a\n\n", "|+\n  a")},
		{"literal, empty", "v: |-\n\nw: x\n", str(Literal, "", "", "|-")},
		{"literal, indented", "v: |2-\n    a\n  b\n", str(Literal, "", "  a\nb", "|2-\n    a\n  b")},
		{"folded", "v: >\n  a\n  b\n", str(Folded, "", "a b\n", ">\n  a\n  b")},
		{"windows", "u: x\r\nv: |\r\n  a\r\n  b\r\nw: x\r\n", str(Literal, "", "a\nb\n", "|\r\n  a\r\n  b")},
		{"old mac", "u: x\rv: 'a'\rw: x", str(SingleQuoted, "", "a", "'a'")},
		{"odd breaks", "u: x\u2028v: a\u0085w: 'x'\u2029", plain("a")},
		{"not ASCII", "u: ‹é›\n\"v\": {ü: é}\n", shape{Kind: Map, Style: Flow, Written: "{ü: é}", Fields: []shape{plain("ü"), plain("é")}}},
		{"byte order mark", "\ufeffv: é # x\n", plain("é")},
		{"yes", "v: yes\n", plain("yes")},
		{"quoted true", "v: 'true'\n", str(SingleQuoted, "", "true", "'true'")},
		{"true", "v: True\n", shape{Kind: Bool, Value: "True", Written: "True"}},
		{"tagged string", "v: !!str 12\n", str(Plain, "!!str", "12", "12")},
		{"tagged number", "v: !!int 12\n", shape{Kind: Number, Tag: "!!int", Value: "12", Written: "12"}},
		{"number", "v: 0x1F\n", shape{Kind: Number, Value: "0x1F", Written: "0x1F"}},
		{"number with underscore", "v: 1_000\n", shape{Kind: Number, Value: "1_000", Written: "1_000"}},
		{"date", "v: 2012-10-17\n", plain("2012-10-17")},
		{"null", "v: ~\n", shape{Value: "~", Written: "~"}},
		{"nothing", "v:   # none\n\nw: x\n", shape{}},
		{"tagged nothing", "v: !Ref\nw: x\n", shape{Tag: "!Ref"}},
		{"Ref", "v: !Ref Foo # c\n", str(Plain, "!Ref", "Foo", "Foo")},
		{"Ref of a number", "v: !Ref 12\n", str(Plain, "!Ref", "12", "12")},
		{"GetAtt", "v: !GetAtt A.B\n", str(Plain, "!GetAtt", "A.B", "A.B")},
		{"Sub", `v: !Sub "x"`, str(DoubleQuoted, "!Sub", "x", `"x"`)},
		{"anchor and tag", "v: &a !Sub # why\n  x\n", str(Plain, "!Sub", "x", "x")},
		{"tag and anchor", "v: !Sub &a 'x'\nw: *a\n", str(SingleQuoted, "!Sub", "x", "'x'")},
		{"verbatim tag", "v: !<tag:yaml.org,2002:str> 1\n", str(Plain, "!!str", "1", "1")},
		{"tag without a name", "v: ! a\n", plain("a")},
		{"If in a line", "v: !If [a, 'b]', \"]\" , # ]\n  c ,]\n", shape{Kind: List, Style: Flow, Tag: "!If",
			Written: "[a, 'b]', \"]\" , # ]\n  c ,]", Items: []shape{plain("a"), str(SingleQuoted, "", "b]", "'b]'"),
				str(DoubleQuoted, "", "]", `"]"`), plain("c")}}},
		{"If on lines", "v:\n- !If\n  - a\n  - b # c\n\n# d\nw: x\n", shape{Kind: List, Style: Block, Written: "- !If\n  - a\n  - b",
			Items: []shape{{Kind: List, Style: Block, Tag: "!If", Written: "- a\n  - b", Items: []shape{plain("a"), plain("b")}}}}},
		{"tagged map", "v: !T &m\n  # c\n  &k a: b\n", shape{Kind: Map, Style: Block, Tag: "!T", Written: "&k a: b",
			Fields: []shape{plain("a"), plain("b")}}},
		{"pair in a list", "v: [a: b, ? c]\n", shape{Kind: List, Style: Flow, Written: "[a: b, ? c]", Items: []shape{
			{Kind: Map, Style: Block, Written: "a: b", Fields: []shape{plain("a"), plain("b")}},
			{Kind: Map, Style: Block, Written: "? c", Fields: []shape{plain("c"), {}}}}}},
		{"braces", "v: {a, b: , \"c\":d}\n", shape{Kind: Map, Style: Flow, Written: "{a, b: , \"c\":d}", Fields: []shape{
			plain("a"), {}, plain("b"), {}, str(DoubleQuoted, "", "c", `"c"`), plain("d")}}},
		{"empty collections", "v: [{ }, [ # c\n ]]\n", shape{Kind: List, Style: Flow, Written: "[{ }, [ # c\n ]]", Items: []shape{
			{Kind: Map, Style: Flow, Written: "{ }"}, {Kind: List, Style: Flow, Written: "[ # c\n ]"}}}},
		{"merge", "x: &x {a: 1, b: 2}\nv:\n  <<: *x\n  b: c\n", shape{Kind: Map, Style: Block, Written: "<<: *x\n  b: c",
			Fields: []shape{plain("b"), plain("c"), plain("a"), {Kind: Number, Value: "1", Written: "1"}}}},
		{"merge of several", "x: [&x {a: b}, &y {a: c, d: e}]\nv: {<<: [*x, *y]}\n", shape{Kind: Map, Style: Flow, Written: "{<<: [*x, *y]}",
			Fields: []shape{plain("a"), plain("b"), plain("d"), plain("e")}}},
		{"JSON", `{"v": "\u00e9\/\ud83d\ude00"}`, str(DoubleQuoted, "", "é/😀", `"\u00e9\/\ud83d\ude00"`)},
		{"JSON number", "\ufeff {\"v\":\t-1.5E3 }", shape{Kind: Number, Value: "-1.5E3", Written: "-1.5E3"}},
		{"JSON collections", `{"v":[ true,null , {} ]}`, shape{Kind: List, Style: Flow, Written: "[ true,null , {} ]", Items: []shape{
			{Kind: Bool, Value: "true", Written: "true"}, {Value: "null", Written: "null"}, {Kind: Map, Style: Flow, Written: "{}"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := Parse("x", []byte(tt.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, shapeOf(f, f.Documents[0].Get("v"))); diff != "" {
				t.Error(diff)
			}
			if err := verify(f); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDocuments(t *testing.T) {
	tests := []struct {
		text   string
		format Format
		want   []string
	}{
		{"", YAML, nil},
		{"# nothing\n", YAML, nil},
		{"a: b\n---\nc: d\n...\n---\n- e\n", YAML, []string{"a: b", "c: d", "- e"}},
		{"{\"a\": 1}\n{\"b\": 2}[3]\n", JSON, []string{`{"a": 1}`, `{"b": 2}`, "[3]"}},
		{"{a: b}\n---\n{c: d}\n", YAML, []string{"{a: b}", "{c: d}"}},
		{"{\"a\": 1,}\n", YAML, []string{"{\"a\": 1,}"}},
	}
	for _, tt := range tests {
		f, err := Parse("x", []byte(tt.text), Options{})
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		var got []string
		for _, n := range f.Documents {
			got = append(got, tt.text[n.Start:n.End])
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || f.Format != tt.format {
			t.Errorf("%q: format %d, %s", tt.text, f.Format, diff)
		}
	}
}

func TestErrors(t *testing.T) {
	const hint = " (" + renderHint + ")"
	bomb := "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for i := range 9 {
		this, last := string(rune('1'+i)), string(rune('0'+i))
		bomb += "a" + this + ": &a" + this + " [" + strings.Repeat("*a"+last+",", 10) + "]\n"
	}
	tests := []struct {
		name, text string
		options    Options
		want       string
	}{
		{"duplicate", "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", Options{}, "x:5:3: the key c is written twice in one map"},
		{"duplicate in JSON", "{\"a\":\n {\"b\":1,\n\"b\":2}}", Options{}, "x:3:1: the key b is written twice in one map"},
		{"duplicate of a strange key", "se cret: 1\n'se cret': 2\n", Options{}, "x:2:1: a key is written twice in one map"},
		{"duplicate written differently", "{\"a\":1, \"\\u0061\":2}", Options{}, "x:1:9: the key a is written twice in one map"},
		{"bomb", bomb, Options{}, "x:1:1: has too many values once its aliases are written out"},
		{"circle", "a: &a\n  b: *a\n", Options{}, "x:2:6: has an alias that contains itself"},
		{"circle by merging", "a: &a\n  <<: *a\n", Options{}, "x:2:7: has an alias that contains itself"},
		{"merge of a text", "a: &a x\nb:\n  <<: *a\n", Options{}, "x:3:3: merges what is neither a map nor a list of maps"},
		{"unknown alias", "a: b\nb: *secret\n", Options{}, "x:2: is not valid YAML: an alias has no anchor"},
		{"invalid UTF-8", "a: b\nc: \xff\n", Options{}, "x:2:4: is not valid UTF-8"},
		{"NUL", "a: b\nc: \x00\n", Options{}, "x:2:4: has a NUL byte, so it is no text"},
		{"UTF-16", "\xff\xfea\x00", Options{}, "x:1:1: is written in UTF-16 or UTF-32, want UTF-8 (save the file as UTF-8)"},
		{"control character", "a: b\nc: \x1b[m\n", Options{}, "x:2: is not valid YAML: it has a control character"},
		{"large", "a: bcdef", Options{MaxBytes: 5}, "x: is larger than 5 bytes"},
		{"indentation", "a:\n  b:\n     c: 1\n    d: 2\n", Options{}, "x:4: is not valid YAML: want a key; the indentation may be wrong"},
		{"indentation far below", "x: 1\na:\n   b: 1\n   c: 1\n  d: 2\n", Options{}, "x:5: is not valid YAML: want a key; the indentation may be wrong"},
		{"tab", "a:\n  b: 1\n\tc: 2\n", Options{}, "x:3: is not valid YAML: a tab is used for indentation"},
		{"colon", "a: b\nc: d: e\n", Options{}, "x:2: is not valid YAML: a colon where no map can be; a quote or a line break may be missing"},
		{"unclosed", "a: b\nc: \"d\ne: f\n", Options{}, "x:2: is not valid YAML: a quote is not closed"},
		{"unclosed bracket", "a: b\nc: [d\ne: f\n", Options{}, "x:3: is not valid YAML: a comma or ] is missing"},
		{"truncated JSON", "{\"a\":\n [1,", Options{}, "x:2:5: is not valid JSON: it ends too early"},
		{"JSON with a comma too much", "{\"a\": 1,}", Options{JSONOnly: true}, "x:1:8: is not valid JSON"},
		{"not JSON", "a: b", Options{JSONOnly: true}, "x:1:1: is not valid JSON"},
		{"JSON with rubbish", "{\"a\": \"secret\" \"b\"}", Options{}, "x:1:16: is not valid JSON"},
		{"braces", "a:\n  b: {{ secret }}\n", Options{}, "x:2:7: has a map key that is not a text" + hint},
		{"braces first", "{{ if }}\na: b\n", Options{}, "x:1:2: has a map key that is not a text" + hint},
		{"percent", "a: %NAME%\n", Options{}, "x:1: is not valid YAML: an unquoted value cannot start with this character" + hint},
		{"JSON with a placeholder", `{"a": ${NAME}}`, Options{JSONOnly: true}, "x:1:7: is not valid JSON" + hint},
		{"JSON with angles", `{"a": [<NAME>]}`, Options{JSONOnly: true}, "x:1:8: is not valid JSON" + hint},
		{"dollar in Sub", "a: !Sub x-${A}\nc: d: e\n", Options{}, "x:2: is not valid YAML: a colon where no map can be; a quote or a line break may be missing"},
		{"deep", strings.Repeat("[", 300) + strings.Repeat("]", 300), Options{}, "x:1:201: is nested too deeply"},
		{"deep YAML", "a: " + strings.Repeat("[", 300) + strings.Repeat("]", 300), Options{}, "x:1:203: is nested too deeply"},
		{"deep sequences", "a:\n" + strings.Repeat("- ", 20_000) + "b\nc: d\n", Options{}, "x:2: is nested too deeply"},
		{"deep brackets", "a: b\nc: " + strings.Repeat("[", 20_000) + "\n\nd: e\n", Options{}, "x:2: is nested too deeply"},
		{"many values", "a:\n" + strings.Repeat("- ", 2_000_000), Options{}, "x:2:3999999: has too many values"},
		{"list as a key", "[a]: b\n", Options{}, "x:1:1: has a map key that is not a text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("x", []byte(tt.text), tt.options)
			if err == nil {
				t.Fatalf("no error, want %s", tt.want)
			}
			var own *Error
			if !errors.As(err, &own) {
				t.Errorf("%T, want *Error", err)
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// An alias lies where it is used, and means what it refers to.
func TestAlias(t *testing.T) {
	const text = "a: &a true\nb: &b {c: d}\nv: *a\nw: [*b , x]\n*s : y\n"
	f, err := Parse("x", []byte("s: &s k\n"+text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc := f.Documents[0]
	key := doc.Fields[5].Key
	for _, tt := range []struct {
		node *Node
		want string
	}{
		{doc.Get("v"), `x:4:4 *a true true`}, {doc.Get("w").Items[0], `x:5:5 *b true `}, {key, "x:6:1 *s true k"},
		{doc.Get("w").Items[0].Get("c"), "x:3:11 d false d"}, {doc.Get("a"), "x:2:7 true false true"},
	} {
		n := tt.node
		got := fmt.Sprintf("%v %s %v %s", f.Position(n.Start), f.Data[n.Start:n.End], n.Alias, n.Value)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Error(diff)
		}
	}
	if err := verify(f); err != nil {
		t.Error(err)
	}
}

func TestPosition(t *testing.T) {
	f := &File{Name: "x", Data: []byte("a\r\né\u2028b\rc\n")}
	for _, tt := range []struct {
		at   string
		want string
	}{{"a", "x:1:1"}, {"é", "x:2:1"}, {"b", "x:2:3"}, {"c", "x:3:1"}} {
		off := bytes.Index(f.Data, []byte(tt.at))
		if got := f.Position(int32(off)).String(); got != tt.want {
			t.Errorf("%q is at %s, want %s", tt.at, got, tt.want)
		}
	}
	if got := f.Position(1000).String(); got != "x:4:1" {
		t.Errorf("beyond the end is %s", got)
	}
}

func TestGet(t *testing.T) {
	f, _ := Parse("x", []byte(`{"a": {"b": 1}}`), Options{})
	if n := f.Documents[0].Get("a").Get("b"); n == nil || n.Value != "1" {
		t.Errorf("a/b is %v", n)
	}
	if n := f.Documents[0].Get("x").Get("b").Get("c"); n != nil {
		t.Errorf("x/b/c is %v", n)
	}
}
