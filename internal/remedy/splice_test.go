package remedy

import (
	"testing"

	"github.com/ecsentry/ecsentry"
)

// Lines that are added behind a line that goes stand where that line stood; what
// else meets is left for another round.
func TestEditsMeet(t *testing.T) {
	splice := func(text string, start, end int32, with string) ecsentry.Splice {
		return ecsentry.Splice{File: "f", Original: []byte(text), Span: ecsentry.Span{Start: start, End: end}, New: with}
	}
	for _, tt := range []struct {
		name, text    string
		first, second [2]int32
		add           string
		want          string // "" where the second edit is not made
	}{
		{"a line goes, one is added behind it", "a\nb\nc\n", [2]int32{2, 4}, [2]int32{3, 3}, "\nx", "a\nx\nc\n"},
		{"with CRLF", "a\r\nb\r\nc\r\n", [2]int32{3, 6}, [2]int32{4, 4}, "\r\nx", "a\r\nx\r\nc\r\n"},
		{"in the middle of what goes", "a\nbb\nc\n", [2]int32{2, 5}, [2]int32{3, 3}, "\nx", ""},
		{"no line", "a\nb\nc\n", [2]int32{2, 4}, [2]int32{3, 3}, "x", ""},
		{"the first line goes", "a\nb\n", [2]int32{0, 2}, [2]int32{1, 1}, "\nx", ""},
		{"behind what goes", `[1, 2]`, [2]int32{2, 5}, [2]int32{5, 5}, ", 3", "[1, 3]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			trial := &trial{edits: map[string]*edits{}, files: map[key][]string{}}
			if !trial.add(key{finding: "1"}, ecsentry.Patch{Splices: []ecsentry.Splice{splice(tt.text, tt.first[0], tt.first[1], "")}}) {
				t.Fatal("the first edit is not made")
			}
			made := trial.add(key{finding: "2"}, ecsentry.Patch{Splices: []ecsentry.Splice{splice(tt.text, tt.second[0], tt.second[1], tt.add)}})
			if made != (tt.want != "") {
				t.Fatalf("the second edit is made: %v, want %q", made, tt.want)
			}
			if got := string(trial.edits["f"].apply()); made && got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
