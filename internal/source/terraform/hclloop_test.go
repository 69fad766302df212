package terraform_test

import "testing"

// An object that a loop makes is known but for the fields of which nobody can tell
// whether they are there.
func TestObjectLoops(t *testing.T) {
	module := `variable "image" {}
locals {
  all   = { name = "app", image = var.image, user = null, readonlyRootFilesystem = true, privileged = var.image == "x" }
  clean = { for k, v in local.all : k => v if v != null }
}
output "map" { value = local.clean }
output "json" { value = jsonencode([local.clean]) }
`
	for name, c := range map[string]struct{ containers, want string }{
		"in a module":         {`jsonencode([module.m.map])`, td + " ECS.5 PASSED\n" + td + " ECS.9 FAILED\n" + td + " ECS.4 UNKNOWN\n" + td + " ECS.1 UNKNOWN"},
		"as the whole text":   {`module.m.json`, td + " ECS.5 PASSED\n" + td + " ECS.9 FAILED"},
		"of a counted module": {`jsonencode([merge(module.n[1].map, { readonlyRootFilesystem = true })])`, td + " ECS.5 PASSED\n" + td + " ECS.9 FAILED"},
		"a key that is open":  {`jsonencode([{ for k in ["name", data.x.y.k] : k => true }])`, td + " ECS.5 UNKNOWN\n" + td + " ECS.9 UNKNOWN"},
		"the wrong case":      {`jsonencode([{ for k in ["Privileged"] : k => data.x.y.z }])`, td + " ECS.4 UNKNOWN\n" + td + " ECS.5 FAILED"},
		"groups":              {`jsonencode([for k, v in { for c in [{ n = "a", p = true }] : c.n => c... } : { name = k, privileged = v[0].p }])`, td + " ECS.4 FAILED"},
	} {
		t.Run(name, func(t *testing.T) {
			r := scanModule(t, "module \"m\" {\n source = \"./m\"\n image = data.x.y.z\n}\nmodule \"n\" {\n source = \"./m\"\n count = 2\n image = data.x.y.z\n}\n"+
				webTask(c.containers)+"-- m/main.tf --\n"+module)
			expect(t, r, c.want)
		})
	}
}

// The JSON of what is known in part has a hole for each part that is not.
func TestEncodedInTemplate(t *testing.T) {
	r := scanModule(t, `locals {
  app  = jsonencode({ name = "app", image = data.x.y.z, user = "root:${data.x.y.z}", privileged = data.x.y.p })
  tags = { readonlyRootFilesystem = true, logConfiguration = { logDriver = "awslogs", options = { group = data.x.y.g } } }
}
`+webTask(`"[${local.app},${jsonencode(merge(local.tags, { name = "log" }))}]"`))
	expect(t, r, td+" ECS.1 FAILED\n"+td+" ECS.4 UNKNOWN\n"+td+" ECS.5 FAILED\n"+td+" ECS.9 FAILED")
	r = scanModule(t, "locals {\n  app = jsonencode({ name = \"app\", image = data.x.y.z, user = \"root:${data.x.y.z}\", readonlyRootFilesystem = true })\n}\n"+webTask(`"[${local.app}]"`))
	expect(t, r, td+" ECS.1 FAILED\n"+td+" ECS.4 PASSED\n"+td+" ECS.5 PASSED")
}

// What a sensitive output holds is judged, and neither shown nor named.
func TestSensitiveOutput(t *testing.T) {
	for _, sensitive := range []string{"-- m/main.tf --\noutput \"json\" {\n sensitive = true\n", "-- m/o_override.tf --\noutput \"json\" {\n sensitive = true\n}\n-- m/main.tf --\noutput \"json\" {\n"} {
		r := scanModule(t, "module \"m\" { source = \"./m\" }\n"+webTask("module.m.json")+sensitive+" value = jsonencode([{ name = \"s3cret\", privileged = true }])\n}\n")
		f := find(t, r, td, "ECS.4")
		reason := f.Verdict.Reasons[0]
		if f.Verdict.Outcome.String() != "FAILED" || reason.Subject != "containerDefinitions[0]" || !reason.At.Masked {
			t.Errorf("%v, subject %q, masked %v; want a failure of containerDefinitions[0] that is masked", f.Verdict.Outcome, reason.Subject, reason.At.Masked)
		}
	}
}
