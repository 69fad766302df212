package readme

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/test/program"
)

// The examples of docs/inputs are run: each is one or more blocks of code, the
// files, and says below them, or in comments of the last one, what comes of them:
//
//	# $ ecsentry scan --parameter Stage=prod .      (else: ecsentry scan .)
//	# => WebTask ECS.4 FAILED                       the verdict on a resource
//	# => WebTask ECS.4 app FAILED: is privileged    that on a part, and words of its reason
//	# => gap web.yaml: is not defined               not read
//	# => not covered web.yaml: at a URL             left out
//	# => says: wants a list                         on standard error
//	# => exit 2
//
// JSON has no comments: a block of text that follows it has these lines.
func TestExamplesOfInputs(t *testing.T) {
	p := program.Build(t)
	documents := inputs(t)
	for _, document := range documents {
		t.Run(filepath.Base(document), func(t *testing.T) {
			examples, err := examplesOf(read(t, document))
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range examples {
				t.Run(fmt.Sprintf("line %d", e.line), func(t *testing.T) { e.run(t, p) })
			}
		})
	}
}

// The list of the documents has each of them.
func TestInputsAreListed(t *testing.T) {
	list := read(t, filepath.Join(program.Root(t), "docs", "inputs", "README.md"))
	for _, document := range inputs(t) {
		if name := filepath.Base(document); !strings.Contains(list, "("+name+")") {
			t.Errorf("docs/inputs/README.md does not list %s", name)
		}
	}
}

func inputs(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(program.Root(t), "docs", "inputs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range all {
		if filepath.Base(name) != "README.md" {
			out = append(out, name)
		}
	}
	if len(out) < 8 {
		t.Fatalf("found only the documents %q", out)
	}
	return out
}

// An example is a set of files and what a command says of them.
type example struct {
	line    int // of its first block
	files   map[string]string
	command string
	want    []string
}

var fence = regexp.MustCompile("^```(yaml|json|hcl|text)(?: (\\S+))?$")

// examplesOf takes a document apart. Blocks that expect nothing belong to the
// example that the next ones end.
func examplesOf(text string) ([]example, error) {
	var out []example
	e := example{}
	name, inside := "", false
	var block strings.Builder
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSuffix(line, "\n")
		switch m := fence.FindStringSubmatch(line); {
		case !inside && m != nil:
			inside, name = true, m[2]
			if name == "" {
				name = map[string]string{"yaml": "template.yaml", "json": "input.json", "hcl": "main.tf"}[m[1]]
			}
			if e.files == nil {
				e = example{line: number, files: map[string]string{}, command: "ecsentry scan ."}
			}
			block.Reset()
		case inside && line == "```":
			inside = false
			if name != "" {
				e.files[name] = block.String()
			}
			if len(e.want) > 0 {
				out, e = append(out, e), example{}
			}
		case inside:
			block.WriteString(line + "\n")
			note := strings.TrimPrefix(strings.TrimSpace(line), "# ")
			if command, ok := strings.CutPrefix(note, "$ "); ok {
				e.command = command
			}
			if want, ok := strings.CutPrefix(note, "=> "); ok {
				e.want = append(e.want, want)
			}
		}
	}
	if e.files != nil {
		return nil, fmt.Errorf("the example of line %d expects nothing", e.line)
	}
	return out, nil
}

func (e *example) run(t *testing.T, p *program.Program) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range e.files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command, from, _ := strings.Cut(e.command, " < ")
	words := strings.Fields(command)
	if len(words) < 2 || words[0] != "ecsentry" || words[1] != "scan" {
		t.Fatalf("%q is no scan", e.command)
	}
	stdin := ""
	if from != "" {
		stdin = e.files[from]
	}
	here := *p
	here.Dir = dir
	r := here.Feed(t, stdin, append(words[1:], "--format", "json")...)
	var report *program.Report
	if r.Stdout != "" {
		report = r.Report(t)
	}
	for _, want := range e.want {
		if why := holds(want, r, report); why != "" {
			t.Errorf("%s\n    %s", want, why)
		}
	}
}

// holds says why a line does not hold, "" if it does.
func holds(want string, r program.Result, report *program.Report) string {
	left, words, _ := strings.Cut(want, ": ")
	fields := strings.Fields(left)
	switch {
	case fields[0] == "exit":
		if fields[1] != fmt.Sprint(r.Code) {
			return fmt.Sprintf("exit code %d: %s", r.Code, r.Stderr)
		}
		return ""
	case fields[0] == "says":
		if !strings.Contains(r.Stderr, words) {
			return "standard error is " + r.Stderr
		}
		return ""
	case report == nil:
		return "nothing was reported: " + r.Stderr
	case fields[0] == "gap":
		return among(report.Gaps, strings.TrimPrefix(left, "gap "), words)
	case fields[0] == "not" && fields[1] == "covered":
		return among(report.NotCovered, strings.TrimPrefix(left, "not covered "), words)
	case fields[0] == "no" && len(fields) == 2:
		for _, f := range report.Findings {
			if f.Resource.ID == fields[1] {
				return "there is a finding of " + f.Control
			}
		}
		return ""
	case len(fields) == 3:
		return judged(report, fields[0], fields[1], "", fields[2], words)
	case len(fields) == 4:
		return judged(report, fields[0], fields[1], fields[2], fields[3], words)
	}
	return "the line says nothing that can be tested"
}

func among(gaps []program.Gap, scope, words string) string {
	for _, g := range gaps {
		if strings.Contains(g.Scope, scope) && strings.Contains(g.Reason, words) {
			return ""
		}
	}
	return fmt.Sprintf("there are %q", gaps)
}

func judged(report *program.Report, id, control, subject, status, words string) string {
	seen := "there is no such finding"
	for _, f := range report.Findings {
		if f.Resource.ID != id || f.Control != control {
			continue
		}
		seen = f.Status + fmt.Sprintf(" %+v", f.Reasons)
		if subject == "" && f.Status != status {
			continue
		}
		if subject == "" && words == "" {
			return ""
		}
		for _, reason := range f.Reasons {
			if (subject == "" || reason.Subject == subject && reason.Status == status) &&
				strings.Contains(reason.Message+" ("+reason.Hint+")", words) {
				return ""
			}
		}
	}
	return "the verdict is " + seen
}

// The permissions that docs/inputs/live.md names are those of the policy.
func TestPermissionsAreThoseOfThePolicy(t *testing.T) {
	p := program.Build(t)
	document := read(t, filepath.Join(program.Root(t), "docs", "inputs", "live.md"))
	action := regexp.MustCompile(`\b[a-z]+:(?:List|Describe|Get)[A-Za-z]+`)
	var quoted []string
	for line := range strings.Lines(document) {
		if names, ok := strings.CutPrefix(line, "> "); ok {
			quoted = append(quoted, action.FindAllString(names, -1)...)
		}
	}
	policy := action.FindAllString(p.Run(t, "iam", "scan").Stdout, -1)
	slices.Sort(quoted)
	slices.Sort(policy)
	if diff := cmp.Diff(quoted, policy); diff != "" {
		t.Errorf("-document +policy:\n%s", diff)
	}
}
