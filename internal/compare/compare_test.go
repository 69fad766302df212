package compare

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

type text string

func (t text) Position(int32) value.Position {
	return value.Position{File: string(t), Line: 1, Column: 1}
}

// report makes a report of lines "file id control outcome", where a - is no file
// and the outcome E is an excepted failure.
func report(lines ...string) *ecsentry.Report {
	r := &ecsentry.Report{Complete: true}
	outcomes := map[string]ecsentry.Outcome{
		"P": ecsentry.Passed, "F": ecsentry.Failed, "U": ecsentry.Unknown, "N": ecsentry.NotApplicable, "E": ecsentry.Failed,
	}
	ordinals := map[string]int{}
	resources := map[string]*ecsentry.Identity{}
	for _, line := range lines {
		w := strings.Fields(line)
		control := &ecsentry.Control{ID: w[2]}
		name := w[0] + w[1]
		if resources[name] == nil || ordinals[name+w[2]] > 0 {
			id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: w[1], Ordinal: ordinals[name+w[2]]}
			if w[0] != "-" {
				id.At = &value.Place{In: text(w[0])}
			}
			resources[name] = id
			r.Resources++
		}
		ordinals[name+w[2]]++
		f := ecsentry.Finding{ID: ecsentry.FindingID(control, resources[name]), Control: control, Resource: resources[name]}
		f.Verdict = ecsentry.Reason{Outcome: outcomes[w[3]]}.Verdict()
		if w[3] == "E" {
			f.Exception = &ecsentry.Exception{Reason: "x"}
		}
		r.Findings.Add(f)
	}
	return r
}

func names(list []*ecsentry.Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Resource.File()+" "+f.Resource.ID+" "+f.Control.ID)
	}
	return strings.Join(out, ", ")
}

func TestReports(t *testing.T) {
	for name, tc := range map[string]struct {
		before, after []string
		want          map[string]string // by list
	}{
		"nothing has changed": {
			[]string{"a.yaml Web ECS.5 F", "a.yaml Web ECS.4 P"}, []string{"a.yaml Web ECS.5 F", "a.yaml Web ECS.4 P"},
			map[string]string{"unchanged": "a.yaml Web ECS.5"},
		},
		"new and fixed": {
			[]string{"a.yaml Web ECS.5 F", "a.yaml Web ECS.4 P"}, []string{"a.yaml Web ECS.5 P", "a.yaml Web ECS.4 F"},
			map[string]string{"fixed": "a.yaml Web ECS.5", "new": "a.yaml Web ECS.4"},
		},
		"a renamed file is known": {
			[]string{"a.yaml Web ECS.5 F"}, []string{"b/c.yaml Web ECS.5 F"},
			map[string]string{"unchanged": "b/c.yaml Web ECS.5"},
		},
		"a copy is new": {
			[]string{"a.yaml Web ECS.5 F"}, []string{"a-copy.yaml Web ECS.5 F", "a.yaml Web ECS.5 F"},
			map[string]string{"new": "a-copy.yaml Web ECS.5", "unchanged": "a.yaml Web ECS.5"},
		},
		"a copy that passes is no news": {
			[]string{"a.yaml Web ECS.5 F"}, []string{"a-copy.yaml Web ECS.5 P", "a.yaml Web ECS.5 F"},
			map[string]string{"unchanged": "a.yaml Web ECS.5"},
		},
		"one of two copies is gone": {
			[]string{"a.yaml Web ECS.5 F", "b.yaml Web ECS.5 F"}, []string{"b.yaml Web ECS.5 F"},
			map[string]string{"gone": "a.yaml Web ECS.5", "unchanged": "b.yaml Web ECS.5"},
		},
		"one more of a name in a file": {
			[]string{"a.json a.json ECS.5 F"}, []string{"a.json a.json ECS.5 P", "a.json a.json ECS.5 F"},
			map[string]string{"unchanged": "a.json a.json ECS.5"},
		},
		"one more that fails": {
			[]string{"a.json a.json ECS.5 F"}, []string{"a.json a.json ECS.5 F", "a.json a.json ECS.5 F"},
			map[string]string{"unchanged": "a.json a.json ECS.5", "new": "a.json a.json ECS.5"},
		},
		"another control": {
			[]string{"a.yaml Web ECS.5 F"}, []string{"a.yaml Web ECS.9 F"},
			map[string]string{"new": "a.yaml Web ECS.9", "gone": "a.yaml Web ECS.5"},
		},
		"a new exception": {
			[]string{"- arn:x ECS.5 F"}, []string{"- arn:x ECS.5 E"}, map[string]string{"excepted": " arn:x ECS.5"},
		},
		"an exception that is not new": {[]string{"- arn:x ECS.5 E"}, []string{"- arn:x ECS.5 E"}, map[string]string{}},
		"an exception that has lapsed": {[]string{"- arn:x ECS.5 E"}, []string{"- arn:x ECS.5 F"}, map[string]string{"new": " arn:x ECS.5"}},
		"unknown now":                  {[]string{"- arn:x ECS.5 F"}, []string{"- arn:x ECS.5 U"}, map[string]string{"undecided": " arn:x ECS.5"}},
		"unknown still":                {[]string{"- arn:x ECS.5 U"}, []string{"- arn:x ECS.5 U"}, map[string]string{}},
		"unknown, and fails now":       {[]string{"- arn:x ECS.5 U"}, []string{"- arn:x ECS.5 F"}, map[string]string{"new": " arn:x ECS.5"}},
		"not judged any more":          {[]string{"- arn:x ECS.5 F"}, []string{"- arn:x ECS.5 N"}, map[string]string{"fixed": " arn:x ECS.5"}},
		"a pass that is gone":          {[]string{"- arn:x ECS.5 P"}, nil, map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := report(tc.before...), report(tc.after...)
			d := Reports(before, after)
			got := map[string]string{}
			for list, findings := range map[string][]*ecsentry.Finding{
				"new": d.New, "fixed": d.Fixed, "unchanged": d.Unchanged, "gone": d.Gone, "excepted": d.Excepted, "undecided": d.Undecided,
			} {
				if len(findings) > 0 {
					got[list] = names(findings)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			counts := 0
			for f := range after.Findings.All() {
				if f.Failed() && !f.Known {
					counts++
				}
			}
			if counts != len(d.New) {
				t.Errorf("%d failures count, %d are new", counts, len(d.New))
			}
		})
	}
}

// What could not be read is not gone for certain.
func TestIncomplete(t *testing.T) {
	after := report()
	after.Coverage.Gaps = []ecsentry.Gap{{Scope: "a", Reason: "b"}}
	if d := Reports(report("- arn:x ECS.5 F"), after); d.Complete || len(d.Gone) != 1 {
		t.Errorf("got %+v", d)
	}
}

func TestMerge(t *testing.T) {
	day := func(n int, r *ecsentry.Report) *ecsentry.Report {
		r.Started = time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC)
		r.Finished = r.Started.Add(time.Hour)
		r.Version, r.OlderRevisions = fmt.Sprint(n), n
		r.Coverage.Gaps = []ecsentry.Gap{{Scope: fmt.Sprint(n), Reason: "x"}}
		return r
	}
	late := day(2, report("- arn:1 ECS.5 F", "- arn:1 ECS.4 P", "web.yaml Web ECS.5 F", "web.yaml Web ECS.4 F"))
	early := day(1, report("- arn:1 ECS.5 P", "- arn:2 ECS.5 F", "web.yaml Web ECS.5 P", "web.yaml Web ECS.4 P"))
	early.Complete = false
	m := Merge([]*ecsentry.Report{late, early})
	var got []string
	ids := map[string]bool{}
	for f := range m.Findings.All() {
		got = append(got, fmt.Sprintf("%s %s %v %d", f.Resource.ID, f.Control.ID, f.Verdict.Outcome, f.Resource.Ordinal))
		ids[f.ID] = true
	}
	want := []string{
		"arn:1 ECS.5 FAILED 0", "arn:1 ECS.4 PASSED 0", "Web ECS.5 FAILED 0", "Web ECS.4 FAILED 0",
		"arn:2 ECS.5 FAILED 0", "Web ECS.5 PASSED 1", "Web ECS.4 PASSED 1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if len(ids) != len(want) {
		t.Errorf("%d ids for %d findings", len(ids), len(want))
	}
	if m.Resources != 4 || m.OlderRevisions != 3 || m.Complete || m.Version != "2" || len(m.Coverage.Gaps) != 2 {
		t.Errorf("got %d resources, %d older revisions, complete %v, version %s, gaps %v",
			m.Resources, m.OlderRevisions, m.Complete, m.Version, m.Coverage.Gaps)
	}
	if !m.Started.Equal(early.Started) || !m.Finished.Equal(late.Finished) {
		t.Errorf("from %v to %v", m.Started, m.Finished)
	}
	// The order of the files does not decide whose verdict counts.
	m = Merge([]*ecsentry.Report{early, late})
	if f := m.Findings.List()[0]; f.Resource.ID != "arn:1" || f.Verdict.Outcome != ecsentry.Failed {
		t.Errorf("%s is %v", f.Resource.ID, f.Verdict.Outcome)
	}
	// What is in no file and has no ARN is not numbered, and ends all the same.
	if m = Merge([]*ecsentry.Report{report("- x ECS.5 F"), report("- x ECS.5 F")}); m.Findings.Len() != 1 {
		t.Errorf("%d findings", m.Findings.Len())
	}
}
