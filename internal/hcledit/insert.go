package hcledit

import (
	"strings"
	"unicode/utf8"
)

// splices are those of an object or a list.
func (c *change) splices() []Splice {
	out := c.removals()
	if len(c.added) == 0 {
		return out
	}
	at, f := c.at, c.at.file
	anchor := c.anchor()
	if anchor < 0 {
		return c.fill(out)
	}
	x := at.entries[anchor]
	tail, ends := f.tail(x.end)
	l := at.look(anchor)
	margin := f.margin(x.start)
	if !at.lines(anchor) {
		if !at.isList() {
			l = l.inline()
		}
		s := Splice{x.end, x.end, ", " + strings.Join(c.render(l, margin), ", ")}
		if c.claims() {
			s = f.claim(s)
		}
		return append(out, s)
	}
	if at.node != nil && !f.first(x.start) { // the first of a list stands behind its bracket
		margin = f.margin(at.lastLine(anchor))
	}
	parts, lead := c.render(l, margin), l.newline
	between, trailing := at.separator(l), ""
	if last := at.entries[len(at.entries)-1]; last.comma >= 0 {
		between, trailing = ",", ","
	}
	if !ends { // the closing bracket follows, or what is removed
		tail = x.end
		if x.comma >= 0 && !f.lines(x.end, x.comma) && anchor == len(at.entries)-1 {
			tail = x.comma + 1
		}
	}
	claims := c.claims()
	if between == "," && x.comma < 0 {
		switch heredoc := strings.HasPrefix(string(f.data[x.value:x.end]), "<<"); {
		case heredoc && at.isList(): // behind whose end nothing may follow on its line
			lead = l.newline + margin + "," + lead
		case heredoc:
		case tail == x.end:
			lead = "," + lead
		default:
			out, claims = append(out, Splice{x.end, x.end, ","}), claims || at.isList()
		}
	}
	s := Splice{tail, tail, lead + margin + strings.Join(parts, between+l.newline+margin) + trailing}
	if claims {
		s = f.claim(s)
	}
	return append(out, s)
}

// claims tells whether an edit must not be made together with another one of the
// same place: they may be of one key, whose list both begin.
func (c *change) claims() bool {
	for _, x := range c.added {
		switch x.Value.(type) {
		case List, Object:
			return !c.at.isList()
		}
	}
	return false
}

// claim makes an insertion a replacement of the character before it, too.
func (f *File) claim(s Splice) Splice {
	_, size := utf8.DecodeLastRune(f.data[:s.Start])
	return Splice{s.Start - size, s.End, string(f.data[s.Start-size:s.Start]) + s.New}
}

// separator is what stands between entries on lines of their own.
func (c *collection) separator(l look) string {
	if c.isList() {
		return ","
	}
	return l.separator()
}

// anchor is the entry behind which new ones stand: the last that stays, -1 if
// none does.
func (c *change) anchor() int {
	for i := len(c.at.entries) - 1; i >= 0; i-- {
		if !c.removed[i] {
			return i
		}
	}
	return -1
}

// lines tells whether an entry stands on another line than what is before it.
func (c *collection) lines(i int) bool {
	from := c.open
	if i > 0 {
		from = c.entries[i-1].end
	}
	return c.file.lines(from, c.entries[i].start) || i == 0 && c.file.lines(c.entries[i].end, c.close) && c.file.first(c.close)
}

// lastLine is the start of an entry that is the first on its line, at or before
// one.
func (c *collection) lastLine(i int) int {
	for ; i > 0; i-- {
		if c.file.first(c.entries[i].start) {
			break
		}
	}
	return c.entries[i].start
}

// fill writes into a collection in which nothing stays.
func (c *change) fill(removals []Splice) []Splice {
	at, f := c.at, c.at.file
	if len(at.entries) > 0 {
		// What is new stands where the first one stood.
		l := at.look(0)
		x := at.entries[0]
		margin := f.margin(x.start)
		between := ", "
		if f.first(x.start) && x.start > at.open {
			between = at.separator(l) + l.newline + margin
		} else {
			l = l.inline()
		}
		out := []Splice{{x.start, x.end, strings.Join(c.render(l, margin), between)}}
		if len(at.entries) > 1 {
			rest := change{at: at, removed: map[int]bool{}}
			for i := range at.entries {
				rest.removed[i] = i > 0
			}
			delete(rest.removed, 0)
			out = append(out, rest.removals()...)
		}
		return out
	}
	l := at.look(-1)
	outer := f.margin(at.open)
	if !f.empty(at.open, at.close) || f.lines(at.open, at.close) {
		margin := outer + l.unit
		text := l.newline + margin + strings.Join(c.render(l, margin), at.separator(l)+l.newline+margin)
		tail, _ := f.tail(at.open)
		if f.empty(at.open, at.close) {
			return append(removals, f.claim(Splice{at.open, at.close, text + l.newline + outer}))
		}
		return append(removals, f.claim(Splice{tail, tail, text}))
	}
	pad := l.pad
	if at.isList() {
		pad = ""
	}
	return append(removals, f.claim(Splice{at.open, at.close, pad + strings.Join(c.render(l.inline(), outer), ", ") + pad}))
}

// render writes the new entries, each as it stands behind a margin.
func (c *change) render(l look, margin string) (out []string) {
	for _, x := range c.added {
		if c.at.isList() {
			out = append(out, l.element(x.Value, margin))
		} else {
			out = append(out, l.entry(x.Key, x.Value, margin))
		}
	}
	return out
}
