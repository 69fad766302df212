package awsconfig_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// td is the properties of a revision whose pid mode decides ECS.3.
func td(pidMode string, more ...string) string {
	return `{"Family": "web", "PidMode": "` + pidMode + `"` + strings.Join(append([]string{""}, more...), ", ") + `}`
}

const (
	monday  = "2026-01-05T08:00:00Z"
	tuesday = "2026-01-06T08:00:00.000+00:00"
	friday  = "2026-01-09T09:00:00.5+01:00"
)

func TestVerdicts(t *testing.T) {
	web1, web2, web10 := inEU+"task-definition/web:1", inEU+"task-definition/web:2", inEU+"task-definition/web:10"
	cluster, service := inEU+"cluster/main", inEU+"service/main/web"
	for name, tt := range map[string]struct {
		files map[string]string
		only  string
		want  []string
	}{
		"the latest item counts, over all files": {
			files: map[string]string{
				"a.json": snapshot(item("TaskDefinition", web1, friday, "OK", td("task")), item("TaskDefinition", web1, monday, "OK", td("host"))),
				"b.json": snapshot(item("TaskDefinition", web1, tuesday, "OK", td("host"))),
			},
			want: []string{"a.json ECS.3 task-definition/web:1 PASSED"},
		},
		"of one time the state decides, as a number": {
			files: map[string]string{
				"a.json": snapshot(item("TaskDefinition", web1, friday, "OK", td("task"), `"configurationStateId": 9`)),
				"b.json": snapshot(item("TaskDefinition", web1, friday, "OK", td("host"), `"configurationStateId": "10"`)),
			},
			want: []string{"b.json ECS.3 task-definition/web:1 FAILED"},
		},
		"the same item twice": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web1, friday, "OK", td("host"))), "b.json": snapshot(item("TaskDefinition", web1, friday, "OK", td("host")))},
			want:  []string{"a.json ECS.3 task-definition/web:1 FAILED"},
		},
		"deleted": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web1, monday, "OK", td("host")), item("TaskDefinition", web1, friday, "ResourceDeleted", "null"))},
		},
		"the latest active revision, by its ARN": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web2, friday, "OK", td("host")), item("TaskDefinition", web10, monday, "OK", td("task", `"Status": "ACTIVE"`)))},
			want:  []string{"a.json ECS.3 task-definition/web:2 NOT_APPLICABLE", "a.json ECS.3 task-definition/web:10 PASSED"},
		},
		"an older revision is the latest where the later is deleted": {
			files: map[string]string{
				"a.json": snapshot(item("TaskDefinition", web2, friday, "OK", td("host")), item("TaskDefinition", web10, monday, "OK", td("task"))),
				"b.json": snapshot(item("TaskDefinition", web10, tuesday, "ResourceDeleted", `""`)),
			},
			want: []string{"a.json ECS.3 task-definition/web:2 FAILED"},
		},
		"or inactive": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web2, friday, "OK", td("host")), item("TaskDefinition", web10, monday, "OK", td("task", `"Status": "INACTIVE"`)))},
			want:  []string{"a.json ECS.3 task-definition/web:2 FAILED", "a.json ECS.3 task-definition/web:10 NOT_APPLICABLE"},
		},
		"no longer recorded": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web1, monday, "OK", td("host")), item("TaskDefinition", web1, friday, "ResourceNotRecorded", "null"))},
			want:  []string{"a.json ECS.3 task-definition/web:1 UNKNOWN"},
		},
		"too large for a notification": {
			files: map[string]string{
				"a.json": snapshot(item("TaskDefinition", web1, monday, "OK", td("host"))),
				"b.json": `{"Message": ` + quoted(`Too large: {"configurationItemSummary": `+strings.Replace(item("TaskDefinition", web1, friday, "OK", "1"), `"configuration": 1`, `"changeType": "UPDATE"`, 1)+
					`, "s3DeliverySummary": {"s3BucketLocation": "bucket/a/b.json.gz"}, "messageType": "OversizedConfigurationItemChangeNotification"}`) + `}`,
			},
			want: []string{"b.json ECS.3 task-definition/web:1 UNKNOWN"},
		},
		"without a time each item stands by itself": {
			files: map[string]string{
				"a.json": `{"arn": "` + web1 + `", "configurationItemStatus": "OK", "resourceType": "AWS::ECS::TaskDefinition", "configuration": ` + td("host") + `}`,
				"b.json": `{"arn": "` + web1 + `", "configurationItemStatus": "OK", "resourceType": "AWS::ECS::TaskDefinition", "configuration": ` + td("task") + `}`,
			},
			want: []string{"a.json ECS.3 task-definition/web:1 FAILED", "b.json ECS.3 task-definition/web:1 PASSED"},
		},
		"the revision that the properties name counts": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web1, monday, "OK", td("host", `"TaskDefinitionArn": "`+web1+`"`)))},
			want:  []string{"a.json ECS.3 task-definition/web:1 FAILED"},
		},
		"no configuration": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web1, monday, "OK", "null"))},
			want:  []string{"a.json ECS.3 task-definition/web:1 UNKNOWN"},
		},
		"configuration that is no JSON": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web1, monday, "OK", `"{\"PidMode\": "`))},
			want:  []string{"a.json ECS.3 task-definition/web:1 UNKNOWN"},
		},
		"a name in two cases": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web1, monday, "OK", td("host", `"pidMode": "task"`)))},
			want:  []string{"a.json ECS.3 task-definition/web:1 UNKNOWN"},
		},
		"settings absent": {
			files: map[string]string{"a.json": snapshot(item("Cluster", cluster, monday, "OK", `{"ClusterName": "main"}`))}, only: "ECS.12",
			want: []string{"a.json ECS.12 cluster/main FAILED"},
		},
		"settings empty": {
			files: map[string]string{"a.json": snapshot(item("Cluster", cluster, monday, "OK", `{"ClusterName": "main", "ClusterSettings": []}`))}, only: "ECS.12",
			want: []string{"a.json ECS.12 cluster/main FAILED"},
		},
		"settings enhanced": {
			files: map[string]string{"a.json": snapshot(item("Cluster", cluster, monday, "OK", `{"ClusterSettings": [{"Name": "containerInsights", "Value": "enhanced"}]}`))}, only: "ECS.12",
			want: []string{"a.json ECS.12 cluster/main PASSED"},
		},
		"a service by its cluster's strategy and its task definition": {
			files: map[string]string{"a.json": snapshot(
				item("Service", service, monday, "OK", `{"Cluster": "`+cluster+`", "TaskDefinition": "`+web1+`", "PlatformVersion": "1.0.0"}`),
				item("Cluster", cluster, monday, "OK", `{"DefaultCapacityProviderStrategy": [{"CapacityProvider": "FARGATE_SPOT"}]}`),
				item("TaskDefinition", web1, monday, "OK", `{"RuntimePlatform": {"OperatingSystemFamily": "LINUX"}}`))}, only: "ECS.10",
			want: []string{"a.json ECS.10 service/main/web FAILED"},
		},
		"AwsVpcConfiguration": {
			files: map[string]string{"a.json": snapshot(item("Service", service, monday, "OK", `{"NetworkConfiguration": {"AwsVpcConfiguration": {"AssignPublicIp": "ENABLED"}}}`))}, only: "ECS.2",
			want: []string{"a.json ECS.2 service/main/web FAILED"},
		},
		"booleans and numbers as text": {
			files: map[string]string{"a.json": snapshot(item("TaskDefinition", web1, monday, "OK", `{"ContainerDefinitions": [{"Name": "a", "Privileged": "True"}]}`))}, only: "ECS.4",
			want: []string{"a.json ECS.4 task-definition/web:1 FAILED"},
		},
		"types that no control reads": {
			files: map[string]string{"a.json": snapshot(item("TaskSet", inEU+"task-set/main/web/1", monday, "OK", "{}"), item("CapacityProvider", inEU+"capacity-provider/x", monday, "OK", "{}"))},
		},
	} {
		t.Run(name, func(t *testing.T) {
			only := tt.only
			if only == "" {
				only = "ECS.3"
			}
			r := scanned(t, tt.files, only)
			if d := cmp.Diff(tt.want, verdicts(r)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if !r.Complete || len(r.Coverage.Skipped)+len(r.Coverage.NotCovered) > 0 {
				t.Errorf("coverage %+v", r.Coverage)
			}
		})
	}
}

// A column that a query did not select is unknown; one that it selected is absent
// where it is not there.
func TestQueries(t *testing.T) {
	arn := inEU + "service/main/web"
	row := func(properties string) string {
		return quoted(`{"arn": "` + arn + `", "resourceType": "AWS::ECS::Service"` + properties + `}`)
	}
	query := func(row string, columns ...string) string {
		return `{"Results": [` + row + `], "QueryInfo": {"SelectFields": [{"Name": "arn"}, {"Name": "resourceType"}` +
			strings.Join(append([]string{""}, columns...), `, `) + `]}}`
	}
	column := func(name string) string { return `{"Name": "` + name + `"}` }
	const private = `, "configuration": {"NetworkConfiguration": {"AwsvpcConfiguration": {"AssignPublicIp": "DISABLED"}}}`
	const public = `, "configuration": {"NetworkConfiguration": {"AwsvpcConfiguration": {"AssignPublicIp": "ENABLED"}}}`
	for name, tt := range map[string]struct{ text, want string }{
		"all, and there":             {query(row(private), column("configuration")), "PASSED"},
		"all, and not there":         {query(row(`, "configuration": {}`), column("configuration")), "PASSED"},
		"not selected":               {query(row("")), "UNKNOWN"},
		"star":                       {query(row(""), column("*")), "UNKNOWN"},
		"another column":             {query(row(`, "configuration": {"LaunchType": "EC2"}`), column("configuration.LaunchType")), "UNKNOWN"},
		"the column":                 {query(row(public), column("configuration.networkConfiguration.awsvpcConfiguration.assignPublicIp")), "FAILED"},
		"what holds the column":      {query(row(`, "configuration": {"NetworkConfiguration": {}}`), column("configuration.NetworkConfiguration")), "PASSED"},
		"a sibling of the column":    {query(row(`, "configuration": {"NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": []}}}`), column("configuration.NetworkConfiguration.AwsvpcConfiguration.Subnets")), "UNKNOWN"},
		"results alone, and there":   {`[` + row(public) + `]`, "FAILED"},
		"results alone, and not":     {`[` + row(`, "configuration": {}`) + `]`, "UNKNOWN"},
		"without the query's fields": {`{"Results": [` + row(`, "configuration": {}`) + `]}`, "UNKNOWN"},
	} {
		t.Run(name, func(t *testing.T) {
			r := scanned(t, map[string]string{"x.json": tt.text}, "ECS.2")
			if d := cmp.Diff([]string{"x.json ECS.2 service/main/web " + tt.want}, verdicts(r)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// Of a list of which parts were selected nobody knows whether all elements are
// there.
func TestQueryOfContainers(t *testing.T) {
	row := quoted(`{"arn": "` + inEU + `task-definition/web:1", "configuration": {"ContainerDefinitions": [{"Privileged": false}]}}`)
	r := scanned(t, map[string]string{"x.json": `{"Results": [` + row + `], "QueryInfo": {"SelectFields": [{"Name": "arn"}, {"Name": "configuration.containerDefinitions.privileged"}]}}`}, "ECS.4")
	if d := cmp.Diff([]string{"x.json ECS.4 task-definition/web:1 UNKNOWN"}, verdicts(r)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
