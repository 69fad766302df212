package canary

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry/test/program"
)

// In testdata the word CANARY stands where a secret would. It becomes the mark
// several times over, so that a part of it, cut anywhere, still shows.
const (
	placeholder = "CANARY"
	mark        = "xq7v"
)

var secret = strings.Repeat(mark, 6)

// ways are the ways to have a report; the first is the most talkative.
var ways = [][]string{
	{"--format", "text", "-v", "--color", "always"},
	{"--format", "text"},
	{"--format", "text", "-q"},
	{"--format", "compact"},
	{"--format", "json", "-v"},
	{"--format", "asff", "-v"},
	{"--format", "sarif", "-v"},
	{"--format", "ocsf", "-v"},
	{"--format", "junit", "-v"},
	{"--format", "html", "-v"},
	{"--format", "csv", "-v"},
	{"--format", "markdown", "-v"},
	{"--format", "github", "-v"},
	{"--format", "gitlab", "-v"},
	{"--format", "json", "--type", "ecs-api"},
	{"--format", "json", "--type", "cloudformation"},
}

func TestNoSecretComesOut(t *testing.T) {
	p := program.Build(t)
	for _, kind := range []string{"judged", "refused"} {
		inputs := plant(t, filepath.Join("testdata", kind))
		t.Run(kind, func(t *testing.T) {
			p := *p
			p.Dir = inputs
			for _, name := range names(t, inputs) {
				t.Run(name, func(t *testing.T) {
					checkRead(t, &p, kind, name)
					clean(t, &p, "", append([]string{"scan", name}, ways[0]...))
				})
			}
			for _, way := range ways {
				all := append(append([]string{"scan"}, names(t, inputs)...), way...)
				clean(t, &p, "", all)
				clean(t, &p, "", append([]string{"scan", "."}, way...))
			}
		})
	}
}

// checkRead makes sure that the test shows something: that a good input is
// judged, and that a broken one is complained about.
func checkRead(t *testing.T, p *program.Program, kind, name string) {
	t.Helper()
	r := p.Run(t, "scan", "--format", "json", name)
	switch {
	case kind == "judged" && len(r.Report(t).Findings) == 0:
		t.Errorf("%s: no findings: %s", name, r.Stderr)
	case kind == "refused" && r.Code != 2:
		t.Errorf("%s: exit code %d, want 2 for a named file that cannot be read as ours: %s", name, r.Code, r.Stderr)
	case kind == "refused" && !strings.Contains(r.Stderr, name):
		t.Errorf("%s: the error does not name the file: %s", name, r.Stderr)
	}
}

func TestNoSecretComesOutOfStandardInput(t *testing.T) {
	p := program.Build(t)
	for _, kind := range []string{"judged", "refused"} {
		inputs := plant(t, filepath.Join("testdata", kind))
		for _, name := range names(t, inputs) {
			text, err := os.ReadFile(filepath.Join(inputs, name))
			if err != nil {
				t.Fatal(err)
			}
			clean(t, p, string(text), []string{"scan", "-v", "-"})
		}
	}
}

// What is given on the command line, or in a file of parameters, is as secret
// as what stands in a template.
func TestNoSecretComesOutOfParameters(t *testing.T) {
	p := program.Build(t)
	p.Dir = plant(t, filepath.Join("testdata", "judged"))
	file := filepath.Join(t.TempDir(), "parameters.json")
	parameters := `[{"ParameterKey": "DbPassword", "ParameterValue": "` + secret + `"}]`
	if err := os.WriteFile(file, []byte(parameters), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, way := range ways {
		clean(t, p, "", append([]string{"scan", "--parameter", "DbPassword=" + secret, "template.yaml"}, way...))
		clean(t, p, "", append([]string{"scan", "--parameter-file", file, "template.yaml"}, way...))
	}
	for _, broken := range []string{
		`[{"ParameterKey": "DbPassword", "ParameterValue": "` + secret,
		`[{"ParameterKey": "DbPassword", "ParameterValue": ` + secret + `}]`,
		`[{"ParameterKey": "DbPassword", "ParameterValue": ["` + secret + `"]}]`,
		`[{"ParameterKey": "DbPassword", "ParameterValue": "` + secret + `", "ParameterValue": "` + secret + `"}]`,
		`["DbPassword=` + secret + `"]`, `{"Parameters": {"DbPassword": {"x": "` + secret + `"}}}`, secret, `"` + secret + `"`,
	} {
		if err := os.WriteFile(file, []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		clean(t, p, "", []string{"scan", "--parameter-file", file, "template.yaml"})
	}
	clean(t, p, "", []string{"scan", "--parameter", secret, "template.yaml"})
	clean(t, p, "", []string{"scan", "--parameter", "NoSuchParameter=" + secret, "template.yaml"})
}

// Reports in files are reports too.
func TestNoSecretComesOutInFiles(t *testing.T) {
	p := program.Build(t)
	p.Dir = plant(t, filepath.Join("testdata", "judged"))
	out := t.TempDir()
	args := []string{"scan", "."}
	for _, format := range []string{"text", "compact", "json", "asff", "sarif"} {
		args = append(args, "-o", format+"="+filepath.Join(out, format))
	}
	clean(t, p, "", args)
	written := names(t, out)
	if len(written) < 5 {
		t.Fatalf("written: %v, want a file of each format", written)
	}
	for _, name := range written {
		text, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		if len(text) == 0 {
			t.Errorf("%s is empty", name)
		}
		lookFor(t, name, string(text))
	}
}

// Explanations, comparisons, and reports made of saved results are no way out.
func TestNoSecretComesOutLater(t *testing.T) {
	p := program.Build(t)
	p.Dir = plant(t, filepath.Join("testdata", "judged"))
	saved := filepath.Join(t.TempDir(), "saved.json")
	p.Run(t, "scan", "-o", "json="+saved, ".")
	for _, way := range [][]string{
		{"report", "--format", "html", saved}, {"report", "--format", "text", "-v", saved}, {"report", "--group-by", "cause", saved},
		{"diff", "-v", saved, saved}, {"diff", "-v", "--format", "json", saved, saved},
		{"scan", "--baseline", saved, "."}, {"scan", "--group-by", "resource", "-v", "."},
	} {
		clean(t, p, "", way)
	}
	for _, control := range []string{"ECS.1", "ECS.2", "ECS.3", "ECS.4", "ECS.5", "ECS.8", "ECS.9", "ECS.10", "ECS.12"} {
		clean(t, p, "", []string{"explain", ".", control})
	}
}

// The mark is found where it is: the test can fail.
func TestTheMarkIsFound(t *testing.T) {
	p := program.Build(t)
	p.Dir = t.TempDir()
	doc := `{"family": "` + secret + `", "containerDefinitions": [{"name": "app"}]}`
	r := p.Feed(t, doc, "scan", "--format", "json", "-")
	if !leaks(r.Stdout) {
		t.Errorf("a family is no secret and is reported; the mark in it was not found:\n%s", r.Stdout)
	}
}

func clean(t *testing.T, p *program.Program, stdin string, args []string) {
	t.Helper()
	r := p.Feed(t, stdin, args...)
	if r.Stdout == "" && r.Stderr == "" && !slices.Contains(args, "-q") {
		said := slices.ContainsFunc(args, func(a string) bool { return a == "-o" || a == "compact" })
		if !said {
			t.Errorf("%v: said nothing", args)
		}
	}
	if strings.Contains(r.Stderr, "panic") || strings.Contains(r.Stderr, "goroutine ") {
		t.Errorf("%v: crashed", args)
	}
	lookFor(t, strings.ReplaceAll(strings.Join(args, " "), secret, placeholder), r.Stdout)
	lookFor(t, strings.ReplaceAll(strings.Join(args, " "), secret, placeholder), r.Stderr)
}

func leaks(text string) bool { return strings.Contains(strings.ToLower(text), mark) }

func lookFor(t *testing.T, where, text string) {
	t.Helper()
	if !leaks(text) {
		return
	}
	for line := range strings.Lines(text) {
		if leaks(line) {
			at := strings.Index(strings.ToLower(line), mark)
			from, to := max(0, at-200), min(len(line), at+100)
			t.Errorf("ecsentry %s lets a secret out: …%s…", where, strings.TrimSpace(line[from:to]))
			return
		}
	}
}

// plant copies a folder of inputs, with the secret in them.
func plant(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	for _, name := range names(t, from) {
		text, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), placeholder) {
			t.Fatalf("%s holds no %s", name, placeholder)
		}
		planted := strings.ReplaceAll(string(text), placeholder, secret)
		if err := os.WriteFile(filepath.Join(to, name), []byte(planted), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	if len(out) == 0 {
		t.Fatalf("%s is empty", dir)
	}
	return out
}
