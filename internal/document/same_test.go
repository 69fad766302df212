package document_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/ecsentry/ecsentry/internal/document"
)

func TestSameBut(t *testing.T) {
	for _, tt := range []struct {
		name, before string
		start, end   int32
		with         string
		same         bool
	}{
		{"a value", `{"a": 1, "b": 2}`, 6, 7, "3", true},
		{"a key that is added", `{"a": 1}`, 7, 7, `, "b": 2`, true},
		{"a key that is taken away", `{"a": 1, "b": 2}`, 7, 15, "", true},
		{"an element that is taken away", `[1, 2, 3]`, 1, 4, "", true},
		{"the last element", `[1, 2]`, 2, 5, "", true},
		{"an element that is added", `[1, 2]`, 5, 5, ", 3", true},
		{"a key behind a comment", "a: 1 # one\nb: 2 # two\n", 22, 22, "c: 3\n", true},
		{"a map for a value", `{"a": 1}`, 6, 7, `{"b": 1}`, true},
		{"a comment that swallows the next key", "a: 1\nb: 2\n", 4, 5, " # ", false},
		{"a key that moves into another map", "a:\n  x: 1\nb: 2\n", 10, 10, "  ", false},
		{"an indentation that makes a text of what follows", "a: 1\nb: 2\n", 3, 5, "|\n  ", false},
		{"another document", "a: 1\nb: 2\n", 5, 5, "---\n", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := []document.Splice{{Start: tt.start, End: tt.end, New: []byte(tt.with)}}
			mended, err := document.Apply([]byte(tt.before), s)
			if err != nil {
				t.Fatal(err)
			}
			before, err := document.Parse("x", []byte(tt.before), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			after, err := document.Parse("x", mended, document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := document.SameBut(before, after, s); (err == nil) != tt.same {
				t.Errorf("%q -> %q: %v, want the same: %v", tt.before, mended, err, tt.same)
			}
		})
	}
}

// A file may have many values, and an edit for each: what they cost together grows
// as the file does.
func BenchmarkSameBut(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var text bytes.Buffer
			var splices []document.Splice
			for i := range n {
				fmt.Fprintf(&text, "k%d:\n  a: 1\n", i)
				at := int32(text.Len())
				splices = append(splices, document.Splice{Start: at, End: at, New: []byte("  b: 2\n")})
			}
			mended, err := document.Apply(text.Bytes(), splices)
			if err != nil {
				b.Fatal(err)
			}
			before, errBefore := document.Parse("x", text.Bytes(), document.Options{})
			after, errAfter := document.Parse("x", mended, document.Options{})
			if errBefore != nil || errAfter != nil {
				b.Fatal(errBefore, errAfter)
			}
			for b.Loop() {
				if err := document.SameBut(before, after, splices); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
