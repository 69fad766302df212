package document

import (
	"fmt"
	"strings"
)

// brackets makes the splices for entries of a collection in brackets.
func (x *edited) brackets() error {
	entries, kept := x.at.entries, x.kept()
	for i := range entries {
		if entries[i].odd {
			return fmt.Errorf("%w: a key or value is marked in a way that is not known", ErrPlace)
		}
	}
	if x.at.node.Style != Flow {
		return fmt.Errorf("%w: it is a map without braces in brackets", ErrPlace)
	}
	last := len(entries) // where the run of removed entries at the end starts
	for last > 0 && x.removed[last-1] {
		last--
	}
	for i := 0; i < last; i++ {
		if x.removed[i] {
			from := i
			for x.removed[i+1] {
				i++
			}
			x.removeRun(from, i)
		}
	}
	switch {
	case len(entries) == 0:
		x.fillBrackets()
	case len(x.added) == 0 && len(kept) == 0:
		x.emptyBrackets()
	case len(x.added) == 0 && last < len(entries):
		x.removeEnd(last)
	case len(x.added) > 0 && last < len(entries):
		x.renewEnd(last)
	case len(x.added) > 0:
		return x.addWhere(len(entries)-1, x.appendTo)
	}
	return nil
}

// behind is the end of an entry with its comma, if it has one.
func (n entry) behind() int32 {
	if n.comma >= 0 {
		return n.comma + 1
	}
	return n.end
}

// removeRun removes entries that one follows which stays.
func (x *edited) removeRun(from, to int) {
	f, entries := x.file, x.at.entries
	first, next := entries[from], entries[to+1]
	start, alone := f.bol(first.start)
	end, last := f.tail(entries[to].behind())
	switch {
	case alone && last && from < to && strings.Contains(f.text()[first.start:entries[to].end], "#"):
		for i := from; i <= to; i++ { // comments on lines of their own stay
			x.deleteOwn(i)
		}
	case alone && last:
		x.delete(start, end+f.breakFrom(end))
	case last && from > 0 && !x.file.broken(entries[from-1].end, first.start):
		x.delete(entries[from-1].end, entries[to].end)
	case last && strings.Contains(f.text()[end:next.start], "#"):
		x.delete(first.start, end)
	default:
		x.delete(first.start, next.start)
	}
}

// deleteOwn removes the lines of an entry, or the entry from its line.
func (x *edited) deleteOwn(i int) {
	f, n := x.file, x.at.entries[i]
	start, alone := f.bol(n.start)
	end, last := f.tail(n.behind())
	switch {
	case alone && last:
		x.delete(start, end+f.breakFrom(end))
	case last:
		x.delete(n.start, end)
	default:
		x.delete(n.start, f.blanks(n.behind()))
	}
}

// removeEnd removes the last entries, from one on that another is before.
func (x *edited) removeEnd(from int) {
	f, entries := x.file, x.at.entries
	before, last := entries[from-1], entries[len(entries)-1]
	if !strings.Contains(f.text()[before.end:f.skip(last.behind())], "#") || f.Format == JSON {
		x.delete(before.end, last.end)
		return
	}
	if last.comma < 0 {
		x.delete(before.comma, before.comma+1)
	}
	for i := from; i < len(entries); i++ {
		x.deleteOwn(i)
	}
}

// emptyBrackets removes all entries. Comments on lines of their own stay.
func (x *edited) emptyBrackets() {
	n := x.at.node
	if x.file.Format == JSON || x.file.skip(n.Start+1) == x.white(n.Start+1) && !strings.Contains(x.file.text()[n.Start:n.End], "#") {
		x.delete(n.Start+1, n.End-1)
		return
	}
	for i := range x.at.entries {
		x.deleteOwn(i)
	}
}

// renewEnd writes new entries where the last ones go.
func (x *edited) renewEnd(from int) {
	f, entries := x.file, x.at.entries
	last := entries[len(entries)-1]
	x.put(entries[from].start, last.end, x.entriesText(from, entries[from].start))
	if end, alone := f.tail(last.behind()); alone && end > f.blanks(last.behind()) {
		x.delete(last.behind(), end)
	}
}

// entriesText writes the new entries beside that with an index.
func (x *edited) entriesText(beside int, off int32) string {
	l, margin, separator := x.flowLook(beside, off)
	var parts []string
	for _, entry := range x.added {
		parts = append(parts, x.flowEntry(l, entry, margin))
	}
	return strings.Join(parts, separator)
}

func (x *edited) flowEntry(l *look, entry Entry, margin string) string {
	if x.at.node.Kind == List {
		return l.inline(entry.Value, margin)
	}
	return l.pair(entry, margin)
}

// flowLook is how entries beside one are written, with the indentation of their
// lines and what separates them.
func (x *edited) flowLook(beside int, off int32) (l *look, margin, separator string) {
	f := x.file
	l = x.at.look(off, true)
	start := x.at.entries[beside].start
	from, alone := f.bol(start)
	x.lay(l, x.spread(alone), off)
	if alone {
		margin = f.text()[from:start]
		return l, margin, "," + f.newline(off) + margin
	}
	if l.multi {
		margin = f.margin(start)
	}
	if gap, ok := x.gapBefore(beside); ok {
		return l, margin, gap
	}
	return l, margin, l.comma
}

// gapBefore is what separates an entry on the line of the one before from that.
func (x *edited) gapBefore(i int) (string, bool) {
	if i == 0 {
		return "", false
	}
	gap := x.file.text()[x.at.entries[i-1].end:x.at.entries[i].start]
	return gap, strings.Trim(gap, " \t") == ","
}

// spread tells whether new collections have an entry a line: as those beside
// them, or else as the collection that they are in.
func (x *edited) spread(alone bool) bool {
	for i := len(x.at.entries) - 1; i >= 0; i-- {
		n := x.at.entries[i].value
		if !n.Alias && n.Style == Flow && len(n.Fields)+len(n.Items) > 0 {
			if n.Kind == Map || n.Items[0].Style == Flow {
				return x.file.broken(n.Start, n.End)
			}
		}
	}
	return alone
}

// lay tells the look whether collections have an entry a line, and how those end.
// In a text of one line looking for the end of one would take long.
func (x *edited) lay(l *look, multi bool, off int32) {
	if l.multi = multi; multi {
		l.newline = x.file.newline(off)
	}
}

// appendTo writes new entries behind the last one.
func (x *edited) appendTo(last int) error {
	f, n := x.file, x.at.entries[last]
	text := ""
	l, margin, separator := x.flowLook(last, n.end)
	_, alone := f.bol(n.start)
	end, free := f.tail(n.behind())
	for _, entry := range x.added {
		text += separator + x.flowEntry(l, entry, margin)
	}
	switch {
	case !alone || !free:
		// {a: 1,} keeps its comma
		x.put(n.end, n.end, text)
	case n.comma < 0 && f.blanks(n.end) == end:
		x.put(n.end, n.end, text)
	default: // behind the comment
		if n.comma < 0 {
			x.put(n.end, n.end, ",")
			x.put(end, end, text[1:])
		} else {
			x.put(end, end, text[1:]+",")
		}
	}
	return nil
}

// fillBrackets writes the first entries.
func (x *edited) fillBrackets() {
	f, n := x.file, x.at.node
	l := x.at.look(n.Start, true)
	inner := f.text()[n.Start+1 : n.End-1]
	alone := false
	if up := x.at.up; up != nil && up.node.Style == Flow {
		_, alone = f.bol(up.entries[x.at.index].start)
		y := edited{change: &change{at: up}, file: f}
		alone = y.spread(alone)
	}
	x.lay(l, alone || x.file.broken(n.Start, n.End), n.Start)
	pad := l.pad
	if n.Kind == List {
		pad = l.padList
	}
	if inner != "" && strings.Trim(inner, " \t") == "" {
		pad = " "
	}
	separator, margin, begin, end := l.comma, "", pad, pad
	if l.multi {
		outer := f.margin(n.Start)
		margin = outer + l.unit
		begin, end = l.newline+margin, l.newline+outer
		separator = "," + begin
	}
	var parts []string
	for _, entry := range x.added {
		parts = append(parts, x.flowEntry(l, entry, margin))
	}
	text := strings.Join(parts, separator)
	if strings.Contains(inner, "#") { // comments stay
		at := n.End - 1
		x.put(at, at, l.unit+text+l.newline+f.margin(at))
		return
	}
	x.put(n.Start+1, n.End-1, begin+text+end)
}
