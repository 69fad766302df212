// Package report writes what a scan found. There is one file for each output
// format and one table of them: a new format is a file and a row.
//
// Reports stream: a format writes finding after finding and keeps none. What
// inputs call things is made inert before it is shown (package inert); JSON keeps
// it as it is, behind escapes.
package report

import (
	"io"
	"iter"

	"github.com/ecsentry/ecsentry"
)

// A Format is one way to write a report.
type Format struct {
	Name        string // as after --output
	Description string // one line, for help
	Colored     bool   // knows colour: Options.Color makes a difference
	Grouped     bool   // knows Options.GroupBy
	// Split divides a report that one file cannot hold; nil where one always can.
	// See Files.
	Split func(*ecsentry.Report) iter.Seq[*ecsentry.Report]
	Write func(io.Writer, *ecsentry.Report, Options) error
}

// Options steer how a report is written. The zero value is the plain form.
type Options struct {
	Color   bool   // ANSI colours
	Quiet   bool   // diagnostics only: no table, no totals
	Verbose bool   // what passed, was excepted or skipped, too
	GroupBy string // one of GroupWords; "" for the format's own order

	// Account and Region stand where a format needs one and the input knows none;
	// "" for the format's own default.
	Account, Region string
}

// Formats lists the formats, the default first. Each call makes new ones.
func Formats() []Format {
	return []Format{
		{Name: "text", Description: "a report for people, with source lines", Colored: true, Grouped: true, Write: writeText},
		{Name: "compact", Description: "one line for each failure and unknown, for editors", Write: writeCompact},
		{Name: "json", Description: "everything, as JSON (schema ecsentry.scan/1)", Write: writeJSON},
		{Name: "asff", Description: "AWS Security Finding Format, for Security Hub", Split: splitASFF, Write: writeASFF},
		{Name: "sarif", Description: "SARIF 2.1.0, for code scanning", Write: writeSARIF},
		{Name: "ocsf", Description: "OCSF Compliance Findings, as Security Hub keeps them", Write: writeOCSF},
		{Name: "junit", Description: "JUnit XML, for test reports", Write: writeJUnit},
		{Name: "html", Description: "one page for people, with charts and filters", Write: writeHTML},
		{Name: "csv", Description: "a row for each reason, for spreadsheets", Write: writeCSV},
		{Name: "markdown", Description: "a comment on a pull request", Grouped: true, Write: writeMarkdown},
		{Name: "github", Description: "annotations of GitHub Actions", Write: writeGitHub},
		{Name: "gitlab", Description: "GitLab Code Quality", Write: writeGitLab},
	}
}

// Lookup finds a format by its name.
func Lookup(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
