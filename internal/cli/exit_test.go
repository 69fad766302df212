package cli

import (
	"testing"

	"github.com/ecsentry/ecsentry"
)

// The exit codes of the contract: 2 beats 1, 1 beats 3, unknowns alone leave 0.
func TestExitCodes(t *testing.T) {
	finding := func(o ecsentry.Outcome, s ecsentry.Severity) ecsentry.Finding {
		return ecsentry.Finding{Severity: s, Verdict: ecsentry.Verdict{Outcome: o}}
	}
	passed, notApplicable := finding(ecsentry.Passed, ecsentry.High), finding(ecsentry.NotApplicable, ecsentry.High)
	medium, high := finding(ecsentry.Failed, ecsentry.Medium), finding(ecsentry.Failed, ecsentry.High)
	open := finding(ecsentry.Unknown, ecsentry.Medium)
	excepted := finding(ecsentry.Failed, ecsentry.High)
	excepted.Exception = &ecsentry.Exception{Reason: "known"}
	some := []ecsentry.Gap{{Scope: "x", Reason: "y"}}

	for _, tt := range []struct {
		name     string
		failOn   string
		findings []ecsentry.Finding
		gaps     []ecsentry.Gap
		refused  []ecsentry.Gap
		nothing  bool // of ours in a folder, strictly
		want     int
	}{
		{"an empty report", "low", nil, nil, nil, false, 0},
		{"passes", "low", []ecsentry.Finding{passed, notApplicable}, nil, nil, false, 0},
		{"a failure", "low", []ecsentry.Finding{passed, medium}, nil, nil, false, 1},
		{"an unknown alone", "low", []ecsentry.Finding{open}, nil, nil, false, 0},
		{"an excepted failure", "low", []ecsentry.Finding{excepted}, nil, nil, false, 0},
		{"a gap", "low", []ecsentry.Finding{passed}, some, nil, false, 3},
		{"an unknown and a gap", "low", []ecsentry.Finding{open}, some, nil, false, 3},
		{"1 beats 3", "low", []ecsentry.Finding{medium}, some, nil, false, 1},
		{"2 beats 1", "low", []ecsentry.Finding{medium}, nil, some, false, 2},
		{"2 beats 3", "low", nil, some, some, false, 2},
		{"nothing recognised", "low", nil, nil, nil, true, 2},

		{"at the level", "medium", []ecsentry.Finding{medium}, nil, nil, false, 1},
		{"below the level", "high", []ecsentry.Finding{medium}, nil, nil, false, 0},
		{"below the level, and a gap", "high", []ecsentry.Finding{medium}, some, nil, false, 3},
		{"above the level", "medium", []ecsentry.Finding{high}, nil, nil, false, 1},
		{"critical", "critical", []ecsentry.Finding{high}, nil, nil, false, 0},

		{"never fails", "never", []ecsentry.Finding{high}, nil, nil, false, 0},
		{"never, not even for gaps", "never", []ecsentry.Finding{high}, some, nil, false, 0},
		{"never, but for 2", "never", []ecsentry.Finding{high}, nil, some, false, 2},
		{"never, whatever is unknown", "never,unknown", []ecsentry.Finding{open}, nil, nil, false, 0},

		{"unknowns count", "low,unknown", []ecsentry.Finding{open}, nil, nil, false, 1},
		{"unknowns at their severity", "medium,unknown", []ecsentry.Finding{open}, nil, nil, false, 1},
		{"unknowns below the level", "high,unknown", []ecsentry.Finding{open}, nil, nil, false, 0},
		{"unknowns below the level, and a gap", "high,unknown", []ecsentry.Finding{open}, some, nil, false, 3},
		{"failures count too", "high,unknown", []ecsentry.Finding{high}, nil, nil, false, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			limit, err := parseThreshold(tt.failOn)
			if err != nil {
				t.Fatal(err)
			}
			r := &ecsentry.Report{Findings: ecsentry.Hold(tt.findings...), Coverage: ecsentry.Coverage{Gaps: tt.gaps, Refused: tt.refused}}
			if got := limit.code(r, tt.nothing); got != tt.want {
				t.Errorf("exit code %d, want %d", got, tt.want)
			}
		})
	}
	for _, bad := range []string{"", "hihg", "low,high", "high,", "low;unknown"} {
		if _, err := parseThreshold(bad); err == nil {
			t.Errorf("--fail-on %q is no error", bad)
		}
	}
}
