package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
	"github.com/ecsentry/ecsentry/value"
)

// diagnostic writes a reason as compilers do:
//
//	FAILED   ECS.5 High   container app can write to its root filesystem
//	  --> web.yaml:21:11   WebTask
//	   |
//	21 |         - Name: app
//	   |           ^^^^^^^^^ ReadonlyRootFilesystem is absent
//	   = add `ReadonlyRootFilesystem: true`
func (t *textWriter) diagnostic(f *ecsentry.Finding, r *ecsentry.Reason) {
	t.heading(f, r, r.Outcome.String(), paintOf(r.Outcome))
	t.write("\n")
	at := place(f, r)
	lines := quote(at)
	margin := 2
	if len(lines) > 0 {
		margin = max(margin, len(strconv.Itoa(lines[len(lines)-1].Number)))
	}
	t.arrow(f, r, margin)
	bar := t.bar(margin)
	detail := inert.Cut(r.Detail, maxMessage)
	if len(lines) > 0 {
		t.source(lines, margin, detail, paintOf(r.Outcome))
	} else {
		if at == nil && r.At.Path() != "" {
			t.write(bar, " ", inert.Clip(r.At.Path(), maxPath), "\n")
		}
		if detail != "" {
			t.write(bar, " ", detail, "\n")
		}
	}
	if r.Hint != "" {
		what := fixes(f)
		if r.Outcome == ecsentry.Unknown {
			what = "to decide it: "
		}
		t.write(strings.Repeat(" ", margin), " ", t.in(blue, "="), " ", what, inert.Cut(r.Hint, maxMessage), "\n")
	}
	t.judged(f, strings.Repeat(" ", margin)+" ")
	t.write("\n")
}

// fixes says of a failure whether "ecsentry fix" mends it.
func fixes(f *ecsentry.Finding) string {
	switch {
	case f.Fix == nil || f.Fix.Safety == ecsentry.Manual:
		return ""
	case f.Fix.Safety == ecsentry.MayBreak:
		return "fix, may break: "
	default:
		return "fix, safe: "
	}
}

// judged says which parameters a policy has set, on a line of its own.
func (t *textWriter) judged(f *ecsentry.Finding, indent string) {
	if s := JudgedWith(f.Control); s != "" {
		t.write(indent, t.in(blue, "="), " ", s, "\n")
	}
}

// heading writes status, control, severity and the sentence, without the end of
// the line.
func (t *textWriter) heading(f *ecsentry.Finding, r *ecsentry.Reason, status string, c paint) {
	pad := strings.Repeat(" ", max(0, len("UNKNOWN")-len(status)))
	t.write(t.in(c, status), pad, "  ", t.in(bold, inert.Text(f.Control.ID)+" "+f.Severity.String()), "   ",
		t.in(bold, inert.Cut(sentence(f, r), maxMessage)))
}

// arrow writes where: file:line:column, the resource, or its ARN, and the
// construct that made it.
func (t *textWriter) arrow(f *ecsentry.Finding, r *ecsentry.Reason, margin int) {
	where := address(f, r)
	t.write(strings.Repeat(" ", margin), t.in(blue, "-->"), " ", inert.Clip(where, maxPath))
	if what := f.Resource.ID; place(f, r) != nil && what != f.Resource.File() {
		t.write("   ", inert.Clip(what, maxShown))
	}
	if where := home(f, r); where != "" {
		t.write("   in ", inert.Clip(where, maxPath))
	}
	if c := f.Resource.Construct; c != "" {
		t.write("   (", inert.Clip(c, maxShown), ")")
	}
	t.write("\n")
}

// quote is the lines around a place. Of what is missing only the start of what
// it is missing in, with the next line after a lone bracket: the rest says
// nothing about it.
func quote(at *value.Place) []value.Line {
	if at == nil {
		return nil
	}
	q, ok := at.In.(value.Quoter)
	if !ok {
		return nil
	}
	end := at.End
	if at.Masked {
		end = max(at.Off+1, end-1) // no scalar ends there, so that none is shown; the mark stays
	}
	lines := q.Quote(at.Off, end)
	if i := marked(lines); at.Missing && i >= 0 {
		keep := i + 1
		if lines[i].MarkEnd-lines[i].Mark == 1 {
			keep++
		}
		lines = lines[:min(keep, len(lines))]
	}
	return lines
}

// marked is the first line with a mark, -1 if there is none.
func marked(lines []value.Line) int {
	return slices.IndexFunc(lines, func(l value.Line) bool { return l.Mark < l.MarkEnd })
}

func (t *textWriter) bar(margin int) string {
	return strings.Repeat(" ", margin) + " " + t.in(blue, "|")
}

// longestMark is how many columns of a long value are marked: it is enough to
// see where it begins.
const longestMark = 60

// source writes lines, and below the first that the value is on a mark with a
// label.
func (t *textWriter) source(lines []value.Line, margin int, label string, c paint) {
	t.write(t.bar(margin), "\n")
	first := marked(lines)
	for i, l := range lines {
		if i > 0 && l.Number > lines[i-1].Number+1 {
			t.write(t.in(blue, "..."), "\n")
		}
		number := strconv.Itoa(l.Number)
		text := []rune(inert.Text(l.Text))
		t.write(strings.Repeat(" ", max(0, margin-len(number))), t.in(blue, number+" |"))
		if len(text) > 0 {
			t.write(" ", string(text))
		}
		t.write("\n")
		if i == first {
			from := min(max(l.Mark, 0), len(text))
			to := min(max(l.MarkEnd, from), len(text))
			t.write(t.bar(margin), " ", strings.Repeat(" ", width(text[:from])),
				t.in(c, strings.Repeat("^", min(max(1, width(text[from:to])), longestMark))), t.label(label, c), "\n")
		}
	}
	if first < 0 && label != "" {
		t.write(t.bar(margin), t.label(label, c), "\n")
	}
}

func (t *textWriter) label(label string, c paint) string {
	if label == "" {
		return ""
	}
	return " " + t.in(c, label)
}

// width is how many columns of a terminal characters take.
func width(text []rune) int {
	n := 0
	for _, r := range text {
		switch {
		case r < 0x300:
			n++
		case unicode.In(r, unicode.Mn, unicode.Me):
		case wide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// wide reports whether r takes two columns, by the ranges that matter.
func wide(r rune) bool {
	return r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf && r != 0x303f ||
		r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f ||
		r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 ||
		r >= 0x1f300 && r <= 0x1f64f || r >= 0x1f900 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd
}
