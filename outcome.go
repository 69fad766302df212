package ecsentry

// Outcome is what a control says of a resource. The order is that of joining:
// of several, the greatest counts.
type Outcome uint8

// The four outcomes.
const (
	NotApplicable Outcome = iota // the control does not judge this resource
	Passed                       // certainly as the control wants it
	Unknown                      // the input does not decide it
	Failed                       // certainly not as the control wants it
)

// Outcomes lists them all, worst first, as reports do.
func Outcomes() []Outcome { return []Outcome{Failed, Unknown, Passed, NotApplicable} }

// String is the outcome's name in JSON: PASSED, FAILED, UNKNOWN, NOT_APPLICABLE.
func (o Outcome) String() string {
	switch o {
	case Passed:
		return "PASSED"
	case Unknown:
		return "UNKNOWN"
	case Failed:
		return "FAILED"
	default:
		return "NOT_APPLICABLE"
	}
}

// Severity is how bad a failure of a control is, as Security Hub ranks it.
type Severity uint8

// The severities, mildest first.
const (
	Low Severity = iota + 1
	Medium
	High
	Critical
)

// String is the severity's label as in the control's page: "High".
func (s Severity) String() string {
	switch s {
	case Low:
		return "Low"
	case Medium:
		return "Medium"
	case High:
		return "High"
	case Critical:
		return "Critical"
	default:
		return "None"
	}
}
