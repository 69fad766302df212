package document

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Columns in a long line are counted from marks set in advance; they are the
// same as counted one by one.
func TestColumnsOfALongLine(t *testing.T) {
	text := `["` + strings.Repeat("aä€😀", 30_000) + `"]`
	f, err := Parse("long.json", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for off := 0; off < len(text); off += 997 {
		for !utf8.RuneStart(text[off]) {
			off++
		}
		if got, want := f.Position(int32(off)).Column, utf8.RuneCountInString(text[:off])+1; got != want {
			t.Fatalf("offset %d: column %d, want %d", off, got, want)
		}
	}
}

// A released file quotes as before, also if it is so large that it is parsed again.
func TestQuoteAfterRelease(t *testing.T) {
	const text = "a: &x\n  name: secret\nb: {<<: *x, c: other}\n"
	for _, all := range []string{text, text + strings.Repeat("# more\n", quotedAhead/4)} {
		whole, err := Parse("a.yaml", []byte(all), Options{})
		if err != nil {
			t.Fatal(err)
		}
		released, _ := Parse("a.yaml", []byte(all), Options{})
		released.Release()
		for off := range int32(len(text)) {
			want, got := whole.Quote(off, off+1), released.Quote(off, off+1)
			if len(want) != len(got) {
				t.Fatalf("%d bytes, offset %d: %d lines, want %d", len(all), off, len(got), len(want))
			}
			for i := range want {
				if want[i] != got[i] {
					t.Errorf("%d bytes, offset %d: %+v, want %+v", len(all), off, got[i], want[i])
				}
			}
		}
	}
}
