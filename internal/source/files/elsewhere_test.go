package files_test

import (
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry/internal/source/files"
)

// Who names a file that another tool renders is told that tool's command.
func TestFilesOfOtherTools(t *testing.T) {
	for name, tt := range map[string]struct{ file, text, hint string }{
		"jsonnet":          {"td.jsonnet", "local mode = 'host';\n{ mine: mode }\n", "ecspresso render taskdef | ecsentry scan -"},
		"jsonnet as YAML":  {"td.jsonnet", "{ mine: mode }\n", "ecspresso render taskdef | ecsentry scan -"},
		"a library of it":  {"td.libsonnet", "{ other: 1 }", "jsonnet FILE | ecsentry scan -"},
		"ecspresso":        {"ecspresso.yml", "region: eu-west-1\ncluster: web\nservice: web\ntask_definition: td.json\n", "ecspresso render taskdef | ecsentry scan -"},
		"copilot service":  {"copilot/api/manifest.yml", "name: api\ntype: Load Balanced Web Service\nimage: {build: Dockerfile}\n", "copilot svc package --name NAME --env ENV | ecsentry scan -"},
		"copilot job":      {"manifest.yml", "name: report\ntype: Scheduled Job\n", "copilot job package --name NAME --env ENV | ecsentry scan -"},
		"another manifest": {"manifest.yml", "name: api\ntype: Static Site\n", ""},
		"compose":          {"compose.yaml", "services:\n  web:\n    image: nginx\n", "ecs-compose-x render"},
		"compose, built":   {"docker-compose.yml", "version: '3'\nservices: {web: {build: .}}\n", "aws ecs describe-task-definition --task-definition FAMILY | ecsentry scan -"},
		"other services":   {"x.yaml", "services:\n  - web\n", ""},
		"cdk":              {"cdk.json", `{"app": "npx ts-node bin/web.ts", "context": {}}`, "cdk synth"},
		"saved results":    {"main.json", `{"schema":"ecsentry.scan/1","findings":[]}`, "ecsentry report FILE"},
		"an index":         {"index.json", `{"listed": []}`, "scan the folder"},
		"anything":         {"x.json", `{"app": "x", "name": "y"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			tree(t, map[string]string{tt.file: tt.text})
			got := collect(t, files.Options{Paths: []string{tt.file}})
			if len(got.resources) > 0 || len(got.coverage.Refused) != 1 {
				t.Fatalf("%v, refused %v, want it refused once", got.resources, got.coverage.Refused)
			}
			reason := got.coverage.Refused[0].Reason
			if tt.hint == "" && strings.Contains(reason, "(") || !strings.Contains(reason, tt.hint) {
				t.Errorf("%q, want the hint %q", reason, tt.hint)
			}
		})
	}
}

// Jsonnet that is JSON is ours, and needs no renderer.
func TestJsonnetThatIsJSON(t *testing.T) {
	tree(t, map[string]string{"td.jsonnet": mine("a")})
	if got := collect(t, files.Options{Paths: []string{"td.jsonnet"}}); len(got.resources) != 1 {
		t.Errorf("%v, %+v", got.resources, got.coverage)
	}
}
