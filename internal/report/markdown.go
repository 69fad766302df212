package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// What fits a comment on a pull request: GitHub takes 65,536 characters, and we
// count bytes. Of that, room is kept for what must not be cut off.
const (
	maxComment    = 60_000
	roomForUnread = 6_000
)

// markdownMark lets a program that comments find its comment again.
const markdownMark = "<!-- ecsentry -->"

// A markdownWriter writes a comment, and knows how much room is left.
type markdownWriter struct {
	out  *bufio.Writer
	left int
}

// writeMarkdown writes a summary, a table by control, and lists of what failed
// and what nobody can tell, as far as they fit a comment.
func writeMarkdown(w io.Writer, r *ecsentry.Report, o Options) error {
	m := &markdownWriter{bufio.NewWriter(w), maxComment}
	m.write(markdownMark + "\n## ecsentry: " + judgement(r) + "\n\n")
	if !o.Quiet {
		m.table(r)
	}
	gaps := unread(r)
	if len(gaps) > 0 {
		m.left -= roomForUnread
	}
	if o.GroupBy != "" {
		m.grouped(r, o.GroupBy)
	} else {
		failed := func(_ *ecsentry.Finding, r *ecsentry.Reason) bool { return r.Outcome == ecsentry.Failed }
		if r.ComparedWith != "" { // what the change does comes first, and what was there is folded
			m.reasons(r, "new failure", true, func(f *ecsentry.Finding, r *ecsentry.Reason) bool { return failed(f, r) && !known(f, r) })
			m.reasons(r, "known failure", false, func(f *ecsentry.Finding, r *ecsentry.Reason) bool { return failed(f, r) && known(f, r) })
		} else {
			m.reasons(r, "failure", true, failed)
		}
		m.reasons(r, "unknown", false, func(_ *ecsentry.Finding, r *ecsentry.Reason) bool { return r.Outcome == ecsentry.Unknown })
	}
	if len(gaps) > 0 {
		m.left += roomForUnread
		m.list("Not complete: "+plural(len(gaps), "gap"), gaps)
	}
	m.list(fmt.Sprintf("%d not covered", len(r.Coverage.NotCovered)), r.Coverage.NotCovered)
	return m.out.Flush()
}

// verdicts counts in words.
func verdicts(s *ecsentry.Summary) string { return counted(s, "") }

func counted(s *ecsentry.Summary, fresh string) string {
	out := fmt.Sprintf("%d failed%s, %d unknown, %d passed", s.Failed, fresh, s.Unknown, s.Passed)
	if s.NotApplicable > 0 {
		out += fmt.Sprintf(", %d not applicable", s.NotApplicable)
	}
	if s.Excepted > 0 {
		out += fmt.Sprintf(", %d excepted", s.Excepted)
	}
	return out
}

// judgement counts the verdicts of a run, and where it was compared with something
// how many of the failures are new.
func judgement(r *ecsentry.Report) string {
	s, fresh := r.Summary(), ""
	if r.ComparedWith != "" {
		n := 0
		for f := range r.Findings.All() {
			if f.Failed() && !f.Known {
				n++
			}
		}
		fresh = fmt.Sprintf(" (%d new)", n)
	}
	return counted(&s, fresh)
}

// count is how many reasons want something done that are of those.
func count(r *ecsentry.Report, those func(*ecsentry.Finding, *ecsentry.Reason) bool) int {
	n := 0
	for f, reason := range open(r) {
		if those(f, reason) {
			n++
		}
	}
	return n
}

func (m *markdownWriter) write(s string) {
	m.out.WriteString(s)
	m.left -= len(s)
}

// fits writes what there is room for, with room for what ends the list.
func (m *markdownWriter) fits(s string) bool {
	const end = 200
	if len(s)+end > m.left {
		return false
	}
	m.write(s)
	return true
}

func (m *markdownWriter) table(r *ecsentry.Report) {
	all := tallies(r)
	if len(all) == 0 {
		return
	}
	m.write("| control | severity | failed | unknown | passed | |\n|---|---|---:|---:|---:|---|\n")
	for i, t := range all {
		row := fmt.Sprintf("| %s | %s | %s | %s | %d | %s |\n", markdown(inert.Clip(t.control.ID, maxShown)), t.severity,
			strong(t.Failed), strong(t.Unknown), t.Passed, plainMarkdown(inert.Cut(t.control.Title, maxShown)))
		if !m.fits(row) {
			m.write(fmt.Sprintf("| and %d more | | | | | |\n", len(all)-i))
			break
		}
	}
	m.write("\n")
}

func strong(n int) string {
	if n == 0 {
		return "0"
	}
	return fmt.Sprintf("**%d**", n)
}

// reasons lists those of a kind under a heading that opens.
func (m *markdownWriter) reasons(r *ecsentry.Report, what string, opened bool, those func(*ecsentry.Finding, *ecsentry.Reason) bool) {
	n, all := 0, count(r, those)
	for f, reason := range open(r) {
		if !those(f, reason) {
			continue
		}
		if n == 0 && !m.fits(details(plural(all, what), opened)) {
			return
		}
		if !m.fits(markdownReason(f, reason)) {
			m.write(fmt.Sprintf("- and %d more\n", all-n))
			n = -1
			break
		}
		n++
	}
	if n != 0 {
		m.write("\n</details>\n\n")
	}
}

func details(heading string, opened bool) string {
	tag := "<details>"
	if opened {
		tag = "<details open>"
	}
	return tag + "<summary>" + heading + "</summary>\n\n"
}

func markdownReason(f *ecsentry.Finding, r *ecsentry.Reason) string {
	s := fmt.Sprintf("- **%s** %s · %s · %s", markdown(inert.Clip(f.Control.ID, maxShown)), f.Severity,
		markdown(inert.Cut(sentence(f, r), maxMessage)), code(inert.Clip(address(f, r), maxPath)))
	if what := f.Resource.ID; place(f, r) != nil && what != f.Resource.File() {
		s += " " + code(inert.Clip(what, maxShown))
	}
	if where := home(f, r); where != "" {
		s += " in " + code(inert.Clip(where, maxPath))
	}
	if r.Hint != "" {
		lead := "what to do"
		if r.Outcome == ecsentry.Unknown {
			lead = "to decide it"
		}
		s += "<br>" + lead + ": " + markdown(inert.Cut(r.Hint, maxMessage))
	}
	if judged := JudgedWith(f.Control); judged != "" {
		s += "<br>" + plainMarkdown(judged)
	}
	return s + "\n"
}

func (m *markdownWriter) list(heading string, gaps []ecsentry.Gap) {
	if len(gaps) == 0 || !m.fits(details(heading, false)) {
		return
	}
	for i, g := range gaps {
		if !m.fits("- " + markdown(gapText(g)) + "\n") {
			m.write(fmt.Sprintf("- and %d more\n", len(gaps)-i))
			break
		}
	}
	m.write("\n</details>\n\n")
}

// markdown is text in which nothing is markup, nor a link, nor calls anybody.
// What stands between a pair of backquotes is code.
func markdown(s string) string {
	spans := strings.Split(inert.Text(s), "`")
	if len(spans)%2 == 0 { // one of them is alone: none is taken for a quote
		return plainMarkdown(strings.Join(spans, "'"))
	}
	var b strings.Builder
	for i, span := range spans {
		if i%2 == 1 {
			b.WriteString(code(span))
		} else {
			b.WriteString(plainMarkdown(span))
		}
	}
	return b.String()
}

// plainMarkdown escapes what Markdown gives a meaning. An empty comment breaks up
// what GitHub and GitLab make links of by themselves.
func plainMarkdown(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '@', '#', '$':
			b.WriteString(string(r) + "<!-- -->")
		case ':':
			b.WriteRune(r)
			if strings.HasPrefix(s[i:], "://") {
				b.WriteString("<!-- -->")
			}
		case '.':
			b.WriteRune(r)
			if strings.HasSuffix(strings.ToLower(s[:i]), "www") {
				b.WriteString("<!-- -->")
			}
		case '\\', '*', '_', '[', ']', '|', '~':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// code is text as it is.
func code(s string) string {
	s = strings.ReplaceAll(inert.Text(s), "`", "'")
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return "`" + s + "`"
}
