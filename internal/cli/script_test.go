package cli_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/ecsentry/ecsentry/internal/cli"
	"github.com/ecsentry/ecsentry/internal/ecstest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"ecsentry": func() {
			ctx, stop := cli.Interruptible(context.Background(), os.Stderr)
			code := cli.Main(ctx, cli.OS(cli.Build{Version: "v0.0.0-test", Commit: "0123456789abcdef0123456789abcdef01234567"}))
			stop()
			os.Exit(code)
		},
	})
}

// Each script of testdata/script is a test of the command line. The command
//
//	code N ARGS…
//
// runs ecsentry and wants that exit code; aws starts an account to scan.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, "AWS_EC2_METADATA_DISABLED=true", "AWS_CONFIG_FILE="+os.DevNull, "AWS_SHARED_CREDENTIALS_FILE="+os.DevNull)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code,
			"aws":  startAWS,
		},
	})
}

func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: code N ARGS…")
	}
	got := "0"
	if err := ts.Exec("ecsentry", args[1:]...); err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// startAWS starts a test double of AWS: two Regions with a cluster each, the
// first of which has a service on an older revision. "aws refusing" refuses to
// describe task definitions.
func startAWS(ts *testscript.TestScript, neg bool, args []string) {
	const account, region = "111122223333", "eu-west-1"
	world := &ecstest.World{}
	ireland := world.Region(account, region)
	hardened := ecstest.Object{"containerDefinitions": []any{ecstest.Object{
		"name": "app", "readonlyRootFilesystem": true, "logConfiguration": ecstest.Object{"logDriver": "awslogs"},
	}}}
	ireland.Register("web", hardened)
	ireland.Register("web", hardened)
	insights := ecstest.Object{"settings": []any{ecstest.Object{"name": "containerInsights", "value": "enabled"}}}
	ireland.AddCluster("prod", insights).AddService("web", ecstest.Object{
		"launchType": "FARGATE", "taskDefinition": ireland.ARN("task-definition/web:1"),
	})
	ireland.AddAggregator("org").Record(ecstest.Object{
		"arn": "arn:aws:ecs:us-west-2:444455556666:cluster/far", "resourceType": "AWS::ECS::Cluster",
		"accountId": "444455556666", "awsRegion": "us-west-2", "configuration": ecstest.Object{"ClusterName": "far"},
	})
	world.Region(account, "us-east-1").AddCluster("test", ecstest.Object{})
	server := ecstest.Start(world)
	ts.Defer(server.Close)
	switch {
	case neg || len(args) > 1 || len(args) == 1 && args[0] != "refusing":
		ts.Fatalf("usage: aws [refusing]")
	case len(args) == 1:
		server.Inject(ecstest.Fault{Action: "DescribeTaskDefinition", Kind: ecstest.Deny})
	}
	ts.Setenv("AWS_ENDPOINT_URL", server.URL)
	ts.Setenv("AWS_ACCESS_KEY_ID", ecstest.AccessKey(account))
	ts.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	ts.Setenv("AWS_REGION", region)
}
