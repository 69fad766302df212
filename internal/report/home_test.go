package report

import (
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
)

// Two root modules that call one module have resources of one address that are
// decided at one place: reports for people say which is which.
func TestHome(t *testing.T) {
	const root, module = "module x", "value = var.public"
	id := &ecsentry.Identity{
		Type: ecsentry.Service, ID: "module.x.aws_ecs_service.web", Name: "web", Source: ecsentry.SourceTerraform,
		Partition: "aws", At: at(&fakeText{name: "envs/prod/main.tf", raw: root}, root, "module", nil, ""),
	}
	elsewhere := at(&fakeText{name: "modules/web/main.tf", raw: module}, module, "var.public", nil, "")
	shown := func(where ecsentry.Reason, format string) string {
		return string(write(t, format, one(where, id), Options{}))
	}
	for format, want := range map[string]string{
		"text":     "--> modules/web/main.tf:1:9   module.x.aws_ecs_service.web   in envs/prod/main.tf:1\n",
		"compact":  "is bad; in envs/prod/main.tf:1\n",
		"markdown": "`module.x.aws_ecs_service.web` in `envs/prod/main.tf:1`",
		"github":   "is bad. The resource stands in envs/prod/main.tf:1.",
		"gitlab":   "is bad. The resource stands in envs/prod/main.tf:1.",
		"junit":    "is bad. The resource stands in envs/prod/main.tf:1.",
		"sarif":    "is bad. The resource stands in envs/prod/main.tf:1.",
		"csv":      ",envs/prod/main.tf,1,",
	} {
		if got := shown(ecsentry.Reason{Outcome: ecsentry.Failed, Message: "is bad", At: elsewhere}, format); !strings.Contains(got, want) {
			t.Errorf("%s has no %q:\n%s", format, want, got)
		}
		if got := shown(ecsentry.Reason{Outcome: ecsentry.Failed, Message: "is bad", At: id.At}, format); format != "csv" && strings.Contains(got, "in envs") {
			t.Errorf("%s says twice where it stands:\n%s", format, got)
		}
	}
}

// In the results of many accounts, resources of one name have places and ARNs: the
// whole ARN says which account it is.
func TestWhichAccount(t *testing.T) {
	const raw, arn = "{web}", "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3"
	id := &ecsentry.Identity{
		Type: ecsentry.TaskDefinition, ID: arn, Name: "web", Source: ecsentry.SourceAWSConfig, Partition: "aws",
		At: at(&fakeText{name: "snapshot.json", raw: raw}, raw, "web", nil, ""),
	}
	r := one(ecsentry.Reason{Outcome: ecsentry.Failed, Message: "is bad", At: id.At}, id)
	for _, tt := range []struct {
		format string
		o      Options
		want   string
	}{
		{"text", Options{}, "--> snapshot.json:1:2   " + arn + "\n"},
		{"text", Options{GroupBy: "control"}, "snapshot.json:1:2   " + arn + "\n"},
		{"text", Options{GroupBy: "resource"}, "task definition web   snapshot.json:1:2 " + arn},
		{"markdown", Options{}, "`snapshot.json:1:2` `" + arn + "`"},
	} {
		if got := string(write(t, tt.format, r, tt.o)); !strings.Contains(got, tt.want) {
			t.Errorf("%s, %v, has no %q:\n%s", tt.format, tt.o, tt.want, got)
		}
	}
}
