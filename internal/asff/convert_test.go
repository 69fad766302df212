package asff_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/asff"
)

var (
	created = time.Date(2026, 1, 2, 3, 4, 5, 678_900_000, time.FixedZone("", 3600))
	updated = created.Add(time.Minute)
)

func converter() asff.Converter {
	return asff.Converter{Version: "1.2.3", Created: created, Updated: updated}
}

func taskDefinition() *ecsentry.Identity {
	return &ecsentry.Identity{
		Type: ecsentry.TaskDefinition, ID: "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3", Name: "web",
		Source: ecsentry.SourceLive, Account: "123456789012", Region: "eu-west-1", Partition: "aws",
	}
}

func control() *ecsentry.Control {
	return &ecsentry.Control{
		ID: "ECS.5", Title: "A title", Description: "Fails if.", Remediation: "Mend it.", Severity: ecsentry.High,
		ConfigRule: "a-rule", Requirements: []string{"NIST.800-53.r5 AC-3"},
	}
}

func finding(c *ecsentry.Control, id *ecsentry.Identity, reasons ...ecsentry.Reason) *ecsentry.Finding {
	f := &ecsentry.Finding{ID: ecsentry.FindingID(c, id), Control: c, Resource: id, Severity: c.Severity}
	for _, r := range reasons {
		f.Verdict.Join(r)
	}
	return f
}

func convert(t *testing.T, c asff.Converter, f *ecsentry.Finding) asff.Finding {
	t.Helper()
	out, ok := c.Finding(f)
	if !ok {
		t.Fatal("not converted")
	}
	text, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range breaches(text) {
		t.Error(b)
	}
	return out
}

// By the table of the references: the outcome at the border of Security Hub.
func TestOutcomes(t *testing.T) {
	for outcome, want := range map[ecsentry.Outcome]struct{ status, label, workflow, reason string }{
		ecsentry.Passed:  {"PASSED", "INFORMATIONAL", "RESOLVED", "COMPLIANT"},
		ecsentry.Unknown: {"WARNING", "INFORMATIONAL", "NEW", "INSUFFICIENT_DATA"},
		ecsentry.Failed:  {"FAILED", "HIGH", "NEW", "NON_COMPLIANT"},
	} {
		got := convert(t, converter(), finding(control(), taskDefinition(), ecsentry.Reason{Outcome: outcome, Message: "m"}))
		if got.Compliance.Status != want.status || got.Severity.Label != want.label || got.Severity.Original != want.label ||
			got.FindingProviderFields.Severity.Label != want.label || got.Workflow.Status != want.workflow ||
			got.RecordState != "ACTIVE" || got.Note != nil {
			t.Errorf("%s is %+v", outcome, got)
		}
		if len(got.Compliance.StatusReasons) != 1 || got.Compliance.StatusReasons[0].ReasonCode != want.reason {
			t.Errorf("%s has reasons %v", outcome, got.Compliance.StatusReasons)
		}
	}
	c := converter()
	if _, ok := c.Finding(finding(control(), taskDefinition(), ecsentry.Reason{Message: "m"})); ok {
		t.Error("what is not applicable is converted")
	}
}

func TestSeverities(t *testing.T) {
	for severity, want := range map[ecsentry.Severity]asff.Severity{
		ecsentry.Low:      {Label: "LOW", Normalized: 1, Original: "LOW"},
		ecsentry.Medium:   {Label: "MEDIUM", Normalized: 40, Original: "MEDIUM"},
		ecsentry.High:     {Label: "HIGH", Normalized: 70, Original: "HIGH"},
		ecsentry.Critical: {Label: "CRITICAL", Normalized: 90, Original: "CRITICAL"},
	} {
		f := finding(control(), taskDefinition(), ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m"})
		f.Severity = severity
		if got := convert(t, converter(), f).Severity; got != want {
			t.Errorf("%s is %+v, want %+v", severity, got, want)
		}
	}
}

func TestIdentity(t *testing.T) {
	f := finding(control(), taskDefinition(), ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m"})
	got := convert(t, converter(), f)
	want := map[string]string{
		"Id":          "arn:aws:securityhub:eu-west-1:123456789012:security-control/ECS.5/finding/" + f.ID,
		"ProductArn":  "arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default",
		"GeneratorId": "security-control/ECS.5",
		"Account":     "123456789012", "Region": "eu-west-1",
		"CreatedAt": "2026-01-02T02:04:05.678Z", "UpdatedAt": "2026-01-02T02:05:05.678Z",
		"Url":      "https://docs.aws.amazon.com/console/securityhub/ECS.5/remediation",
		"Resource": "AwsEcsTaskDefinition arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3 aws eu-west-1",
	}
	r := got.Resources[0]
	if diff := cmp.Diff(want, map[string]string{
		"Id": got.Id, "ProductArn": got.ProductArn, "GeneratorId": got.GeneratorId, "Account": got.AwsAccountId, "Region": got.Region,
		"CreatedAt": got.CreatedAt, "UpdatedAt": got.UpdatedAt, "Url": got.Remediation.Recommendation.Url,
		"Resource": strings.Join([]string{r.Type, r.Id, r.Partition, r.Region}, " "),
	}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Where the input knows no account and Region, the user's hold, else the
// format's own; what looks like neither counts as not known.
func TestWhereabouts(t *testing.T) {
	for name, tc := range map[string]struct {
		account, region, partition string // of the input
		c                          asff.Converter
		want                       string // partition of the ARN, Region, account, partition of the resource
	}{
		"known":               {"123456789012", "eu-west-1", "aws", asff.Converter{Account: "210987654321", Region: "us-west-2"}, "aws eu-west-1 123456789012 aws"},
		"nobody knows":        {"", "", "aws", asff.Converter{}, "aws us-east-1 000000000000 aws"},
		"the user knows":      {"", "", "aws", asff.Converter{Account: "210987654321", Region: "us-west-2"}, "aws us-west-2 210987654321 aws"},
		"the user is wrong":   {"", "", "aws", asff.Converter{Account: "12", Region: "moon"}, "aws us-east-1 000000000000 aws"},
		"nonsense in an ARN":  {"12345678901x", "eu west", "a b", asff.Converter{}, "aws us-east-1 000000000000 aws"},
		"China by its Region": {"", "", "aws", asff.Converter{Region: "cn-north-1"}, "aws-cn cn-north-1 000000000000 aws-cn"},
		"GovCloud":            {"123456789012", "us-gov-west-1", "aws-us-gov", asff.Converter{}, "aws-us-gov us-gov-west-1 123456789012 aws-us-gov"},
		"not in the format":   {"123456789012", "us-iso-east-1", "aws-iso", asff.Converter{}, "aws-iso us-iso-east-1 123456789012 "},
		"digits of others":    {"١٢٣٤٥٦٧٨٩٠١٢", "", "aws", asff.Converter{}, "aws us-east-1 000000000000 aws"},
	} {
		t.Run(name, func(t *testing.T) {
			id := taskDefinition()
			id.Account, id.Region, id.Partition = tc.account, tc.region, tc.partition
			got := convert(t, tc.c, finding(control(), id, ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m"}))
			partition, _, _ := strings.Cut(strings.TrimPrefix(got.ProductArn, "arn:"), ":")
			have := strings.Join([]string{partition, got.Region, got.AwsAccountId, got.Resources[0].Partition}, " ")
			if have != tc.want {
				t.Errorf("got %q, want %q", have, tc.want)
			}
			if want := fmt.Sprintf("arn:%s:securityhub:%s:%s:product/%s/default", partition, got.Region, got.AwsAccountId, got.AwsAccountId); got.ProductArn != want {
				t.Errorf("ProductArn is %s, want %s", got.ProductArn, want)
			}
		})
	}
}

func TestExceptionsAreSuppressed(t *testing.T) {
	f := finding(control(), taskDefinition(), ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m"})
	f.Exception = &ecsentry.Exception{Reason: strings.Repeat("because ", 200), Owner: "team", Expires: "2026-12-31"}
	got := convert(t, converter(), f)
	if got.Workflow.Status != "SUPPRESSED" || got.Compliance.Status != "FAILED" {
		t.Errorf("got %s, %s", got.Workflow.Status, got.Compliance.Status)
	}
	if got.Note == nil || got.Note.UpdatedBy != "team" || !strings.HasSuffix(got.Note.Text, "… (until 2026-12-31)") {
		t.Errorf("note is %+v", got.Note)
	}
	f.Exception = &ecsentry.Exception{}
	if got := convert(t, converter(), f); got.Note == nil {
		t.Error("no note")
	}
}

func TestDetails(t *testing.T) {
	arn := func(kind string) string { return "arn:aws:ecs:eu-west-1:123456789012:" + kind + "/x" }
	for name, tc := range map[string]struct {
		id   ecsentry.Identity
		want *asff.Details
	}{
		"task definition": {ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "T", Name: "web"}, &asff.Details{AwsEcsTaskDefinition: &asff.TaskDefinition{Family: "web"}}},
		"no family":       {ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "web.json"}, nil},
		"service":         {ecsentry.Identity{Type: ecsentry.Service, ID: arn("service"), Name: "x"}, &asff.Details{AwsEcsService: &asff.Service{ServiceArn: arn("service"), ServiceName: "x", Name: "x"}}},
		"service in file": {ecsentry.Identity{Type: ecsentry.Service, ID: "S", Name: "x"}, &asff.Details{AwsEcsService: &asff.Service{ServiceName: "x", Name: "x"}}},
		"cluster":         {ecsentry.Identity{Type: ecsentry.Cluster, ID: arn("cluster"), Name: "x"}, &asff.Details{AwsEcsCluster: &asff.Cluster{ClusterArn: arn("cluster"), ClusterName: "x"}}},
		"nameless":        {ecsentry.Identity{Type: ecsentry.Cluster, ID: "C"}, nil},
		"another type":    {ecsentry.Identity{Type: "AWS::ECS::TaskSet", ID: "S", Name: "x"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := convert(t, converter(), finding(control(), &tc.id, ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m"}))
			if diff := cmp.Diff(tc.want, got.Resources[0].Details); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The reasons of a failure are its failures, then its unknowns; the passes of
// other containers are none.
func TestReasons(t *testing.T) {
	got := convert(t, converter(), finding(control(), taskDefinition(),
		ecsentry.Reason{Outcome: ecsentry.Passed, Subject: "a", Message: "is fine"},
		ecsentry.Reason{Outcome: ecsentry.Unknown, Subject: "b", Message: "cannot tell"},
		ecsentry.Reason{Outcome: ecsentry.Failed, Subject: "c", Message: "fails", When: "when X is 1"},
	))
	want := []asff.StatusReason{
		{ReasonCode: "NON_COMPLIANT", Description: "c: fails when X is 1"},
		{ReasonCode: "INSUFFICIENT_DATA", Description: "b: cannot tell"},
	}
	if diff := cmp.Diff(want, got.Compliance.StatusReasons); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := "Fails if. c: fails when X is 1."; got.Description != want {
		t.Errorf("description is %q, want %q", got.Description, want)
	}
}

// A parameter is told in full, or not at all.
func TestParameters(t *testing.T) {
	c := control()
	c.Parameters = []ecsentry.Parameter{
		{Name: "secretKeys", Value: []string{"A", strings.Repeat("x", 3000), "B"}},
		{Name: "none"},
	}
	got := convert(t, converter(), finding(c, taskDefinition(), ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m"}))
	want := []asff.Parameter{{Name: "secretKeys", Value: []string{"A", "B"}}}
	if diff := cmp.Diff(want, got.Compliance.SecurityControlParameters); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Every control of the catalogue is inside the limits, whatever it says.
func TestCatalogue(t *testing.T) {
	for _, c := range catalog.Controls() {
		for _, o := range []ecsentry.Outcome{ecsentry.Passed, ecsentry.Unknown, ecsentry.Failed} {
			id := taskDefinition()
			id.Type = c.ResourceType
			got := convert(t, converter(), finding(c, id, ecsentry.Reason{Outcome: o, Message: "m"}))
			if got.Title != c.Title {
				t.Errorf("title is %q, want %q", got.Title, c.Title)
			}
			if diff := cmp.Diff(c.Requirements, got.Compliance.RelatedRequirements); diff != "" {
				t.Errorf("%s: requirements (-want +got):\n%s", c.ID, diff)
			}
		}
	}
}
