package asff_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/asff"
	"github.com/ecsentry/ecsentry/value"
)

type text string

func (t text) Position(int32) value.Position {
	return value.Position{File: string(t), Line: 1 << 30, Column: 1 << 30}
}

// Inputs that are long, empty or full of what does not show itself stay inside
// the limits, and so far below the size that a hundred of them make one call.
func TestHostileInputs(t *testing.T) {
	const mostBytes = 6_000_000 / asff.MostFindings
	for name, s := range map[string]string{
		"empty": "", "blank": " \t\n", "long": strings.Repeat("x", 20_000), "four bytes a character": strings.Repeat("𝔵", 5000),
		"escapes": strings.Repeat("\x1b\u202e\U000e0041\"\\<\xff", 2000), "spaces": strings.Repeat(" ", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			c := &ecsentry.Control{
				ID: s, Title: s, Description: s, Remediation: s, Severity: ecsentry.Critical, ConfigRule: s, ResourceType: ecsentry.ResourceType(s),
			}
			for range 100 {
				c.Requirements = append(c.Requirements, s)
				c.Parameters = append(c.Parameters, ecsentry.Parameter{Name: s, Value: []string{s, s}})
			}
			c.ID = "X." + c.ID
			for _, typ := range []ecsentry.ResourceType{ecsentry.TaskDefinition, ecsentry.Service, ecsentry.Cluster, "Own"} {
				id := &ecsentry.Identity{
					Type: typ, ID: s, Name: s, Source: ecsentry.SourceName(s), Account: s, Region: s, Partition: s, Running: s,
					At: &value.Place{In: text(s)},
				}
				var reasons []ecsentry.Reason
				for range 12 {
					reasons = append(reasons, ecsentry.Reason{
						Outcome: ecsentry.Failed, Subject: s, Message: "m" + s, When: s, At: &value.Place{In: text(s)},
					})
				}
				f := finding(c, id, reasons...)
				f.Exception = &ecsentry.Exception{Reason: s, Owner: s, Expires: s}
				got := convert(t, asff.Converter{Account: s, Region: s, Version: s}, f)
				if n := len(got.Compliance.StatusReasons); n == 0 || n > 10 {
					t.Errorf("%d reasons", n)
				}
				out, err := json.Marshal(got)
				if err != nil {
					t.Fatal(err)
				}
				if len(out) > mostBytes {
					t.Errorf("%d bytes, want at most %d", len(out), mostBytes)
				}
			}
		})
	}
}

// The validator says no where the format does.
func TestValidatorBites(t *testing.T) {
	for name, breakIt := range map[string]func(*asff.Finding){
		"no account":         func(f *asff.Finding) { f.AwsAccountId = "12" },
		"long title":         func(f *asff.Finding) { f.Title = strings.Repeat("x", 257) },
		"empty description":  func(f *asff.Finding) { f.Description = "" },
		"no resources":       func(f *asff.Finding) { f.Resources = nil },
		"too many":           func(f *asff.Finding) { f.Resources = make([]asff.Resource, 33) },
		"no such severity":   func(f *asff.Finding) { f.Severity.Label = "Bad" },
		"normalized":         func(f *asff.Finding) { f.Severity.Normalized = 101 },
		"no such status":     func(f *asff.Finding) { f.Compliance.Status = "UNKNOWN" },
		"local time":         func(f *asff.Finding) { f.CreatedAt = "2026-01-01 00:00" },
		"a key of Amazon's":  func(f *asff.Finding) { f.ProductFields["aws/securityhub/x"] = "y" },
		"a long value":       func(f *asff.Finding) { f.ProductFields["x"] = strings.Repeat("y", 2049) },
		"another product":    func(f *asff.Finding) { f.ProductArn = "arn:aws:securityhub:us-east-1::product/aws/securityhub" },
		"another type":       func(f *asff.Finding) { f.Types = []string{"Bad"} },
		"many requirements":  func(f *asff.Finding) { f.Compliance.RelatedRequirements = make([]string, 33) },
		"a partition":        func(f *asff.Finding) { f.Resources[0].Partition = "aws-iso" },
		"a reason, no code":  func(f *asff.Finding) { f.Compliance.StatusReasons[0].ReasonCode = "" },
		"a note of nobody":   func(f *asff.Finding) { f.Note = &asff.Note{Text: "x", UpdatedAt: f.UpdatedAt} },
		"a record state":     func(f *asff.Finding) { f.RecordState = "OPEN" },
		"too large to store": func(f *asff.Finding) { f.Compliance.StatusReasons[0].Description = strings.Repeat("x", 245_760) },
	} {
		t.Run(name, func(t *testing.T) {
			c := converter()
			f, _ := c.Finding(finding(control(), taskDefinition(), ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m"}))
			breakIt(&f)
			out, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			if len(breaches(out)) == 0 {
				t.Error("the validator takes it")
			}
		})
	}
}
