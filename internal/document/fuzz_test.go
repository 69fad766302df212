package document

import (
	"strings"
	"testing"
	"unicode/utf8"
)

const canary = "CANARY"

var seeds = []string{
	"a: b\nc: [d, 'e', \"f\", {g: h}]\n",
	"x: &x {a: CANARY1, b: 2}\ny:\n  <<: *x\n  b: !Sub \"CANARY\" # CANARY\n",
	"ContainerDefinitions:\n  - Name: app\n    Image: CANARY\n    Environment:\n      - Name: KEY\n        Value: CANARY\n      - !If [c, {Name: X, Value: !Ref CANARY}, !Ref \"CANARY\"]\n",
	"Fn::If: [a, {Name: CANARY}]\nEnvironment: {Variables: {A: CANARY}}\n",
	`{"containerDefinitions":[{"name":"a","environment":[{"name":"K","value":"CANARY\u0041"}],"command":["CANARY",1,true,null]}]}`,
	"a: |\n  CANARY\n   b\n\nc: >-\n  CANARY\n  e\n? f\n: - g\n  -   \n  - - h\n    - CANARY\n",
	"# CANARY\n%YAML 1.1\n---\na: CANARY\n...\n--- !T\n- b\r\n- CANARY # CANARY\r",
	"a: \u2028 é\u0085b: \x27it''s\x27\nc: !!str 1\nd: ! e\n\"f\\\n g\": h\n",
	"&a a: *a\n*a : b\n",
	"- !If\n  - A\n  - !Ref \"CANARY\"\n-\n  !GetAtt A.B\n",
	"v: [a: b, ? c, : d, {e, f: , \"g\":h}]\n", "\ufeffa: b\n", "{{ CANARY }}: ${CANARY}\n", "a: %CANARY%\n",
	"environment:\n- name: &n CANARY\n  value: *n\n",
	"[a,# \n! \n]", "!\n-", "- &a ! 0\n- *a\n", "0::", "0\n0",
	"a: |2-\n    b\n  c\nd: |+\n\n\n",
}

// FuzzParse checks offsets, and that quotes and errors never show a value that
// nobody asked for.
func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s), false)
		f.Add([]byte(s), true)
	}
	for _, input := range hostile {
		f.Add([]byte(input(5)), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, jsonOnly bool) {
		file, errs := ParseAll("x", data, Options{JSONOnly: jsonOnly})
		for _, err := range errs {
			if strings.Contains(err.Error(), canary) && !strings.Contains(err.Error(), "the key ") {
				t.Fatalf("the error shows a value: %v", err)
			}
			if strings.Contains(err.Error(), "cannot be located") {
				t.Logf("%q", data)
				t.Fatal(err)
			}
		}
		if err := verify(file); err != nil {
			t.Fatal(err)
		}
		checkQuotes(t, file)
		checkEmbedded(t, file)
	})
}

// checkQuotes quotes every value. A quote may show the canary only where it is a
// key, a name, a tag, an anchor, or the value itself.
func checkQuotes(t *testing.T, f *File) {
	r := roles{file: f, may: map[*Node]bool{}, never: map[*Node]bool{}}
	for _, n := range f.Documents {
		r.walk(n, nil)
	}
	for _, field := range f.overridden {
		r.all = append(r.all, field.Key)
		if strings.Contains(field.Key.Value, canary) {
			return
		}
	}
	// Tags, anchors and aliases are shown, so a canary there says nothing.
	for _, sign := range []string{"!", "&", "*", "<<"} {
		if i := strings.Index(string(f.Data), canary); i >= 0 && strings.Contains(string(f.Data), sign) && r.unclear(f, sign) {
			return
		}
	}
	for n := range r.may {
		if strings.Contains(string(f.Data[n.Start:n.End]), canary) && !r.never[n] {
			return
		}
	}
	for _, n := range r.all[:min(len(r.all), 200)] {
		asked := n.IsScalar() && !r.never[n] && strings.Contains(string(f.Data[n.Start:n.End]), canary)
		for _, line := range f.Quote(n.Start, n.End) {
			if strings.Contains(line.Text, canary) && !asked {
				t.Fatalf("the quote of [%d,%d) shows a value: %q", n.Start, n.End, line.Text)
			}
			if size := utf8.RuneCountInString(line.Text); line.Mark > line.MarkEnd || line.MarkEnd > size || size > quotedWidth || line.Number < 1 {
				t.Fatalf("line %+v", line)
			}
			if strings.ContainsAny(line.Text, "\x1b\r\n\x00\u202e\u2028") {
				t.Fatalf("the line has control characters: %q", line.Text)
			}
		}
	}
	f.Quote(int32(len(f.Data)), int32(len(f.Data))+5)
}

// checkEmbedded aligns every string with its text.
func checkEmbedded(t *testing.T, f *File) {
	r := roles{file: f, may: map[*Node]bool{}, never: map[*Node]bool{}}
	for _, n := range f.Documents {
		r.walk(n, nil)
	}
	for _, n := range r.all[:min(len(r.all), 200)] {
		if n.Kind != String {
			continue
		}
		at, ok := f.jumps(n)
		if !ok {
			t.Fatalf("%q at %d is not aligned with its text", n.Value, n.Start)
		}
		to := f.anchor(n)
		last := to.Start
		for _, j := range at {
			if j.Outer < last || j.Outer > to.End {
				t.Fatalf("%v in %d to %d", at, to.Start, to.End)
			}
			last = j.Outer
		}
	}
}

// roles are found here by going up from each scalar, another way than the
// quoter's.
type roles struct {
	file       *File
	may, never map[*Node]bool
	all        []*Node
}

func (r *roles) walk(n *Node, keys []string) {
	if len(r.all) > 5000 {
		return
	}
	r.all = append(r.all, n)
	if n.Alias { // what it means is written elsewhere
		n = r.file.anchor(n)
	}
	for _, item := range n.Items {
		r.walk(item, keys)
	}
	for _, field := range n.Fields {
		r.all = append(r.all, field.Key)
		r.may[field.Key] = true
		r.walk(field.Value, append(keys, field.Key.Value))
	}
	if !n.IsScalar() {
		return
	}
	last := ""
	if len(keys) > 0 {
		last = keys[len(keys)-1]
	}
	inside := func(names ...string) bool {
		for _, key := range keys {
			for _, name := range names {
				if key == name {
					return true
				}
			}
		}
		return false
	}
	name := last == "name" || last == "Name"
	if name && inside("containerDefinitions", "ContainerDefinitions", "environment", "Environment") {
		r.may[n] = true
	} else if inside("environment", "Environment") {
		r.never[n] = true
	}
}

// unclear tells whether a canary may be part of a tag, anchor or alias.
func (r *roles) unclear(f *File, sign string) bool {
	for _, part := range strings.Split(string(f.Data), sign)[1:] {
		word := strings.IndexAny(part, " \t\r\n\u0085\u2028\u2029")
		if word < 0 {
			word = len(part)
		}
		if strings.Contains(part[:word], canary) {
			return true
		}
	}
	return false
}
