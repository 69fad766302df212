package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A document that is no good costs none of the others in its text: those before
// it are read, and those behind it where their start can be told.
func TestParseAll(t *testing.T) {
	deep := strings.Repeat("[", 300) + strings.Repeat("]", 300)
	many := strings.Repeat("{\"a\":1,\"a\":2}\n", 60)
	tests := []struct {
		name, text string
		options    Options
		want       []string // the documents, as written
		errors     []string
	}{
		{"a key twice", "{\"a\":1}\n{\"b\":1,\"b\":2}\n{\"c\":1}\n", Options{},
			[]string{`{"a":1}`, `{"c":1}`}, []string{"x:2:8: the key b is written twice in one map"}},
		{"a key twice, deep inside", `{"a":1}{"b":[{"k":1,"k":2,"k":3},{"l":1,"l":1}]}{"c":1}`, Options{JSONOnly: true},
			[]string{`{"a":1}`, `{"c":1}`}, []string{"x:1:21: the key k is written twice in one map"}},
		{"a key twice in several", "{\"a\":1,\"a\":1}\n{\"b\":1,\"b\":1}\n[3]", Options{},
			[]string{"[3]"}, []string{"x:1:8: the key a is written twice in one map", "x:2:8: the key b is written twice in one map"}},
		{"too deep", "[1]" + deep + "[2]", Options{}, []string{"[1]", "[2]"}, []string{"x:1:204: is nested too deeply"}},
		{"truncated", "{\"a\":1}\n{\"b\":[1", Options{}, []string{`{"a":1}`}, []string{"x:2:8: is not valid JSON: it ends too early"}},
		{"garbage behind", "{\"a\":1}\nEOF\n", Options{JSONOnly: true}, []string{`{"a":1}`}, []string{"x:2:1: is not valid JSON"}},
		{"garbage behind, perhaps YAML", "{\"a\":1}\n{\"b\":2}\nEOF: x\n", Options{}, []string{`{"a":1}`, `{"b":2}`}, []string{"x:3:1: is not valid JSON"}},
		{"a key twice, then cut off", `{"a":1}{"b":1,"b":2,`, Options{}, []string{`{"a":1}`}, []string{"x:1:21: is not valid JSON: it ends too early"}},
		{"a key twice in a part, then cut off", `{"a":1}[{"b":1,"b":2},`, Options{}, []string{`{"a":1}`}, []string{"x:1:16: the key b is written twice in one map"}},
		{"YAML, a key twice", "a: 1\n---\nb: 1\nb: 2\n---\nc: 1\n", Options{},
			[]string{"a: 1", "c: 1"}, []string{"x:4:1: the key b is written twice in one map"}},
		{"YAML, the first one", "a: 1\na: 1\n---\nb: [1]\n", Options{}, []string{"b: [1]"}, []string{"x:2:1: the key a is written twice in one map"}},
		{"YAML, an alias in itself", "a: &a [*a]\n---\nb: 1\n", Options{}, []string{"b: 1"}, []string{"x:1:8: has an alias that contains itself"}},
		{"YAML, syntax", "a: 1\n---\nb: c: d\n---\nc: 1\n", Options{}, []string{"a: 1"},
			[]string{"x:3: is not valid YAML: a colon where no map can be; a quote or a line break may be missing"}},
		{"YAML, no anchor", "a: 1\n---\nb: *x\n---\nc: 1\n", Options{}, []string{"a: 1"}, []string{"x:3: is not valid YAML: an alias has no anchor"}},
		{"YAML in braces", "{\"a\":1}\n---\n{\"b\":1,\"b\":2}\n---\n{\"c\":1}\n", Options{},
			[]string{`{"a":1}`, `{"c":1}`}, []string{"x:3:8: the key b is written twice in one map"}},
		{"hopeless", many + "{\"b\":1}", Options{}, nil, append(slicesOf(50, "the key a is written twice in one map"), "x:50:14: "+tooManyErrors)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, errs := ParseAll("x", []byte(tt.text), tt.options)
			var got, errors []string
			for _, n := range f.Documents {
				got = append(got, tt.text[n.Start:n.End])
			}
			for _, err := range errs {
				errors = append(errors, err.Error())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.errors, errors); diff != "" {
				t.Error(diff)
			}
			if err := verify(f); err != nil {
				t.Error(err)
			}
			if f, err := Parse("x", []byte(tt.text), tt.options); f != nil || err == nil || err.Error() != tt.errors[0] {
				t.Errorf("Parse gives %v, %v", f, err)
			}
		})
	}
}

func slicesOf(n int, message string) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("x:%d:8: %s", i+1, message))
	}
	return out
}

// Of a document that was not read a quote shows nothing, also after a release.
func TestQuoteUnread(t *testing.T) {
	for _, text := range []string{
		"{\"a\":1,\n\"!s3cret\":1,\"!s3cret\":2}\n{\"b\":\n1}\n*s3cret\n",
		"a: &s3cret 1\na: !s3cret\n---\nb:\n  1\n---\n- &s3cret !s3cret\n- *s3cret\n- [\n",
	} {
		for _, padding := range []int{0, quotedAhead} { // a larger one is parsed again
			text := strings.Repeat(" ", padding) + "\n" + text
			f, errs := ParseAll("x", []byte(text), Options{})
			if len(errs) != 2 || len(f.Documents) != 1 {
				t.Fatalf("%q: %d documents, %v", text, len(f.Documents), errs)
			}
			at := f.Documents[0].Get("b")
			f.Release()
			got := show(f.Quote(at.Start, at.End)) + show(f.Quote(0, 1)) + show(f.Quote(int32(len(text)-3), int32(len(text))))
			if strings.Contains(got, "s3cret") || !strings.Contains(got, "1\n") && !strings.Contains(got, "|1}\n") {
				t.Errorf("the quotes are %s", got)
			}
		}
	}
}
