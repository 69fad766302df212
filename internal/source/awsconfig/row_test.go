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
