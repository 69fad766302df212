package hcledit

import "strings"

// bodySplices are those of a body.
func (c *change) bodySplices() []Splice {
	out := c.removals()
	if len(c.added) == 0 && len(c.blocks) == 0 {
		return out
	}
	at, f := c.at, c.at.file
	outer := f.margin(at.open)
	if len(at.entries) == 0 && len(c.blocks) == 0 && len(c.added) == 1 && f.empty(at.open, at.close) && !f.lines(at.open, at.close) {
		return []Splice{{at.open, at.close, " " + at.look(-1).entry(c.added[0].Key, c.added[0].Value, outer) + " "}}
	}
	l := at.look(-1)
	margin := outer + l.unit
	if at.body != nil && f.Parent(at.body) == nil {
		margin = ""
	}
	if !f.lines(at.open, at.close) {
		return append(out, c.expand(l, margin, outer)...)
	}
	if len(c.added) > 0 {
		out = append(out, c.arguments(margin))
	}
	for _, b := range c.blocks {
		out = append(out, c.block(l, b, margin))
	}
	return out
}

// expand makes several lines of a body on one.
func (c *change) expand(l look, margin, outer string) (out []Splice) {
	at := c.at
	text := ""
	if i := c.anchor(); i >= 0 {
		x := at.entries[i]
		out = append(out, Splice{at.open, x.start, l.newline + margin})
		l.column = 0
		if l.align {
			l.column = at.signColumn(x)
		}
		at = &collection{file: at.file, node: at.node, body: at.body, open: x.end, close: at.close}
	} else {
		out = nil // what goes is within what is replaced
		at = &collection{file: at.file, node: at.node, body: at.body, open: at.open, close: at.close}
	}
	for _, x := range c.added {
		text += l.newline + margin + l.entry(x.Key, x.Value, margin)
	}
	for _, b := range c.blocks {
		if len(c.at.entries) > 0 || text != "" {
			text += l.newline
		}
		text += l.newline + margin + l.blockText(b, margin)
	}
	return append(out, Splice{at.open, at.close, text + l.newline + outer})
}

// arguments is the splice that adds arguments: behind the last that stands before
// a block.
func (c *change) arguments(margin string) Splice {
	at, f := c.at, c.at.file
	anchor := -1
	for i, x := range at.entries {
		if x.block {
			break
		}
		if !c.removed[i] {
			anchor = i
		}
	}
	l := at.look(anchor)
	pos := f.eol(at.open)
	if anchor >= 0 {
		pos, _ = f.tail(at.entries[anchor].end)
		margin = f.margin(at.entries[anchor].start)
	}
	text := ""
	for _, x := range c.added {
		text += l.newline + margin + l.entry(x.Key, x.Value, margin)
	}
	if anchor < 0 && len(at.entries) > 0 {
		text += l.newline
	}
	return Splice{pos, pos, text}
}

// block is the splice that adds a block: behind the last of its kind, else behind
// all but what is said about the resource as such.
func (c *change) block(l look, b Entry, margin string) Splice {
	at, f := c.at, c.at.file
	anchor, same := -1, false
	for i, x := range at.entries {
		switch {
		case c.removed[i]:
		case x.block && x.key == b.Key:
			anchor, same = i, true
		case !same && x.key != "lifecycle" && x.key != "depends_on" && x.key != "timeouts" && x.key != "provisioner":
			anchor = i
		}
	}
	if anchor < 0 {
		text := l.newline + margin + l.blockText(b, margin)
		if len(at.entries) > 0 {
			text += l.newline
		}
		return Splice{f.eol(at.open), f.eol(at.open), text}
	}
	x := at.entries[anchor]
	pos, _ := f.tail(x.end)
	margin = f.margin(x.start)
	lead := l.newline
	if anchor > 0 && same && at.entries[anchor-1].block && f.next(at.entries[anchor-1].end) == f.bol(x.start) {
		lead = "" // blocks stand close together here
	}
	return Splice{pos, pos, lead + l.newline + margin + l.blockText(b, margin)}
}

// blockText writes a block.
func (l look) blockText(b Entry, margin string) string {
	in := margin + l.unit
	arguments, _ := b.Value.(Object)
	return b.Key + " {" + l.newline + in + strings.Join(l.entries(arguments, in), l.newline+in) + l.newline + margin + "}"
}
