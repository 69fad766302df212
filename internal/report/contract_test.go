package report

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

type object = map[string]any

// breaches says where a JSON report breaks the contract. It judges form, never
// verdicts.
func breaches(text []byte) []string {
	var out []string
	breach := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	var doc object
	if err := json.Unmarshal(text, &doc); err != nil {
		return []string{err.Error()}
	}
	if doc["schema"] != "ecsentry.scan/1" {
		breach("schema is %v", doc["schema"])
	}
	for key, fields := range map[string][]string{
		"tool":    {"name", "version"},
		"scan":    {"started", "finished", "complete"},
		"summary": {"resources", "older_revisions", "skipped_files"},
	} {
		o, _ := doc[key].(object)
		for _, f := range fields {
			if o[f] == nil {
				breach("no %s.%s", key, f)
			}
		}
	}
	for _, key := range []string{"gaps", "not_covered"} {
		list, ok := doc[key].([]any)
		if !ok {
			breach("%s is no list", key)
		}
		for _, g := range list {
			if g.(object)["scope"] == "" || g.(object)["reason"] == "" {
				breach("an entry of %s lacks scope or reason", key)
			}
		}
	}
	if scan, _ := doc["scan"].(object); scan["complete"] == true && len(doc["gaps"].([]any)) > 0 {
		breach("complete, with gaps")
	}
	findings, ok := doc["findings"].([]any)
	if !ok {
		breach("findings is no list")
	}
	count, seen := map[string]int{}, map[any]bool{}
	for i, f := range findings {
		f := f.(object)
		if seen[f["id"]] {
			breach("finding %d has an id that another one has", i)
		}
		seen[f["id"]] = true
		for _, b := range findingBreaches(f) {
			breach("finding %d: %s", i, b)
		}
		status := f["status"].(string)
		if status == "FAILED" && f["exception"] != nil {
			status = "EXCEPTED"
		}
		count[strings.ToLower(status)]++
	}
	summary, _ := doc["summary"].(object)
	for _, key := range []string{"passed", "failed", "unknown", "not_applicable", "excepted"} {
		if summary[key] != float64(count[key]) {
			breach("summary.%s is %v, the findings say %d", key, summary[key], count[key])
		}
	}
	return out
}

func findingBreaches(f object) []string {
	var out []string
	breach := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	ranks := []string{"NOT_APPLICABLE", "PASSED", "UNKNOWN", "FAILED"}
	for _, key := range []string{"id", "control", "title", "status", "severity"} {
		if s, _ := f[key].(string); s == "" {
			breach("no %s", key)
		}
	}
	rank := slices.Index(ranks, f["status"].(string))
	if rank < 0 {
		breach("status %v", f["status"])
	}
	if !slices.Contains([]string{"LOW", "MEDIUM", "HIGH", "CRITICAL"}, f["severity"].(string)) {
		breach("severity %v", f["severity"])
	}
	if _, ok := f["exception"]; !ok {
		breach("no exception")
	}
	r := f["resource"].(object)
	for _, key := range []string{"account", "region", "partition", "name", "type", "id", "source"} {
		s, ok := r[key].(string)
		if !ok || s == "" && slices.Contains([]string{"type", "id", "source"}, key) {
			breach("resource.%s is %v", key, r[key])
		}
	}
	if r["source"] != "live" && !located(r["location"]) {
		breach("no location")
	}
	reasons, ok := f["reasons"].([]any)
	if !ok {
		breach("reasons is no list")
	}
	said := false
	for _, x := range reasons {
		x := x.(object)
		k := slices.Index(ranks, x["status"].(string))
		if k < 0 || k > rank {
			breach("%v with a reason of status %v", f["status"], x["status"])
		}
		said = said || k == rank && x["message"] != ""
		if p := x["path"].(string); p != "" && p[0] != '/' {
			breach("path %q", p)
		}
		if l, ok := x["location"]; ok && !located(l) {
			breach("location %v", l)
		}
	}
	if !said && rank > 0 {
		breach("no reason says why")
	}
	return out
}

func located(x any) bool {
	l, _ := x.(object)
	file, _ := l["file"].(string)
	line, _ := l["line"].(float64)
	column, _ := l["column"].(float64)
	return file != "" && line >= 1 && column >= 1
}

func TestJSONKeepsTheContract(t *testing.T) {
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			for _, b := range breaches(write(t, "json", r, Options{})) {
				t.Error(b)
			}
		})
	}
}

// reports are those that every format must be able to write.
func reports() map[string]*ecsentry.Report {
	complete := sample()
	complete.Complete, complete.Coverage.Gaps, complete.Coverage.Refused = true, nil, nil
	refused := sample()
	refused.Complete, refused.Coverage.Gaps = true, nil
	compared := overridden()
	compared.ComparedWith, compared.Findings.List()[0].Resource.Construct = "main.json", "Web/Service"
	return map[string]*ecsentry.Report{
		"compared": compared,
		"partly":   partly(),
		"sample":   sample(),
		"complete": complete,
		"refused":  refused,
		"empty":    {Complete: true},
		"hostile":  hostile(),
	}
}

func TestJSONLocations(t *testing.T) {
	text := &fakeText{name: "a.json", raw: "[\n \"ä\", \"bcd\"\n]"}
	p := at(text, text.raw, `"bcd"`, &value.Place{}, "0")
	got := jsonReasonOf(&ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m", At: p}).Location
	if want := (jsonLocation{"a.json", 2, 7, 2, 12}); got == nil || *got != want {
		t.Errorf("location is %v, want %v", got, want)
	}
	p.End = p.Off - 1
	got = jsonReasonOf(&ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m", At: p}).Location
	if want := (jsonLocation{"a.json", 2, 7, 2, 7}); got == nil || *got != want {
		t.Errorf("location of nothing is %v, want %v", got, want)
	}
}

func TestJSONMessageHasTheCase(t *testing.T) {
	got := jsonReasonOf(&ecsentry.Reason{Message: "is privileged", When: "when Env is prod"})
	if got.Message != "is privileged when Env is prod" || got.Location != nil || got.Path != "" {
		t.Errorf("got %+v", got)
	}
}

// What was refused is a gap, once, and makes the scan incomplete.
func TestRefusedIsAGap(t *testing.T) {
	r := &ecsentry.Report{Complete: true}
	a, b := ecsentry.Gap{Scope: "a", Reason: "x"}, ecsentry.Gap{Scope: "b", Reason: "y"}
	r.Coverage.Refused, r.Coverage.Gaps = []ecsentry.Gap{a, b}, []ecsentry.Gap{b}
	var doc struct {
		Scan struct{ Complete bool }
		Gaps []ecsentry.Gap
	}
	if err := json.Unmarshal(write(t, "json", r, Options{}), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Scan.Complete || !slices.Equal(doc.Gaps, []ecsentry.Gap{a, b}) {
		t.Errorf("complete %v, gaps %v", doc.Scan.Complete, doc.Gaps)
	}
}
