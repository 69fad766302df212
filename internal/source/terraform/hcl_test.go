package terraform_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/ecsentry/ecsentry"
)

// module makes a folder of files written as a txtar archive, main.tf first.
func module(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	a := txtar.Parse([]byte(archive))
	files := append([]txtar.File{}, a.Files...)
	if len(strings.TrimSpace(string(a.Comment))) > 0 {
		files = append(files, txtar.File{Name: "main.tf", Data: a.Comment})
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func scanModule(t *testing.T, archive string) *ecsentry.Report {
	t.Helper()
	t.Chdir(module(t, archive))
	return scanPath(t, ".")
}

// webTask is a task definition with the given text of container_definitions.
func webTask(containers string) string {
	return "resource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web\"\n  network_mode = \"host\"\n  container_definitions = " + containers + "\n}\n"
}

func TestModuleVerdicts(t *testing.T) {
	for name, c := range map[string]struct{ module, want string }{
		"jsonencode": {
			webTask(`jsonencode([{ name = "app", user = "1000", readonlyRootFilesystem = true, logConfiguration = { logDriver = "awslogs" } }, { name = "log", privileged = true }])`),
			td + " ECS.1 PASSED\n" + td + " ECS.4 FAILED\n" + td + " ECS.5 FAILED\n" + td + " ECS.9 FAILED\n" + td + " ECS.3 PASSED",
		},
		"a data source in one value": {
			webTask(`jsonencode([{ name = "app", user = data.aws_ssm_parameter.user.value, readonlyRootFilesystem = true, image = "${data.aws_ecr_repository.x.repository_url}:1" }])`),
			td + " ECS.1 UNKNOWN\n" + td + " ECS.5 PASSED",
		},
		"a string that is known in part": {
			webTask(`jsonencode([{ name = "app", user = "root:${data.x.y.group}" }])`),
			td + " ECS.1 FAILED",
		},
		"a heredoc": {
			webTask("<<-EOT\n    [{\"name\": \"app\", \"user\": \"0:${data.x.y.z}\", \"cpu\": ${data.x.y.cpu}, \"privileged\": ${data.x.y.p}, \"readonlyRootFilesystem\": true}]\n  EOT"),
			td + " ECS.1 UNKNOWN\n" + td + " ECS.4 UNKNOWN\n" + td + " ECS.5 PASSED\n" + td + " ECS.9 FAILED",
		},
		"a heredoc that is JSON no more": {
			webTask("<<EOT\n[{\"name\": \"app\" ${data.x.y.more} }]\nEOT"),
			td + " ECS.5 UNKNOWN\n" + td + " ECS.3 PASSED",
		},
		"a loop in a template": {
			"locals { apps = { a = true, b = false } }\n" + webTask("<<-EOT\n    [%{ for n, ro in local.apps ~}\n    %{ if n != \"a\" },%{ endif }\n    {\"name\": \"${n}\", \"image\": \"${data.x.y.z}\", \"readonlyRootFilesystem\": ${ro}, \"privileged\": ${data.x.y.p}}\n    %{ endfor ~}]\n  EOT"),
			td + " ECS.5 FAILED\n" + td + " ECS.4 UNKNOWN\n" + td + " ECS.9 FAILED",
		},
		"a conditional in a template": {
			"variable \"c\" {}\nvariable \"d\" { default = true }\n" + webTask("<<-EOT\n    [{\"name\": \"a\", \"image\": \"%{ if var.d }${data.x.y.z}:1%{ else }x%{ endif }\", \"user\": \"%{ if var.c == \"x\" }root%{ else }1000%{ endif }\", \"readonlyRootFilesystem\": true}]\n  EOT"),
			td + " ECS.5 PASSED\n" + td + " ECS.1 UNKNOWN",
		},
		"a loop over what is not known": {
			webTask("<<-EOT\n    [%{ for n in data.x.y.l }{\"name\": \"${n}\"},%{ endfor }{\"name\": \"last\"}]\n  EOT"),
			td + " ECS.5 UNKNOWN\n" + td + " ECS.3 PASSED",
		},
		"no JSON": {webTask(`"[{"`), td + " ECS.5 UNKNOWN"},
		"variables": {
			"variable \"ro\" { default = true }\nvariable \"mode\" { type = string }\nvariable \"user\" { type = string }\n" +
				webTask(`jsonencode([{ name = "app", readonlyRootFilesystem = var.ro, user = var.user }])`) + "-- terraform.tfvars --\nuser = \"1000\"\n",
			td + " ECS.5 PASSED\n" + td + " ECS.1 PASSED",
		},
		"files of variables in order": {
			"variable \"ro\" { type = bool }\n" + webTask(`jsonencode([{ name = "app", readonlyRootFilesystem = var.ro }])`) +
				"-- terraform.tfvars --\nro = true\n-- a.auto.tfvars --\nro = true\n-- b.auto.tfvars.json --\n{\"ro\": false}\n",
			td + " ECS.5 FAILED",
		},
		"a variable without a value": {
			"variable \"ro\" { type = bool }\n" + webTask(`jsonencode([{ name = "app", readonlyRootFilesystem = var.ro }])`),
			td + " ECS.5 UNKNOWN",
		},
		"a typed variable with optional attributes": {
			"variable \"app\" {\n type = object({ name = string, ro = optional(bool, true) })\n default = { name = \"app\" }\n}\n" +
				webTask(`jsonencode([{ name = var.app.name, readonlyRootFilesystem = var.app.ro }])`),
			td + " ECS.5 PASSED",
		},
		"locals and functions": {
			"locals {\n base = { name = \"app\", readonlyRootFilesystem = false }\n all = concat([merge(local.base, { readonlyRootFilesystem = true })], [for n in [\"a\", \"b\"] : { name = n, readonlyRootFilesystem = n == \"a\" || length(n) == 1 }])\n}\n" +
				webTask(`jsonencode(local.all)`),
			td + " ECS.5 PASSED",
		},
		"some containers are not known": {
			"variable \"sidecars\" {}\n" + webTask(`jsonencode(concat([{ name = "app", readonlyRootFilesystem = true, privileged = true }], var.sidecars))`),
			td + " ECS.4 FAILED\n" + td + " ECS.5 UNKNOWN",
		},
		"conditionals": {
			"variable \"a\" { default = true }\nvariable \"b\" {}\n" +
				webTask(`jsonencode([{ name = "app", readonlyRootFilesystem = var.a ? true : false, privileged = var.b ? false : false, user = var.b == "x" ? "root" : "1000" }])`),
			td + " ECS.5 PASSED\n" + td + " ECS.4 PASSED\n" + td + " ECS.1 UNKNOWN",
		},
		"a file and a template": {
			"locals { x = 1 }\n" + webTask(`file("${path.module}/containers.json")`) +
				"resource \"aws_ecs_task_definition\" \"t\" {\n family = \"t\"\n container_definitions = templatefile(\"containers.tftpl\", { user = \"1000\", ro = true })\n network_mode = \"host\"\n}\n" +
				"-- containers.json --\n[{\"name\": \"app\", \"privileged\": true}]\n-- containers.tftpl --\n[{\"name\": \"app\", \"user\": \"${user}\", \"readonlyRootFilesystem\": ${ro}}]\n",
			td + " ECS.4 FAILED\naws_ecs_task_definition.t ECS.5 PASSED\naws_ecs_task_definition.t ECS.1 PASSED",
		},
		"files that are looked for": {
			"resource \"aws_ecs_task_definition\" \"t\" {\n for_each = fileset(\"${path.module}/tasks\", \"**/*.{json,yaml}\")\n family = \"t\"\n" +
				" container_definitions = endswith(each.value, \".yaml\") ? jsonencode(yamldecode(file(\"tasks/${each.value}\"))) : file(\"tasks/${each.value}\")\n}\n" +
				webTask(`fileexists("gone.json") ? file("gone.json") : jsonencode([{ name = "app", privileged = fileexists("../x") }])`) +
				"-- tasks/a.json --\n[{\"name\": \"app\", \"privileged\": true}]\n-- tasks/x/b.yaml --\n- name: app\n  readonlyRootFilesystem: yes\n  user: 1000:1000\n-- tasks/c.txt --\nx\n",
			`aws_ecs_task_definition.t["a.json"] ECS.4 FAILED` + "\n" + `aws_ecs_task_definition.t["x/b.yaml"] ECS.5 PASSED` + "\n" + td + " ECS.5 FAILED\n" + td + " ECS.4 UNKNOWN",
		},
		"a file outside": {webTask(`file("../containers.json")`), td + " ECS.4 UNKNOWN"},
		"the workspace": {
			webTask(`jsonencode([{ name = "app", privileged = terraform.workspace == "dev" }])`), td + " ECS.4 UNKNOWN",
		},
		"count and for_each": {
			"variable \"n\" {}\nresource \"aws_ecs_cluster\" \"c\" {\n count = 2\n name = \"c${count.index}\"\n}\n" +
				"resource \"aws_ecs_cluster\" \"e\" {\n for_each = { a = \"enabled\", b = \"disabled\" }\n name = each.key\n setting {\n  name = \"containerInsights\"\n  value = each.value\n }\n}\n" +
				"resource \"aws_ecs_cluster\" \"none\" {\n count = 0\n name = \"none\"\n}\n" +
				"resource \"aws_ecs_cluster\" \"open\" {\n count = var.n\n name = \"open\"\n}\n",
			"aws_ecs_cluster.c[0] ECS.12 FAILED\naws_ecs_cluster.c[1] ECS.12 FAILED\naws_ecs_cluster.e[\"a\"] ECS.12 PASSED\naws_ecs_cluster.e[\"b\"] ECS.12 FAILED\naws_ecs_cluster.open ECS.12 FAILED",
		},
		"a count that Terraform refuses": {
			"resource \"aws_ecs_cluster\" \"a\" {\n count = -1\n name = \"a\"\n}\nresource \"aws_ecs_cluster\" \"b\" {\n count = 1.5\n name = \"b\"\n}\nresource \"aws_ecs_cluster\" \"c\" {\n count = null\n name = \"c\"\n}\n",
			"aws_ecs_cluster.a ECS.12 FAILED\naws_ecs_cluster.b ECS.12 FAILED\naws_ecs_cluster.c ECS.12 FAILED",
		},
		"dynamic blocks": {
			"variable \"s\" { default = { containerInsights = \"enhanced\" } }\nvariable \"open\" {}\n" +
				"resource \"aws_ecs_cluster\" \"main\" {\n name = \"main\"\n dynamic \"setting\" {\n  for_each = var.s\n  iterator = it\n  content {\n   name = it.key\n   value = it.value\n  }\n }\n}\n" +
				"resource \"aws_ecs_cluster\" \"open\" {\n name = \"main\"\n dynamic \"setting\" {\n  for_each = var.open\n  content {\n   name = setting.key\n   value = setting.value\n  }\n }\n}\n",
			main + " ECS.12 PASSED\naws_ecs_cluster.open ECS.12 UNKNOWN",
		},
		"services": {
			"resource \"aws_ecs_service\" \"web\" {\n name = \"web\"\n launch_type = \"FARGATE\"\n platform_version = \"1.3.0\"\n network_configuration {\n  subnets = [aws_subnet.a.id]\n  assign_public_ip = true\n }\n}\n" +
				"resource \"aws_ecs_service\" \"plain\" {\n name = \"plain\"\n}\n" +
				"resource \"aws_ecs_service\" \"open\" {\n name = \"open\"\n platform_version = \"1.3.0\"\n launch_type = aws_x.y.z\n network_configuration {\n  assign_public_ip = aws_x.y.z\n }\n}\n",
			svc + " ECS.2 FAILED\n" + svc + " ECS.10 FAILED\naws_ecs_service.plain ECS.2 PASSED\naws_ecs_service.plain ECS.10 PASSED\naws_ecs_service.open ECS.2 UNKNOWN\naws_ecs_service.open ECS.10 UNKNOWN",
		},
		"links": {
			"resource \"aws_ecs_cluster\" \"main\" {\n name = \"main\"\n}\n" +
				"resource \"aws_ecs_cluster_capacity_providers\" \"main\" {\n cluster_name = aws_ecs_cluster.main.name\n default_capacity_provider_strategy {\n  capacity_provider = \"FARGATE\"\n }\n}\n" +
				"resource \"aws_ecs_task_definition\" \"win\" {\n family = \"win\"\n container_definitions = \"[]\"\n runtime_platform {\n  operating_system_family = \"WINDOWS_SERVER_2022_CORE\"\n }\n}\n" +
				"resource \"aws_ecs_service\" \"web\" {\n name = \"web\"\n cluster = aws_ecs_cluster.main.id\n task_definition = aws_ecs_task_definition.win.arn\n platform_version = \"1.0.0\"\n}\n" +
				"resource \"aws_ecs_service\" \"old\" {\n name = \"old\"\n cluster = \"main\"\n task_definition = \"${aws_ecs_task_definition.win.family}:1\"\n platform_version = \"0.9\"\n}\n",
			svc + " ECS.10 PASSED\naws_ecs_service.old ECS.10 FAILED",
		},
		"a list that is no text": {webTask(`[{ name = "app", privileged = true }]`), td + " ECS.4 UNKNOWN"},
		"numbers": {
			"resource \"aws_ecs_service\" \"web\" {\n name = \"web\"\n launch_type = \"FARGATE\"\n platform_version = 1.3\n}\n" +
				webTask(`jsonencode([{ name = "app", user = 0, logConfiguration = { logDriver = 5 } }])`),
			svc + " ECS.10 FAILED\n" + td + " ECS.1 FAILED\n" + td + " ECS.9 UNKNOWN",
		},
		"sensitive": {
			"variable \"p\" {\n sensitive = true\n default = true\n}\n" + webTask(`jsonencode([{ name = "app", privileged = var.p }])`), td + " ECS.4 FAILED",
		},
		"JSON syntax": {
			"-- main.tf.json --\n{\"variable\": {\"ro\": {\"default\": true}}, \"resource\": {\"aws_ecs_task_definition\": {\"web\": {\"family\": \"web\", \"container_definitions\": \"${jsonencode([{name = \\\"app\\\", readonlyRootFilesystem = var.ro}])}\"}}, \"aws_ecs_cluster\": {\"main\": {\"name\": \"main\", \"setting\": [{\"name\": \"containerInsights\", \"value\": \"enabled\"}]}}}}\n",
			td + " ECS.5 PASSED\n" + td + " ECS.9 FAILED\n" + main + " ECS.12 PASSED",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := scanModule(t, c.module)
			if len(r.Coverage.Gaps)+len(r.Coverage.Refused) > 0 {
				t.Fatalf("gaps: %v", r.Coverage)
			}
			expect(t, r, c.want)
		})
	}
}

const app = `variable "cluster" {}
variable "privileged" { default = false }
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "app", privileged = var.privileged }])
}
resource "aws_ecs_service" "web" {
  name             = "web"
  cluster          = var.cluster
  platform_version = "1.3.0"
}
`

func TestModulesAndRoots(t *testing.T) {
	r := scanModule(t, `-- envs/dev/main.tf --
module "cluster" { source = "../../modules/cluster" }
module "app" {
  source   = "../../modules/app"
  for_each = toset(["x", "y"])
  cluster  = module.cluster.id
  privileged = each.key == "y"
}
-- envs/prod/main.tf --
module "app" {
  source  = "../../modules/app"
  cluster = "elsewhere"
}
module "ecs" {
  source  = "terraform-aws-modules/ecs/aws"
  version = "5.0"
}
module "gone" { source = "./gone" }
module "here" {
  source  = "example.com/x/y/z"
}
-- envs/prod/.terraform/modules/modules.json --
{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"here","Source":"x","Dir":".terraform/modules/here"}]}
-- envs/prod/.terraform/modules/here/main.tf --
resource "aws_ecs_cluster" "this" { name = "this" }
-- modules/app/main.tf --
`+app+`-- modules/cluster/main.tf --
resource "aws_ecs_cluster" "this" { name = "main" }
output "id" { value = aws_ecs_cluster.this.id }
-- other/vars/prod.tfvars --
x = 1
`)
	expect(t, r, `module.app["x"].aws_ecs_task_definition.web ECS.4 PASSED
		module.app["y"].aws_ecs_task_definition.web ECS.4 FAILED
		module.app["x"].aws_ecs_service.web ECS.10 NOT_APPLICABLE
		module.app.aws_ecs_task_definition.web ECS.4 PASSED
		module.app.aws_ecs_service.web ECS.10 UNKNOWN
		module.cluster.aws_ecs_cluster.this ECS.12 FAILED
		module.here.aws_ecs_cluster.this ECS.12 FAILED`)
	if r.Resources != 8 {
		t.Errorf("%d resources, want 8: modules are judged through their roots only: %v", r.Resources, ids(r))
	}
	if at := find(t, r, "module.app.aws_ecs_service.web", "ECS.10").Resource.File(); at != "envs/prod/main.tf" {
		t.Errorf("the resource is in %s, want the root that makes it", at)
	}
	if at := find(t, r, `module.app["y"].aws_ecs_task_definition.web`, "ECS.4").Verdict.Reasons[0].At.Position().String(); at != "modules/app/main.tf:5:68" {
		t.Errorf("the reason is at %s, want the place in the module", at)
	}
	notCovered := r.Coverage.NotCovered
	if len(notCovered) != 1 || !strings.Contains(notCovered[0].Reason, "terraform init") || notCovered[0].Scope != "envs/prod/main.tf: module.ecs" {
		t.Errorf("not covered: %v, want the registry module", notCovered)
	}
	if gaps := r.Coverage.Gaps; len(gaps) != 1 || !strings.Contains(gaps[0].Scope, "module.gone") {
		t.Errorf("gaps: %v, want the local module that is not there", gaps)
	}
}

func TestUnknownsSayHow(t *testing.T) {
	r := scanModule(t, `variable "ro" { type = bool }
`+webTask(`jsonencode([{ name = "app", readonlyRootFilesystem = !var.ro, privileged = data.x.y.z }])`)+`
resource "aws_ecs_cluster" "open" {
  count = length(data.x.y.z)
  name  = "open"
}
resource "aws_ecs_cluster" "settings" {
  name = "settings"
  dynamic "setting" {
    for_each = data.x.y.settings
    content {
      name  = setting.key
      value = setting.value
    }
  }
}
`)
	reason := find(t, r, "aws_ecs_cluster.settings", "ECS.12").Verdict.Reasons[0]
	if reason.Hint != "scan the plan" || !strings.Contains(reason.Message, "data.x.y.settings is not known here") {
		t.Errorf("a dynamic block: %q, hint %q", reason.Message, reason.Hint)
	}
	for control, want := range map[string]string{"ECS.5": "--var ro=", "ECS.4": "scan the plan"} {
		if hint := find(t, r, td, control).Verdict.Reasons[0].Hint; !strings.Contains(hint, want) {
			t.Errorf("%s: hint %q, want %q in it", control, hint, want)
		}
	}
	if m := find(t, r, "aws_ecs_cluster.open", "ECS.12").Verdict.Reasons[0].Message; !strings.Contains(m, "judged once") {
		t.Errorf("message %q does not say that it is judged once", m)
	}
}

func TestPlacesInHeredocs(t *testing.T) {
	r := scanModule(t, "variable \"n\" { default = \"app\" }\n"+webTask("<<-EOT\n    [\n      {\"name\": \"${var.n}\",\n       \"privileged\": true}\n    ]\n  EOT"))
	if at := find(t, r, td, "ECS.4").Verdict.Reasons[0].At.Position().String(); at != "main.tf:8:22" {
		t.Errorf("privileged is at %s, want main.tf:8:22", at)
	}
}
