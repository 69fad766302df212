package terraform_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// instance is one resource of a plan under construction.
type instance struct {
	address, typ, name string
	values             string // JSON
	unknown, sensitive string // JSON, {} if empty
	expressions        string // JSON of its configuration, {} if empty
	actions            string
}

func orEmpty(s string) string {
	if s == "" {
		return "{}"
	}
	return s
}

// planOf is the plan of a root module.
func planOf(more string, instances ...instance) string {
	var values, changes, config []string
	for _, i := range instances {
		typ := i.typ
		values = append(values, fmt.Sprintf(`{"address":%q,"mode":"managed","type":%q,"name":%q,"values":%s,"sensitive_values":%s}`,
			i.address, typ, i.name, i.values, orEmpty(i.sensitive)))
		actions := i.actions
		if actions == "" {
			actions = `["create"]`
		}
		changes = append(changes, fmt.Sprintf(`{"address":%q,"mode":"managed","type":%q,"name":%q,"change":{"actions":%s,"before":null,"after":%s,"after_unknown":%s}}`,
			i.address, typ, i.name, actions, i.values, orEmpty(i.unknown)))
		config = append(config, fmt.Sprintf(`{"address":%q,"mode":"managed","type":%q,"name":%q,"expressions":%s}`,
			typ+"."+i.name, typ, i.name, orEmpty(i.expressions)))
	}
	if more != "" {
		more = "," + more
	}
	return `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[` + strings.Join(values, ",") +
		`]}},"resource_changes":[` + strings.Join(changes, ",") + `],"configuration":{"root_module":{"resources":[` + strings.Join(config, ",") + `]}}` + more + `}`
}

func task(values, unknown, expressions string) instance {
	return instance{
		address: "aws_ecs_task_definition.web", typ: "aws_ecs_task_definition", name: "web",
		values: values, unknown: unknown, expressions: expressions,
	}
}

func service(values, unknown, expressions string) instance {
	return instance{
		address: "aws_ecs_service.web", typ: "aws_ecs_service", name: "web",
		values: values, unknown: unknown, expressions: expressions,
	}
}

func cluster(values, unknown, expressions string) instance {
	return instance{
		address: "aws_ecs_cluster.main", typ: "aws_ecs_cluster", name: "main",
		values: values, unknown: unknown, expressions: expressions,
	}
}

// containers is the value of container_definitions.
func containers(text string) string {
	return `{"family":"web","container_definitions":` + strconv.Quote(text) + `,"network_mode":"host","pid_mode":null}`
}

const td, svc, main = "aws_ecs_task_definition.web", "aws_ecs_service.web", "aws_ecs_cluster.main"

func TestPlanVerdicts(t *testing.T) {
	for name, c := range map[string]struct{ plan, want string }{
		"containers are judged": {
			planOf("", task(containers(`[{"name":"app","image":"app"}]`), "", "")),
			td + " ECS.1 FAILED\n" + td + " ECS.3 PASSED\n" + td + " ECS.4 PASSED\n" + td + " ECS.5 FAILED\n" + td + " ECS.8 PASSED\n" + td + " ECS.9 FAILED",
		},
		"no containers": {
			planOf("", task(containers(`[]`), "", "")),
			td + " ECS.1 NOT_APPLICABLE\n" + td + " ECS.3 PASSED\n" + td + " ECS.5 NOT_APPLICABLE",
		},
		"the whole text is known after apply": {
			planOf("", task(`{"family":"web","network_mode":"awsvpc","pid_mode":"host"}`, `{"container_definitions":true,"arn":true}`, "")),
			td + " ECS.3 FAILED\n" + td + " ECS.4 UNKNOWN\n" + td + " ECS.5 UNKNOWN\n" + td + " ECS.8 UNKNOWN\n" + td + " ECS.9 UNKNOWN",
		},
		"no JSON": {
			planOf("", task(containers(`[{"name": oops`), "", "")),
			td + " ECS.3 PASSED\n" + td + " ECS.5 UNKNOWN\n" + td + " ECS.9 UNKNOWN",
		},
		"nobody set the network mode": {
			planOf("", task(`{"family":"web","container_definitions":"[{\"name\":\"app\"}]"}`, `{"network_mode":true}`, `{"family":{"constant_value":"web"}}`)),
			td + " ECS.1 PASSED",
		},
		"somebody set the network mode": {
			planOf("", task(`{"family":"web","container_definitions":"[{\"name\":\"app\"}]"}`, `{"network_mode":true}`, `{"network_mode":{"references":["local.mode"]}}`)),
			td + " ECS.1 UNKNOWN",
		},
		"a variable that is null": {
			planOf(`"variables":{"mode":{"value":null}}`,
				task(`{"family":"web","container_definitions":"[{\"name\":\"app\"}]"}`, `{"network_mode":true}`, `{"network_mode":{"references":["var.mode"]}}`)),
			td + " ECS.1 PASSED",
		},
		"a variable that is null in HCL's JSON syntax": {
			planOf(`"variables":{"mode":{"value":null}}`,
				task(`{"family":"web","container_definitions":"[{\"name\":\"app\"}]"}`, `{"network_mode":true}`, `{"network_mode":{"constant_value":"${var.mode}","references":["var.mode"]}}`)),
			td + " ECS.1 PASSED",
		},
		"links in HCL's JSON syntax": {
			planOf("",
				cluster(`{"name":"main","setting":[]}`, `{"arn":true,"id":true}`, ""),
				service(`{"name":"web","platform_version":"1.3.0"}`, `{"cluster":true,"launch_type":true}`,
					`{"cluster":{"constant_value":"${aws_ecs_cluster.main.id}","references":["aws_ecs_cluster.main.id","aws_ecs_cluster.main"]}}`)),
			svc + " ECS.10 NOT_APPLICABLE",
		},
		"an element of a variable that is null": {
			planOf(`"variables":{"mode":{"value":["host",{"a.b":{"c":null}}]}}`,
				task(`{"family":"web","container_definitions":"[{\"name\":\"app\"}]"}`, `{"network_mode":true}`, `{"network_mode":{"references":["var.mode[1][\"a.b\"].c","var.mode[1][\"a.b\"]","var.mode[1]","var.mode"]}}`)),
			td + " ECS.1 PASSED",
		},
		"an element of a variable that is not null": {
			planOf(`"variables":{"mode":{"value":["host",null]}}`,
				task(`{"family":"web","container_definitions":"[{\"name\":\"app\"}]"}`, `{"network_mode":true}`, `{"network_mode":{"references":["var.mode[0]","var.mode"]}}`)),
			td + " ECS.1 UNKNOWN",
		},
		"a reference that is cut off": {
			planOf(`"variables":{"mode":{"value":[null]}}`,
				task(`{"family":"web","container_definitions":"[{\"name\":\"app\"}]"}`, `{"network_mode":true}`, `{"network_mode":{"references":["var.mode["]}}`)),
			td + " ECS.1 UNKNOWN",
		},
		"a variable that the plan does not say": {
			planOf("", task(`{"family":"web","container_definitions":"[{\"name\":\"app\"}]"}`, `{"network_mode":true}`, `{"network_mode":{"references":["var.mode"]}}`)),
			td + " ECS.1 UNKNOWN",
		},
		"pid_mode is not computed": {
			planOf("", task(`{"family":"web","container_definitions":"[]"}`, `{"pid_mode":true}`, "")),
			td + " ECS.3 UNKNOWN",
		},
		"empty strings and null are absent": {
			planOf("", task(`{"family":"web","container_definitions":"[{\"name\":\"app\"}]","network_mode":"","pid_mode":""}`, "", "")),
			td + " ECS.1 PASSED\n" + td + " ECS.3 PASSED",
		},
		"wrong case in the text": {
			planOf("", task(containers(`[{"name":"app","ReadonlyRootFilesystem":true}]`), "", "")),
			td + " ECS.5 UNKNOWN",
		},
		"a public address": {
			planOf("", service(`{"name":"web","launch_type":"EC2","network_configuration":[{"assign_public_ip":true,"subnets":["a"]}]}`, "", "")),
			svc + " ECS.2 FAILED\n" + svc + " ECS.10 NOT_APPLICABLE",
		},
		"no public address": {
			planOf("", service(`{"name":"web","launch_type":"FARGATE","platform_version":"1.3.0","network_configuration":[{"assign_public_ip":false}]}`, "", "")),
			svc + " ECS.2 PASSED\n" + svc + " ECS.10 FAILED",
		},
		"no network configuration": {
			planOf("", service(`{"name":"web","launch_type":"FARGATE","network_configuration":[]}`, `{"platform_version":true}`, "")),
			svc + " ECS.2 PASSED\n" + svc + " ECS.10 PASSED",
		},
		"an unknown address": {
			planOf("", service(`{"name":"web","network_configuration":[{"subnets":["a"]}]}`, `{"network_configuration":[{"assign_public_ip":true}]}`, "")),
			svc + " ECS.2 UNKNOWN",
		},
		"an unknown number of blocks": {
			planOf("", service(`{"name":"web"}`, `{"network_configuration":true}`, `{"network_configuration":[{}]}`)),
			svc + " ECS.2 UNKNOWN",
		},
		"blocks that only the marks have": {
			planOf("", service(`{"name":"web","network_configuration":[]}`, `{"network_configuration":[{"assign_public_ip":true}]}`, `{"network_configuration":[{}]}`)),
			svc + " ECS.2 UNKNOWN",
		},
		"an unknown strategy": {
			planOf("", service(`{"name":"web","platform_version":"1.3.0"}`, `{"capacity_provider_strategy":true}`, `{"platform_version":{"constant_value":"1.3.0"}}`)),
			svc + " ECS.10 UNKNOWN",
		},
		"a strategy": {
			planOf("", service(`{"name":"web","platform_version":"1.3.0","capacity_provider_strategy":[{"capacity_provider":"FARGATE_SPOT"}]}`, `{"launch_type":true}`, "")),
			svc + " ECS.10 FAILED",
		},
		"a controller of another kind": {
			planOf("", service(`{"name":"web","launch_type":"FARGATE","platform_version":"1.3.0","deployment_controller":[{"type":"EXTERNAL"}]}`, "", "")),
			svc + " ECS.10 NOT_APPLICABLE",
		},
		"insights": {
			planOf("", cluster(`{"name":"main","setting":[{"name":"containerInsights","value":"enhanced"}]}`, "", "")),
			main + " ECS.12 PASSED",
		},
		"nobody set insights": {
			planOf("", cluster(`{"name":"main"}`, `{"setting":true,"arn":true}`, `{"name":{"constant_value":"main"}}`)),
			main + " ECS.12 FAILED",
		},
		"insights known after apply": {
			planOf("", cluster(`{"name":"main"}`, `{"setting":true}`, `{"setting":[{"name":{"constant_value":"containerInsights"},"value":{"references":["var.x"]}}]}`)),
			main + " ECS.12 UNKNOWN",
		},
		"one setting known after apply": {
			planOf("", cluster(`{"name":"main","setting":[{"name":"containerInsights"}]}`, `{"setting":[{"value":true}]}`, `{"setting":[{}]}`)),
			main + " ECS.12 UNKNOWN",
		},
		"links by reference": {
			planOf("",
				cluster(`{"name":"main","setting":[]}`, `{"arn":true,"id":true}`, ""),
				instance{
					address: "aws_ecs_cluster_capacity_providers.main", typ: "aws_ecs_cluster_capacity_providers", name: "main",
					values:  `{"cluster_name":"main","default_capacity_provider_strategy":[{"capacity_provider":"FARGATE"}]}`,
					unknown: `{"id":true}`,
				},
				task(`{"family":"web","container_definitions":"[]","runtime_platform":[{"operating_system_family":"WINDOWS_SERVER_2022_CORE"}]}`, "", ""),
				service(`{"name":"web","platform_version":"1.0.0"}`, `{"cluster":true,"task_definition":true,"launch_type":true}`,
					`{"platform_version":{"constant_value":"1.0.0"},"cluster":{"references":["aws_ecs_cluster.main.id","aws_ecs_cluster.main"]},
					"task_definition":{"references":["aws_ecs_task_definition.web.arn","aws_ecs_task_definition.web"]}}`),
				instance{
					address: "aws_ecs_service.old", typ: "aws_ecs_service", name: "old",
					values: `{"name":"old","platform_version":"0.9","cluster":"main","task_definition":"web"}`, unknown: `{"launch_type":true}`,
				}),
			svc + " ECS.10 PASSED\naws_ecs_service.old ECS.10 FAILED",
		},
		"a cluster without a strategy": {
			planOf("",
				cluster(`{"name":"main","setting":[]}`, `{"arn":true,"id":true}`, ""),
				service(`{"name":"web","platform_version":"1.3.0"}`, `{"cluster":true,"launch_type":true}`,
					`{"cluster":{"references":["aws_ecs_cluster.main.id","aws_ecs_cluster.main"]}}`)),
			svc + " ECS.10 NOT_APPLICABLE",
		},
		"a cluster that is not here": {
			planOf("", service(`{"name":"web","platform_version":"1.3.0"}`, `{"cluster":true,"launch_type":true}`, `{"cluster":{"references":["local.cluster"]}}`)),
			svc + " ECS.10 UNKNOWN",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := scanText(t, c.plan)
			if len(r.Coverage.Gaps)+len(r.Coverage.Refused) > 0 {
				t.Fatalf("gaps: %v", r.Coverage)
			}
			expect(t, r, c.want)
		})
	}
}

// Sensitive values are judged, and neither shown nor named.
func TestSensitive(t *testing.T) {
	i := task(containers(`[{"name":"s3cret","privileged":true}]`), "", "")
	i.sensitive = `{"container_definitions":true}`
	r := scanText(t, planOf("", i))
	f := find(t, r, td, "ECS.4")
	reason := f.Verdict.Reasons[0]
	if f.Verdict.Outcome.String() != "FAILED" || reason.Subject != "containerDefinitions[0]" || !reason.At.Masked {
		t.Errorf("%v, subject %q, masked %v; want a failure of containerDefinitions[0] that is masked", f.Verdict.Outcome, reason.Subject, reason.At.Masked)
	}
	// Either mark is enough.
	i.sensitive = `{"tags_all":{"a":true}}`
	r = scanText(t, strings.Replace(planOf("", i), `"after_unknown":{}`, `"after_unknown":{},"after_sensitive":{"container_definitions":true}`, 1))
	if at := find(t, r, td, "ECS.4").Verdict.Reasons[0].At; !at.Masked {
		t.Error("what after_sensitive alone marks is not masked")
	}
}

func TestUnreadablePlans(t *testing.T) {
	for name, text := range map[string]string{
		"raw state":         `{"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","resources":[]}`,
		"no planned values": `{"format_version":"1.2","resource_changes":[]}`,
	} {
		if r := scanText(t, text); len(r.Coverage.Refused) != 1 {
			t.Errorf("%s: %v, want it to be refused", name, r.Coverage)
		}
	}
	for name, text := range map[string]string{
		"empty state": `{"format_version":"1.0"}`,
		"empty plan":  `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{}},"configuration":{}}`,
		"nulls":       `{"format_version":"1.2","planned_values":{"root_module":null},"resource_changes":[null],"configuration":null}`,
	} {
		if r := scanText(t, text); len(r.Coverage.Refused)+len(r.Coverage.Gaps) != 0 || r.Coverage.Files != 1 {
			t.Errorf("%s: %v, want a file that was read", name, r.Coverage)
		}
	}
}
