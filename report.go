package ecsentry

import "time"

// A Finding is the verdict of one control on one resource.
type Finding struct {
	ID        string // see FindingID
	Control   *Control
	Resource  *Identity
	Severity  Severity // the control's, unless a policy says otherwise
	Verdict   Verdict
	Fix       *Advice    // how to mend a failure; nil if nothing failed
	Exception *Exception // why a failure does not count; nil if it counts
	Excuses   Excuses    // of a failure that counts: which of its reasons do not
	Known     bool       // what the run was compared with had it as bad already
}

// An Exception excuses a failure.
type Exception struct {
	Reason  string
	Owner   string
	Expires string // the last day, YYYY-MM-DD in UTC; "" for never
}

// Excuses are the exceptions of reasons, by their index.
type Excuses map[int]*Exception

// Excuse is why the k-th reason does not count; nil if it counts.
func (f *Finding) Excuse(k int) *Exception {
	if f.Exception != nil {
		return f.Exception
	}
	return f.Excuses[k]
}

// Failed reports whether the finding is a failure that counts.
func (f *Finding) Failed() bool {
	return f.Verdict.Outcome == Failed && f.Exception == nil
}

// A Report is what a run found, and what it did not get to see.
type Report struct {
	Version           string // of ecsentry
	Started, Finished time.Time
	Complete          bool   // everything was read: no gap, no interruption
	ComparedWith      string // what findings are known from; "" where nothing was compared
	Resources         int    // resources seen, of all types
	OlderRevisions    int    // task definitions that are not their family's latest active revision
	Findings          Findings
	Coverage          Coverage
}

// A Summary counts findings. Excepted failures are not in Failed.
type Summary struct {
	Passed, Failed, Unknown, NotApplicable, Excepted int
}

// Add counts a finding.
func (s *Summary) Add(f *Finding) {
	switch f.Verdict.Outcome {
	case Passed:
		s.Passed++
	case Unknown:
		s.Unknown++
	case NotApplicable:
		s.NotApplicable++
	case Failed:
		if f.Exception != nil {
			s.Excepted++
		} else {
			s.Failed++
		}
	}
}

// Summary counts the findings of the report.
func (r *Report) Summary() Summary {
	return r.Findings.Summary()
}
