package terraform_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestBrokenModules(t *testing.T) {
	for name, c := range map[string]struct {
		module        string
		gaps, skipped int
	}{
		"a syntax error":          {"resource \"aws_ecs_cluster\" \"a\" {\n", 1, 0},
		"a syntax error not ours": {"resource \"aws_vpc\" \"a\" {\n", 0, 1},
		"nesting":                 {"locals { aws_ecs_ = " + strings.Repeat("(", 100_000) + strings.Repeat(")", 100_000) + " }\n", 1, 0},
		"operators":               {"locals { aws_ecs_ = 1" + strings.Repeat("+1", 100_000) + " }\n", 1, 0},
		"minuses":                 {"locals { aws_ecs_ = " + strings.Repeat("-", 100_000) + "1 }\n", 1, 0},
		"a module that calls itself": {
			"-- a/main.tf --\nmodule \"b\" { source = \"../b\" }\n-- b/main.tf --\nmodule \"a\" { source = \"../a\" }\nresource \"aws_ecs_cluster\" \"x\" { name = \"x\" }\n", 1, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			c1 := scanModule(t, c.module).Coverage
			if len(c1.Gaps) != c.gaps || len(c1.Skipped) != c.skipped {
				t.Errorf("gaps %v, skipped %v", c1.Gaps, c1.Skipped)
			}
		})
	}
}

// What multiplies ends early, and is unknown.
func TestBombs(t *testing.T) {
	var doubling strings.Builder
	doubling.WriteString("locals {\n  a0 = \"xxxxxxxxxxxxxxxx\"\n")
	names := []string{"a0"}
	for i := 1; i < 60; i++ {
		names = append(names, "a"+strings.Repeat("1", i))
		doubling.WriteString("  " + names[i] + " = \"${local." + names[i-1] + "}${local." + names[i-1] + "}\"\n")
	}
	doubling.WriteString("}\n")
	last := names[len(names)-1]
	for name, locals := range map[string]string{
		"doubling":     strings.ReplaceAll(doubling.String(), last+" =", "user ="),
		"loops":        "locals {\n  l = range(1000)\n  user = [for a in local.l : [for b in local.l : [for c in local.l : a]]]\n}\n",
		"rebound":      "locals {\n  l = range(1000)\n  user = [for a in [local.l] : [for b in a : [for c in a : [for d in a : 1]]]]\n}\n",
		"itself":       "locals {\n  user = local.b\n  b = local.user\n}\n",
		"concat":       "locals {\n  a = concat(local.b, local.b)\n  b = concat(local.a, local.a)\n  user = local.a\n}\n",
		"huge":         "locals {\n  n = \"1e999999999\"\n  user = \"${local.n * 1}\"\n}\n",
		"literal":      "locals {\n  user = \"${\"1e999999999\" * 1}\"\n}\n",
		"decoded":      "locals {\n  user = \"${jsondecode(\"1e999999999\")}\"\n}\n",
		"squares":      "locals {\n  user = \"${local.n3 * local.n3}\"\n  n3 = local.n2 * local.n2 * local.n2 * local.n2\n  n2 = local.n1 * local.n1 * local.n1 * local.n1\n  n1 = 1e90 * 1e90 * 1e90 * 1e90 * 1e90 * 1e90 * 1e90\n}\n",
		"chain":        chain(5000),
		"width":        "locals {\n  user = format(\"%999999999d\", 1)\n}\n",
		"ranges":       "locals {\n  user = jsonencode([for i in range(1024) : [for j in range(8) : range(1024)]])\n}\n",
		"replaced":     "locals {\n  l = join(\"\", [for i in range(1000) : \"aaaaaaaaaaaaaaaaaaaaaaaaaaaa\"])\n  user = replace(local.l, \"a\", local.l)\n}\n",
		"indented":     "locals {\n  l = join(\"\\n\", range(1024))\n  m = join(local.l, range(30))\n  user = indent(1000, local.m)\n}\n",
		"billions":     "locals {\n  user = yamldecode(\"a: &a [x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\\nf: [*e,*e,*e,*e,*e,*e,*e,*e]\")\n}\n",
		"nested files": "locals {\n  user = " + strings.Repeat("file(", 60) + "\"x\"" + strings.Repeat(")", 60) + "\n}\n",
		"setproduct":   "locals {\n  l = range(1000)\n  user = setproduct(local.l, local.l, local.l, local.l)\n}\n",
		"template":     "locals {\n  user = templatefile(\"t.tftpl\", {})\n}\n",
	} {
		t.Run(name, func(t *testing.T) {
			r := scanModule(t, locals+webTask(`jsonencode([{ name = "app", user = local.user }])`)+"-- t.tftpl --\n${templatefile(\"t.tftpl\", {})}\n")
			expect(t, r, td+" ECS.1 UNKNOWN\n"+td+" ECS.4 PASSED")
		})
	}
}

// What is large because there is much of it is evaluated.
func TestManyServices(t *testing.T) {
	var module strings.Builder
	module.WriteString("locals {\n  services = {\n")
	for i := range 200 {
		fmt.Fprintf(&module, "    s%d = { image = \"registry.example.com/team/service:%d\", port = 8080, env = { A = \"a\", B = \"b\", C = \"c\", LEVEL = \"info\" }, sidecars = [\"xray\", \"otel\"] }\n", i, i)
	}
	module.WriteString(`  }
  defs = { for k, s in local.services : k => concat([{
    name = k, image = s.image, user = "1000", readonlyRootFilesystem = true, essential = true
    portMappings = [{ containerPort = s.port, hostPort = s.port, protocol = "tcp" }]
    environment = concat([for n, v in s.env : { name = n, value = v }], [{ name = "SERVICE", value = k }])
    logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "/ecs/${k}", "awslogs-region" = "eu-west-1" } }
    healthCheck = { command = ["CMD-SHELL", "curl -f http://localhost:${s.port}/health || exit 1"], interval = 30 }
  }], [for c in s.sidecars : { name = c, image = "x/${c}:1", readonlyRootFilesystem = true, logConfiguration = { logDriver = "awslogs" } }]) }
}
resource "aws_ecs_task_definition" "x" {
  for_each = local.services
  family = each.key
  container_definitions = jsonencode(local.defs[each.key])
}
`)
	r := scanModule(t, module.String())
	if s := r.Summary(); r.Resources != 200 || s.Unknown > 0 || s.Failed > 0 {
		t.Errorf("%d resources, %+v, want 200 that pass", r.Resources, s)
	}
}

func TestNamedFile(t *testing.T) {
	t.Chdir(module(t, "variable \"on\" { default = \"enabled\" }\nresource \"aws_ecs_cluster\" \"other\" { name = \"other\" }\n-- cluster.tf --\nresource \"aws_ecs_cluster\" \"main\" {\n  name = \"main\"\n  setting {\n    name = \"containerInsights\"\n    value = var.on\n  }\n}\n"))
	r := scanPath(t, "cluster.tf")
	expect(t, r, main+" ECS.12 PASSED")
	if r.Resources != 1 {
		t.Errorf("%v, want only what the named file declares", ids(r))
	}
}

// A named file that overrides, or that another replaces.
func TestNamedOverride(t *testing.T) {
	t.Chdir(module(t, "resource \"aws_ecs_cluster\" \"main\" { name = \"main\" }\nresource \"aws_ecs_cluster\" \"other\" { name = \"other\" }\nmodule \"m\" { source = \"./m\" }\n"+
		"-- override.tf --\nresource \"aws_ecs_cluster\" \"main\" {\n name = \"x\"\n}\nmodule \"m\" { source = \"./m\" }\n"+
		"-- m/m.tf --\nresource \"aws_ecs_cluster\" \"m\" { name = \"m\" }\n-- old.tf --\nlocals {}\n-- old.tofu --\nlocals {}\n"))
	r := scanPath(t, "override.tf")
	expect(t, r, main+" ECS.12 FAILED\nmodule.m.aws_ecs_cluster.m ECS.12 FAILED")
	if r.Resources != 2 {
		t.Errorf("%v, want only what the named file overrides", ids(r))
	}
	if c := scanPath(t, "old.tf").Coverage.NotCovered; len(c) != 1 || c[0].Scope != "old.tf" || !strings.Contains(c[0].Reason, "OpenTofu") {
		t.Errorf("not covered: %v, want the file that OpenTofu does not read", c)
	}
}

func TestTargetsAreSorted(t *testing.T) {
	r := scanModule(t, "-- b/main.tf --\nresource \"aws_ecs_cluster\" \"main\" { name = \"b\" }\n-- a/main.tf --\nresource \"aws_ecs_cluster\" \"main\" { name = \"a\" }\n")
	var files []string
	for f := range r.Findings.All() {
		files = append(files, f.Resource.File())
	}
	if !slices.Equal(files, []string{"a/main.tf", "b/main.tf"}) {
		t.Errorf("%v", files)
	}
}

// chain is a local that is reached by many others.
func chain(n int) string {
	var out strings.Builder
	out.WriteString("locals {\n  user = local.l0\n")
	for i := range n {
		fmt.Fprintf(&out, "  l%d = local.l%d\n", i, i+1)
	}
	fmt.Fprintf(&out, "  l%d = \"1000\"\n}\n", n)
	return out.String()
}

// Modules that call modules many times end early.
func TestTooManyModules(t *testing.T) {
	var archive strings.Builder
	for i := range 6 {
		fmt.Fprintf(&archive, "-- m%d/main.tf --\nmodule \"x\" {\n  source = \"../m%d\"\n  count = 100\n}\n", i, i+1)
	}
	archive.WriteString("-- m6/main.tf --\nvariable \"x\" {}\n")
	c := scanModule(t, archive.String()).Coverage
	if len(c.Gaps) != 1 || !strings.Contains(c.Gaps[0].Reason, "too many modules") {
		t.Errorf("gaps: %v", c.Gaps)
	}
}

// A link that leads out of the scanned folder is not followed by a module.
func TestLinkOutside(t *testing.T) {
	dir := module(t, "-- outside.json --\n[{\"name\": \"s3cret\", \"privileged\": true}]\n-- in/main.tf --\n"+webTask(`file("link.json")`))
	if err := os.Symlink(filepath.Join(dir, "outside.json"), filepath.Join(dir, "in", "link.json")); err != nil {
		t.Fatal(err)
	}
	expect(t, scanPath(t, filepath.Join(dir, "in")), td+" ECS.4 UNKNOWN")
}
