package files

import "testing"

func TestGlob(t *testing.T) {
	for _, tt := range []struct {
		glob, path string
		want       bool
	}{
		{"vendor", "vendor", true},
		{"vendor", "a/vendor", false},
		{"vendor/", "vendor", true},
		{"./vendor", "vendor", true},
		{"**/vendor", "vendor", true},
		{"**/vendor", "a/vendor", true},
		{"**/vendor", "a/b/vendor", true},
		{"**/vendor", "a/b/vendors", false},
		{"a/**/b", "a/b", true},
		{"a/**/b", "a/x/y/b", true},
		{"a/**/b", "x/a/b", false},
		{"a/**", "a", true},
		{"a/**", "a/b/c", true},
		{"**", "a/b", true},
		{"**/*.json", "a.json", true},
		{"**/*.json", ".aws/a.json", true},
		{"*.json", "a/b.json", false},
		{"*", "a", true},
		{"*", "a/b", false},
		{"a?c", "abc", true},
		{"[ab].json", "b.json", true},
		{"[!ab].json", "b.json", false},
		{"[!ab].json", "c.json", true},
		{"{a,b/c}/*.yml", "b/c/x.yml", true},
		{"{a,b/c}/*.yml", "a/x.yml", true},
		{"{a,b/c}/*.yml", "c/x.yml", false},
		{"{a,b{1,2}}", "b2", true},
		{"x{,.bak}.json", "x.json", true},
		{"**/**/**/**/**/**/**/z", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", false},
	} {
		globs, err := parseGlob(tt.glob)
		if err != nil {
			t.Errorf("%s: %v", tt.glob, err)
			continue
		}
		got := false
		for _, g := range globs {
			got = got || g.match(tt.path)
		}
		if got != tt.want {
			t.Errorf("%s matches %s: %v, want %v", tt.glob, tt.path, got, tt.want)
		}
	}
}

func TestBadGlob(t *testing.T) {
	for _, pattern := range []string{
		"", ".", "..", "../x", "/etc", "[", "a/[b", "{a", "a}", "{a,{b}", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
	} {
		if g, err := parseGlob(pattern); err == nil {
			t.Errorf("%q is taken for %v, want an error", pattern, g)
		}
	}
}
