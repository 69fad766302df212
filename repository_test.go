package ecsentry_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tracked are the files of the repository: those in git's index, or, outside a
// clone, all but what is installed or built in the tree.
func tracked(t *testing.T) []string {
	t.Helper()
	if out, err := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output(); err == nil {
		var files []string
		for name := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
			if _, err := os.Stat(name); err == nil {
				files = append(files, name)
			}
		}
		return files
	}
	var files []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == ".git" || name == ".venv" || name == ".peers" || name == ".tools" || name == "dist"):
			return fs.SkipDir
		case !d.IsDir():
			files = append(files, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestFilesAreSmall(t *testing.T) {
	const most = 400 << 10
	for _, name := range tracked(t) {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > most {
			t.Errorf("%s has %d KiB, more than %d", name, info.Size()>>10, most>>10)
		}
	}
}

// Nothing in the tree names the machine of whoever wrote it.
func TestNoPathsOfAMachine(t *testing.T) {
	forbidden := regexp.MustCompile(`/(home|Users)/[a-z]|/` + `root/|/` + `work/|[A-Z]:\\Users\\`)
	for _, name := range tracked(t) {
		if name == "go.sum" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if found := forbidden.FindString(line); found != "" {
				t.Errorf("%s:%d: %q looks like a path of somebody's machine", name, i+1, found)
			}
		}
	}
}

func TestLicense(t *testing.T) {
	text, err := os.ReadFile("LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Apache License", "Version 2.0, January 2004", "END OF TERMS AND CONDITIONS"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("LICENSE lacks %q", want)
		}
	}
}

// Every direct dependency has its reason in docs/dependencies.md, and nothing
// else stands there.
func TestDependenciesHaveReasons(t *testing.T) {
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, r := range mod.Require {
		if !r.Indirect {
			want[r.Path] = true
		}
	}
	docs, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	row := regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.+) \\| (.+) \\|$")
	for _, m := range row.FindAllStringSubmatch(string(docs), -1) {
		got[m[1]] = true
		if len(m[2]) < 10 || len(m[3]) < 10 {
			t.Errorf("%s: a reason and an alternative are wanted", m[1])
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("docs/dependencies.md does not list the direct dependencies of go.mod (-go.mod +docs):\n%s", d)
	}
}

// Every package says what it is for.
func TestPackagesAreDocumented(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}\t{{len .GoFiles}}\t{{.Doc}}", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) < 10 {
		t.Fatalf("go list found only %d packages", len(lines))
	}
	for _, line := range lines {
		f := strings.Split(line, "\t")
		if f[1] != "0" && f[2] == "" {
			t.Errorf("%s has no package comment", f[0])
		}
	}
}

// Links from one document of the repository to another lead somewhere.
func TestLinksLead(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#]+)(#[^)]*)?\)`)
	checked := 0
	for _, name := range tracked(t) {
		if path.Ext(name) != ".md" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			checked++
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s links to %s: %v", name, m[1], err)
			}
		}
	}
	if checked == 0 {
		t.Error("no links found")
	}
}
