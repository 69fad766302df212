package terraform_test

import (
	"os"
	"strings"
	"testing"
)

// The functions that docs/inputs/terraform.md lists are those that are evaluated.
func TestDocumentedFunctions(t *testing.T) {
	doc, err := os.ReadFile("../../../docs/inputs/terraform.md")
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
	for _, name := range append(list, "core::upper", "cidrsubnet", "provider::aws::arn_parse") {
		r := scanModule(t, webTask(`jsonencode([{ name = "app", privileged = `+name+`() }])`)+"\n")
		reasons := find(t, r, td, "ECS.4").Verdict.Reasons
		evaluated := !strings.Contains(reasons[0].Message, "is not evaluated here")
		if evaluated == (name == "cidrsubnet" || strings.HasPrefix(name, "provider::")) {
			t.Errorf("%s: evaluated %v: %s", name, evaluated, reasons[0].Message)
		}
	}
}
