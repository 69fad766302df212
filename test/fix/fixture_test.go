package fix_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// A fixture is an archive of testdata: what it shows, and lines that say how.
//
//	fix --user 1000              flags of ecsentry fix, besides --write --unsafe; the control of
//	                             the archive's name is mended alone where no --controls are said
//	with --parameter A=B         flags of each run, scans too
//	safe                         without --unsafe
//	code 3                       the exit code of both; 0 if it is not said
//	paths web.yaml               what to name; all files, but for a policy, if it is not said
//	crlf, bom, no newline        how all files are written that have no other form in an archive
//	ECS.5 Web FAILED PASSED      a verdict before and after
//
// Its files are those below before/, and of those that change the wanted ones below
// after/. stdout and stderr hold patterns for what is printed without --write, one a
// line; those behind an exclamation mark must not match.
type fixture struct {
	name           string
	fix, with      []string
	paths          []string
	code           int
	safe           bool
	verdicts       []verdict
	before, after  map[string]string
	stdout, stderr string
}

type verdict struct{ control, resource, before, after string }

func fixtures(t *testing.T) (out []*fixture) {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range names {
		out = append(out, readFixture(t, name))
	}
	return out
}

func readFixture(t *testing.T, name string) *fixture {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{name: strings.TrimSuffix(filepath.Base(name), ".txtar"), before: map[string]string{}, after: map[string]string{}}
	as := func(s string) string { return s }
	head, lines, _ := strings.Cut(string(archive.Comment), "\n\n")
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case words[0] == "fix":
			f.fix = words[1:]
		case words[0] == "with":
			f.with = words[1:]
		case words[0] == "paths":
			f.paths = words[1:]
		case words[0] == "safe":
			f.safe = true
		case words[0] == "code":
			f.code = int(words[1][0] - '0')
		case words[0] == "crlf":
			as = both(as, func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") })
		case words[0] == "bom":
			as = both(as, func(s string) string { return "\ufeff" + s })
		case strings.TrimSpace(line) == "no newline":
			as = both(as, func(s string) string { return strings.TrimRight(s, "\r\n") })
		case len(words) == 4 && strings.HasPrefix(words[0], "ECS."):
			f.verdicts = append(f.verdicts, verdict{words[0], words[1], words[2], words[3]})
		default:
			t.Fatalf("%s: what is %q?", name, line)
		}
	}
	for _, file := range archive.Files {
		data := string(file.Data)
		switch part, path, _ := strings.Cut(file.Name, "/"); part {
		case "before":
			f.before[path] = as(data)
		case "after":
			f.after[path] = as(data)
		case "stdout":
			f.stdout = data
		case "stderr":
			f.stderr = data
		default:
			t.Fatalf("%s: what is the file %s?", name, file.Name)
		}
	}
	if !strings.HasSuffix(head, ".") || len(f.verdicts) == 0 {
		t.Fatalf("%s: no sentence on what it shows, or no verdicts", name)
	}
	for path := range f.after {
		if _, ok := f.before[path]; !ok || f.before[path] == f.after[path] {
			t.Fatalf("%s: %s was not there, or does not change", name, path)
		}
	}
	var number int
	if n, _ := fmt.Sscanf(f.name, "ecs%d-", &number); n == 1 && !slices.Contains(f.fix, "--controls") {
		f.fix = append(f.fix, "--controls", fmt.Sprintf("ECS.%d", number))
	}
	if f.paths == nil {
		for path := range f.before {
			if path != "ecsentry.yaml" {
				f.paths = append(f.paths, path)
			}
		}
		slices.Sort(f.paths)
	}
	return f
}

func both(f, g func(string) string) func(string) string {
	return func(s string) string { return g(f(s)) }
}

// wanted are the files after the fix.
func (f *fixture) wanted() map[string]string {
	out := map[string]string{}
	for name, text := range f.before {
		out[name] = text
		if after, ok := f.after[name]; ok {
			out[name] = after
		}
	}
	return out
}

// put writes files below the current folder.
func put(t *testing.T, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// there are the files below the current folder.
func there(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(".", func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		out[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
