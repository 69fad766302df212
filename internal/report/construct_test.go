package report

import (
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
)

// Where a tool made a resource, reports say from which construct.
func TestConstruct(t *testing.T) {
	const raw = "Resources: T"
	text := &fakeText{name: "Web.template.json", raw: raw}
	id := &ecsentry.Identity{
		Type: ecsentry.TaskDefinition, ID: "Task79114B6B", Name: "Task79114B6B", Source: ecsentry.SourceCloudFormation,
		Partition: "aws", At: at(text, raw, "T", nil, ""), Construct: "Web/Task/Resource",
	}
	r := one(ecsentry.Reason{Outcome: ecsentry.Failed, Subject: "app", Message: "is bad", At: id.At}, id)
	for format, want := range map[string]string{
		"text":  "--> Web.template.json:1:12   Task79114B6B   (Web/Task/Resource)\n",
		"json":  `"construct":"Web/Task/Resource"`,
		"asff":  `"ecsentry/Construct":"Web/Task/Resource"`,
		"html":  "Web/Task/Resource",
		"sarif": `{"name":"Resource","fullyQualifiedName":"Web/Task/Resource","kind":"construct"}`,
		"ocsf":  `"data":{"construct":"Web/Task/Resource"}`,
		"csv":   ",Web/Task/Resource,Web.template.json,1,",
	} {
		if got := string(write(t, format, r, Options{})); !strings.Contains(got, want) {
			t.Errorf("%s has no %q:\n%s", format, want, got)
		}
	}
	if got := readBack(t, r).Findings.List()[0].Resource.Construct; got != id.Construct {
		t.Errorf("read back: construct %q", got)
	}
	id.Construct = ""
	if got := string(write(t, "json", r, Options{})); strings.Contains(got, "construct") {
		t.Errorf("a construct that is none is written:\n%s", got)
	}
}
