package readme

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/test/program"
)

// An example of docs/fix.md is three blocks: a file, a command, and the
// difference that it prints.
var fixExample = regexp.MustCompile("(?s)```(?:yaml|json|hcl) (\\S+)\n(.*?)```\n\n```console\n\\$ ecsentry (.*?)\n```\n\n```diff\n(.*?)```\n")

func TestExamplesOfFix(t *testing.T) {
	update := flag.Lookup("update").Value.String() == "true"
	p := program.Build(t)
	document := filepath.Join(program.Root(t), "docs", "fix.md")
	text := read(t, document)
	examples := fixExample.FindAllStringSubmatchIndex(text, -1)
	if blocks := strings.Count(text, "```diff\n"); blocks < 9 || len(examples) != blocks {
		t.Fatalf("%d examples, want one for each of the %d blocks of differences, and one for each control", len(examples), blocks)
	}
	var out strings.Builder
	at := 0
	for _, m := range examples {
		name, before, command, want := text[m[2]:m[3]], text[m[4]:m[5]], text[m[6]:m[7]], text[m[8]:m[9]]
		p.Dir = t.TempDir()
		file := filepath.Join(p.Dir, name)
		if err := os.WriteFile(file, []byte(before), 0o644); err != nil {
			t.Fatal(err)
		}
		r := p.Run(t, strings.Fields(command)...)
		if r.Code != 0 || r.Stdout == "" {
			t.Errorf("ecsentry %s: exit code %d, and %d bytes of difference: %s", command, r.Code, len(r.Stdout), r.Stderr)
		}
		if diff := cmp.Diff(want, r.Stdout); diff != "" && !update {
			t.Errorf("ecsentry %s (-docs/fix.md +printed):\n%s", command, diff)
		}
		out.WriteString(text[at:m[8]] + r.Stdout)
		at = m[9]

		// What is shown is what is written, and it is enough.
		fields := append(strings.Fields(command), "--write", "--unsafe")
		if r := p.Run(t, fields...); r.Code != 0 {
			t.Errorf("ecsentry %s: exit code %d: %s", strings.Join(fields, " "), r.Code, r.Stderr)
		}
		if again := p.Run(t, strings.Fields(command)...); again.Stdout != "" {
			t.Errorf("ecsentry %s: a mended file is mended again:\n%s", command, again.Stdout)
		}
	}
	out.WriteString(text[at:])
	if update {
		if err := os.WriteFile(document, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
