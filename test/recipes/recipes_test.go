package recipes

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/ecsentry/ecsentry/test/program"
)

// standIn prints the recorded output of its own command line.
const standIn = "#!/bin/sh\nexec cat \"$RECORDED/$(basename \"$0\") $*\"\n"

// want are verdicts that each pipe must give, from what was recorded and the
// controls' text: control, status and the resource's ID.
var want = map[string][]string{
	"ecspresso render taskdef":                                     {"ECS.5 FAILED web", "ECS.9 PASSED web", "ECS.1 PASSED web"},
	"ecspresso render servicedef":                                  {"ECS.2 FAILED -"},
	"copilot svc package --name api --env test":                    {"ECS.5 FAILED TaskDefinition", "ECS.9 PASSED TaskDefinition", "ECS.2 FAILED Service", "ECS.10 PASSED Service"},
	"copilot job package --name report --env test":                 {"ECS.5 PASSED TaskDefinition", "ECS.9 PASSED TaskDefinition"},
	"cdk synth Web":                                                {"ECS.5 FAILED Task79114B6B", "ECS.9 FAILED Task79114B6B"},
	"terraform show -json plan.out":                                {"ECS.12 FAILED module.cluster.aws_ecs_cluster.this"},
	"jsonnet task.jsonnet":                                         {"ECS.4 FAILED agent", "ECS.5 PASSED agent"},
	"aws ecs describe-task-definition --task-definition web":       {"ECS.3 FAILED arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7"},
	"aws ecs describe-services --cluster prod --services web":      {"ECS.2 PASSED arn:aws:ecs:eu-west-1:111122223333:service/prod/web"},
	"aws ecs describe-clusters --clusters prod --include SETTINGS": {"ECS.12 PASSED arn:aws:ecs:eu-west-1:111122223333:cluster/prod"},
	"{ ecspresso render taskdef; ecspresso render servicedef; }":   {"ECS.5 FAILED web", "ECS.2 FAILED -"},
}

func TestPipes(t *testing.T) {
	p := program.Build(t)
	p.Dir = t.TempDir()
	recorded, tools := t.TempDir(), t.TempDir()
	archive, err := txtar.ParseFile("testdata/recipes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := os.ReadFile(filepath.Join(program.Root(t), "examples", "terraform", "plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(archive.Files, txtar.File{Name: "terraform show -json plan.out", Data: plan}) {
		put(t, filepath.Join(recorded, f.Name), string(f.Data), 0o600)
		tool, _, _ := strings.Cut(f.Name, " ")
		put(t, filepath.Join(tools, tool), standIn, 0o700)
	}
	if err := os.Symlink(p.Path, filepath.Join(tools, "ecsentry")); err != nil {
		t.Fatal(err)
	}
	shell := program.Program{
		Path: "/bin/sh", Dir: p.Dir,
		Env: []string{"RECORDED=" + recorded, "PATH=" + tools + string(os.PathListSeparator) + os.Getenv("PATH")},
	}
	written := pipes(t)
	for _, renderer := range written {
		t.Run(renderer, func(t *testing.T) {
			r := shell.Run(t, "-c", renderer+" | ecsentry scan --format json -")
			if r.Code > 1 || r.Stderr != "" {
				t.Fatalf("exit code %d\n%s", r.Code, r.Stderr)
			}
			var got []string
			for id, verdicts := range r.Report(t).Verdicts() {
				for control, status := range verdicts {
					got = append(got, fmt.Sprintf("%s %s %s", control, status, id))
				}
			}
			if len(want[renderer]) == 0 {
				t.Error("nothing is expected of it")
			}
			for _, w := range want[renderer] {
				if !slices.Contains(got, w) {
					t.Errorf("no %q in %q", w, got)
				}
			}
		})
	}
	for renderer := range want {
		if !slices.Contains(written, renderer) {
			t.Errorf("docs/recipes.md has no pipe from %q", renderer)
		}
	}
}

// pipes are the commands of docs/recipes.md whose output is piped into ecsentry.
func pipes(t *testing.T) (out []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(program.Root(t), "docs", "recipes.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("`([^`\n]+?) \\\\?\\| ecsentry scan -`").FindAllStringSubmatch(string(text), -1) {
		out = append(out, m[1])
	}
	if len(out) < 10 {
		t.Fatalf("found only %d pipes", len(out))
	}
	return out
}

// A renderer that fails prints nothing, and nothing is no pass.
func TestFailedRenderer(t *testing.T) {
	p := program.Build(t)
	p.Dir = t.TempDir()
	if r := p.Feed(t, "", "scan", "-"); r.Code != 2 {
		t.Errorf("exit code %d, want 2: %s", r.Code, r.Stderr)
	}
}

func put(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}
