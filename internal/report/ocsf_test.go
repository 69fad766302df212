package report

import (
	"encoding/json"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/ocsf"
)

// The schema is OCSF's own for the class Compliance Finding with the profiles
// cloud and datetime; it allows no attribute that it does not name.
func TestOCSFMatchesTheSchema(t *testing.T) {
	doc := parseFile(t, "testdata/ocsf-compliance-finding-1.6.0.json").(object)
	delete(doc, "$id") // it is an address
	s := compile(t, doc)
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			findings := parse(t, write(t, "ocsf", r, Options{})).([]any)
			for i, f := range findings {
				if err := s.Validate(f); err != nil {
					t.Fatalf("finding %d: %v", i, err)
				}
			}
		})
	}
	t.Run("bites", func(t *testing.T) {
		f := parse(t, write(t, "ocsf", sample(), Options{})).([]any)[0].(object)
		delete(f, "finding_info")
		if s.Validate(f) == nil {
			t.Error("the schema takes a finding without finding_info")
		}
	})
}

// What the schema cannot say: numbers and captions agree, and each verdict has
// its status.
func TestOCSFSaysTheVerdict(t *testing.T) {
	r := sample()
	var got []ocsf.Finding
	if err := json.Unmarshal(write(t, "ocsf", r, Options{}), &got); err != nil {
		t.Fatal(err)
	}
	type said struct {
		status, severity, workflow string
		statusID, severityID, workID,
		vendor int
	}
	want := []said{ // in the order of the findings; what is not applicable has none
		{"Warning", "Informational", "New", 2, 1, 1, 4},
		{"Fail", "High", "New", 3, 4, 1, 4},
		{"Fail", "High", "New", 3, 4, 1, 4},
		{"Pass", "Informational", "Resolved", 1, 1, 4, 3},
		{"Fail", "Medium", "Suppressed", 3, 3, 3, 3},
	}
	if len(got) != len(want) {
		t.Fatalf("%d findings, want %d", len(got), len(want))
	}
	for i, f := range got {
		have := said{
			f.Compliance.Status, f.Severity, f.Status, f.Compliance.StatusID, f.SeverityID, f.StatusID, f.VendorAttributes.SeverityID,
		}
		if have != want[i] {
			t.Errorf("finding %d says %+v, want %+v", i, have, want[i])
		}
		if f.ClassUID != 2003 || f.CategoryUID != 2 || f.TypeUID != f.ClassUID*100+f.ActivityID {
			t.Errorf("finding %d is of class %d, category %d, type %d", i, f.ClassUID, f.CategoryUID, f.TypeUID)
		}
		if f.Time != r.Finished.UnixMilli() || f.TimeDT != "2026-03-04T05:06:08.242Z" {
			t.Errorf("finding %d is of %d and %s", i, f.Time, f.TimeDT)
		}
		if f.Resources[0].Type != string(r.Findings.List()[i].Resource.Type) {
			t.Errorf("finding %d is about a %s", i, f.Resources[0].Type)
		}
	}
	if x := got[2].Resources[0]; x.UIDAlt != "arn:aws:ecs:eu-west-1:123456789012:service/main/web" || x.UID != "main/web" ||
		x.Owner.Account.UID != "123456789012" || got[2].Cloud.Region != "eu-west-1" {
		t.Errorf("the service is %+v", x)
	}
	if got[4].Comment == "" {
		t.Error("the exception's reason is not there")
	}
}

func TestOCSFOfNothing(t *testing.T) {
	if got := string(write(t, "ocsf", &ecsentry.Report{Complete: true}, Options{})); got != "[]\n" {
		t.Errorf("got %q", got)
	}
}
