package terraform_test

import (
	"strings"
	"testing"
)

// Override files are merged as Terraform documents it: argument by argument, all
// nested blocks of a type at once, locals one by one, in the order of their names.
func TestOverrideFiles(t *testing.T) {
	base := webTask(`jsonencode([{ name = "app", privileged = true }])`)
	for name, c := range map[string]struct{ module, want string }{
		"an argument": {
			base + "-- main_override.tf --\nresource \"aws_ecs_task_definition\" \"web\" {\n network_mode = \"awsvpc\"\n}\n",
			td + " ECS.1 PASSED\n" + td + " ECS.4 FAILED",
		},
		"container definitions": {
			base + "-- override.tf --\nresource \"aws_ecs_task_definition\" \"web\" {\n container_definitions = jsonencode([{ name = \"app\", privileged = false }])\n}\n",
			td + " ECS.1 FAILED\n" + td + " ECS.4 PASSED",
		},
		"a file before the one it overrides": {
			"-- z.tf --\n" + base + "-- a_override.tf --\nresource \"aws_ecs_task_definition\" \"web\" {\n network_mode = \"awsvpc\"\n}\n",
			td + " ECS.1 PASSED",
		},
		"JSON": {
			base + "-- x_override.tf.json --\n{\"resource\": {\"aws_ecs_task_definition\": {\"web\": {\"network_mode\": \"awsvpc\"}}}}\n",
			td + " ECS.1 PASSED\n" + td + " ECS.4 FAILED",
		},
		"the last of several": {
			base + "-- a_override.tf --\nresource \"aws_ecs_task_definition\" \"web\" {\n network_mode = \"host\"\n pid_mode = \"host\"\n}\n" +
				"-- override.tf --\nresource \"aws_ecs_task_definition\" \"web\" {\n network_mode = \"bridge\"\n}\n",
			td + " ECS.1 PASSED\n" + td + " ECS.3 FAILED",
		},
		"nested blocks are replaced": {
			"resource \"aws_ecs_cluster\" \"main\" {\n name = \"main\"\n setting {\n  name = \"containerInsights\"\n  value = \"enabled\"\n }\n}\n" +
				"resource \"aws_ecs_service\" \"web\" {\n name = \"web\"\n network_configuration {\n  assign_public_ip = true\n  subnets = []\n }\n}\n" +
				"-- override.tf --\nresource \"aws_ecs_cluster\" \"main\" {\n setting {\n  name = \"other\"\n  value = \"x\"\n }\n}\n" +
				"resource \"aws_ecs_service\" \"web\" {\n network_configuration {\n  subnets = [\"a\"]\n }\n}\n",
			main + " ECS.12 FAILED\n" + svc + " ECS.2 PASSED",
		},
		"a dynamic block replaces others and is replaced": {
			"resource \"aws_ecs_cluster\" \"main\" {\n name = \"main\"\n setting {\n  name = \"containerInsights\"\n  value = \"disabled\"\n }\n}\n" +
				"resource \"aws_ecs_cluster\" \"b\" {\n name = \"b\"\n dynamic \"setting\" {\n  for_each = [\"enabled\"]\n  content {\n   name = \"containerInsights\"\n   value = setting.value\n  }\n }\n}\n" +
				"-- override.tf --\nresource \"aws_ecs_cluster\" \"main\" {\n dynamic \"setting\" {\n  for_each = [\"enabled\"]\n  content {\n   name = \"containerInsights\"\n   value = setting.value\n  }\n }\n}\n" +
				"resource \"aws_ecs_cluster\" \"b\" {\n setting {\n  name = \"containerInsights\"\n  value = \"disabled\"\n }\n}\n",
			main + " ECS.12 PASSED\naws_ecs_cluster.b ECS.12 FAILED",
		},
		"what others say stays": {
			"resource \"aws_ecs_cluster\" \"main\" {\n name = \"main\"\n setting {\n  name = \"containerInsights\"\n  value = \"enabled\"\n }\n}\n" +
				"-- override.tf --\nresource \"aws_ecs_cluster\" \"main\" {\n name = \"other\"\n}\n",
			main + " ECS.12 PASSED",
		},
		"locals, variables and outputs": {
			"variable \"mode\" {\n type = string\n default = \"host\"\n}\nlocals {\n pid = \"host\"\n user = \"root\"\n}\nmodule \"m\" { source = \"./m\" }\n" +
				"resource \"aws_ecs_task_definition\" \"web\" {\n family = \"web\"\n network_mode = var.mode\n pid_mode = local.pid\n container_definitions = jsonencode([{ name = \"app\", user = local.user, privileged = module.m.p }])\n}\n" +
				"-- override.tf --\nvariable \"mode\" { default = \"awsvpc\" }\nlocals { pid = null }\n" +
				"-- m/main.tf --\noutput \"p\" {\n value = true\n}\n-- m/override.tf --\noutput \"p\" { value = false }\n",
			td + " ECS.1 PASSED\n" + td + " ECS.3 PASSED\n" + td + " ECS.4 PASSED",
		},
		"a module call": {
			"module \"m\" {\n source = \"./gone\"\n p = true\n mode = \"host\"\n}\n-- override.tf --\nmodule \"m\" {\n source = \"./m\"\n p = false\n}\n" +
				"-- m/main.tf --\nvariable \"p\" {}\nvariable \"mode\" {}\nresource \"aws_ecs_task_definition\" \"web\" {\n family = \"web\"\n network_mode = var.mode\n container_definitions = jsonencode([{ name = \"app\", privileged = var.p }])\n}\n",
			"module.m." + td + " ECS.4 PASSED\nmodule.m." + td + " ECS.1 FAILED",
		},
		"count": {
			"resource \"aws_ecs_cluster\" \"main\" {\n name = \"main\"\n}\n-- override.tf --\nresource \"aws_ecs_cluster\" \"main\" {\n count = 1\n}\n",
			"aws_ecs_cluster.main[0] ECS.12 FAILED",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := scanModule(t, c.module)
			if len(r.Coverage.Gaps)+len(r.Coverage.Refused)+len(r.Coverage.NotCovered) > 0 {
				t.Fatalf("gaps: %v", r.Coverage)
			}
			expect(t, r, c.want)
		})
	}
}

// A place in what an override file says is in that file.
func TestOverridePlace(t *testing.T) {
	r := scanModule(t, webTask(`"[]"`)+"-- override.tf --\nresource \"aws_ecs_task_definition\" \"web\" {\n container_definitions = jsonencode([{ name = \"app\", privileged = true }])\n}\n")
	f := find(t, r, td, "ECS.4")
	if at := f.Verdict.Reasons[0].At.Position().String(); at != "override.tf:2:67" || f.Resource.File() != "main.tf" {
		t.Errorf("privileged is at %s of a resource in %s, want override.tf:2:67, main.tf", at, f.Resource.File())
	}
}

// Terraform refuses a module with an override of what is not there.
func TestOverrideOfNothing(t *testing.T) {
	for _, block := range []string{
		"resource \"aws_ecs_cluster\" \"x\" {\n name = \"x\"\n}\n", "locals {\n x = 1\n}\n", "variable \"x\" {}\n", "output \"x\" {\n value = 1\n}\n",
		"module \"x\" {\n source = \"./x\"\n}\n",
	} {
		r := scanModule(t, "resource \"aws_ecs_cluster\" \"main\" {\n name = \"main\"\n}\n-- override.tf --\n"+block)
		expect(t, r, main+" ECS.12 FAILED")
		if g := r.Coverage.Gaps; r.Resources != 1 || len(g) != 1 || g[0].Scope != "override.tf" || !strings.Contains(g[0].Reason, "line 1, column 1: overrides ") {
			t.Errorf("%s: %d resources, gaps %v, want a gap for what nothing declares", block, r.Resources, g)
		}
	}
}

// OpenTofu reads main.tofu instead of main.tf, and so for all its kinds of files.
func TestOpenTofuFiles(t *testing.T) {
	cluster := func(name, v string) string {
		return "resource \"aws_ecs_cluster\" \"" + name + "\" {\n name = \"" + name + "\"\n setting {\n  name = \"containerInsights\"\n  value = \"" + v + "\"\n }\n}\n"
	}
	inJSON := func(name, v string) string {
		return `{"resource": {"aws_ecs_cluster": {"` + name + `": {"name": "x", "setting": {"name": "containerInsights", "value": "` + v + "\"}}}}}\n"
	}
	r := scanModule(t, "-- a.tf --\n"+cluster("a", "disabled")+"-- a.tofu --\n"+cluster("a", "enabled")+"-- b.tofu --\n"+cluster("b", "disabled")+
		"-- b.tf.json --\n"+inJSON("c", "enabled")+
		"-- d.tf.json --\n"+inJSON("d", "disabled")+"-- d.tofu.json --\n"+inJSON("d", "enabled")+
		"-- e.tf --\n"+cluster("e", "disabled")+"-- e_override.tofu --\n"+cluster("e", "enabled")+
		"-- sub/main.tofu --\nmodule \"m\" { source = \"./m\" }\n-- sub/m/m.tofu --\n"+cluster("m", "disabled"))
	expect(t, r, `aws_ecs_cluster.a ECS.12 PASSED
		aws_ecs_cluster.b ECS.12 FAILED
		aws_ecs_cluster.c ECS.12 PASSED
		aws_ecs_cluster.d ECS.12 PASSED
		aws_ecs_cluster.e ECS.12 PASSED
		module.m.aws_ecs_cluster.m ECS.12 FAILED`)
	if r.Resources != 6 || len(r.Coverage.Gaps) > 0 {
		t.Errorf("%v, gaps %v, want each cluster once", ids(r), r.Coverage.Gaps)
	}
}

// OpenTofu makes nothing of what its lifecycle switches off.
func TestOpenTofuEnabled(t *testing.T) {
	r := scanModule(t, "variable \"x\" {}\nresource \"aws_ecs_cluster\" \"off\" {\n name = \"off\"\n lifecycle {\n  enabled = 1 > 2\n }\n}\nresource \"aws_ecs_cluster\" \"on\" {\n name = \"on\"\n lifecycle {\n  enabled = true\n  ignore_changes = [setting]\n }\n}\n"+
		"resource \"aws_ecs_cluster\" \"open\" {\n name = \"open\"\n lifecycle {\n  enabled = var.x\n }\n}\nmodule \"m\" {\n source = \"./m\"\n lifecycle {\n  enabled = false\n }\n}\n-- m/m.tf --\nresource \"aws_ecs_cluster\" \"m\" {\n name = \"m\"\n}\n")
	expect(t, r, "aws_ecs_cluster.on ECS.12 FAILED\naws_ecs_cluster.open ECS.12 FAILED")
	if r.Resources != 2 {
		t.Errorf("%v, want only what is on or may be", ids(r))
	}
}
