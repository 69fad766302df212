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
		"csv":      ",envs/prod/main.tf,1\n",
	} {
		if got := shown(ecsentry.Reason{Outcome: ecsentry.Failed, Message: "is bad", At: elsewhere}, format); !strings.Contains(got, want) {
			t.Errorf("%s has no %q:\n%s", format, want, got)
		}
		if got := shown(ecsentry.Reason{Outcome: ecsentry.Failed, Message: "is bad", At: id.At}, format); format != "csv" && strings.Contains(got, "in envs") {
			t.Errorf("%s says twice where it stands:\n%s", format, got)
		}
	}
}
