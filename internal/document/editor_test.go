package document

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An edit is one call of an editor in a table.
type edit struct {
	do   string // set, path, replace, remove, item (to remove one), append
	at   string // keys and indices with dots between them
	key  string // of set and remove; of path several with dots
	what any
}

func set(at, key string, what any) edit      { return edit{"set", at, key, what} }
func replace(at string, what any) edit       { return edit{"replace", at, "", what} }
func remove(at, key string) edit             { return edit{"remove", at, key, nil} }
func removeItem(at string, index int) edit   { return edit{"item", at, strconv.Itoa(index), nil} }
func appendItem(at string, what any) edit    { return edit{"append", at, "", what} }
func setPath(at, path string, what any) edit { return edit{"path", at, path, what} }

func (d edit) make(e *Editor, root *Node) error {
	n := follow(root, d.at)
	if n == nil {
		return errors.New("the test names no node: " + d.at)
	}
	switch d.do {
	case "set":
		return e.Set(n, d.key, d.what)
	case "path":
		return e.SetPath(n, strings.Split(d.key, "."), d.what)
	case "replace":
		return e.Replace(n, d.what)
	case "remove":
		return e.Remove(n, d.key)
	case "item":
		i, _ := strconv.Atoi(d.key)
		return e.RemoveItem(n, i)
	default:
		return e.Append(n, d.what)
	}
}

// follow goes from a node along keys and indices.
func follow(n *Node, path string) *Node {
	for _, step := range strings.Split(path, ".") {
		if step == "" || n == nil {
			continue
		}
		if i, err := strconv.Atoi(step); err == nil && n.Kind == List && i < len(n.Items) {
			n = n.Items[i]
		} else {
			n = n.Get(step)
		}
	}
	return n
}

// edited makes edits to the last document of a text.
func editText(text string, edits ...edit) (string, error) {
	f, err := Parse("x", []byte(text), Options{})
	if err != nil {
		return "", err
	}
	root := f.Documents[len(f.Documents)-1]
	e := NewEditor(f, root)
	for _, d := range edits {
		if err := d.make(e, root); err != nil {
			return "", err
		}
	}
	splices, err := e.Splices()
	if err != nil {
		return "", err
	}
	out, err := Apply(f.Data, splices)
	return string(out), err
}

type editCase struct {
	name, before string
	edits        []edit
	after        string
}

func do(edits ...edit) []edit { return edits }

func checkEdits(t *testing.T, tests []editCase) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := editText(tt.before, tt.edits...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.after, got); diff != "" {
				t.Errorf("%s\n%q", diff, got)
			}
			if _, err := Parse("x", []byte(got), Options{}); err != nil {
				t.Errorf("the result is no good: %v", err)
			}
		})
	}
}

func TestEditBlock(t *testing.T) {
	const app = "- Name: app # the app\n  # which one\n  Image: nginx # pinned later\n"
	checkEdits(t, []editCase{
		{"replace a scalar", "a: 1\nb: no # why\nc: 2\n", do(set("", "b", true)), "a: 1\nb: true # why\nc: 2\n"},
		{"replace a tag and its scalar", "a: !Ref P # why\n", do(set("", "a", "DISABLED")), "a: DISABLED # why\n"},
		{"replace what is behind a key", "a:\n  !Ref P\nb: 1\n", do(set("", "a", "x")), "a:\n  x\nb: 1\n"},
		{"keep double quotes", "a: \"ENABLED\"\n", do(set("", "a", "DISABLED")), "a: \"DISABLED\"\n"},
		{"keep single quotes", "a: 'it''s'\n", do(set("", "a", "it's not")), "a: 'it''s not'\n"},
		{"a truth for a text", "a: \"false\" # x\n", do(set("", "a", true)), "a: true # x\n"},
		{"nothing to do", "a: True\nb: 'x'\n", do(set("", "a", true), set("", "b", "x"), remove("", "c")), "a: True\nb: 'x'\n"},
		{"value left out", "a:\nb: 1\n", do(set("", "a", "x")), "a: x\nb: 1\n"},
		{"value left out, comment", "a: # why\nb: 1\n", do(set("", "a", "x")), "a: x # why\nb: 1\n"},
		{"null", "a: ~ # why\n", do(set("", "a", "x")), "a: x # why\n"},
		{"scalar over lines", "a: b\n  c\n\n  d # why\ne: 1\n", do(set("", "a", "x")), "a: x # why\ne: 1\n"},
		{"block scalar", "a: |- # why\n  b\n  c\n\nd: 1\n", do(set("", "a", "x")), "a: x # why\n\nd: 1\n"},
		{"scalar for a block list", "a: # why\n  # about b\n  - b # gone\n  - c # gone\nd: 1\n", do(set("", "a", "x")), "a: x # why\n  # about b\nd: 1\n"},
		{"scalar for a block map", "a: !T\n  b: 1\n  c: 2\nd: 1\n", do(set("", "a", "x")), "a: x\nd: 1\n"},
		{"scalar for an alias", "b: &b x\na: *b # why\n", do(set("", "a", "w")), "b: &b x\na: w # why\n"},
		{"keep an anchor without aliases", "a: &b x\n", do(set("", "a", "w")), "a: &b w\n"},
		{"map for a scalar", "a: x # why\nb: 1\n", do(set("", "a", Object{{"c", true}, {"d", Array{"e"}}})), "a: # why\n  c: true\n  d:\n    - e\nb: 1\n"},
		{"map for null, twice", "a:\n  b:\n    c: 1\n  d:   # why\n", do(set("a.d", "e", 1), set("a.d", "f", "x")), "a:\n  b:\n    c: 1\n  d:   # why\n    e: 1\n    f: x\n"},
		{"list for null", "a:\n- b\nc:\n", do(appendItem("c", Object{{"d", 1}, {"e", 2}})), "a:\n- b\nc:\n- d: 1\n  e: 2\n"},

		{"insert at the end", "a: 1\nb: 2 # why\n# end\n", do(set("", "c", true)), "a: 1\nb: 2 # why\nc: true\n# end\n"},
		{"insert without a line break", "a: 1\nb: 2", do(set("", "c", true)), "a: 1\nb: 2\nc: true"},
		{"insert between siblings", "x:\n  a: 1 # why\n\n# about y\ny: 1\n", do(set("x", "b", 2)), "x:\n  a: 1 # why\n  b: 2\n\n# about y\ny: 1\n"},
		{"insert below what is nested", "x:\n  a:\n    - b: |\n        text\n\n    - c # why\ny: 1\n", do(set("x", "d", "e")), "x:\n  a:\n    - b: |\n        text\n\n    - c # why\n  d: e\ny: 1\n"},
		{"insert behind a block scalar", "x:\n  a: |\n    b\n\ny: 1\n", do(set("x", "d", "e")), "x:\n  a: |\n    b\n  d: e\n\ny: 1\n"},
		{"insert behind a block scalar that keeps lines", "x:\n  a: |+\n    b\n\ny: 1\n", do(set("x", "d", "e")), "x:\n  a: |+\n    b\n\n  d: e\ny: 1\n"},
		{"insert in an element", "l:\n    -   Name: app\n    -   Name: b # why\n", do(set("l.0", "User", "1000:1000")), "l:\n    -   Name: app\n        User: \"1000:1000\"\n    -   Name: b # why\n"},
		{"insert two", app, do(set("0", "Privileged", false), set("0", "User", "x")), app + "  Privileged: false\n  User: x\n"},
		{"insert a map", "a:\n   b:\n      c: 1\n", do(set("a", "L", Object{{"D", "awslogs"}, {"O", Object{{"g", Tagged{"!Ref", "G", nil}}, {"r", Tagged{"!Ref", "AWS::Region", nil}}}}, {"e", Object{}}})),
			"a:\n   b:\n      c: 1\n   L:\n      D: awslogs\n      O:\n         g: !Ref G\n         r: !Ref AWS::Region\n      e: {}\n"},
		{"insert a list, not indented", "a:\n- b\nc:\n  d: 1\n", do(set("c", "e", Array{"f", Object{{"g", 1}, {"h", Array{1}}}})), "a:\n- b\nc:\n  d: 1\n  e:\n  - f\n  - g: 1\n    h:\n    - 1\n"},
		{"path with missing maps", "a:\n  b: 1\n", do(setPath("", "a.c.d", "x"), setPath("", "a.c.e", "w"), setPath("", "f.g", 1)), "a:\n  b: 1\n  c:\n    d: x\n    e: w\nf:\n  g: 1\n"},
		{"path into null", "a:\n  b:\n", do(setPath("", "a.b.c", "x")), "a:\n  b:\n    c: x\n"},
		{"insert into braces", "a: {}\nb: { }\nc: [] # x\n", do(set("a", "x", 1), set("b", "x", 1), appendItem("c", "x")), "a: {x: 1}\nb: { x: 1 }\nc: [x] # x\n"},
		{"blank lines between siblings", "a:\n  x: 1\n\nb:\n  x: 1\n", do(set("", "c", 1)), "a:\n  x: 1\n\nb:\n  x: 1\n\nc: 1\n"},
		{"quotes of the neighbours", "'a': 'x'\n'b': 'y'\n", do(set("", "c", "z")), "'a': 'x'\n'b': 'y'\n'c': 'z'\n"},
		{"spaces around the colon", "a : x\nb : y\n", do(set("", "c", Object{{"d", 1}})), "a : x\nb : y\nc :\n  d : 1\n"},
		{"override what is merged in", "x: &x\n  a: 1\ny:\n  <<: *x\n  b: 2\n", do(set("y", "a", 3)), "x: &x\n  a: 1\ny:\n  <<: *x\n  b: 2\n  a: 3\n"},
		{"override before other keys", "x: &x\n  a: 1\ny:\n  b: 2\n  <<: *x\nz: 1\n", do(set("y", "a", 3)), "x: &x\n  a: 1\ny:\n  b: 2\n  <<: *x\n  a: 3\nz: 1\n"},

		{"remove a key", "a: 1\n# about b\nb: 2 # why\n# about c\nc: 3\n", do(remove("", "b")), "a: 1\n# about b\n# about c\nc: 3\n"},
		{"remove the last key", "a: 1\nb:\n  - c # x\n  # y\n  - d # z\n", do(remove("", "b")), "a: 1\n"},
		{"remove the last key without a line break", "a: 1\n# x\nb: 2", do(remove("", "b")), "a: 1\n# x"},
		{"remove two without a line break", "a: 1\nb: 2\nc: 3", do(remove("", "b"), remove("", "c")), "a: 1"},
		{"remove from the line of the dash", "- Privileged: true # gone\n  Name: app # stays\n", do(remove("0", "Privileged")), "- Name: app # stays\n"},
		{"remove two from the line of the dash", "- a: 1\n  b:\n    c: 1\n  d: 1\n", do(remove("0", "a"), remove("0", "b")), "- d: 1\n"},
		{"remove before a comment", app, do(remove("0", "Name")), "- # which one\n  Image: nginx # pinned later\n"},
		{"remove the only key", "a: # x\n  # y\n  b: 1 # gone\nc: 1\n", do(remove("a", "b")), "a: {} # x\n  # y\nc: 1\n"},
		{"remove all keys", "a: &x !T\n  b: 1\n\n  c: 1", do(remove("a", "b"), remove("a", "c")), "a: &x !T {}\n"},
		{"remove the only key of an element", "- a: 1 # gone\n- b: 1\n", do(remove("0", "a")), "- {}\n- b: 1\n"},
		{"remove the only key of all", "a: 1\n", do(remove("", "a")), "{}\n"},
		{"exchange the only key", "a:\n  b: 1 # gone\nc: 1\n", do(remove("a", "b"), set("a", "d", 2)), "a:\n  d: 2\nc: 1\n"},
		{"exchange the last key", "a:\n  x: 1 # stays\n  b: 1 # gone\nc: 1\n", do(set("a", "d", 2), remove("a", "b")), "a:\n  x: 1 # stays\n  d: 2\nc: 1\n"},
		{"remove a block scalar", "a: 1\nb: |\n  x\n\n  y\n\nc: 1\n", do(remove("", "b")), "a: 1\n\nc: 1\n"},

		{"append", "a:\n  - b # x\n  # end\nc: 1\n", do(appendItem("a", "d")), "a:\n  - b # x\n  - d\n  # end\nc: 1\n"},
		{"append a map", "a:\n- k: b\n  v: c\n", do(appendItem("a", Object{{"k", "d"}, {"v", "yes"}})), "a:\n- k: b\n  v: c\n- k: d\n  v: \"yes\"\n"},
		{"append in braces", "a:\n  - { k: b, v: !Ref C }\n", do(appendItem("a", Object{{"k", "d"}, {"v", Tagged{"!Ref", "E", nil}}})), "a:\n  - { k: b, v: !Ref C }\n  - { k: d, v: !Ref E }\n"},
		{"append to a list in a list", "- - a\n  - b\n- c\n", do(appendItem("0", "d")), "- - a\n  - b\n  - d\n- c\n"},
		{"remove an element", "a:\n  - b\n  - c: 1 # gone\n    d: 1 # gone\n  # stays\n  - e\n", do(removeItem("a", 1)), "a:\n  - b\n  # stays\n  - e\n"},
		{"remove the first of a list in a list", "- - a # gone\n  - b\n- c\n", do(removeItem("0", 0)), "- - b\n- c\n"},
		{"remove the only element", "a:\n- b\nc: 1\n", do(removeItem("a", 0)), "a: []\nc: 1\n"},
		{"replace an element", "a:\n  -   !If [x, y] # why\n  - z\n", do(replace("a.0", "w")), "a:\n  -   w # why\n  - z\n"},
		{"replace an element in braces", "a:\n  -   {b: 1} # why\n", do(replace("a.0", Object{{"c", Array{1}}})), "a:\n  -   {c: [1]} # why\n"},
		{"a branch", "a: !If\n  - C\n  - x\n  - !Ref \"AWS::NoValue\"\n", do(replace("a.2", true)), "a: !If\n  - C\n  - x\n  - true\n"},

		{"windows", "a: 1\r\nb:\r\n  c: 2 # x\r\n\r\nd: 1\r\n", do(set("b", "e", Object{{"f", 1}}), remove("", "a")), "b:\r\n  c: 2 # x\r\n  e:\r\n    f: 1\r\n\r\nd: 1\r\n"},
		{"old mac", "a: 1\rb: 2 # x\r", do(set("", "c", 3), remove("", "a")), "b: 2 # x\rc: 3\r"},
		{"mixed", "a:\n  b: 1\nc:\r\n  d: 2\r\n", do(set("a", "e", 1), set("c", "e", 1)), "a:\n  b: 1\n  e: 1\nc:\r\n  d: 2\r\n  e: 1\r\n"},
		{"byte order mark", "\ufeffa: 1\nb: 2\n", do(remove("", "a"), set("", "c", 3)), "\ufeffb: 2\nc: 3\n"},
		{"second document", "a: 1\n---\na: 1\n...\n", do(set("", "a", 2), set("", "b", 3)), "a: 1\n---\na: 2\nb: 3\n...\n"},
		{"not ASCII", "ä: é # ü\nö:\n  ß: x\n", do(set("ö", "é", "ü"), set("", "ä", "ñ")), "ä: ñ # ü\nö:\n  ß: x\n  é: ü\n"},
	})
}

func TestEditBrackets(t *testing.T) {
	lines := "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [\n      true\n    ]\n  }\n}\n"
	checkEdits(t, []editCase{
		{"minified", `{"a":1,"b":"x"}`, do(set("", "c", true), set("", "d", Object{{"e", Array{1, "y"}}})), `{"a":1,"b":"x","c":true,"d":{"e":[1,"y"]}}`},
		{"minified, one key", `{"a":1}`, do(set("", "c", "x")), `{"a":1,"c":"x"}`},
		{"minified, empty", `{"a":{}}`, do(set("a", "c", "x")), `{"a":{"c":"x"}}`},
		{"on a line", `{"a": 1, "b": [{ "c": "x" }]}`, do(set("", "d", "e"), set("b.0", "f", nil), appendItem("b", Object{{"c", "y"}})), `{"a": 1, "b": [{ "c": "x", "f": null }, { "c": "y" }], "d": "e"}`},
		{"on lines", lines, do(set("", "d", Object{{"e", "f"}}), set("b", "g", 1), appendItem("b.c", "x")),
			"{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [\n      true,\n      \"x\"\n    ],\n    \"g\": 1\n  },\n  \"d\": {\n    \"e\": \"f\"\n  }\n}\n"},
		{"empty, on lines", "{\n\t\"a\": {},\n\t\"b\": []\n}\n", do(set("a", "c", true), appendItem("b", "x")), "{\n\t\"a\": {\n\t\t\"c\": true\n\t},\n\t\"b\": [\n\t\t\"x\"\n\t]\n}\n"},
		{"null becomes a map", "{\n  \"a\": null\n}\n", do(set("a", "c", true)), "{\n  \"a\": {\n    \"c\": true\n  }\n}\n"},
		{"lists of maps on lines", "{\r\n  \"l\": [{\r\n    \"n\": \"a\"\r\n  }]\r\n}", do(appendItem("l", Object{{"n", "b"}})), "{\r\n  \"l\": [{\r\n    \"n\": \"a\"\r\n  }, {\r\n    \"n\": \"b\"\r\n  }]\r\n}"},
		{"maps on a line in lines", "{\n  \"l\": [\n    {\"n\": \"a\"}\n  ]\n}", do(appendItem("l", Object{{"n", "b"}})), "{\n  \"l\": [\n    {\"n\": \"a\"},\n    {\"n\": \"b\"}\n  ]\n}"},
		{"escapes", `{"a": "x"}`, do(set("", "a", "q\" b\\ n\n t\t é \x01")), `{"a": "q\" b\\ n\n t\t é \u0001"}`},
		{"long form", `{"a": 1}`, do(set("", "r", Tagged{"!Ref", "AWS::Region", Object{{"Ref", "AWS::Region"}}})), `{"a": 1, "r": {"Ref": "AWS::Region"}}`},
		{"types stay", `{"a": "true", "b": 1}`, do(set("", "a", true), set("", "b", "1")), `{"a": true, "b": "1"}`},
		{"replace a collection", `{"a": [1, 2], "b": {"c": 1}}`, do(set("", "a", "x"), set("", "b", Array{})), `{"a": "x", "b": []}`},
		{"several values", "{\"a\":1}\n{\"a\":1}\n", do(set("", "a", 2)), "{\"a\":1}\n{\"a\":2}\n"},
		{"byte order mark", "\ufeff{\"a\":1,\"b\":2}", do(remove("", "a")), "\ufeff{\"b\":2}"},

		{"remove the first", `{"a": 1, "b": 2}`, do(remove("", "a")), `{"b": 2}`},
		{"remove the last", `{ "a": 1, "b": 2 }`, do(remove("", "b")), `{ "a": 1 }`},
		{"remove the middle", `{"a":1,"b":2,"c":3}`, do(remove("", "b")), `{"a":1,"c":3}`},
		{"remove two", `{"a":1,"b":2,"c":3}`, do(remove("", "b"), remove("", "c")), `{"a":1}`},
		{"remove all", `{ "a": 1, "b": 2 }`, do(remove("", "b"), remove("", "a")), `{}`},
		{"remove a line", "{\n  \"a\": 1,\n  \"b\": {\n    \"x\": 1\n  },\n  \"c\": 3\n}\n", do(remove("", "b")), "{\n  \"a\": 1,\n  \"c\": 3\n}\n"},
		{"remove the last line", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", do(remove("", "b")), "{\n  \"a\": 1\n}\n"},
		{"remove the first line", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", do(remove("", "a")), "{\n  \"b\": 2\n}\n"},
		{"remove all lines", "{\n  \"x\": {\n    \"a\": 1,\n    \"b\": 2\n  }\n}\n", do(remove("x", "a"), remove("x", "b")), "{\n  \"x\": {}\n}\n"},
		{"exchange a line", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", do(remove("", "b"), set("", "c", 3)), "{\n  \"a\": 1,\n  \"c\": 3\n}\n"},
		{"exchange all", `{"a":1}`, do(remove("", "a"), set("", "c", 3)), `{"c":3}`},
		{"remove an element", `[1, 2, 3]`, do(removeItem("", 1)), `[1, 3]`},
		{"elements of several lines", "[{\n  \"a\": 1\n}, {\n  \"a\": 2\n}]\n", do(removeItem("", 1)), "[{\n  \"a\": 1\n}]\n"},

		{"YAML on a line", "x: {a: 1, b: !Ref C} # why\n", do(set("x", "d", "e, f"), set("x", "b", "g")), "x: {a: 1, b: g, d: \"e, f\"} # why\n"},
		{"YAML, comma at the end", "x: {a: 1,}\n", do(set("x", "d", "e")), "x: {a: 1, d: e,}\n"},
		{"YAML, lines with comments", "x: {\n  a: 1, # about a\n  # about b\n  b: 2 # why\n}\n", do(set("x", "d", "e")), "x: {\n  a: 1, # about a\n  # about b\n  b: 2, # why\n  d: e\n}\n"},
		{"YAML, lines with commas", "x: [\n  a,\n  b, # why\n]\n", do(appendItem("x", "d")), "x: [\n  a,\n  b, # why\n  d,\n]\n"},
		{"YAML, remove a line", "x: {\n  a: 1, # about a\n  # about b\n  b: 2 # gone\n}\n", do(remove("x", "b")), "x: {\n  a: 1 # about a\n  # about b\n}\n"},
		{"YAML, remove the first line", "x: {\n  a: 1, # gone\n  # about b\n  b: 2 # why\n}\n", do(remove("x", "a")), "x: {\n  # about b\n  b: 2 # why\n}\n"},
		{"YAML, as JSON", "{\"a\": \"b\", # why\n \"c\": \"d\"}\n", do(set("", "e", "f")), "{\"a\": \"b\", # why\n \"c\": \"d\",\n \"e\": \"f\"}\n"},
		{"YAML, value left out", "x: {a, b: , c: }\n", do(set("x", "a", 1), set("x", "b", 2), set("x", "c", 3)), "x: {a: 1, b: 2, c: 3}\n"},
		{"YAML, empty with a comment", "x: { # why\n  }\n", do(set("x", "a", 1)), "x: { # why\n    a: 1\n  }\n"},
		{"YAML, on two lines", "x: {a: 1, b: 2,\n    c: 3}\n", do(remove("x", "b")), "x: {a: 1,\n    c: 3}\n"},
	})
}

// New keys go where those beside them suggest.
func TestEditNeighbours(t *testing.T) {
	checkEdits(t, []editCase{
		{"sorted keys", "a: 1\nc: 2 # why\n# about e\ne: 3\ng: 4\n", do(set("", "f", 1), set("", "d", 2), set("", "h", 3)), "a: 1\nc: 2 # why\nd: 2\n# about e\ne: 3\nf: 1\ng: 4\nh: 3\n"},
		{"sorted keys of an element", "- a: 1\n  c: 2\n  e: 3\n  g: 4\n", do(set("0", "b", 1)), "- a: 1\n  b: 1\n  c: 2\n  e: 3\n  g: 4\n"},
		{"sorted keys on a line", `{"a":1,"c":2,"e":3,"g":4}`, do(set("", "d", 1), set("", "b", 2)), `{"a":1,"b":2,"c":2,"d":1,"e":3,"g":4}`},
		{"sorted keys on lines", "{\n  \"a\": 1,\n  \"c\": {\n    \"x\": 1\n  },\n  \"e\": 3,\n  \"g\": 4\n}\n", do(set("", "d", true)), "{\n  \"a\": 1,\n  \"c\": {\n    \"x\": 1\n  },\n  \"d\": true,\n  \"e\": 3,\n  \"g\": 4\n}\n"},
		{"three keys are sorted by chance", "a: 1\nc: 2\ne: 3\n", do(set("", "b", 1)), "a: 1\nc: 2\ne: 3\nb: 1\n"},
		{"aligned values", "a:    1 # x\nbcd:  2\nef:   3\n", do(set("", "g", "h"), set("", "longer", 1)), "a:    1 # x\nbcd:  2\nef:   3\ng:    h\nlonger: 1\n"},
		{"lists on a line", "{\n  \"l\": [\"a\", \"b\"],\n  \"c\": 1\n}\n", do(set("", "m", Array{"x", "y"})), "{\n  \"l\": [\"a\", \"b\"],\n  \"c\": 1,\n  \"m\": [\"x\", \"y\"]\n}\n"},
		{"maps in lists on a line", "{\n  \"l\": [\n    {\"n\": \"a\"}\n  ]\n}\n", do(set("", "m", Array{Object{{"n", 1}}})), "{\n  \"l\": [\n    {\"n\": \"a\"}\n  ],\n  \"m\": [\n    {\"n\": 1}\n  ]\n}\n"},
	})
}
