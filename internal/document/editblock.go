package document

import "fmt"

// An edited collects the splices of a change.
type edited struct {
	*change
	file    *File
	deleted []span
	out     []Splice
}

func (x *edited) put(start, end int32, text string) {
	if text != "" && x.file.Format == YAML && x.file.at(end) == '#' {
		text += " " // else the comment were none
	}
	x.out = append(x.out, Splice{start, end, []byte(text)})
}

func (x *edited) delete(start, end int32) { x.deleted = append(x.deleted, span{start, end}) }

// kept are the entries that stay.
func (c *change) kept() (out []int) {
	for i := range c.at.entries {
		if !c.removed[i] {
			out = append(out, i)
		}
	}
	return out
}

// block makes the splices for entries of a block collection.
func (x *edited) block() error {
	entries, kept := x.at.entries, x.kept()
	for i := range entries {
		if entries[i].odd {
			return fmt.Errorf("%w: a key or value is marked in a way that is not known", ErrPlace)
		}
		if x.removed[i] {
			if _, err := x.lastLine(i); err != nil {
				return err
			}
		}
	}
	switch {
	case len(kept) > 0:
		x.removeLines()
		return x.addWhere(kept[len(kept)-1], x.addLines)
	case len(x.added) > 0:
		return x.renew()
	default:
		return x.empty()
	}
}

// margin is the indentation of the entries, and whether all but the first stand
// on lines of their own, as they must.
func (x *edited) margin() (string, error) {
	entries := x.at.entries
	for i := range entries {
		if start, alone := x.file.bol(entries[i].start); alone {
			return x.file.text()[start:entries[i].start], nil
		}
	}
	margin, at := []byte(nil), entries[0].start
	for !x.file.isBOL(at) {
		at--
		c := x.file.Data[at]
		if c != ' ' && (c != '-' || x.file.at(at+1) != ' ') {
			return "", fmt.Errorf("%w: it starts on a line with other things", ErrPlace)
		}
		margin = append(margin, ' ')
	}
	return string(margin), nil
}

// lastLine is the end of the last line of an entry. Blank lines that a block
// scalar keeps are its own.
func (x *edited) lastLine(i int) (int32, error) {
	entry := x.at.entries[i]
	end, alone := x.file.tail(entry.end)
	if !alone {
		return 0, fmt.Errorf("%w: something follows on its line", ErrPlace)
	}
	if _, ok := x.values[i]; ok {
		return end, nil
	}
	if x.file.keepsBlanks(entry.value) {
		end = x.file.blankLines(end)
	}
	return end, nil
}

// blankLines is the end of the last of the blank lines that follow a line that
// ends at an offset.
func (f *File) blankLines(end int32) int32 {
	for int(end) < len(f.Data) {
		next := end + f.breakFrom(end)
		to := f.blanks(next)
		if int(next) >= len(f.Data) || f.breakFrom(to) == 0 && int(to) < len(f.Data) {
			break
		}
		end = to
	}
	return end
}

// keepsBlanks reports whether the last scalar of a value is a block scalar that
// keeps the blank lines behind it.
func (f *File) keepsBlanks(n *Node) bool {
	if !f.endsInBlock(n) {
		return false
	}
	n = f.last(n)
	for i := n.Start + 1; i < n.End && i < n.Start+3; i++ {
		if f.Data[i] == '+' {
			return true
		}
	}
	return false
}

// endsInBlock reports whether the last scalar of a value is a block scalar.
func (f *File) endsInBlock(n *Node) bool {
	n = f.last(n)
	return !n.Alias && (n.Style == Literal || n.Style == Folded)
}

// last is the scalar that ends a value, or the value if it has an end of its own.
func (f *File) last(n *Node) *Node {
	for !n.Alias && n.Style == Block {
		fields := f.written(n)
		switch {
		case len(fields) > 0:
			n = fields[len(fields)-1].Value
		case len(n.Items) > 0:
			n = n.Items[len(n.Items)-1]
		default:
			return n
		}
	}
	return n
}

// addLines puts new entries behind an entry that stays.
func (x *edited) addLines(behind int) error {
	if len(x.added) == 0 {
		return nil
	}
	margin, err := x.margin()
	if err != nil {
		return err
	}
	end, err := x.lastLine(behind)
	if err != nil {
		return err
	}
	if int(end) >= len(x.file.Data) && x.file.endsInBlock(x.at.entries[behind].value) {
		return fmt.Errorf("%w: the text ends in a block scalar without a line break", ErrPlace)
	}
	l := x.at.look(end, false)
	gap := l.newline
	if x.spaced(behind) && !x.file.keepsBlanks(x.at.entries[behind].value) {
		gap += l.newline
	}
	text := ""
	for _, entry := range x.added {
		text += gap + margin + x.rendered(l, entry, margin)
	}
	x.put(end, end, text)
	return nil
}

// spaced reports whether there is a blank line between all entries.
func (x *edited) spaced(behind int) bool {
	entries := x.at.entries
	if behind == 0 {
		return false
	}
	for i := 1; i <= behind; i++ {
		end, err := x.lastLine(i - 1)
		if err != nil {
			return false
		}
		next := end + x.file.breakFrom(end)
		if x.file.breakFrom(x.file.blanks(next)) == 0 || next >= entries[i].start {
			return false
		}
	}
	return true
}

func (x *edited) rendered(l *look, entry Entry, margin string) string {
	if x.at.node.Kind == List {
		x.asItems(l)
		if l.flow {
			return "-" + l.dash + l.inline(entry.Value, margin)
		}
		return l.item(entry.Value, margin)
	}
	l.aligned = x.at.alignment()
	return l.line(entry, margin)
}

// asItems takes over how the elements of the list are written.
func (x *edited) asItems(l *look) {
	entries := x.at.entries
	last := entries[len(entries)-1]
	if gap := x.file.text()[last.from:last.put]; gap != "" && x.file.blanks(last.from) == last.put {
		l.dash = gap
	}
	if n := last.value; n.Style == Flow && len(n.Items)+len(n.Fields) > 0 {
		l.flow, l.colon = true, x.at.colon(true)
	}
}

// renew writes new entries where all old ones go.
func (x *edited) renew() error {
	first := x.at.entries[0]
	margin, err := x.margin()
	if err != nil {
		return err
	}
	end, err := x.lastLine(0)
	if err != nil {
		return err
	}
	for i := 1; i < len(x.at.entries); i++ {
		x.deleteLines(i)
	}
	l := x.at.look(end, false)
	text := ""
	for i, entry := range x.added {
		if i > 0 {
			text += l.newline + margin
		}
		text += x.rendered(l, entry, margin)
	}
	x.put(first.start, end, text)
	return nil
}
