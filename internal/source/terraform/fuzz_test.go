package terraform_test

import (
	"os"
	"path/filepath"
	"testing"
)

// Whatever stands in a plan, it is read to the end, and each finding has a place.
func FuzzPlan(f *testing.F) {
	text, err := os.ReadFile("../../../examples/terraform/plan.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text))
	f.Add(planOf("", task(containers(`[{"name":"app"}]`), `{"network_mode":true}`, `{"network_mode":{"references":["var.x"]}}`)))
	f.Add(`{"format_version":"1.2","planned_values":{"root_module":{"child_modules":[{"address":"module.a[\"x"}]}},"resource_changes":[]}`)
	f.Fuzz(func(t *testing.T, text string) { checkPlaces(t, "plan.json", text) })
}

// Whatever stands in a module, it is read to the end, and each finding has a
// place.
func FuzzModule(f *testing.F) {
	text, err := os.ReadFile("../../../examples/terraform/main.tf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text))
	f.Add(webTask("<<-EOT\n    [{\"name\": \"${var.n}\", \"cpu\": ${data.x.y.z}}]\n  EOT"))
	f.Add(webTask(`jsonencode(concat([for x in range(3) : { name = x }], merge({}, var.x)))`))
	f.Add("module \"a\" {\n source = \".\"\n for_each = toset([\"a\"])\n}\n")
	f.Fuzz(func(t *testing.T, text string) { checkPlaces(t, "main.tf", text) })
}

func checkPlaces(t *testing.T, name, text string) {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r := scanPath(t, name)
	for f := range r.Findings.All() {
		for _, reason := range f.Verdict.Reasons {
			if p := reason.At.Position(); p.Line < 1 || p.Column < 1 {
				t.Errorf("%s: a reason without a place: %+v", f.Control.ID, reason)
			}
		}
	}
	for _, g := range r.Coverage.Gaps {
		if g.Scope == "" || g.Reason == "" {
			t.Errorf("a gap says nothing: %+v", g)
		}
	}
}
