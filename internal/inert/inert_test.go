package inert_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry/internal/inert"
)

func TestText(t *testing.T) {
	for name, tc := range map[string]struct{ in, want string }{
		"plain":                {"web-1 (prod)", "web-1 (prod)"},
		"other scripts":        {"größe 東京 Ωé", "größe 東京 Ωé"},
		"empty":                {"", ""},
		"an escape sequence":   {"a\x1b[31mred", "a␛[31mred"},
		"new lines":            {"a\nFAILED\r\nb", "a␊FAILED␍␊b"},
		"a tab":                {"a\tb", "a b"},
		"NUL and DEL":          {"\x00\x7f", "␀␡"},
		"the C1 escape":        {"a\u009b31m", "a\ufffd31m"},
		"a turned direction":   {"a\u202etxt.exe\u2066b", "a\ufffdtxt.exe\ufffdb"},
		"no width":             {"a\u200bb\ufeffc", "a\ufffdb\ufffdc"},
		"a line separator":     {"a\u2028b\u2029c", "a\ufffdb\ufffdc"},
		"a space that is none": {"a\u00a0b\u3000c", "a b c"},
		"a letter unseen":      {"a\u3164b", "a\ufffdb"},
		"tag characters":       {"a\U000e0041b", "a\ufffdb"},
		"bytes that are none":  {"a\xffb\xc3", "a\ufffdb\ufffd"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := inert.Text(tc.in); got != tc.want {
				t.Errorf("Text(%q) = %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestClipAndCut(t *testing.T) {
	for _, tc := range []struct {
		in        string
		n         int
		clip, cut string
	}{
		{"short", 5, "short", "short"},
		{"abcdefghij", 10, "abcdefghij", "abcdefghij"},
		{"abcdefghijk", 10, "abcde…hijk", "abcdefghi…"},
		{"abcdefghijk", 5, "ab…jk", "abcd…"},
		{"äöüäöüäöü", 9, "äöüäöüäöü", "äöüäöüäöü"},
		{"äöüäöüäöü", 4, "äö…ü", "äöü…"},
		{"a\nbc", 3, "a…c", "a␊…"},
	} {
		if got := inert.Clip(tc.in, tc.n); got != tc.clip {
			t.Errorf("Clip(%q, %d) = %q, want %q", tc.in, tc.n, got, tc.clip)
		}
		if got := inert.Cut(tc.in, tc.n); got != tc.cut {
			t.Errorf("Cut(%q, %d) = %q, want %q", tc.in, tc.n, got, tc.cut)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "web", "\x1b]8;;http://x\x07", "a\u202eb", "\xff\xfe", strings.Repeat("é", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := inert.Text(s)
		if !utf8.ValidString(got) {
			t.Fatalf("Text(%q) = %q is no UTF-8", s, got)
		}
		for _, r := range got {
			if !unicode.IsPrint(r) {
				t.Fatalf("Text(%q) = %q has %U", s, got, r)
			}
		}
		if have, want := utf8.RuneCountInString(got), utf8.RuneCountInString(s); have != want {
			t.Fatalf("Text(%q) has %d characters, want %d", s, have, want)
		}
		if again := inert.Text(got); again != got {
			t.Fatalf("Text(Text(%q)) = %q, want %q", s, again, got)
		}
		if n := utf8.RuneCountInString(inert.Clip(s, 20)); n > 20 {
			t.Fatalf("Clip(%q, 20) has %d characters", s, n)
		}
		if n := utf8.RuneCountInString(inert.Cut(s, 20)); n > 20 {
			t.Fatalf("Cut(%q, 20) has %d characters", s, n)
		}
	})
}
