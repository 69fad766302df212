package program

import (
	"encoding/json"
	"testing"
)

// A Report is the JSON report, as far as tests of the whole program read it.
type Report struct {
	Schema string `json:"schema"`
	Scan   struct {
		Complete bool `json:"complete"`
	} `json:"scan"`
	Summary    map[string]int `json:"summary"`
	Findings   []Finding      `json:"findings"`
	Gaps       []Gap          `json:"gaps"`
	NotCovered []Gap          `json:"not_covered"`
}

// A Finding is one entry of the report's findings.
type Finding struct {
	ID       string `json:"id"`
	Control  string `json:"control"`
	Status   string `json:"status"`
	Severity string `json:"severity"`
	Resource struct {
		Type      string    `json:"type"`
		ID        string    `json:"id"`
		Name      string    `json:"name"`
		Source    string    `json:"source"`
		Account   string    `json:"account"`
		Region    string    `json:"region"`
		Partition string    `json:"partition"`
		Running   string    `json:"running"`
		Location  *Location `json:"location"`
	} `json:"resource"`
	Reasons []Reason `json:"reasons"`
}

// A Reason is one entry of a finding's reasons.
type Reason struct {
	Status   string    `json:"status"`
	Subject  string    `json:"subject"`
	Message  string    `json:"message"`
	Hint     string    `json:"hint"`
	Path     string    `json:"path"`
	Location *Location `json:"location"`
}

// A Location is a place in a file.
type Location struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// A Gap is something that was not read.
type Gap struct {
	Scope  string `json:"scope"`
	Reason string `json:"reason"`
}

// Report reads the JSON report that a run printed.
func (r Result) Report(t testing.TB) *Report {
	t.Helper()
	var out Report
	if err := json.Unmarshal([]byte(r.Stdout), &out); err != nil {
		t.Fatalf("the output is no JSON report: %v\nexit code %d\n%s\n%s", err, r.Code, r.Stdout, r.Stderr)
	}
	return &out
}

// Verdicts are the statuses of a report by resource ID and control.
func (r *Report) Verdicts() map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, f := range r.Findings {
		if out[f.Resource.ID] == nil {
			out[f.Resource.ID] = map[string]string{}
		}
		out[f.Resource.ID][f.Control] = f.Status
	}
	return out
}
