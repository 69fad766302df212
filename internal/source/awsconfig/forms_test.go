package awsconfig_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// Every form in which AWS Config hands out an item gives the same verdict.
func TestForms(t *testing.T) {
	const at = "2026-01-02T03:04:05.678Z"
	arn := inEU + "cluster/main"
	off := `{"Arn": "` + arn + `", "ClusterName": "main", "ClusterSettings": [{"Name": "containerInsights", "Value": "disabled"}]}`
	asObject := item("Cluster", arn, at, "OK", off)
	asText := item("Cluster", arn, at, "OK", quoted(off))
	change := `{"configurationItemDiff": null, "configurationItem": ` + asObject + `, "messageType": "ConfigurationItemChangeNotification"}`
	notification := `{"Type": "Notification", "Subject": "[AWS Config:eu-west-1] AWS::ECS::Cluster main Updated", "Message": ` + quoted(change) + `}`
	row := `{"arn": "` + arn + `", "resourceType": "AWS::ECS::Cluster", "configuration": ` + off + `}`
	info := `"QueryInfo": {"SelectFields": [{"Name": "arn"}, {"Name": "resourceType"}, {"Name": "configuration"}]}`
	for name, text := range map[string]string{
		"snapshot":                        snapshot(asObject),
		"get-resource-config-history":     `{"configurationItems": [` + asText + `], "nextToken": "x"}`,
		"batch-get-resource-config":       `{"baseConfigurationItems": [` + asText + `], "unprocessedResourceKeys": []}`,
		"select-resource-config":          `{"Results": [` + quoted(row) + `], ` + info + `}`,
		"its results in objects":          `{` + info + `, "Results": [` + row + `]}`,
		"select without arn":              `{"Results": [` + quoted(strings.Replace(row, `"arn": "`+arn+`", `, "", 1)) + `], ` + info + `}`,
		"select without type":             `{"Results": [` + quoted(strings.Replace(row, `"resourceType": "AWS::ECS::Cluster", `, "", 1)) + `], ` + info + `}`,
		"item":                            asObject,
		"items, one after the other":      asObject + "\n" + `{"resourceType": "AWS::EC2::Instance", "arn": "arn:aws:ec2:::x", "configuration": {}}`,
		"items in a list":                 "[" + asText + "]",
		"answers in a list":               "[" + snapshot(asText) + "]",
		"message":                         change,
		"notification":                    notification,
		"event":                           `{"version": "0", "detail-type": "Config Configuration Item Change", "source": "aws.config", "detail": ` + change + `}`,
		"queue":                           `{"Messages": [{"MessageId": "x", "Body": ` + quoted(notification) + `}]}`,
		"function":                        `{"Records": [{"EventSource": "aws:sns", "Sns": ` + notification + `}]}`,
		"rule":                            `{"invokingEvent": ` + quoted(change) + `, "ruleParameters": "{}"}`,
		"message that is an object":       `{"Type": "Notification", "Message": ` + change + `}`,
		"notification after prose":        `{"Type": "Notification", "Message": ` + quoted("The notification is:\n\n"+change) + `}`,
		"other case":                      `{"ConfigurationItems": [` + strings.NewReplacer("ClusterSettings", "clusterSETTINGS", "Value", "VALUE", `"Name": "c`, `"name": "c`, "configurationItemStatus", "ConfigurationItemStatus").Replace(asObject) + `]}`,
		"the ECS API's names for it":      snapshot(strings.Replace(asObject, "ClusterSettings", "settings", 1)),
		"time as seconds, state as digit": snapshot(strings.Replace(asObject, `"`+at+`"`, `1767323045.678, "configurationStateId": 7`, 1)),
	} {
		t.Run(name, func(t *testing.T) {
			r := scanned(t, map[string]string{"x.json": text})
			if r.Findings.Len() != 1 || len(r.Coverage.Refused)+len(r.Coverage.Gaps)+len(r.Coverage.Skipped)+len(r.Coverage.NotCovered) != 0 {
				t.Fatalf("%v %+v", verdicts(r), r.Coverage)
			}
			f := r.Findings.List()[0]
			if f.Verdict.Outcome != ecsentry.Failed || f.Verdict.Reasons[0].At.Path() != "/settings/0/value" {
				t.Errorf("%s at %s", f.Verdict.Outcome, f.Verdict.Reasons[0].At.Path())
			}
			// The place is that of the value in the file, through all texts in texts.
			p := f.Verdict.Reasons[0].At.Position()
			lines := strings.Split(text, "\n")
			if p.Line > len(lines) || !strings.HasPrefix(strings.TrimLeft(string([]rune(lines[p.Line-1])[p.Column-1:]), `\"`), "disabled") {
				t.Errorf("position %s", p)
			}
			want := ecsentry.Identity{
				Type: ecsentry.Cluster, ID: arn, Name: "main", Source: "aws-config", Account: account, Region: "eu-west-1", Partition: "aws",
			}
			got := *f.Resource
			got.At = nil
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("identity (-want +got):\n%s", d)
			}
		})
	}
}

// What is no item is not ours.
func TestNotOurs(t *testing.T) {
	for name, text := range map[string]string{
		"template":          `{"Resources": {"C": {"Type": "AWS::ECS::Cluster", "Properties": {"configuration": {}}}}}`,
		"answer":            `{"clusters": [{"clusterArn": "` + inEU + `cluster/main", "status": "ACTIVE"}]}`,
		"trail":             `{"Records": [{"eventName": "RunTask", "resources": [{"ARN": "` + inEU + `cluster/main"}]}]}`,
		"package":           `{"name": "x", "configuration": {"a": "arn:aws:ecs"}}`,
		"counts of a query": `{"results": [{"resourceType": "AWS::ECS::Cluster", "COUNT(*)": 3}]}`,
		"any message":       `{"message": "configuration", "detail": {}}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := scanned(t, map[string]string{"x.json": text})
			if r.Resources != 0 || len(r.Coverage.Skipped) != 1 {
				t.Errorf("%v %+v", verdicts(r), r.Coverage)
			}
		})
	}
}
