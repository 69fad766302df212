package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// csvColumns are the first row. Columns are only added, at the end.
func csvColumns() []string {
	return []string{
		"control", "severity", "status", "reason_status", "resource_type", "resource_id", "resource_name", "source", "account", "region",
		"subject", "message", "hint", "path", "file", "line", "column", "exception", "exception_owner", "exception_expires",
		"title", "finding_id", "parameters", "construct", "resource_file", "resource_line", "requirements",
	}
}

// writeCSV writes a row for each reason, passes too.
func writeCSV(w io.Writer, r *ecsentry.Report, _ Options) error {
	out := csv.NewWriter(w)
	if err := out.Write(csvColumns()); err != nil {
		return err
	}
	for f := range r.Findings.All() {
		for k := range f.Verdict.Reasons {
			if err := out.Write(csvRow(f, k)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func csvRow(f *ecsentry.Finding, k int) []string {
	id, r := f.Resource, &f.Verdict.Reasons[k]
	var file, line, column string
	if at := place(f, r); at != nil {
		p := at.Position()
		file, line, column = p.File, strconv.Itoa(p.Line), strconv.Itoa(p.Column)
	}
	var homeFile, homeLine string
	if at := f.Resource.At.Position(); at.Line > 0 {
		homeFile, homeLine = at.File, strconv.Itoa(at.Line)
	}
	var e ecsentry.Exception
	if excuse := f.Excuse(k); excuse != nil {
		e = *excuse
	}
	row := []string{
		f.Control.ID, strings.ToUpper(f.Severity.String()), f.Verdict.Outcome.String(), r.Outcome.String(),
		string(id.Type), id.ID, id.Name, string(id.Source), id.Account, id.Region,
		r.Subject, message(r), r.Hint, r.At.Path(), file, line, column, e.Reason, e.Owner, e.Expires,
		f.Control.Title, f.ID, JudgedWith(f.Control), id.Construct, homeFile, homeLine,
		strings.Join(f.Control.Requirements, "; "),
	}
	for i := range row {
		row[i] = cell(row[i])
	}
	return row
}

// cell is text that a spreadsheet takes for text: what starts like a formula
// gets an apostrophe before it, also behind spaces and in wide characters, which
// some programs take for the others.
func cell(s string) string {
	s = inert.Text(s)
	if start := strings.TrimLeft(s, " "); start != "" && strings.IndexAny(start, "=+-@＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}
