package terraform_test

import (
	"strings"
	"testing"
)

func TestPlanModules(t *testing.T) {
	plan := `{"format_version":"1.2","terraform_version":"1.9.0","variables":{"pid":{"value":"host"},"mode":{"value":null}},
"planned_values":{"root_module":{"child_modules":[
 {"address":"module.cluster","resources":[{"address":"module.cluster.aws_ecs_cluster.this","mode":"managed","type":"aws_ecs_cluster","name":"this","values":{"name":"main","setting":[]}}]},
 {"address":"module.app[\"a.b\"]","resources":[
  {"address":"module.app[\"a.b\"].aws_ecs_task_definition.web[0]","mode":"managed","type":"aws_ecs_task_definition","name":"web","index":0,"values":{"family":"web","container_definitions":"[{\"name\":\"app\",\"user\":\"0\"}]"}},
  {"address":"module.app[\"a.b\"].data.aws_ecs_task_definition.old","mode":"data","type":"aws_ecs_task_definition","name":"old","values":{}},
  {"address":"module.app[\"a.b\"].aws_ecs_service.web","mode":"managed","type":"aws_ecs_service","name":"web","values":{"name":"web","platform_version":"1.3.0"}}]}]}},
"prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[{"address":"aws_ecs_cluster.gone","mode":"managed","type":"aws_ecs_cluster","name":"gone","values":{"name":"gone"}}]}}},
"resource_changes":[
 {"address":"aws_ecs_cluster.gone","type":"aws_ecs_cluster","name":"gone","change":{"actions":["delete"],"after":null,"after_unknown":{}}},
 {"address":"module.cluster.aws_ecs_cluster.this","change":{"actions":["create"],"after_unknown":{"id":true,"arn":true}}},
 {"address":"module.app[\"a.b\"].aws_ecs_task_definition.web[0]","change":{"actions":["create"],"after_unknown":{"network_mode":true}}},
 {"address":"module.app[\"a.b\"].aws_ecs_task_definition.web[0]","deposed":"00000000","change":{"actions":["delete"],"after":null,"after_unknown":{}}},
 {"address":"module.app[\"a.b\"].aws_ecs_service.web","change":{"actions":["create"],"after_unknown":{"cluster":true,"launch_type":true}}}],
"configuration":{"root_module":{"module_calls":{
 "cluster":{"source":"./cluster","module":{"outputs":{"id":{"expression":{"references":["aws_ecs_cluster.this.id","aws_ecs_cluster.this"]}}},"resources":[{"address":"aws_ecs_cluster.this","mode":"managed","type":"aws_ecs_cluster","name":"this","expressions":{}}]}},
 "app":{"source":"./app","expressions":{"mode":{"references":["var.mode"]},"cluster":{"references":["module.cluster.id","module.cluster"]}},
  "module":{"variables":{"mode":{"default":null},"cluster":{}},"resources":[
   {"address":"aws_ecs_task_definition.web","mode":"managed","type":"aws_ecs_task_definition","name":"web","expressions":{"network_mode":{"references":["var.mode"]}}},
   {"address":"aws_ecs_service.web","mode":"managed","type":"aws_ecs_service","name":"web","expressions":{"cluster":{"references":["var.cluster"]}}}]}}},
 "variables":{"mode":{},"pid":{}}}}}`
	r := scanText(t, plan)
	expect(t, r, `module.app["a.b"].aws_ecs_task_definition.web[0] ECS.1 PASSED
		module.app["a.b"].aws_ecs_task_definition.web[0] ECS.5 FAILED
		module.app["a.b"].aws_ecs_service.web ECS.10 NOT_APPLICABLE
		module.cluster.aws_ecs_cluster.this ECS.12 FAILED`)
	if r.Resources != 3 {
		t.Errorf("%d resources, want 3: what is deleted, was, or is only read does not count", r.Resources)
	}
	f := find(t, r, `module.app["a.b"].aws_ecs_task_definition.web[0]`, "ECS.5")
	if at := f.Verdict.Reasons[0].At.Position(); at.Line != 5 || at.Column < 100 {
		t.Errorf("the container is at %v, want the place inside the text of line 5", at)
	}
	if path := f.Verdict.Reasons[0].At.Path(); path != "/containerDefinitions/0/readonlyRootFilesystem" {
		t.Errorf("path %s", path)
	}
}

// A module's variable that is given null keeps it, though it has a default: where
// the default counted, the plan would show it.
func TestNullForModule(t *testing.T) {
	r := scanText(t, `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"child_modules":[{"address":"module.a","resources":[
{"address":"module.a.aws_ecs_task_definition.web","mode":"managed","type":"aws_ecs_task_definition","name":"web","values":{"family":"web","container_definitions":"[{\"name\":\"app\"}]"}}]}]}},
"resource_changes":[{"address":"module.a.aws_ecs_task_definition.web","change":{"actions":["create"],"after_unknown":{"network_mode":true}}}],
"configuration":{"root_module":{"module_calls":{"a":{"source":"./a","expressions":{"mode":{"constant_value":null}},"module":{"variables":{"mode":{"default":"host"}},
"resources":[{"address":"aws_ecs_task_definition.web","mode":"managed","type":"aws_ecs_task_definition","name":"web","expressions":{"network_mode":{"references":["var.mode"]}}}]}}}}}}`)
	expect(t, r, "module.a."+td+" ECS.1 PASSED")
}

func TestState(t *testing.T) {
	const arn = "arn:aws:ecs:eu-west-1:111122223333:"
	r := scanText(t, `{"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{"resources":[
 {"address":"aws_ecs_task_definition.a","mode":"managed","type":"aws_ecs_task_definition","name":"a","values":{"arn":"`+arn+`task-definition/web:9","family":"web","revision":9,"container_definitions":"[{\"name\":\"app\"}]"}},
 {"address":"aws_ecs_task_definition.b","mode":"managed","type":"aws_ecs_task_definition","name":"b","values":{"arn":"`+arn+`task-definition/web:10","family":"web","revision":10,"container_definitions":"[{\"name\":\"app\"}]"}},
 {"address":"aws_ecs_cluster.main","mode":"managed","type":"aws_ecs_cluster","name":"main","values":{"id":"`+arn+`cluster/main","name":"main","setting":[{"name":"containerInsights","value":"disabled"}]}},
 {"address":"aws_ecs_tag.x","mode":"managed","type":"aws_ecs_tag","name":"x","values":{}}]}}}`)
	expect(t, r, arn+"task-definition/web:9 ECS.5 NOT_APPLICABLE\n"+arn+"task-definition/web:10 ECS.5 FAILED\n"+arn+"cluster/main ECS.12 FAILED")
	if f := find(t, r, arn+"cluster/main", "ECS.12"); f.Resource.Account != "111122223333" || f.Resource.Region != "eu-west-1" {
		t.Errorf("account and Region are %s, %s", f.Resource.Account, f.Resource.Region)
	}
	if len(r.Coverage.NotCovered) != 1 || !strings.Contains(r.Coverage.NotCovered[0].Scope, "aws_ecs_tag.x") {
		t.Errorf("not covered: %v, want aws_ecs_tag.x", r.Coverage.NotCovered)
	}
}
