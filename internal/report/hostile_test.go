package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// evil moves the cursor, starts lines, turns the reading direction, hides, and
// is no UTF-8 in the end.
const evil = "x\x1b[2J\x1b]8;;http://evil.example\x07y\r\nFAILED ECS.1 fake: z\u202e\u2066\u200b\u009b31m\u2028\U000e0041\x00\x7f\"\\</script>\xff"

// hostile is a report in which everything that an input can name is evil or
// long.
func hostile() *ecsentry.Report {
	long := strings.Repeat("長い名前\u202e", 600)
	text := quotingText{&fakeText{name: "dir/" + evil + ".yaml", raw: "a: b\n", show: "a:\x1b[31m\u202eb\t‹hidden›\n"}}
	root := &value.Place{In: text, End: 4}
	list := &value.Place{In: text, End: 4, Parent: root, Name: "containerDefinitions"}
	c := control("ECS.5", ecsentry.High, ecsentry.TaskDefinition, "A title")
	r := &ecsentry.Report{Version: "1", Started: started, Finished: finished, Resources: 2}
	for _, s := range []string{evil, long} {
		file := &ecsentry.Identity{
			Type: ecsentry.TaskDefinition, ID: s, Name: s, Source: ecsentry.SourceECSAPI, Account: s, Region: s, Partition: s, At: root,
		}
		live := &ecsentry.Identity{
			Type: ecsentry.TaskDefinition, ID: "arn:" + s, Name: s, Source: ecsentry.SourceLive, Account: s, Region: s,
			Partition: s, Construct: s, Running: "arn:aws:" + s,
		}
		for _, id := range []*ecsentry.Identity{file, live} {
			at := list
			if id == live {
				at = path("containerDefinitions", "0", s)
			}
			var reasons []ecsentry.Reason
			for _, o := range ecsentry.Outcomes() {
				for range 12 {
					reasons = append(reasons, ecsentry.Reason{
						Outcome: o, Subject: s, Message: "cannot tell whether it is " + s, Detail: s, Hint: s, When: "when " + s, Key: s, At: at,
					})
				}
			}
			f := finding(c, id, reasons...)
			r.Findings.Add(f)
			f = finding(control("ECS.4", ecsentry.Low, ecsentry.TaskDefinition, "B"), id, reasons...)
			f.Exception = &ecsentry.Exception{Reason: s, Owner: s, Expires: "2026-01-01"}
			r.Findings.Add(f)
		}
		g := []ecsentry.Gap{{Scope: s, Reason: s}}
		r.Coverage.Add(ecsentry.Coverage{Files: 1, Gaps: g, NotCovered: g, Refused: []ecsentry.Gap{{Scope: s, Reason: "no"}}, Skipped: g})
	}
	return r
}

// Whatever things are called, no output has a character that does not show
// itself, but for the ends of its own lines.
func TestHostileNamesStayInert(t *testing.T) {
	outputs := map[string][]byte{}
	for _, f := range Formats() {
		outputs[f.Name] = write(t, f.Name, hostile(), Options{Verbose: true})
	}
	var notes bytes.Buffer
	if err := WriteNotes(&notes, hostile(), Options{}); err != nil {
		t.Fatal(err)
	}
	outputs["notes"] = notes.Bytes()
	for name, out := range outputs {
		if !utf8.Valid(out) {
			t.Errorf("%s is no UTF-8", name)
		}
		for i, r := range string(out) {
			if r != '\n' && !unicode.IsPrint(r) {
				t.Errorf("%s has %U in %q", name, r, out[max(0, i-20):min(len(out), i+20)])
				break
			}
		}
		for line := range strings.Lines(string(out)) {
			if strings.HasPrefix(line, "FAILED ECS.1") {
				t.Errorf("%s has a line that a name made: %q", name, line)
			}
			if forPeople(name) && utf8.RuneCountInString(line) > 2500 {
				t.Errorf("%s has a line of %d characters", name, utf8.RuneCountInString(line))
			}
		}
	}
}

// forPeople tells the outputs that people read from those that have a finding a
// line.
func forPeople(output string) bool {
	return slices.Contains([]string{"text", "markdown", "html", "notes"}, output)
}

// JSON escapes, but says what there is.
func TestJSONKeepsNames(t *testing.T) {
	var doc struct {
		Findings []struct {
			Resource struct{ Name string }
			Reasons  []struct{ Subject string }
		}
	}
	if err := json.Unmarshal(write(t, "json", hostile(), Options{}), &doc); err != nil {
		t.Fatal(err)
	}
	want := strings.ToValidUTF8(evil, "\ufffd")
	if got := doc.Findings[0].Resource.Name; got != want {
		t.Errorf("name is %q, want %q", got, want)
	}
	if got := doc.Findings[0].Reasons[0].Subject; got != want {
		t.Errorf("subject is %q, want %q", got, want)
	}
}

// A long name is cut, what is said of it stays.
func TestLongNamesLeaveTheMessage(t *testing.T) {
	id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "arn:x", Source: ecsentry.SourceLive}
	r := &ecsentry.Report{Findings: ecsentry.Hold(finding(
		control("ECS.4", ecsentry.High, ecsentry.TaskDefinition, "t"), id,
		ecsentry.Reason{Outcome: ecsentry.Failed, Subject: "start" + strings.Repeat("x", 5000) + "end", Message: "is privileged"},
	))}
	for _, format := range []string{"text", "compact", "sarif", "asff", "ocsf", "junit", "markdown", "github", "gitlab"} {
		out := string(write(t, format, r, Options{}))
		for _, want := range []string{"start", "end", "is privileged"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s has no %q", format, want)
			}
		}
		if strings.Contains(out, strings.Repeat("x", 300)) {
			t.Errorf("%s has the whole name", format)
		}
	}
}

const canary = "c4n4ry-5ecr3t"

// What a place holds beside its position is nobody's business: values of edits,
// what is known of an unknown string, and the text itself.
func TestNoSecretIsWritten(t *testing.T) {
	text := quotingText{&fakeText{name: "web.json", raw: `{"environment": "` + canary + `"}`, show: `{"environment": "‹hidden›"}`}}
	root := &value.Place{In: text, End: int32(len(text.raw))}
	at := &value.Place{In: text, Off: 16, End: 17, Parent: root, Name: "environment", Why: &value.Why{
		Text: canary, Hint: canary, Terms: []string{canary}, Partial: value.Partial{Pieces: []string{canary, ""}, Not: []string{canary}},
	}}
	id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "web", Name: "web", Source: ecsentry.SourceECSAPI, At: root}
	r := &ecsentry.Report{Coverage: ecsentry.Coverage{Files: 1}}
	for i, o := range ecsentry.Outcomes() {
		r.Findings.Add(finding(control("ECS."+string(rune('1'+i)), ecsentry.High, ecsentry.TaskDefinition, "t"), id, ecsentry.Reason{
			Outcome: o, Subject: "app", Message: "m", At: at, Scope: root,
			Fix: &ecsentry.Fix{Edits: []value.Edit{{At: at, Op: value.Set, Value: canary}}},
		}))
	}
	for _, f := range Formats() {
		for _, o := range []Options{{}, {Verbose: true, Color: true}} {
			if out := write(t, f.Name, r, o); bytes.Contains(out, []byte(canary)) {
				t.Errorf("%s shows the canary:\n%s", f.Name, out)
			}
		}
	}
}
