package terraform_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/ecsentry/ecsentry"
)

// What is between « and » is what no output may show, and nothing else.
func TestConcealed(t *testing.T) {
	fixtures, err := filepath.Glob("testdata/conceal/*.txtar")
	if err != nil || len(fixtures) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, fixture := range fixtures {
		t.Run(filepath.Base(fixture), func(t *testing.T) {
			archive, err := txtar.ParseFile(fixture)
			if err != nil {
				t.Fatal(err)
			}
			f := &fixtureFiles{dir: t.TempDir()}
			for _, file := range archive.Files {
				f.write(t, file.Name, strings.NewReplacer("«", "", "»", "").Replace(string(file.Data)))
			}
			text := f.text(t)
			for _, file := range archive.Files {
				name := filepath.Join(f.dir, file.Name)
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				if diff := gocmp.Diff(string(file.Data), marked(string(data), text.Concealed(name))); diff != "" {
					t.Errorf("%s (-want +got)\n%s", file.Name, diff)
				}
			}
		})
	}
}

type fixtureFiles struct{ dir string }

func (f *fixtureFiles) write(t *testing.T, name, data string) {
	t.Helper()
	full := filepath.Join(f.dir, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// text is the text of some resource of the module.
func (f *fixtureFiles) text(t *testing.T) ecsentry.Concealer {
	t.Helper()
	for finding := range scanPath(t, f.dir).Findings.All() {
		for _, r := range finding.Verdict.Reasons {
			if c, ok := r.At.In.(ecsentry.Concealer); ok {
				return c
			}
		}
	}
	t.Fatal("no text conceals anything")
	return nil
}

// marked has marks around the spans; those that overlap are one.
func marked(text string, spans []ecsentry.Span) string {
	slices.SortFunc(spans, func(a, b ecsentry.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	out, at := "", 0
	for i := 0; i < len(spans); i++ {
		from, to := int(spans[i].Start), int(spans[i].End)
		for i+1 < len(spans) && int(spans[i+1].Start) < to {
			i++
			to = max(to, int(spans[i].End))
		}
		out += text[at:from] + "«" + text[from:to] + "»"
		at = to
	}
	return out + text[at:]
}

// References that go round, add steps in each turn, or branch at each one are
// followed for a bounded time, and what they lead to is concealed.
func TestConcealedInRings(t *testing.T) {
	branches := "locals {\n"
	for i := range 40 {
		branches += fmt.Sprintf("  n%d = merge(local.n%d.x, local.n%d.y)\n", i, i+1, i+1)
	}
	branches += "  n40 = 1\n}\n"
	concealed := regexp.MustCompile("«[^»]*»")
	for name, locals := range map[string]string{
		"a ring":            "locals {\n  n0 = merge(local.n1, { k = \"secret\" })\n  n1 = local.n0\n}\n",
		"a ring with steps": "locals {\n  n0 = merge(local.n0.x, local.n0.y, { k = \"secret\" })\n}\n",
		"branches":          branches,
		"a chain":           longChain(11_000),
	} {
		t.Run(name, func(t *testing.T) {
			f := &fixtureFiles{dir: t.TempDir()}
			text := locals + "resource \"aws_ecs_task_definition\" \"a\" {\n  container_definitions = jsonencode([{ name = \"a\", environment = [{ name = \"A\", value = local.n0.k }] }])\n}\n"
			f.write(t, "main.tf", text)
			name := filepath.Join(f.dir, "main.tf")
			if got := concealed.ReplaceAllString(marked(text, f.text(t).Concealed(name)), ""); strings.Contains(got, "secret") || strings.Contains(got, "local.n0.k") {
				t.Errorf("a secret is not concealed: %.1000s", got)
			}
		})
	}
}

func longChain(n int) string {
	var out strings.Builder
	out.WriteString("locals {\n")
	for i := range n {
		fmt.Fprintf(&out, "  n%d = local.n%d\n", i, i+1)
	}
	fmt.Fprintf(&out, "  n%d = { k = \"secret\" }\n}\n", n)
	return out.String()
}
