// Package policy is ecsentry.yaml: which controls judge, with which parameters
// and severities, what is left out, what fails a run, and which failures are
// excused, why, by whom and until when.
//
// What a policy says of dates depends on a day that is passed in. A mistake is an
// error with its place, never a rule that is left out in silence.
//
// Files: parse.go and decode.go the text, discover.go where it lies, entry.go
// and match.go what is excused, inline.go exceptions within files, run.go what
// exceptions did, pattern.go patterns, day.go dates, suggest.go hints.
package policy

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A Policy is a policy file.
type Policy struct {
	Name   string // the file as reports show it
	Folder string // that it is in, absolute, without links; "" if not known

	Disabled      map[string]string // why a control is disabled, by its ID
	Settings      ecsentry.Settings
	Severity      map[string]ecsentry.Severity
	Fix           map[string]string // what a fix sets, by the control, where it allows several values
	Exclude       []Glob
	FailOn        Word // "" if it does not say
	Entries       []*Entry
	Inline        map[string]bool // the controls that comments may excuse; nil for all
	RequireExpiry bool
}

// Default is the policy where there is no file.
func Default() *Policy { return &Policy{RequireExpiry: true} }

// A Glob is a pattern of files, below the policy's folder, that are left out.
type Glob struct {
	Pattern string
	At      value.Position
}

// A Word is a text with its place, for whoever knows what it means.
type Word struct {
	Text string
	At   value.Position
}

// An Error is a mistake in a policy.
type Error struct {
	At      value.Position
	Message string
	Hint    string
}

// Error is the place and what is wrong there.
func (e *Error) Error() string { return e.At.String() + ": " + e.Message }
