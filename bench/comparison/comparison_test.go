package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Our verdict on each input is the one that the control's sentence wants, and the
// page says so.
func TestVerdictsAreThoseOfTheSentences(t *testing.T) {
	root, err := top()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	all := cases()
	verdicts, err := ours(ctx, root, all)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if got := verdicts[c.name]; got.status != c.want {
			t.Errorf("%s: %s %s, wanted is %s: %s", c.name, c.control, got.status, c.want, got.reason)
		}
	}
	kept, err := readAnswers(filepath.Join(root, answers))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := os.ReadFile(filepath.Join(root, page))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(shown), write(all, verdicts, kept)); diff != "" {
		t.Errorf("%s is not current; `go run ./bench/comparison -kept -record` mends it (-page +ours):\n%s", page, diff)
	}
}

// Each folder of cases is a case, each control has one, and what peers were asked
// of is still there.
func TestCasesAreWhole(t *testing.T) {
	root, err := top()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := os.ReadDir(filepath.Join(root, folder, "cases"))
	if err != nil {
		t.Fatal(err)
	}
	var there, named []string
	controls := map[string]bool{}
	for _, f := range folders {
		there = append(there, f.Name())
	}
	known := map[string]bool{}
	for _, c := range cases() {
		named = append(named, c.name)
		known[c.name], controls[c.control] = true, true
		made, err := filepath.Glob(filepath.Join(root, c.folder(), "account", "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		if (c.account != "") != (len(made) > 0) {
			t.Errorf("%s: its account's name is %q, and there are %d files for it", c.name, c.account, len(made))
		}
	}
	if diff := cmp.Diff(there, slices.Sorted(slices.Values(named))); diff != "" {
		t.Errorf("-folders +cases:\n%s", diff)
	}
	if len(controls) != 9 {
		t.Errorf("the cases are of the controls %v", controls)
	}
	kept, err := readAnswers(filepath.Join(root, answers))
	if err != nil {
		t.Fatal(err)
	}
	for name := range kept.Answers {
		if !known[name] {
			t.Errorf("%s has answers on %s, which is no case", answers, name)
		}
	}
}

func TestCheckovsAnswers(t *testing.T) {
	const report = `{"check_type":"terraform","results":{
		"passed_checks":[{"check_id":"CKV_AWS_335","check_name":"pid","resource":"aws_ecs_task_definition.web","check_result":{"result":"PASSED"}}],
		"failed_checks":[{"check_id":"CKV_AWS_336","check_name":"root","resource":"aws_ecs_task_definition.web","check_result":{"result":"FAILED"}},
			{"check_id":"CKV_AWS_336","check_name":"root","resource":"aws_ecs_task_definition.other","check_result":{"result":"FAILED"}}]}}`
	const empty = `{"passed":0,"failed":0,"resource_count":0}`
	const secrets = `[` + report + `,{"check_type":"secrets","results":{"failed_checks":[{"check_id":"CKV_SECRET_2","check_name":"key","resource":"ab12","check_result":{"result":"FAILED"}}]}}]`
	for name, c := range map[string]struct {
		printed, control string
		want             []answer
	}{
		"failed":       {report, "ECS.5", []answer{{"FAILED", "CKV_AWS_336", "root"}}},
		"in a list":    {secrets, "ECS.5", []answer{{"FAILED", "CKV_AWS_336", "root"}}},
		"passed":       {report, "ECS.3", []answer{{"PASSED", "CKV_AWS_335", "pid"}}},
		"not listed":   {report, "ECS.4", []answer{{Said: "no answer", Rule: "CKV_AWS_334"}}},
		"nothing ours": {empty, "ECS.5", []answer{{Said: "no answer", Rule: "CKV_AWS_336"}}},
		"a secret":     {secrets, "ECS.8", []answer{{"FAILED", "CKV_SECRET_2", "key"}}},
		"no secret":    {report, "ECS.8", []answer{{Said: "no check of ECS.8; its scanner for secrets reports nothing"}}},
	} {
		t.Run(name, func(t *testing.T) {
			a := aCase{control: c.control, form: formTerraform, resource: "aws_ecs_task_definition.web"}
			got, err := readCheckov([]byte(c.printed), a, checkovRule(c.control, a.form))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestProwlersAnswers(t *testing.T) {
	const table = "CHECK_ID;STATUS;STATUS_EXTENDED;RESOURCE_UID\n" +
		"ecs_task_definitions_no_privileged_containers;FAIL;\"with revision 1\nhas\";arn:aws:ecs:us-east-1:123456789012:task-definition/web:1\n" +
		"ecs_task_definitions_no_privileged_containers;PASS;with revision 2;arn:aws:ecs:us-east-1:123456789012:task-definition/web:2\n" +
		"ecs_task_definitions_no_privileged_containers;PASS;another;arn:aws:ecs:us-east-1:123456789012:task-definition/website:1\n" +
		"ecs_cluster_container_insights_enabled;PASS;on;arn:aws:ecs:us-east-1:123456789012:cluster/web\n"
	const check = "ecs_task_definitions_no_privileged_containers"
	got, err := readProwler([]byte(table), []aCase{
		{name: "a", control: "ECS.4", account: "web"},
		{name: "b", control: "ECS.12", account: "web"},
		{name: "c", control: "ECS.4"},
		{name: "d", control: "ECS.4", notInAccount: "why"},
		{name: "e", control: "ECS.4", account: "gone"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]answer{
		"a": {{"FAIL", check, "with revision 1\nhas"}, {"PASS", check, "with revision 2"}},
		"b": {{"PASS", "ecs_cluster_container_insights_enabled", "on"}},
		"c": {{Said: "reads accounts only"}},
		"d": {{Said: "why"}},
		"e": {{Said: "no answer", Rule: check}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, err := readProwler([]byte("A;B\n1;2\n"), nil); err == nil {
		t.Error("a table without the columns is no error")
	}
}

// The reports are cut out of what the tools' documentation shows.
func TestOthersAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		read    func([]byte) ([]answer, error)
		printed string
		want    []answer
	}{
		"cfn-lint": {readLint, `[{"Level":"Error","Message":"'x' is not of type 'boolean'","Rule":{"Id":"E3012"}}]`, []answer{{"Error", "E3012", "'x' is not of type 'boolean'"}}},
		"Trivy": {
			readTrivy, `{"Results":[{"Target":"main.tf","Class":"config"},{"Misconfigurations":[{"ID":"AWS-0034","Title":"Insights","Status":"FAIL"}]}]}`,
			[]answer{{"FAIL", "AWS-0034", "Insights"}},
		},
		"KICS": {
			readKICS, `{"queries":[{"query_name":"Insights","query_id":"db8ac","severity":"LOW","files":[{"file_name":"a"},{"file_name":"b"}]}]}`,
			[]answer{{"LOW", "db8ac", "Insights"}, {"LOW", "db8ac", "Insights"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.read([]byte(c.printed))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if _, err := c.read([]byte("no JSON")); err == nil {
				t.Error("no JSON is no error")
			}
		})
	}
}
