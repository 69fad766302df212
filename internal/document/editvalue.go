package document

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// replaceValues writes the new values of entries.
func (x *edited) replaceValues() error {
	for _, i := range slices.Sorted(maps.Keys(x.values)) {
		if err := x.replaceValue(i, x.values[i]); err != nil {
			return err
		}
	}
	return nil
}

func (x *edited) replaceValue(i int, v any) error {
	n := x.at.entries[i]
	if n.odd {
		return fmt.Errorf("%w: the key or value is marked in a way that is not known", ErrPlace)
	}
	l := x.at.look(n.end, x.at.flow)
	if style := n.value.Style; !l.json && n.value.Kind == String && !n.value.Alias && style <= DoubleQuoted {
		l.strings = style
		if style != Plain {
			l.quote = style
		}
	}
	if x.at.flow {
		x.replaceInBrackets(n, l, v)
		return nil
	}
	if start, alone := x.file.bol(n.put); alone && n.value.IsScalar() && n.put < n.value.End && int(n.put-start) <= x.file.column(n.start) {
		return fmt.Errorf("%w: the value is not indented", ErrPlace)
	}
	text, short := l.scalar(v)
	if !short && n.value.Style == Flow && !n.value.Alias && len(n.value.Fields)+len(n.value.Items) > 0 {
		l = x.at.look(n.end, true)
		text, short = l.inline(v, ""), true
	}
	if x.at.node.Kind == List {
		return x.replaceItem(i, n, l, text, short, v)
	}
	if short {
		return x.replaceShort(i, n, text)
	}
	return x.replaceLong(i, n, l, v)
}

// replaceInBrackets writes a value in a collection in brackets.
func (x *edited) replaceInBrackets(n entry, l *look, v any) {
	f := x.file
	_, alone := f.bol(n.start)
	margin := ""
	if x.lay(l, x.spread(alone), n.end); l.multi {
		margin = f.margin(n.start)
	}
	text := l.inline(v, margin)
	switch {
	case n.from < 0: // {key}
		x.put(n.end, n.end, ": "+text)
	case n.value.Start == n.value.End && n.put == n.value.End: // {key: }
		at := n.from
		if isBlank(f.at(at)) {
			at++
		} else {
			text = " " + text
		}
		x.put(at, at, text)
	default:
		x.put(n.put, n.value.End, x.marked(n)+text)
	}
}

// marked is the anchor of a value, which stays.
func (x *edited) marked(n entry) string {
	if n.mark.empty() {
		return ""
	}
	return x.file.text()[n.mark.start:n.mark.end] + " "
}

// replaceShort writes a value behind its key.
func (x *edited) replaceShort(i int, n entry, text string) error {
	f, old := x.file, n.value
	text = x.marked(n) + text
	switch {
	case n.put == old.End: // nothing is written
		x.put(n.from, n.from, " "+text)
	case old.Style == Block && !old.Alias && !old.IsScalar():
		end, err := x.lastLine(i)
		if err != nil {
			return err
		}
		start, alone := f.bol(old.Start)
		if !alone {
			return fmt.Errorf("%w: it starts on a line with other things", ErrPlace)
		}
		to := n.from
		if n.bare > n.put {
			to = n.bare
		}
		x.put(n.from, to, " "+text)
		x.deleteBlock(start, end)
	case (old.Style == Literal || old.Style == Folded) && !old.Alias:
		end, comment := f.blockEnd(old)
		x.put(n.put, end, text+comment)
	case strings.Contains(f.text()[n.bare:old.Start], "#"): // its comments stay
		x.put(n.put, n.bare, strings.TrimSuffix(x.marked(n), " "))
		x.put(old.Start, old.End, strings.TrimPrefix(text, x.marked(n)))
	default:
		x.put(n.put, old.End, text)
	}
	return nil
}

// deleteBlock removes the lines of a block value, and the break before them if
// the text ends there without one.
func (x *edited) deleteBlock(start, end int32) {
	if w := x.file.breakFrom(end); w > 0 {
		x.delete(start, end+w)
		return
	}
	x.delete(start-x.file.breakBefore(start), end)
}

// blockEnd is the end of a block scalar, and the comment behind its | or > with
// the spaces before it.
func (f *File) blockEnd(n *Node) (end int32, comment string) {
	end = n.End
	if f.eol(n.Start) >= end { // it has no lines
		end, _ = f.tail(end)
	}
	header := f.text()[n.Start:min(f.eol(n.Start), end)]
	i := strings.IndexByte(header, '#')
	if i < 0 {
		return end, ""
	}
	if before := strings.TrimRight(header[:i], " \t"); len(before) < i {
		return end, header[len(before):]
	}
	return end, " " + header[i:]
}

// replaceLong writes a collection on the lines below its key.
func (x *edited) replaceLong(i int, n entry, l *look, v any) error {
	f, old := x.file, n.value
	margin, err := x.margin()
	if err != nil {
		return err
	}
	if !n.mark.empty() {
		return fmt.Errorf("%w: the old value has an anchor", ErrPlace)
	}
	block := l.below(v, margin)
	tag, lines, _ := strings.Cut(block, l.newline)
	lines = l.newline + lines
	switch {
	case n.put == old.End:
		end, alone := f.tail(n.from)
		if !alone {
			return fmt.Errorf("%w: something follows on its line", ErrPlace)
		}
		x.put(n.from, n.from, tag)
		x.put(end, end, lines)
	case old.Style == Block && !old.Alias && !old.IsScalar():
		end, err := x.lastLine(i)
		if err != nil {
			return err
		}
		start, alone := f.bol(old.Start)
		if !alone {
			return fmt.Errorf("%w: it starts on a line with other things", ErrPlace)
		}
		if n.bare > n.put || tag != "" {
			x.put(n.from, max(n.from, n.bare), tag)
		}
		x.put(start-f.breakBefore(start), end, lines)
	case (old.Style == Literal || old.Style == Folded) && !old.Alias:
		end, comment := f.blockEnd(old)
		x.put(n.from, end, tag+comment+lines)
	case strings.Contains(f.text()[n.from:old.Start], "#"):
		return fmt.Errorf("%w: a comment is between the key and its value", ErrPlace)
	default:
		end, alone := f.tail(old.End)
		if !alone {
			return fmt.Errorf("%w: something follows on its line", ErrPlace)
		}
		if tag == "" && f.at(old.End) == '#' {
			tag = " "
		}
		x.put(n.from, old.End, tag)
		x.put(end, end, lines)
	}
	return nil
}

// replaceItem writes an element of a block list.
func (x *edited) replaceItem(i int, n entry, l *look, text string, short bool, v any) error {
	f, old := x.file, n.value
	margin, err := x.margin()
	if err != nil {
		return err
	}
	if _, alone := f.bol(old.Start); alone && short && old.Style == Block && !old.Alias && !old.IsScalar() {
		return x.replaceShort(i, n, text)
	}
	if !short {
		if !n.mark.empty() || !n.odd && strings.Contains(f.text()[n.from:old.Start], "#") {
			return fmt.Errorf("%w: an anchor or a comment is before the old value", ErrPlace)
		}
		text = strings.TrimPrefix(l.item(v, margin), "-")
	} else {
		text = " " + x.marked(n) + text
	}
	if !strings.ContainsAny(text, "\r\n") && n.put > n.from && f.blanks(n.from) == n.put { // keeps the spaces
		text = f.text()[n.from:n.put] + text[1:]
	}
	end := old.End
	switch {
	case n.put == old.End:
		end = n.from
	case old.Style == Block && !old.Alias && !old.IsScalar():
		if end, err = x.lastLine(i); err != nil {
			return err
		}
	case (old.Style == Literal || old.Style == Folded) && !old.Alias:
		var comment string
		end, comment = f.blockEnd(old)
		text += comment
	case strings.Contains(f.text()[n.from:old.Start], "#"):
		return fmt.Errorf("%w: a comment is before the old value", ErrPlace)
	}
	x.put(n.from, end, text)
	return nil
}
