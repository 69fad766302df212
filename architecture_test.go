package ecsentry_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/ecsentry/ecsentry"

// A row is a row of the table of packages in ARCHITECTURE.md.
type row struct {
	ours    []string // short names of the packages that it may import; "all" for any
	modules []string // parts of the paths of modules from outside
}

// Packages import only what the table in ARCHITECTURE.md says: packages of ours,
// and modules from outside. The standard library is free, but for the domain,
// which does no I/O.
func TestImportsAreThoseOfTheTable(t *testing.T) {
	table := readTable(t)
	seen := map[string]bool{}
	for _, p := range goList(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		seen[name] = true
		row, ok := table[name]
		if !ok {
			t.Errorf("%q has no row in ARCHITECTURE.md", name)
			continue
		}
		for _, imported := range p.Imports {
			if why := row.forbids(name, imported); why != "" {
				t.Errorf("%q imports %s: %s", name, imported, why)
			}
		}
	}
	for name := range table {
		if !seen[name] {
			t.Errorf("ARCHITECTURE.md has a row for %q, which is no package", name)
		}
	}
}

func (r row) forbids(name, imported string) string {
	pure := name == "" || name == "value"
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case imported == module || strings.HasPrefix(imported, module+"/"):
		short := path.Base(imported)
		if imported == module {
			short = "root"
		}
		if !slices.Contains(r.ours, short) && (!slices.Contains(r.ours, "all") || forTests(imported)) {
			return "the table does not allow it"
		}
	case !strings.Contains(first, "."): // the standard library
		if pure && (first == "os" || first == "net" || first == "syscall" || imported == "log") {
			return "the domain does no I/O"
		}
	case !slices.ContainsFunc(r.modules, func(m string) bool { return strings.Contains(imported, m) }):
		return "the table does not allow this module here"
	}
	return ""
}

// forTests are the packages that only tests and benchmarks may import.
func forTests(imported string) bool {
	name := strings.TrimPrefix(imported, module+"/")
	return strings.HasPrefix(name, "test/") || strings.HasPrefix(name, "bench") || strings.HasSuffix(name, "test")
}

// readTable reads the rows "| `package` | sentence | ours | modules |".
func readTable(t *testing.T) map[string]row {
	t.Helper()
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	list := func(cell string) []string {
		if strings.TrimSpace(cell) == "–" {
			return nil
		}
		var out []string
		for e := range strings.SplitSeq(cell, ",") {
			out = append(out, strings.Trim(e, " `"))
		}
		return out
	}
	table := map[string]row{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.HasPrefix(cells[1], " `") {
			continue
		}
		r := row{ours: list(cells[3]), modules: list(cells[4])}
		for _, name := range strings.Split(cells[1], ",") {
			name = strings.Trim(strings.TrimSuffix(strings.TrimSpace(name), " (root)"), "` ")
			if name == "ecsentry" {
				name = ""
			}
			table[name] = r
		}
	}
	if len(table) < 10 {
		t.Fatalf("found only %d packages in the table of ARCHITECTURE.md", len(table))
	}
	return table
}

type listed struct {
	ImportPath       string
	GoFiles, Imports []string
}

func goList(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,GoFiles,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
