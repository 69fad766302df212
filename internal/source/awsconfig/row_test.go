package awsconfig_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answer is one of select-resource-config; columns are its SelectFields.
func answer(columns string, rows ...string) string {
	var results, fields []string
	for _, row := range rows {
		results = append(results, quoted(row))
	}
	for column := range strings.FieldsSeq(columns) {
		fields = append(fields, `{"Name": "`+column+`"}`)
	}
	return `{"Results": [` + strings.Join(results, ", ") + `], "QueryInfo": {"SelectFields": [` + strings.Join(fields, ", ") + `]}}`
}

// A row is about the resource that any of its columns names. What a query did not
// select is unknown; a row that says nothing of what it is about is not passed
// over in silence.
func TestRowsThatNameAResource(t *testing.T) {
	web := inEU + "task-definition/web:1"
	host := `"configuration": {"Family": "web", "PidMode": "host", "TaskDefinitionArn": "` + web + `"}`
	for name, tt := range map[string]struct {
		text       string
		want       []string
		notCovered string
	}{
		"by type and name": {
			text: answer("resourceType resourceName", `{"resourceType": "AWS::ECS::Cluster", "resourceName": "prod"}`),
			want: []string{"a.json ECS.12 prod UNKNOWN"},
		},
		"by type and ID": {
			text: answer("resourceType resourceId", `{"resourceType": "AWS::ECS::Cluster", "resourceId": "prod"}`),
			want: []string{"a.json ECS.12 prod UNKNOWN"},
		},
		"by an ID that is an ARN": {
			text: answer("resourceId configuration.PidMode configuration.Status",
				`{"resourceId": "`+web+`", "configuration": {"PidMode": "host", "Status": "ACTIVE"}}`),
			want: []string{"a.json ECS.3 task-definition/web:1 FAILED"},
		},
		"by the ARN in its configuration": {
			text: answer("configuration", `{`+host+`}`),
			want: []string{"a.json ECS.3 task-definition/web:1 FAILED"},
		},
		"by nothing": {
			text:       answer("configuration.PidMode", `{"configuration": {"PidMode": "host"}}`, `{"configuration": {}}`),
			notCovered: "line 1, column 13: rows that say neither a type nor an ARN, so that nobody can tell what they are: 2 (select resourceType and arn)",
		},
		"counted":            {text: answer("resourceType COUNT(*)", `{"resourceType": "AWS::ECS::Cluster", "COUNT(*)": 5}`)},
		"not of Amazon ECS":  {text: answer("resourceType configuration", `{"resourceType": "AWS::EC2::Instance", "configuration": {}}`)},
		"of another service": {text: answer("arn configuration", `{"arn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "configuration": {}}`)},
	} {
		t.Run(name, func(t *testing.T) {
			r := scanned(t, map[string]string{"a.json": tt.text}, "ECS.3", "ECS.12")
			if d := cmp.Diff(tt.want, verdicts(r)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			got := ""
			for _, g := range r.Coverage.NotCovered {
				got += g.Reason
			}
			if got != tt.notCovered {
				t.Errorf("not covered %q, want %q", got, tt.notCovered)
			}
		})
	}
}

// AWS Config says of a resource whose type it did not record that it was deleted.
func TestDeletedAndNotRecorded(t *testing.T) {
	web1, web2 := inEU+"task-definition/web:1", inEU+"task-definition/web:2"
	r := scanned(t, map[string]string{
		"a.json": snapshot(item("TaskDefinition", web2, monday, "OK", td("task")), item("TaskDefinition", web1, monday, "OK", td("host"))),
		"b.json": snapshot(item("TaskDefinition", web2, friday, "ResourceDeletedNotRecorded", "null")),
	}, "ECS.3")
	if d := cmp.Diff([]string{"a.json ECS.3 task-definition/web:1 FAILED"}, verdicts(r)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// A row that was taken out of its answer does not say what was selected: what it
// does not have is unknown. What is listed as an item is one.
func TestRowsByThemselves(t *testing.T) {
	row := `{"arn": "` + inEU + `cluster/main", "resourceType": "AWS::ECS::Cluster", "configuration": {"ClusterName": "main"}}`
	insights := strings.Replace(row, `"main"}}`, `"main", "ClusterSettings": [{"Name": "containerInsights", "Value": "enabled"}]}}`, 1)
	for name, tt := range map[string]struct{ text, want string }{
		"alone":                 {row, "UNKNOWN"},
		"in a list":             {"[" + row + "]", "UNKNOWN"},
		"one a line":            {row + "\n", "UNKNOWN"},
		"of many, as a stream":  {"[" + row + strings.Repeat(" ", 70<<10) + "]", "UNKNOWN"},
		"that says it":          {insights, "PASSED"},
		"an item":               {`{"configurationItem": ` + row + `}`, "FAILED"},
		"items":                 {`{"configurationItems": [` + row + `]}`, "FAILED"},
		"of a batch":            {`{"baseConfigurationItems": [` + row + `]}`, "FAILED"},
		"items, as a stream":    {`{"configurationItems": [` + row + strings.Repeat(" ", 70<<10) + `]}`, "FAILED"},
		"an item with a status": {strings.Replace(row, "{", `{"configurationItemStatus": "OK", `, 1), "FAILED"},
	} {
		r := scanned(t, map[string]string{"a.json": tt.text}, "ECS.12")
		if d := cmp.Diff([]string{"a.json ECS.12 cluster/main " + tt.want}, verdicts(r)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// What a query selected and an answer does not have is absent, also where nothing
// is left of the object around it: a query answers no empty ones. What it did not
// select is unknown beside it.
func TestSelectedAndAbsent(t *testing.T) {
	cluster, service := inEU+"cluster/main", inEU+"service/main/web"
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"settings": {
			text: answer("arn configuration.ClusterSettings", `{"arn": "`+cluster+`"}`),
			want: []string{"a.json ECS.12 cluster/main FAILED"},
		},
		"settings, in other case": {
			text: answer("arn Configuration.clusterSettings", `{"arn": "`+cluster+`", "configuration": {}}`),
			want: []string{"a.json ECS.12 cluster/main FAILED"},
		},
		"something else of a cluster": {
			text: answer("arn configuration.ClusterName", `{"arn": "`+cluster+`"}`),
			want: []string{"a.json ECS.12 cluster/main UNKNOWN"},
		},
		"a property in objects": {
			text: answer("arn configuration.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", `{"arn": "`+service+`"}`),
			want: []string{"a.json ECS.2 service/main/web PASSED", "a.json ECS.10 service/main/web UNKNOWN"},
		},
		"beside another": {
			text: answer("arn configuration.LaunchType configuration.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp",
				`{"arn": "`+service+`", "configuration": {"LaunchType": "EC2"}}`),
			want: []string{"a.json ECS.2 service/main/web PASSED", "a.json ECS.10 service/main/web NOT_APPLICABLE"}, // whatever its controller
		},
		"another property of the same object": {
			text: answer("arn configuration.NetworkConfiguration.AwsvpcConfiguration.Subnets", `{"arn": "`+service+`"}`),
			want: []string{"a.json ECS.2 service/main/web UNKNOWN", "a.json ECS.10 service/main/web UNKNOWN"},
		},
		"a property of the elements of a list": {
			text: answer("arn configuration.Status configuration.ContainerDefinitions.Privileged", `{"arn": "`+inEU+`task-definition/web:1"}`),
			want: []string{"a.json ECS.4 task-definition/web:1 UNKNOWN"},
		},
		"what AWS Config never records": {
			text: answer("arn configuration.Cluster configuration.TaskDefinition configuration.LaunchType configuration.DeploymentController.Type "+
				"configuration.CapacityProviderStrategy configuration.PlatformVersion configuration.DefaultCapacityProviderStrategy",
				`{"arn": "`+service+`", "configuration": {"Cluster": "`+cluster+`", "PlatformVersion": "1.3.0"}}`,
				`{"arn": "`+cluster+`", "configuration": {"DefaultCapacityProviderStrategy": [{"CapacityProvider": "FARGATE"}]}}`),
			want: []string{"a.json ECS.2 service/main/web UNKNOWN", "a.json ECS.10 service/main/web FAILED", "a.json ECS.12 cluster/main UNKNOWN"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := scanned(t, map[string]string{"a.json": tt.text}, "ECS.2", "ECS.4", "ECS.10", "ECS.12")
			if d := cmp.Diff(tt.want, verdicts(r)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// The latest time counts, in whatever form AWS and its tools write it.
func TestTimes(t *testing.T) {
	web := inEU + "task-definition/web:1"
	earlier := "2026-01-05T08:00:00Z"
	for _, later := range []string{
		"2026-01-05T08:00:00.001Z", "2026-01-05T10:00:00.5+01:00", "2026-01-05T10:00:00.000+0100", "2026-01-05 08:00:01.25+00:00",
		"1767600001.5", "1767600000001",
	} {
		r := scanned(t, map[string]string{
			"a.json": snapshot(item("TaskDefinition", web, later, "OK", td("host"))),
			"b.json": snapshot(item("TaskDefinition", web, earlier, "OK", td("task"))),
		}, "ECS.3")
		if d := cmp.Diff([]string{"a.json ECS.3 task-definition/web:1 FAILED"}, verdicts(r)); d != "" {
			t.Errorf("%s (-want +got):\n%s", later, d)
		}
	}
}
