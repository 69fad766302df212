package hcledit_test

import (
	"testing"

	"github.com/ecsentry/ecsentry/internal/hcledit"
)

func TestSameBut(t *testing.T) {
	const text = "a = [1, { b = 2 }]\nc = \"x\"\nd { e = f.g }\n"
	for _, tt := range []struct {
		name       string
		start, end int
		text, want string
	}{
		{"a literal", 5, 6, "2", ""},
		{"an entry", 15, 15, ", h = 3", ""},
		{"an element goes", 6, 17, "", ""},
		{"an argument", 19, 19, "i = 1\n", ""},
		{"a quote that swallows what follows", 5, 6, "\"", "the text could not be parsed then"},
		{"a comment that swallows what follows", 18, 18, " /*", "the text could not be parsed then"},
		{"a comment that swallows a line", 19, 19, "#", "something else would change at byte 23"},
		{"a block that takes what follows", 31, 31, "}\nj { ", "something else would change at byte 27"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			after := text[:tt.start] + tt.text + text[tt.end:]
			err := hcledit.SameBut("x.tf", []byte(text), []byte(after), []hcledit.Splice{{Start: tt.start, End: tt.end, New: tt.text}})
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("%q, want %q, of\n%s", got, tt.want, after)
			}
		})
	}
}
