package document

import (
	"slices"
	"strings"
)

// near shows nodes to see, the closest first, until one tells something. It looks
// at no more than a few hundred, so that an edit does not cost a parse.
func (p *place) near(see func(n *Node) bool) {
	budget := 300
	var walk func(n, but *Node) bool
	walk = func(n, but *Node) bool {
		if n.Alias || budget <= 0 {
			return false
		}
		budget--
		if see(n) {
			return true
		}
		fields := p.editor.file.written(n)
		for i := len(fields) - 1; i >= 0; i-- {
			if v := fields[i].Value; v != but && !v.IsScalar() && walk(v, nil) {
				return true
			}
		}
		for i := len(n.Items) - 1; i >= 0; i-- {
			if v := n.Items[i]; v != but && !v.IsScalar() && walk(v, nil) {
				return true
			}
		}
		return false
	}
	var but *Node
	for at := p; at != nil && !walk(at.node, but); at = at.up {
		but = at.node
	}
}

// look finds out how the text is written around an offset of p. flow tells
// whether what is to be written stands in brackets.
func (p *place) look(off int32, flow bool) *look {
	f := p.editor.file
	l := &look{json: f.Format == JSON, flow: flow, dash: " ", keys: Plain, strings: Plain, quote: DoubleQuoted}
	if l.json {
		l.keys, l.strings = DoubleQuoted, DoubleQuoted
	} else {
		l.keys = p.keyStyle()
		l.strings, l.quote = p.stringStyle()
	}
	l.colon = p.colon(flow)
	l.comma = p.commaBetween(l.colon)
	l.pad, l.padList = p.pad(Map), p.pad(List)
	l.calls = p.calls()
	if flow {
		l.unit = p.flowUnit()
		l.lists, l.maps = p.flat()
	} else {
		l.unit, l.list = p.units()
		l.dash, l.maps = p.items()
		l.newline = f.newline(off)
	}
	return l
}

// flat tells whether lists of scalars stand on a line, and maps in lists do.
func (p *place) flat() (lists, maps bool) {
	var listSeen, mapSeen bool
	p.near(func(n *Node) bool {
		if n.Style != Flow || len(n.Items) == 0 {
			return false
		}
		switch first := n.Items[0]; {
		case first.IsScalar() && !listSeen:
			listSeen, lists = true, !p.editor.file.broken(n.Start, n.End)
		case len(first.Fields) > 0 && !first.Alias && !mapSeen:
			mapSeen, maps = true, !p.editor.file.broken(first.Start, first.End)
		}
		return listSeen && mapSeen
	})
	return lists, maps
}

// calls tells whether calls of a template's functions stand in braces on a line,
// where they are in their long form.
func (p *place) calls() (out bool) {
	p.near(func(n *Node) bool {
		if len(n.Fields) != 1 || !callKey(n.Fields[0].Key.Value) {
			return false
		}
		out = n.Style == Flow && !p.editor.file.broken(n.Start, n.End)
		return true
	})
	return out
}

// items tells what stands between a dash and its element, and whether maps behind
// one are in braces on a line.
func (p *place) items() (dash string, maps bool) {
	f := p.editor.file
	dash = " "
	var dashSeen, mapSeen bool
	p.near(func(n *Node) bool {
		if n.Style != Block || len(n.Items) == 0 {
			return false
		}
		first := n.Items[0]
		at := first.Start
		for at > n.Start && isBlank(f.at(at-1)) {
			at--
		}
		if !dashSeen && first.Tag == "" && at > n.Start && at < first.Start && f.at(at-1) == '-' {
			dashSeen, dash = true, f.text()[at:first.Start]
		}
		if !mapSeen && len(first.Fields) > 0 && !first.Alias {
			mapSeen, maps = true, first.Style == Flow && !f.broken(first.Start, first.End)
		}
		return dashSeen && mapSeen
	})
	return dash, maps
}

// alignment is how far behind its key's start each value of a block map stands;
// 0 if they are not aligned.
func (p *place) alignment() int {
	out, widths := int32(0), map[int32]bool{}
	for _, x := range p.entries {
		if x.key == nil || x.from < 0 || p.editor.file.blanks(x.from) != x.put || x.put == x.end {
			continue
		}
		if at := x.put - x.start; out != 0 && at != out {
			return 0
		} else {
			out = at
		}
		widths[x.from-x.start] = true
	}
	if len(widths) < 2 {
		return 0
	}
	return int(out)
}

// colon is how a colon is written.
func (p *place) colon(flow bool) string {
	f := p.editor.file
	out := ": "
	p.near(func(n *Node) bool {
		if n.Kind != Map || (n.Style == Flow) != flow {
			return false
		}
		fields := f.written(n)
		for i := len(fields) - 1; i >= 0; i-- {
			end := fields[i].Key.End
			at := f.blanks(end)
			if f.at(at) != ':' || fields[i].Value.Alias && fields[i].Value.Start < end {
				continue
			}
			to := f.blanks(at + 1)
			if c := f.at(to); c != 0 && c != '#' && c != ',' && c != '}' && f.breakFrom(to) == 0 {
				out = f.text()[end:to]
				return true
			}
		}
		return false
	})
	if len(out) > 3 { // aligned
		return ": "
	}
	return out
}

// commaBetween is how entries on one line are separated.
func (p *place) commaBetween(colon string) string {
	f := p.editor.file
	out := ", "
	if p.editor.file.Format == JSON && strings.HasSuffix(colon, ":") {
		out = ","
	}
	p.near(func(n *Node) bool {
		if n.Style != Flow {
			return false
		}
		fields := f.written(n)
		for i := len(fields) - 1; i > 0; i-- {
			if gap, ok := f.commaIn(fields[i-1].Value.End, fields[i].Key.Start); ok {
				out = gap
				return true
			}
		}
		for i := len(n.Items) - 1; i > 0; i-- {
			if gap, ok := f.commaIn(n.Items[i-1].End, n.Items[i].Start); ok {
				out = gap
				return true
			}
		}
		return false
	})
	return out
}

// commaIn is the text between two offsets if it is a comma on a line.
func (f *File) commaIn(from, to int32) (string, bool) {
	if to <= from || to-from > 8 {
		return "", false
	}
	gap := f.text()[from:to]
	return gap, strings.Trim(gap, " \t") == ","
}

// pad is what stands inside of brackets of a kind.
func (p *place) pad(kind Kind) string {
	f := p.editor.file
	out := ""
	p.near(func(n *Node) bool {
		if n.Style != Flow || n.Kind != kind || len(n.Items)+len(n.Fields) == 0 {
			return false
		}
		to := f.blanks(n.Start + 1)
		if f.breakFrom(to) > 0 || f.at(to) == '#' {
			return false
		}
		out = f.text()[n.Start+1 : to]
		return true
	})
	return out
}

func (p *place) keyStyle() Style {
	out := Plain
	p.near(func(n *Node) bool {
		fields := p.editor.file.written(n)
		for i := len(fields) - 1; i >= 0; i-- {
			if !fields[i].Key.Alias && !isMerge(fields[i].Key) {
				out = fields[i].Key.Style
				return out <= DoubleQuoted
			}
		}
		return false
	})
	if out > DoubleQuoted {
		return Plain
	}
	return out
}

// stringStyle is how texts are quoted that need no quotes, and those that do.
func (p *place) stringStyle() (free, need Style) {
	var found, needFound bool
	need = DoubleQuoted
	p.near(func(n *Node) bool {
		l := look{flow: n.Style == Flow}
		see := func(v *Node) {
			if v.Kind != String || v.Alias || v.Style > DoubleQuoted {
				return
			}
			if v.Style != Plain && !needFound {
				need, needFound = v.Style, true
			}
			if !found && v.Tag == "" && l.plainSafe(v.Value) {
				free, found = v.Style, true
			} else if v.Style == Plain && v.Tag == "" {
				free = Plain // one is enough
			}
		}
		before := found
		for _, v := range slices.Backward(n.Items) {
			see(v)
		}
		for _, field := range slices.Backward(p.editor.file.written(n)) {
			see(field.Value)
		}
		return found && (needFound || before)
	})
	if !found {
		free = p.keyStyle()
	}
	return free, need
}
