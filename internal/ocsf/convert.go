package ocsf

import (
	"strings"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/asff"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// Sizes in characters, as in the other format.
const (
	maxName      = 256
	maxConstruct = 2048
)

// An idName is a number of an enumeration, and its caption.
type idName struct {
	id   int
	name string
}

// Convert turns a finding into an event. What is not applicable has no place
// here: for that ok is false.
func Convert(c *asff.Converter, f *ecsentry.Finding) (out Finding, ok bool) {
	a, ok := c.Finding(f)
	if !ok {
		return Finding{}, false
	}
	created, updated := c.Created.UnixMilli(), c.Updated.UnixMilli()
	severity, status, verdict := severityOf(a.Severity.Label), workflowOf(a.Workflow.Status), verdictOf(a.Compliance.Status)
	vendor := severityOf(strings.ToUpper(f.Severity.String()))
	account := Account{UID: a.AwsAccountId, Type: "AWS Account", TypeID: 10}
	partition := partitionOf(a.ProductArn)
	out = Finding{
		ActivityID: 1, ActivityName: "Create",
		CategoryUID: CategoryUID, CategoryName: "Findings",
		ClassUID: ClassUID, ClassName: "Compliance Finding",
		TypeUID: ClassUID*100 + 1, TypeName: "Compliance Finding: Create",
		Time: updated, TimeDT: datetime(c.Updated),
		SeverityID: severity.id, Severity: severity.name,
		StatusID: status.id, Status: status.name,
		Message: a.Description,
		Metadata: Metadata{
			Version: SchemaVersion, Profiles: []string{"cloud", "datetime"},
			Product: Product{Name: a.ProductName, VendorName: a.CompanyName, UID: a.ProductArn, Version: inert.Cut(c.Version, maxName)},
		},
		Cloud: Cloud{Provider: "AWS", Partition: partition, Region: a.Region, Account: account},
		FindingInfo: FindingInfo{
			UID: a.Id, Title: a.Title, Desc: a.Description, Types: a.Types, Analytic: analyticOf(f.Control, a.Compliance.SecurityControlId),
			CreatedTime: created, CreatedTimeDT: datetime(c.Created),
			ModifiedTime: updated, ModifiedTimeDT: datetime(c.Updated),
			LastSeenTime: updated, LastSeenTimeDT: datetime(c.Updated),
		},
		Compliance: Compliance{
			Control:      a.Compliance.SecurityControlId,
			Desc:         inert.Cut(f.Control.Description, 1024),
			Category:     inert.Cut(f.Control.Category, maxName),
			Standards:    standards(a.Compliance.RelatedRequirements),
			Requirements: a.Compliance.RelatedRequirements,
			Status:       verdict.name, StatusID: verdict.id,
		},
		Remediation: Remediation{
			Desc: a.Remediation.Recommendation.Text, References: []string{a.Remediation.Recommendation.Url},
		},
		Resources:        resources(f.Resource, &a, partition, account),
		VendorAttributes: VendorAttributes{SeverityID: vendor.id, Severity: vendor.name},
	}
	for _, p := range a.Compliance.SecurityControlParameters {
		out.Compliance.Parameters = append(out.Compliance.Parameters, Parameter{Name: p.Name, Values: p.Value})
	}
	for _, r := range a.Compliance.StatusReasons {
		out.Compliance.StatusDetails = append(out.Compliance.StatusDetails, r.Description)
	}
	if a.Note != nil {
		out.Comment = a.Note.Text
	}
	return out, true
}

// resources names the resource as AWS does: a short identifier, and the ARN
// beside it.
func resources(id *ecsentry.Identity, a *asff.Finding, partition string, account Account) []Resource {
	var out []Resource
	for _, r := range a.Resources {
		x := Resource{
			Type: inert.Clip(string(id.Type), maxName), UID: r.Id, Name: inert.Clip(id.Name, maxName),
			Region: a.Region, Partition: partition, Owner: Owner{account},
		}
		if id.Construct != "" {
			x.Data = &Data{inert.Clip(id.Construct, maxConstruct)}
		}
		if strings.HasPrefix(r.Id, "arn:") {
			x.UIDAlt = r.Id
			if _, short, ok := strings.Cut(r.Id, "/"); ok && short != "" {
				x.UID = short
			}
		}
		out = append(out, x)
	}
	return out
}

func analyticOf(c *ecsentry.Control, id string) Analytic {
	a := Analytic{Name: inert.Cut(c.ConfigRule, maxName), UID: id, Type: "Rule", TypeID: 1}
	if a.Name == "" {
		a.Name = id
	} else if !c.CustomRule {
		a.Category = "AWS::Config::ConfigRule"
	}
	return a
}

// standards are those whose requirements the control names, as Security Hub
// calls them.
func standards(requirements []string) []string {
	for _, r := range requirements {
		if strings.HasPrefix(r, "NIST.800-53.r5 ") {
			return []string{"standards/nist-800-53/v/5.0.0"}
		}
	}
	return nil
}

func severityOf(label string) idName {
	switch label {
	case "LOW":
		return idName{2, "Low"}
	case "MEDIUM":
		return idName{3, "Medium"}
	case "HIGH":
		return idName{4, "High"}
	case "CRITICAL":
		return idName{5, "Critical"}
	default:
		return idName{1, "Informational"}
	}
}

func workflowOf(status string) idName {
	switch status {
	case "SUPPRESSED":
		return idName{3, "Suppressed"}
	case "RESOLVED":
		return idName{4, "Resolved"}
	default:
		return idName{1, "New"}
	}
}

func verdictOf(status string) idName {
	switch status {
	case "PASSED":
		return idName{1, "Pass"}
	case "FAILED":
		return idName{3, "Fail"}
	default:
		return idName{2, "Warning"}
	}
}

// partitionOf is the partition of an ARN.
func partitionOf(arn string) string {
	_, rest, _ := strings.Cut(arn, ":")
	partition, _, _ := strings.Cut(rest, ":")
	return partition
}

func datetime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
