package fix_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/ecsentry/ecsentry/test/program"
)

// All that is in examples/ and in the archives of other tests is mended with every
// answer: once is enough, no verdict is worse, nothing that can be mended is left, and
// the bytes outside of the hunks stay.
func TestEverything(t *testing.T) {
	root := program.Root(t)
	inputs := map[string]map[string]string{"examples": folder(t, filepath.Join(root, "examples"))}
	archives, err := filepath.Glob(filepath.Join(root, "test", "*", "testdata", "*.txtar"))
	if err != nil || len(archives) < 100 {
		t.Fatalf("%d archives: %v", len(archives), err)
	}
	for _, name := range archives {
		if filepath.Base(filepath.Dir(filepath.Dir(name))) == "fix" {
			continue
		}
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files { // they are read one by one
			inputs[filepath.Base(name)+" "+f.Name] = map[string]string{f.Name: string(f.Data)}
		}
	}
	for name, files := range inputs {
		t.Run(name, func(t *testing.T) { mendAll(t, files) })
	}
}

func mendAll(t *testing.T, before map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	put(t, before)
	var answers []string
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA"} {
		answers = append(answers, "--secret-arn", name+"="+arn(name))
	}
	answers = append(answers, "--user", user, "--log-group", logGroup, "--log-region", logRegion, ".")
	was := verdicts(t, ".")
	fix := func(flags ...string) program.Result {
		return run("", slices.Concat([]string{"fix"}, flags, answers)...)
	}
	shown := fix()
	if d := cmp.Diff(before, there(t)); d != "" {
		t.Fatalf("fix without --write changed files\n%s", d)
	}
	made := fix("--write", "--unsafe")
	if made.Stdout != shown.Stdout {
		t.Errorf("what was shown is not what was written\n%s", cmp.Diff(shown.Stdout, made.Stdout))
	}
	after := there(t)
	outside(t, before, after, made.Stdout)
	now := verdicts(t, ".")
	notWorse(t, was, now)
	if left := mendable(t); len(left) > 0 && !strings.Contains(made.Stderr, "withdrawn: ") {
		t.Errorf("left: %v\n%s", left, made.Stderr)
	}
	again := fix("--write", "--unsafe")
	if d := cmp.Diff(after, there(t)); d != "" || again.Stdout != "" {
		t.Errorf("another fix changed something\n%s", d)
	}
}

// mendable are the failures that a scan says can be mended.
func mendable(t *testing.T) (out []string) {
	t.Helper()
	var report struct {
		Findings []struct {
			ID, Status string
			Exception  any
			Fix        struct{ Safety string }
		}
	}
	if err := json.Unmarshal([]byte(run("", "scan", "--format", "json", ".").Stdout), &report); err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		if f.Status == "FAILED" && f.Exception == nil && (f.Fix.Safety == "safe" || f.Fix.Safety == "may-break") {
			out = append(out, f.ID)
		}
	}
	return out
}

// outside compares the lines that are in no hunk.
func outside(t *testing.T, before, after map[string]string, diff string) {
	t.Helper()
	hunks := spans(t, diff)
	for name, text := range before {
		old, now := strings.SplitAfter(text, "\n"), strings.SplitAfter(after[name], "\n")
		if len(hunks[name]) == 0 {
			if text != after[name] {
				t.Errorf("%s changed, and no hunk shows it", name)
			}
			continue
		}
		for _, h := range slices.Backward(hunks[name]) { // without what is in hunks
			old, now = slices.Delete(old, h[0], h[0]+h[1]), slices.Delete(now, h[2], h[2]+h[3])
		}
		if d := cmp.Diff(old, now); d != "" {
			t.Errorf("%s changed outside of hunks\n%s", name, d)
		}
	}
	if len(before) != len(after) {
		t.Errorf("%d files before, %d after", len(before), len(after))
	}
}

// spans are the hunks of a difference by file: first line and number of lines in
// the old text and in the new one.
func spans(t *testing.T, diff string) map[string][][4]int {
	t.Helper()
	out := map[string][][4]int{}
	var name string
	left := [2]int{}
	for line := range strings.Lines(diff) {
		if left[0]+left[1] > 0 { // within a hunk
			switch line[0] {
			case ' ':
				left[0], left[1] = left[0]-1, left[1]-1
			case '-':
				left[0]--
			case '+':
				left[1]--
			}
			continue
		}
		if s, ok := strings.CutPrefix(line, "--- a/"); ok {
			name = strings.TrimRight(s, "\t\n")
		}
		if s, ok := strings.CutPrefix(line, "@@ -"); ok {
			from, to, _ := strings.Cut(strings.TrimSuffix(s, " @@\n"), " +")
			var h [4]int
			h[0], h[1] = span(t, from)
			h[2], h[3] = span(t, to)
			left = [2]int{h[1], h[3]}
			out[name] = append(out[name], h)
		}
	}
	return out
}

// span is the index of the first line and the number of lines of one side of a
// hunk.
func span(t *testing.T, s string) (first, n int) {
	t.Helper()
	line, count, ok := strings.Cut(s, ",")
	n = 1
	if ok {
		n = number(t, count)
	}
	if first = number(t, line); n > 0 {
		first--
	}
	return first, n
}

func number(t *testing.T, s string) int {
	t.Helper()
	var n int
	if err := json.Unmarshal([]byte(s), &n); err != nil {
		t.Fatalf("%q in the head of a hunk", s)
	}
	return n
}

// folder are the files below a folder.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
