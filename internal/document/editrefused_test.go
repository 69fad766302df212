package document

import (
	"errors"
	"testing"
)

func TestEditScalars(t *testing.T) {
	for s, want := range map[string]string{
		"app": "app", "arn:aws:iam::123456789012:role/x": "arn:aws:iam::123456789012:role/x", "a b": "a b", "/ecs/app": "/ecs/app",
		"1000:1000": `"1000:1000"`, "1000": `"1000"`, "yes": `"yes"`, "No": `"No"`, "on": `"on"`, "y": `"y"`, "true": `"true"`, "null": `"null"`,
		"~": `"~"`, "": `""`, "1.4.0": `"1.4.0"`, "0x1": `"0x1"`, "0o7": `"0o7"`, "1e3": `"1e3"`, ".5": `".5"`, "-1": `"-1"`, "+1": `"+1"`,
		".inf": `".inf"`, "-.INF": `"-.INF"`, ".NaN": `".NaN"`, "1_000": `"1_000"`, "0b1": `"0b1"`, "2001-12-14": `"2001-12-14"`,
		"2001-12-14t21:59:43.10-05:00": `"2001-12-14t21:59:43.10-05:00"`, " a": `" a"`, "a ": `"a "`, "a: b": `"a: b"`, "a:": `"a:"`,
		"a #b": `"a #b"`, "a#b": "a#b", "#a": `"#a"`, "- a": `"- a"`, "---": `"---"`, "...": `"..."`, "*a": `"*a"`, "&a": `"&a"`, "!a": `"!a"`, "%a": `"%a"`,
		"@a": `"@a"`, "`a": "\"`a\"", "{a}": `"{a}"`, "[a]": `"[a]"`, "a\nb": `"a\nb"`, "<<": `"<<"`, "=": `"="`, "it's": "it's", "'a'": `"'a'"`,
		"a\u0085b": `"a\u0085b"`, "a\u2028": `"a\u2028"`, "\ufeffa": `"\ufeffa"`, "é": "é", "LATEST": "LATEST", "0": `"0"`, "08": `"08"`,
	} {
		got, err := editText("a:\n  k: 1\n", set("a", "v", s))
		if err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		if want := "a:\n  k: 1\n  v: " + want + "\n"; got != want {
			t.Errorf("%q is written as %q, want %q", s, got, want)
		}
		if f, err := Parse("x", []byte(got), Options{}); err != nil || !f.Documents[0].Get("a").Get("v").is(s) {
			t.Errorf("%q is not read as itself: %v", s, err)
		}
	}
}

func TestEditRefused(t *testing.T) {
	tests := []struct {
		name, text string
		edits      []edit
		want       error
	}{
		{"in an alias", "a: &a {b: 1}\nc: *a\n", do(set("c", "b", 2)), ErrShared},
		{"what an alias uses", "a: &a {b: 1}\nc: *a\n", do(set("a", "b", 2)), ErrShared},
		{"in what an alias uses", "a: &a\n  b:\n    d: 1\nc: *a\n", do(remove("a.b", "d")), ErrShared},
		{"remove what an alias uses", "a:\n  b: &b 1\nc: *b\n", do(remove("", "a")), ErrShared},
		{"replace what holds what an alias uses", "a:\n  b: &b 1\nc: *b\n", do(set("", "a", 1)), ErrShared},
		{"set what an alias uses", "a: &a x\nc: *a\n", do(set("", "a", 1)), ErrShared},
		{"replace what an alias uses", "a: &a x\nc: *a\n", do(replace("a", 1)), ErrShared},
		{"remove what is merged in", "x: &x\n  a: 1\ny:\n  <<: *x\n", do(remove("y", "a")), ErrMerged},
		{"remove what hides what is merged in", "x: &x\n  a: 1\ny:\n  <<: [*x]\n  a: 2\n", do(remove("y", "a")), ErrMerged},
		{"replace what is merged in", "x: &x\n  a: 1\ny:\n  <<: *x\n", do(replace("y.a", 2)), ErrShared},
		{"explicit key", "? a\n: b\nc: d\n", do(set("", "e", 1)), ErrPlace},
		{"key with an anchor", "&x a: b\nc: d\n", do(remove("", "a")), ErrPlace},
		{"map without braces", "[a: b]\n", do(set("0", "e", 1)), ErrPlace},
		{"in a scalar", "a: b\n", do(set("a", "e", 1)), ErrPlace},
		{"tag in JSON", `{"a": 1}`, do(set("", "b", Tagged{"!Ref", "x", nil})), ErrPlace},
		{"in what goes", "a:\n  b:\n    c: 1\n", do(remove("", "a"), set("a.b", "d", 1)), ErrOverlap},
		{"in what is replaced", "a:\n  b:\n    c: 1\n", do(set("a.b", "d", 1), set("", "a", 1)), ErrOverlap},
		{"two values", "a: 1\n", do(set("", "a", 2), set("", "a", 3)), ErrConflict},
		{"two new values", "a: 1\n", do(set("", "b", 2), set("", "b", 3)), ErrConflict},
		{"value and removal", "a: 1\n", do(set("", "a", 2), remove("", "a")), ErrConflict},
		{"behind a block scalar without an end", "a: |\n  b", do(set("", "c", 1)), ErrPlace},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := editText(tt.text, tt.edits...); !errors.Is(err, tt.want) {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// An edit that all uses want is made where they are defined.
func TestEditForAllUses(t *testing.T) {
	const text = "a: &a\n  b: &b 1 # why\n  c: 2\nd: *a\ne: *b\nf:\n  <<: *a\n"
	f, err := Parse("x", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	root := f.Documents[0]
	e := NewEditor(f, root)
	if err := e.Set(root.Get("d"), "c", 3); !errors.Is(err, ErrShared) {
		t.Fatal(err)
	}
	e.ForAllUses(true)
	for _, err := range []error{
		e.Set(root.Get("d"), "c", 3), e.Set(root.Get("a"), "b", 4), e.Set(root.Get("f"), "g", 5), e.Set(root.Get("d"), "h", 6),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Remove(root, "a"); !errors.Is(err, ErrShared) {
		t.Errorf("aliases would have no anchor: %v", err)
	}
	splices, err := e.Splices()
	if err != nil {
		t.Fatal(err)
	}
	const want = "a: &a\n  b: &b 4 # why\n  c: 3\n  h: 6\nd: *a\ne: *b\nf:\n  <<: *a\n  g: 5\n"
	if got, err := Apply(f.Data, splices); err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}

func TestApply(t *testing.T) {
	data := []byte("abcdef")
	got, err := Apply(data, []Splice{{4, 5, []byte("E")}, {1, 1, []byte("1")}, {1, 3, nil}, {1, 1, []byte("2")}, {6, 6, []byte("!")}})
	if err != nil || string(got) != "a12dEf!" || string(data) != "abcdef" {
		t.Errorf("%q, %v", got, err)
	}
	for _, bad := range [][]Splice{{{0, 3, nil}, {2, 4, nil}}, {{0, 3, nil}, {2, 2, []byte("x")}}, {{2, 2, []byte("x")}, {0, 3, nil}}} {
		if _, err := Apply(data, bad); !errors.Is(err, ErrOverlap) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	for _, bad := range []Splice{{-1, 2, nil}, {3, 2, nil}, {5, 7, nil}} {
		if _, err := Apply(data, []Splice{bad}); err == nil {
			t.Errorf("%v is made", bad)
		}
	}
}
