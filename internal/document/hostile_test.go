package document

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// hostile makes inputs of a size that grows with n.
var hostile = map[string]func(n int) string{
	"open brackets":        func(n int) string { return strings.Repeat("[", n) },
	"open braces":          func(n int) string { return strings.Repeat("{a: ", n) },
	"json open":            func(n int) string { return strings.Repeat(`{"a":`, n) },
	"dashes on a line":     func(n int) string { return strings.Repeat("- ", n) },
	"questions on a line":  func(n int) string { return strings.Repeat("? ", n) },
	"colons on a line":     func(n int) string { return strings.Repeat(": ", n) },
	"pairs on a line":      func(n int) string { return strings.Repeat("a: ", n) },
	"comments":             func(n int) string { return "a: b\n" + strings.Repeat("# c\n", n) + "c: d\n" },
	"comments dedenting":   func(n int) string { return "a:\n  - b\n" + strings.Repeat("  # c\n # d\n\n", n) + "c: d\n" },
	"comments between":     func(n int) string { return strings.Repeat("- a # b\n# c\n", n) },
	"comments in flow":     func(n int) string { return "[" + strings.Repeat("a, # b\n# c\n", n) + "]" },
	"blank lines":          func(n int) string { return "a: b" + strings.Repeat("\n", n) + "c: d" },
	"spaces":               func(n int) string { return "a: b" + strings.Repeat(" ", n) + "\nc: d" },
	"tabs":                 func(n int) string { return "a:" + strings.Repeat("\t", n) + "b\nc: d" },
	"one long plain":       func(n int) string { return "a: " + strings.Repeat("xy ", n) + "\nb: c" },
	"one long key":         func(n int) string { return strings.Repeat("x", n) + ": b" },
	"one long quoted":      func(n int) string { return `a: "` + strings.Repeat(`x\n é`, n) + `"` },
	"one long single":      func(n int) string { return `a: '` + strings.Repeat(`''`, n) + `'` },
	"unclosed quote":       func(n int) string { return `a: "` + strings.Repeat("x\n ", n) },
	"unclosed quotes":      func(n int) string { return strings.Repeat(`"a `, n) },
	"wide flow":            func(n int) string { return "a: [" + strings.Repeat("é, ", n) + "]" },
	"wide flow map":        func(n int) string { return "{a: [" + strings.Repeat("{b: c}, ", n) + "]}" },
	"wide block":           func(n int) string { return strings.Repeat("- é\n", n) },
	"same keys":            func(n int) string { return strings.Repeat("a: b\n", n) },
	"anchors":              func(n int) string { return strings.Repeat("- &a b\n- *a\n", n) },
	"documents":            func(n int) string { return strings.Repeat("--- a\n", n) },
	"directives":           func(n int) string { return strings.Repeat("%TAG !a! b\n", n) + "--- a" },
	"many tags":            func(n int) string { return strings.Repeat("- !a b\n", n) },
	"long tag":             func(n int) string { return "a: !" + strings.Repeat("a", n) + " b" },
	"literal":              func(n int) string { return "a: |\n" + strings.Repeat("  b\n\n", n) },
	"folded":               func(n int) string { return "a: >\n" + strings.Repeat("  b\n   c\n", n) },
	"blank literal":        func(n int) string { return "a: |\n" + strings.Repeat("  \n", n) },
	"multi-line plain":     func(n int) string { return "a: b\n" + strings.Repeat("  b\n", n) },
	"line separators":      func(n int) string { return "a: b\n" + strings.Repeat("\u2028", n) },
	"carriage returns":     func(n int) string { return strings.Repeat("- a\r", n) },
	"json values":          func(n int) string { return strings.Repeat("{}\n", n) },
	"json then rubbish":    func(n int) string { return "[" + strings.Repeat(`"a",`, n) },
	"json escapes":         func(n int) string { return `["` + strings.Repeat(`\u00e9`, n) + `"]` },
	"open and close":       func(n int) string { return strings.Repeat("[]", n) },
	"flow with questions":  func(n int) string { return "[" + strings.Repeat("? ", n) + "]" },
	"flow with colons":     func(n int) string { return "[" + strings.Repeat(": ,", n) + "]" },
	"keys without values":  func(n int) string { return strings.Repeat("? a\n", n) },
	"stairs":               func(n int) string { return stairs(min(n/20, 3000)) },
	"placeholders":         func(n int) string { return "a: b: " + strings.Repeat("{ ${ < % ", n) },
	"brackets in brackets": func(n int) string { return "- " + strings.Repeat("[[]], ", n) },
}

func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// TestHostile asks for an answer, and that an error is one of ours; what would
// take for ever runs into the time limit of all tests. How time grows with the
// input is BenchmarkHostile's to show.
func TestHostile(t *testing.T) {
	for name, input := range hostile {
		t.Run(name, func(t *testing.T) {
			f, err := Parse("x", []byte(input(16_000)), Options{})
			var own *Error
			if err != nil && !errors.As(err, &own) {
				t.Fatalf("not an *Error: %v", err)
			}
			if err == nil && len(f.Documents) > 0 {
				f.Quote(f.Documents[0].Start, f.Documents[0].End)
			}
		})
	}
}

// BenchmarkHostile reads each input at one size and at eight times that size.
func BenchmarkHostile(b *testing.B) {
	for name, input := range hostile {
		for _, n := range []int{2_000, 16_000} {
			data := []byte(input(n))
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(name, " ", "-"), n), func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					if f, err := Parse("x", data, Options{}); err == nil && len(f.Documents) > 0 {
						f.Quote(f.Documents[0].Start, f.Documents[0].End)
					}
				}
			})
		}
	}
}
