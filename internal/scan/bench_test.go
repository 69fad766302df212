package scan_test

import (
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
)

const threeContainers = `{"family": "web", "networkMode": "awsvpc", "containerDefinitions": [
	{"name": "app", "readonlyRootFilesystem": true, "user": "1000",
	 "environment": [{"name": "PORT"}, {"name": "STAGE"}, {"name": "LOG_LEVEL"}, {"name": "REGION"}],
	 "logConfiguration": {"logDriver": "awslogs"}},
	{"name": "log", "firelensConfiguration": {"type": "fluentbit"}, "environment": [{"name": "FLB_LOG_LEVEL"}],
	 "logConfiguration": {"logDriver": "awslogs"}},
	{"name": "agent", "readonlyRootFilesystem": false, "environment": [{"name": "AWS_ACCESS_KEY_ID"}]}]}`

// BenchmarkControls judges one decoded task definition of three containers by
// all six controls for task definitions; the project's bound is 2 µs.
func BenchmarkControls(b *testing.B) {
	td := taskDefinition(line("web.json", 1), threeContainers)
	type check struct {
		*ecsentry.Control
		params ecsentry.Params
	}
	var checks []check
	for _, c := range catalog.Controls() {
		if c.ResourceType == ecsentry.TaskDefinition {
			checks = append(checks, check{c, c.Defaults()})
		}
	}
	if len(checks) != 6 {
		b.Fatalf("%d controls, want six", len(checks))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range checks {
			ecsentry.Judge(c.Control, td, c.params)
		}
	}
}
