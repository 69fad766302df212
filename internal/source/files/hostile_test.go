package files_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/internal/source/files"
)

// TestHostile: each file that cannot be read gives one error, soon, without what
// it holds, and the files after it are read.
func TestHostile(t *testing.T) {
	const secret = "s3cret"
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [" + secret + "]\n")
	for i := range 40 {
		fmt.Fprintf(&bomb, "a%d: &a%d [*a%d, *a%d, *a%d]\n", i+1, i+1, i, i, i)
	}
	contents := map[string]string{
		"01-truncated.json": `{"mine":"` + secret,
		"02-truncated.yaml": "mine: \"" + secret,
		"03-aliases.yaml":   bomb.String(),
		"04-deep.json":      strings.Repeat(`[`, 1<<20),
		"05-deep.yaml":      strings.Repeat(`[`, 1<<20),
		"06-deep-map.json":  strings.Repeat(`{"a":`, 1<<18),
		"07-utf8.json":      "{\"mine\":\"\xff" + secret + "\"}",
		"08-utf16.json":     "\xff\xfe{\x00}\x00",
		"09-nul.yaml":       "mine: a\x00" + secret,
		"10-duplicate.yaml": "mine: " + secret + "\nmine: " + secret + "\n",
		"11-ring.yaml":      "mine: &a [*a]\n",
		"12-gzip.json":      "\x1f\x8b\x08\x00\x00\x00\x00\x00",
	}
	want := slices.Sorted(maps.Keys(contents))
	contents["good.json"] = `{"mine":"good","long":"` + strings.Repeat("x", 1<<20) + `"}`
	tree(t, contents)
	start := time.Now()
	got := collect(t, files.Options{Paths: append(slices.Clone(want), "good.json")})
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
	if diff := cmp.Diff([]string{"good.json:good"}, got.resources); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, scopes(got.coverage.Refused)); diff != "" {
		t.Error(diff)
	}
	for _, g := range got.coverage.Refused {
		if strings.Contains(g.Reason, secret) || g.Reason == "" || len(g.Reason) > 200 {
			t.Errorf("%s: %q", g.Scope, g.Reason)
		}
	}
}
