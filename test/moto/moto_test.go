package moto

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/test/program"
)

// mark stands where a secret would.
const mark = "xq7vxq7vxq7v"

const (
	arn = "arn:aws:ecs:" + region + ":123456789012:"

	hosted = `{"family": "node-agent", "networkMode": "host", "pidMode": "host", "containerDefinitions": [
		{"name": "agent", "image": "agent", "memory": 64, "readonlyRootFilesystem": true},
		{"name": "probe", "image": "probe", "memory": 64, "readonlyRootFilesystem": true, "privileged": true}]}`
	apiWritable = `{"family": "api", "containerDefinitions": [{"name": "api", "image": "api:1", "memory": 64}]}`
	apiReadonly = `{"family": "api", "networkMode": "awsvpc", "containerDefinitions": [{"name": "api", "image": "api:2", "command": ["--token=", "` + mark + `"],
		"environment": [{"name": "TOKEN", "value": "` + mark + `"}], "dockerLabels": {"token": "` + mark + `"}, "memory": 64, "readonlyRootFilesystem": true, "logConfiguration": {"logDriver": "awslogs"}}]}`
	publicService = `{"cluster": "staging", "serviceName": "search", "taskDefinition": "api", "launchType": "FARGATE",
		"platformVersion": "1.3.0", "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["SUBNET"], "securityGroups": ["GROUP"],
		"assignPublicIp": "ENABLED"}}}`
	privateService = `{"cluster": "staging", "serviceName": "api", "taskDefinition": "api", "launchType": "FARGATE",
		"platformVersion": "LATEST", "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["SUBNET"], "securityGroups": ["GROUP"],
		"assignPublicIp": "DISABLED"}}}`
	instanceService = `{"cluster": "batch", "serviceName": "agents", "taskDefinition": "node-agent", "launchType": "EC2"}`
	insightsOff     = `[{"name": "containerInsights", "value": "disabled"}]`
)

// want is what the controls' text says of what fill makes.
var want = map[string]map[string]string{
	arn + "task-definition/storefront:1": { // examples/.aws/task-definition.json
		"ECS.1": "PASSED", "ECS.3": "PASSED", "ECS.4": "PASSED", "ECS.5": "FAILED", "ECS.8": "FAILED", "ECS.9": "PASSED",
	},
	arn + "task-definition/node-agent:1": {
		"ECS.1": "FAILED", "ECS.3": "FAILED", "ECS.4": "FAILED", "ECS.5": "PASSED", "ECS.8": "PASSED", "ECS.9": "FAILED",
	},
	arn + "task-definition/api:2": {
		"ECS.1": "PASSED", "ECS.3": "PASSED", "ECS.4": "PASSED", "ECS.5": "PASSED", "ECS.8": "PASSED", "ECS.9": "PASSED",
	},
	arn + "service/staging/search": {"ECS.2": "FAILED", "ECS.10": "FAILED"},
	arn + "service/staging/api":    {"ECS.2": "PASSED", "ECS.10": "PASSED"},
	arn + "service/batch/agents":   {"ECS.2": "PASSED", "ECS.10": "NOT_APPLICABLE"},
	arn + "cluster/staging":        {"ECS.12": "PASSED"},
	arn + "cluster/batch":          {"ECS.12": "FAILED"},
}

// fill makes the account that want describes. The AWS command line checks each
// input, those of examples/ among them, against the API's own model.
func fill(e *emulator) {
	e.ecs("create-cluster", "--cli-input-json", "file://examples/aws-cli/create-cluster.json")
	e.ecs("create-cluster", "--cluster-name", "batch", "--settings", insightsOff)
	e.ecs("register-task-definition", "--cli-input-json", "file://examples/.aws/task-definition.json")
	for _, td := range []string{hosted, apiWritable, apiReadonly} {
		e.ecs("register-task-definition", "--cli-input-json", td)
	}
	subnet := strings.TrimSpace(e.aws("ec2", "describe-subnets", "--query", "Subnets[0].SubnetId", "--output", "text"))
	group := strings.TrimSpace(e.aws("ec2", "describe-security-groups", "--query", "SecurityGroups[0].GroupId", "--output", "text"))
	network := strings.NewReplacer("SUBNET", subnet, "GROUP", group)
	for _, s := range []string{publicService, privateService, instanceService} {
		e.ecs("create-service", "--cli-input-json", network.Replace(s))
	}
}

func TestEmulatedAccount(t *testing.T) {
	e := start(t)
	fill(e)
	p := program.Build(t)
	p.Env = e.env
	p.Dir = t.TempDir()

	t.Run("live", func(t *testing.T) {
		r := p.Run(t, "scan", "--aws", "--format", "json")
		if r.Code != 1 {
			t.Errorf("exit code %d, want 1 for failures: %s", r.Code, r.Stderr)
		}
		report := r.Report(t)
		if len(report.Gaps) > 0 || !report.Scan.Complete {
			t.Errorf("complete: %v, gaps: %v, want a complete scan", report.Scan.Complete, report.Gaps)
		}
		if diff := cmp.Diff(want, report.Verdicts()); diff != "" {
			t.Errorf("verdicts over the API (-want +got):\n%s", diff)
		}
		for _, f := range report.Findings {
			if f.Resource.Source != "live" || f.Resource.Account != "123456789012" || f.Resource.Region != region {
				t.Errorf("%s: source %q, account %q, Region %q", f.Resource.ID, f.Resource.Source, f.Resource.Account, f.Resource.Region)
			}
		}
	})

	t.Run("no secret comes out", func(t *testing.T) {
		for _, format := range []string{"text", "compact", "json", "asff", "sarif"} {
			r := p.Run(t, "scan", "--aws", "-v", "--format", format)
			if !strings.Contains(r.Stdout, "node-agent") {
				t.Errorf("%s: does not report the account: %s", format, r.Stderr)
			}
			if strings.Contains(r.Stdout+r.Stderr, mark) {
				t.Errorf("%s: lets a secret out", format)
			}
		}
	})

	t.Run("saved answers", func(t *testing.T) {
		saved := t.TempDir()
		e.save(filepath.Join(saved, "clusters.json"), "describe-clusters", "--include", "SETTINGS", "--clusters", "staging", "batch")
		e.save(filepath.Join(saved, "staging.json"), "describe-services", "--cluster", "staging", "--services", "search", "api")
		e.save(filepath.Join(saved, "batch.yaml"), "describe-services", "--cluster", "batch", "--services", "agents")
		for _, revision := range []string{"storefront", "node-agent", "api:1", "api:2"} {
			file := strings.ReplaceAll(revision, ":", "-") + ".json"
			e.save(filepath.Join(saved, file), "describe-task-definition", "--task-definition", revision)
		}

		report := p.Run(t, "scan", "--format", "json", saved).Report(t)
		verdicts := report.Verdicts()
		older := verdicts[arn+"task-definition/api:1"]
		delete(verdicts, arn+"task-definition/api:1")
		if diff := cmp.Diff(want, verdicts); diff != "" {
			t.Errorf("verdicts on saved answers (-want +got):\n%s", diff)
		}
		for control, status := range older {
			if status != "NOT_APPLICABLE" {
				t.Errorf("%s of api:1 is %s, want NOT_APPLICABLE: api:2 is active", control, status)
			}
		}
		if len(older) != 6 || report.Summary["older_revisions"] != 1 {
			t.Errorf("api:1 has %d verdicts and older_revisions is %d, want 6 and 1", len(older), report.Summary["older_revisions"])
		}
	})

	// AWS prints no settings unless it was asked for them; moto always does.
	t.Run("saved without settings", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "clusters.json")
		e.save(file, "describe-clusters", "--clusters", "batch", "--query", "{clusters: clusters[].{clusterArn: clusterArn, status: status}, failures: failures}")
		r := p.Run(t, "scan", "--format", "json", file)
		got := r.Report(t).Verdicts()[arn+"cluster/batch"]
		if diff := cmp.Diff(map[string]string{"ECS.12": "UNKNOWN"}, got); diff != "" || r.Code != 0 {
			t.Errorf("exit code %d, verdicts (-want +got):\n%s", r.Code, diff)
		}
	})
}
