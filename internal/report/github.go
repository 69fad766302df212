package report

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// writeGitHub writes workflow commands that annotate lines in GitHub Actions:
// one for each failure and each unknown, and one for each gap.
func writeGitHub(w io.Writer, r *ecsentry.Report, _ Options) error {
	out := bufio.NewWriterSize(w, buffered)
	for f, reason := range open(r) {
		title := f.Control.ID + " " + f.Severity.String()
		text := explain(f, reason)
		if reason.Outcome == ecsentry.Unknown {
			title = f.Control.ID + " unknown"
		}
		out.WriteString("::" + githubLevel(f, reason))
		if at := place(f, reason); at != nil {
			githubPlace(out, f, reason)
			out.WriteString(",")
		} else {
			out.WriteString(" ")
			text = inert.Clip(f.Resource.ID, maxPath) + ": " + text
		}
		if err := githubEnd(out, title, text); err != nil {
			return err
		}
	}
	for _, g := range unread(r) {
		out.WriteString("::warning ")
		if err := githubEnd(out, "ecsentry could not read", gapText(g)); err != nil {
			return err
		}
	}
	return out.Flush()
}

func githubEnd(out *bufio.Writer, title, text string) error {
	_, err := out.WriteString("title=" + githubProperty(title) + "::" + githubData(inert.Text(text)) + "\n")
	return err
}

func githubPlace(out *bufio.Writer, f *ecsentry.Finding, r *ecsentry.Reason) {
	from, to := span(place(f, r))
	out.WriteString(" file=" + githubProperty(from.File) + ",line=" + strconv.Itoa(from.Line))
	if to.Line > from.Line { // columns are for values on one line
		out.WriteString(",endLine=" + strconv.Itoa(to.Line))
		return
	}
	out.WriteString(",endLine=" + strconv.Itoa(to.Line) + ",col=" + strconv.Itoa(from.Column))
	if to.Column > from.Column {
		out.WriteString(",endColumn=" + strconv.Itoa(to.Column))
	}
}

// githubLevel is error, warning or notice.
func githubLevel(f *ecsentry.Finding, r *ecsentry.Reason) string {
	if level := sarifLevel(f.Severity); r.Outcome == ecsentry.Failed && level != "note" {
		return level
	}
	return "notice"
}

// githubData is text after the second pair of colons.
func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// githubProperty is the value of a property: commas and colons would end it.
func githubProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(inert.Text(s))
}
