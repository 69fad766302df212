package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

// overridden is a failure by a parameter that a policy set.
func overridden() *ecsentry.Report {
	c := control("ECS.10", ecsentry.Medium, ecsentry.Service, "Fargate services should run on the latest platform version")
	c.Parameters = []ecsentry.Parameter{
		{Name: "latestLinuxVersion", Value: []string{"1.3.0"}, Override: &ecsentry.Override{By: "infra/ecsentry.yaml", Text: []string{"1.4.0"}}},
		{Name: "latestWindowsVersion", Value: []string{"1.0.0"}},
		{Name: "exempt", List: true, Value: []string{"arn:a", "arn:b"}, Override: &ecsentry.Override{By: "infra/ecsentry.yaml"}},
	}
	r := one(ecsentry.Reason{Outcome: ecsentry.Failed, Message: "runs on an old version", Hint: "use a new one"}, &ecsentry.Identity{
		Type: ecsentry.Service, ID: "arn:aws:ecs:eu-west-1:123456789012:service/main/web", Name: "web",
		Source: ecsentry.SourceLive, Partition: "aws", Account: "123456789012", Region: "eu-west-1",
	})
	r.Findings.List()[0].Control = c
	return r
}

// Findings show the override, in each format, from the scan and from saved results.
func TestFindingsShowOverrides(t *testing.T) {
	const sentence = "judged with latestLinuxVersion 1.3.0 by infra/ecsentry.yaml (AWS's text: 1.4.0), " +
		"exempt arn:a, arn:b by infra/ecsentry.yaml (AWS's text: none)"
	escaped := strings.ReplaceAll(sentence, "'", "&#39;")
	for format, want := range map[string]string{
		"text":     "   = " + sentence + "\n",
		"compact":  "; " + sentence + "\n",
		"json":     `"latestLinuxVersion":{"value":"1.3.0","default":"1.4.0","by":"infra/ecsentry.yaml"}`,
		"asff":     `{"Name":"latestLinuxVersion","Value":["1.3.0"]}`,
		"ocsf":     `{"name":"latestLinuxVersion","values":["1.3.0"]}`,
		"sarif":    `"exempt":{"value":["arn:a","arn:b"],"default":[],"by":"infra/ecsentry.yaml"}`,
		"junit":    `value="` + escaped + `"`,
		"html":     escaped,
		"csv":      `,"` + sentence + `",`,
		"markdown": "<br>" + sentence,
		"github":   "It was " + sentence,
		"gitlab":   "It was " + sentence,
	} {
		for name, r := range map[string]*ecsentry.Report{"scan": overridden(), "saved": readBack(t, overridden())} {
			if got := string(write(t, format, r, Options{})); !strings.Contains(got, want) {
				t.Errorf("%s of the %s has no %q:\n%s", format, name, want, got)
			}
		}
	}
	if got := string(write(t, "sarif", overridden(), Options{})); !strings.Contains(got, "It was "+sentence) {
		t.Errorf("the message of sarif does not say it:\n%s", got)
	}
	plain := overridden()
	for i := range plain.Findings.List()[0].Control.Parameters {
		plain.Findings.List()[0].Control.Parameters[i].Override = nil
	}
	for _, f := range Formats() {
		if got := string(write(t, f.Name, plain, Options{})); strings.Contains(got, "judged with") || strings.Contains(got, `"default":"1.4.0"`) {
			t.Errorf("%s tells of an override that is none:\n%s", f.Name, got)
		}
	}
}

// A pass by a parameter that a policy set looks like any other, so the text says it.
func TestPassesShowOverrides(t *testing.T) {
	r := overridden()
	r.Findings.List()[0].Verdict = ecsentry.Reason{Outcome: ecsentry.Passed, Message: "runs on a new version"}.Verdict()
	if got := string(write(t, "text", r, Options{})); !strings.Contains(got, "\nnote: ECS.10 was judged with latestLinuxVersion 1.3.0 by ") {
		t.Errorf("text:\n%s", got)
	}
	if got := string(write(t, "text", r, Options{Verbose: true})); !strings.Contains(got, "   = judged with latestLinuxVersion 1.3.0 by ") {
		t.Errorf("verbose:\n%s", got)
	}
}

// Saved findings that were judged with different parameters keep them apart.
func TestSavedOverridesAreApart(t *testing.T) {
	r := overridden()
	plain := *r.Findings.List()[0]
	plain.ID, plain.Control = "another", control("ECS.10", ecsentry.Medium, ecsentry.Service, "t")
	r.Findings.Add(plain)
	saved, err := Read(bytes.NewReader(write(t, "json", r, Options{})), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := []bool{JudgedWith(saved.Findings.List()[0].Control) != "", JudgedWith(saved.Findings.List()[1].Control) != ""}; !got[0] || got[1] {
		t.Errorf("overridden: %v", got)
	}
}

// Compared with something, a result is new or unchanged; otherwise it is neither.
func TestBaselineState(t *testing.T) {
	r := sample()
	states := func(r *ecsentry.Report) (out []string) {
		var doc struct {
			Runs []struct {
				Results []struct {
					BaselineState string `json:"baselineState"`
				}
			}
		}
		if err := json.Unmarshal(write(t, "sarif", r, Options{}), &doc); err != nil {
			t.Fatal(err)
		}
		for _, x := range doc.Runs[0].Results {
			out = append(out, x.BaselineState)
		}
		return out
	}
	if diff := cmp.Diff([]string{"", "", "", ""}, states(r)); diff != "" {
		t.Errorf("not compared: %s", diff)
	}
	r.ComparedWith, r.Findings.List()[1].Known = "main.json", true
	want := []string{"new", "unchanged", "unchanged", "new"}
	if diff := cmp.Diff(want, states(r)); diff != "" {
		t.Errorf("compared: %s", diff)
	}
	if diff := cmp.Diff(want, states(readBack(t, r))); diff != "" {
		t.Errorf("compared and saved: %s", diff)
	}
	if err := sarifSchema(t).Validate(parse(t, write(t, "sarif", r, Options{}))); err != nil {
		t.Error(err)
	}
}
