package asff

import (
	"strings"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// MostFindings is how many findings BatchImportFindings takes at once.
const MostFindings = 100

// MaxBytes is the size that a finding may have.
const MaxBytes = 240 << 10

// Limits of the format, in characters.
const (
	maxID             = 512
	maxTitle          = 256
	maxDescription    = 1024
	maxRecommendation = 512
	maxNote           = 512
	maxRequirements   = 32
)

// Limits of our own, in characters, so that a hundred findings stay below the
// 6 MB of a call even where each character takes four bytes.
const (
	maxReasons     = 10
	maxReason      = 320
	maxName        = 256
	maxRequirement = 64
	maxField       = 768
	maxParameters  = 2048 // all together
)

const product = "ecsentry"

// checks is the type that Security Hub gives the findings of its own controls.
const checks = "Software and Configuration Checks/Industry and Regulatory Standards"

// A Converter turns the findings of one run into the format.
type Converter struct {
	Account          string // where the input knows none; "" for 000000000000
	Region           string // where the input knows none; "" for us-east-1
	Version          string // of ecsentry
	Created, Updated time.Time
}

// Finding turns a finding into the format, which has no place for what is not
// applicable: for that ok is false.
func (c *Converter) Finding(f *ecsentry.Finding) (out Finding, ok bool) {
	status := statusOf(f.Verdict.Outcome)
	if status == "" {
		return Finding{}, false
	}
	at := c.whereabouts(f.Resource)
	id := inert.Cut(f.Control.ID, maxName)
	prefix := "arn:" + at.partition + ":securityhub:" + at.region + ":" + at.account
	severity := severityOf(f)
	out = Finding{
		SchemaVersion:  SchemaVersion,
		Id:             inert.Cut(prefix+":security-control/"+id+"/finding/"+f.ID, maxID),
		ProductArn:     prefix + ":product/" + at.account + "/default",
		ProductName:    product,
		CompanyName:    product,
		Region:         at.region,
		GeneratorId:    "security-control/" + id,
		AwsAccountId:   at.account,
		Types:          []string{checks},
		LastObservedAt: timestamp(c.Updated),
		CreatedAt:      timestamp(c.Created),
		UpdatedAt:      timestamp(c.Updated),
		Severity:       severity,
		Title:          inert.Cut(said(f.Control.Title, id), maxTitle),
		Description:    inert.Cut(describe(f), maxDescription),
		Remediation: Remediation{Recommendation{
			Text: inert.Cut(said(f.Control.Remediation, "See the control's page."), maxRecommendation),
			Url:  "https://docs.aws.amazon.com/console/securityhub/" + id + "/remediation",
		}},
		ProductFields: c.productFields(f),
		Resources:     []Resource{resource(f.Resource, at)},
		Compliance: Compliance{
			Status:                    status,
			RelatedRequirements:       requirements(f.Control),
			SecurityControlId:         id,
			StatusReasons:             statusReasons(f),
			SecurityControlParameters: parameters(f.Control),
		},
		Workflow:    Workflow{workflow(f)},
		RecordState: "ACTIVE",
		Note:        note(f.Exception, timestamp(c.Updated)),
		FindingProviderFields: ProviderFields{
			Severity: ProviderSeverity{Label: severity.Label, Original: severity.Original},
			Types:    []string{checks},
		},
	}
	return out, true
}

func statusOf(o ecsentry.Outcome) string {
	switch o {
	case ecsentry.Passed:
		return "PASSED"
	case ecsentry.Unknown:
		return "WARNING"
	case ecsentry.Failed:
		return "FAILED"
	default:
		return ""
	}
}

// severityOf is that of the control for a failure; what did not fail is for
// information.
func severityOf(f *ecsentry.Finding) Severity {
	s := Severity{Label: "INFORMATIONAL"}
	if f.Verdict.Outcome == ecsentry.Failed {
		switch f.Severity {
		case ecsentry.Low:
			s = Severity{Label: "LOW", Normalized: 1}
		case ecsentry.Medium:
			s = Severity{Label: "MEDIUM", Normalized: 40}
		case ecsentry.High:
			s = Severity{Label: "HIGH", Normalized: 70}
		case ecsentry.Critical:
			s = Severity{Label: "CRITICAL", Normalized: 90}
		}
	}
	s.Original = s.Label
	return s
}

func workflow(f *ecsentry.Finding) string {
	switch {
	case f.Exception != nil && f.Verdict.Outcome == ecsentry.Failed:
		return "SUPPRESSED"
	case f.Verdict.Outcome == ecsentry.Passed:
		return "RESOLVED"
	default:
		return "NEW"
	}
}

func note(e *ecsentry.Exception, now string) *Note {
	if e == nil {
		return nil
	}
	until := ""
	if e.Expires != "" {
		until = " (until " + inert.Cut(e.Expires, 32) + ")"
	}
	return &Note{
		Text:      inert.Cut(said(e.Reason, "Excepted."), maxNote-len(until)) + until,
		UpdatedBy: inert.Cut(said(e.Owner, product), maxNote),
		UpdatedAt: now,
	}
}

func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// said is s, or instead where s says nothing: the format wants non-empty texts.
func said(s, instead string) string {
	if strings.TrimSpace(s) == "" {
		return instead
	}
	return s
}
