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

const (
	begin = "<!-- sample: test/readme keeps what stands between these marks true -->\n"
	end   = "<!-- end of sample -->"
	input = "examples/cloudformation/web.yaml"
)

// duration matches the time that a scan took, which is never the same.
var duration = regexp.MustCompile(`[0-9.]+ ?(µs|ms|s)\b`)

func TestSampleIsWhatIsPrinted(t *testing.T) {
	update := flag.Lookup("update").Value.String() == "true"
	p := program.Build(t)
	p.Dir = program.Root(t)
	r := p.Run(t, "scan", input)
	if r.Code != 1 {
		t.Fatalf("exit code %d, want 1 for failures: %s", r.Code, r.Stderr)
	}
	printed := "```\n$ ecsentry scan " + input + "\n" + duration.ReplaceAllString(r.Stdout, "9 ms") + "```\n"

	file := filepath.Join(p.Dir, "README.md")
	text := read(t, file)
	before, rest, ok := strings.Cut(text, begin)
	shown, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README.md has no marks around its sample")
	}
	if update {
		if err := os.WriteFile(file, []byte(before+begin+printed+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(shown, printed); diff != "" {
		t.Errorf("the README's sample is not what is printed; make generate mends it (-README +printed):\n%s", diff)
	}
}

// The first command shows failures and passes, and exits 0.
func TestFirstCommand(t *testing.T) {
	p := program.Build(t)
	p.Dir = program.Root(t)
	const command = "go run ./cmd/ecsentry scan --fail-on never examples/"
	if !strings.Contains(read(t, filepath.Join(p.Dir, "README.md")), command) {
		t.Fatalf("README.md does not name the command %q", command)
	}
	r := p.Run(t, "scan", "--fail-on", "never", "--format", "json", "examples/")
	if r.Code != 0 {
		t.Errorf("exit code %d, want 0: %s", r.Code, r.Stderr)
	}
	summary := r.Report(t).Summary
	for _, outcome := range []string{"failed", "passed", "unknown", "not_applicable"} {
		if summary[outcome] == 0 {
			t.Errorf("the examples show nothing that is %s", outcome)
		}
	}
}

// Every flag that the documents name for scan is one.
func TestFlagsExist(t *testing.T) {
	p := program.Build(t)
	root := program.Root(t)
	help := p.Run(t, "scan", "--help").Stdout
	named := regexp.MustCompile("(?:ecsentry scan|`)[^`\n]*`")
	option := regexp.MustCompile(`(^|[\s` + "`" + `])(--[a-z][a-z-]+)`)
	foreign := map[string]bool{"--include": true} // of the AWS command line
	checked := 0
	for _, name := range []string{"README.md", "examples/README.md"} {
		for _, span := range named.FindAllString(read(t, filepath.Join(root, name)), -1) {
			for _, m := range option.FindAllStringSubmatch(span, -1) {
				if foreign[m[2]] {
					continue
				}
				checked++
				if !strings.Contains(help, m[2]+" ") && !strings.Contains(help, m[2]+"\n") {
					t.Errorf("%s names the flag %s, which ecsentry scan --help does not", name, m[2])
				}
			}
		}
	}
	if checked == 0 {
		t.Error("found no flags in the documents")
	}
}

// Every example is mentioned in the list of examples, and is ours.
func TestExamplesAreListed(t *testing.T) {
	root := program.Root(t)
	list := read(t, filepath.Join(root, "examples", "README.md"))
	p := program.Build(t)
	p.Dir = root
	entries, err := filepath.Glob(filepath.Join(root, "examples", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) < 15 {
		t.Fatalf("found only %d examples", len(entries))
	}
	for _, path := range entries {
		name := filepath.Base(path)
		folder := filepath.Base(filepath.Dir(path))
		one := regexp.MustCompile(`-\d+\.json$`).ReplaceAllString(name, "-*.json")
		if !strings.Contains(list, folder+"/"+one) && !strings.Contains(list, "`"+folder+"/`") && !strings.Contains(list, folder+"/"+name) {
			t.Errorf("examples/README.md does not mention %s/%s", folder, name)
		}
		if name == "ecspresso.yml" { // is there because people have it there; it is not ours
			continue
		}
		if r := p.Run(t, "scan", "--fail-on", "never", path); r.Code != 0 {
			t.Errorf("ecsentry scan %s/%s: exit code %d\n%s", folder, name, r.Code, r.Stderr)
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
