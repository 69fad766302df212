package document

import "strings"

// column is how far from the start of its line a node starts.
func (f *File) column(off int32) int {
	at := off
	for !f.isBOL(at) {
		at--
	}
	return int(off - at)
}

// units are one level of indentation of block maps, and of block lists.
func (p *place) units() (unit, list string) {
	f := p.editor.file
	var deep, listDeep = -1, -1
	p.near(func(n *Node) bool {
		if n.Kind != Map || n.Style != Block {
			return false
		}
		for _, field := range f.written(n) {
			v := field.Value
			if v.Alias || v.Style != Block || v.IsScalar() || len(v.Fields)+len(v.Items) == 0 {
				continue
			}
			step := f.column(v.Start) - f.column(field.Key.Start)
			switch {
			case v.Kind == Map && step > 0 && deep < 0:
				deep = step
			case v.Kind == List && step >= 0 && listDeep < 0:
				listDeep = step
			}
		}
		return deep >= 0 && listDeep >= 0
	})
	switch {
	case deep < 0 && listDeep <= 0:
		deep = 2
	case deep < 0:
		deep = listDeep
	}
	if listDeep < 0 {
		listDeep = deep
	}
	return strings.Repeat(" ", deep), strings.Repeat(" ", listDeep)
}

// flowUnit is one level of indentation in brackets.
func (p *place) flowUnit() string {
	f := p.editor.file
	out := "  "
	p.near(func(n *Node) bool {
		first := n.Start
		switch fields := f.written(n); {
		case n.Style != Flow:
			return false
		case len(fields) > 0:
			first = fields[0].Key.Start
		case len(n.Items) > 0:
			first = n.Items[0].Start
		}
		start, alone := f.bol(first)
		if !alone || start <= n.Start {
			return false
		}
		outer, inner := f.margin(n.Start), f.text()[start:first]
		if len(inner) > len(outer) && strings.HasPrefix(inner, outer) {
			out = inner[len(outer):]
			return true
		}
		return false
	})
	return out
}
