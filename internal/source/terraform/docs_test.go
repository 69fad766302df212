package terraform_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The examples of docs/terraform.md are true.
func TestDocumentedExamples(t *testing.T) {
	doc, err := os.ReadFile("../../../docs/terraform.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```hcl\n(.*?)```").FindAllSubmatch(doc, -1)
	if len(blocks) < 7 {
		t.Fatalf("found only %d examples", len(blocks))
	}
	for _, b := range blocks {
		var want strings.Builder
		for line := range strings.Lines(string(b[1])) {
			if verdict, ok := strings.CutPrefix(line, "# => "); ok {
				want.WriteString(verdict)
			}
		}
		if want.Len() == 0 {
			t.Errorf("an example expects nothing:\n%s", b[1])
		}
		expect(t, scanModule(t, string(b[1])), want.String())
	}
}

// The functions that the document lists are those that are evaluated.
func TestDocumentedFunctions(t *testing.T) {
	doc, err := os.ReadFile("../../../docs/terraform.md")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(doc)) {
		if names, ok := strings.CutPrefix(line, "> "); ok {
			list = append(list, strings.Fields(names)...)
		}
	}
	if len(list) < 60 {
		t.Fatalf("found only %d functions", len(list))
	}
	// What is not evaluated says so, whatever its arguments are.
	for _, name := range append(list, "yamldecode") {
		r := scanModule(t, webTask(`jsonencode([{ name = "app", privileged = `+name+`() }])`)+"\n")
		reasons := find(t, r, td, "ECS.4").Verdict.Reasons
		evaluated := !strings.Contains(reasons[0].Message, "is not evaluated here")
		if evaluated == (name == "yamldecode") {
			t.Errorf("%s: evaluated %v: %s", name, evaluated, reasons[0].Message)
		}
	}
}
