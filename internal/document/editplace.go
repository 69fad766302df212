package document

import "fmt"

// A place is a collection with all that is written in it.
type place struct {
	editor  *Editor
	node    *Node
	up      *place // nil for the root
	index   int    // of the entry of up that holds it
	depth   int
	flow    bool    // it lies in brackets, or has some
	fields  []Field // what is written of a map, merge keys too
	entries []entry
}

// An entry is a key with its value, or an element.
type entry struct {
	key   *Node // nil for an element
	value *Node
	start int32 // of the key, of the dash, or of the element with its tag
	from  int32 // behind the colon or the dash; -1 if there is no colon
	put   int32 // where the value starts, with its tag and anchor
	bare  int32 // behind tag and anchor
	mark  span  // the anchor, if there is one
	end   int32
	comma int32 // the comma that follows, -1 if there is none
	odd   bool  // it has an explicit key, or the like
}

type span struct{ start, end int32 }

func (s span) empty() bool { return s.end <= s.start }

// written are the fields that a map has in the text.
func (f *File) written(n *Node) []Field {
	if fields, ok := f.merges[f.anchor(n)]; ok {
		return fields
	}
	return n.Fields
}

// merges reports whether a merge key of a map brings a key.
func (p *place) merges(key string) bool {
	for _, field := range p.fields {
		if !isMerge(field.Key) {
			continue
		}
		if field.Value.Get(key) != nil {
			return true
		}
		for _, item := range field.Value.Items {
			if item.Get(key) != nil {
				return true
			}
		}
	}
	return false
}

// shared reports whether n lies in what an alias refers to.
func (f *File) shared(n *Node) bool {
	for _, to := range f.anchors {
		if to.Start <= n.Start && n.End <= to.End {
			return true
		}
	}
	return false
}

// needed reports whether a part of the text has an anchor, besides that of one
// node, whose aliases are not all in that part.
func (e *Editor) needed(from, to int32, besides *Node) bool {
	for alias, anchor := range e.file.anchors {
		in := from <= anchor.Start && anchor.End <= to && anchor != besides
		if in && (alias.Start < from || alias.End > to) {
			return true
		}
	}
	return false
}

// find is the place of a collection.
func (e *Editor) find(n *Node) (*place, error) {
	trail, err := e.trail(n)
	if err != nil {
		return nil, err
	}
	var at *place
	for i, in := range trail {
		next := &place{editor: e, node: in, up: at, depth: i, fields: e.file.written(in)}
		next.flow = in.Style == Flow || at != nil && at.flow
		if at != nil {
			next.index = at.position(in)
		}
		if i >= len(trail)-2 { // further out the entries are read when they are asked for
			next.read()
		}
		at = next
	}
	return at, nil
}

// holder is the collection that holds n, and where.
func (e *Editor) holder(n *Node) (*Node, int, error) {
	trail, err := e.trail(n)
	if err != nil {
		return nil, 0, err
	}
	in := trail[len(trail)-2]
	p := place{node: in, fields: e.file.written(in)}
	return in, p.position(n), nil
}

// position is the index of a value.
func (p *place) position(n *Node) int {
	for i := range p.fields {
		if p.fields[i].Value == n {
			return i
		}
	}
	for i := range p.node.Items {
		if p.node.Items[i] == n {
			return i
		}
	}
	return -1
}

// trail are the nodes from the root to n, which is told by where it lies.
func (e *Editor) trail(n *Node) ([]*Node, error) {
	at := e.root
	trail := []*Node{at}
	for at != n {
		next := e.toward(at, n)
		if next == nil || next.Alias && next != n || len(trail) > maxDepth {
			return nil, fmt.Errorf("%w: it is no node of this document", ErrPlace)
		}
		at = next
		trail = append(trail, at)
	}
	return trail, nil
}

// toward is the value in a collection that n is or lies in.
func (e *Editor) toward(at, n *Node) (next *Node) {
	fields := e.file.written(at)
	for i := range fields {
		switch v := fields[i].Value; {
		case v == n:
			return v
		case fields[i].Key.Start <= n.Start:
			next = v
		}
	}
	for _, item := range at.Items {
		switch {
		case item == n:
			return item
		case item.Start <= n.Start:
			next = item
		}
	}
	return next
}

// read finds the entries in the text.
func (p *place) read() {
	if p.entries != nil {
		return
	}
	f := p.editor.file
	n := p.node
	at := n.Start
	if n.Style == Flow {
		at++
	}
	p.entries = make([]entry, 0, len(p.fields)+len(n.Items))
	for _, field := range p.fields {
		at = p.gap(at)
		x := entry{key: field.Key, value: field.Value, start: at, odd: at != field.Key.Start || f.broken(at, field.Key.End), from: -1, comma: -1}
		x.end = field.Key.End
		if i := f.skip(field.Key.End); int(i) < len(f.Data) && f.Data[i] == ':' && i <= field.Value.Start {
			x.from = i + 1
			x.end = x.from
		}
		x.odd = x.odd || x.from < 0 && !p.flow || field.Key.Start == field.Key.End
		p.valueOf(&x)
		at = x.end
		p.entries = append(p.entries, x)
	}
	for _, item := range n.Items {
		at = p.gap(at)
		x := entry{value: item, start: at, from: at, comma: -1}
		if !p.flow {
			x.from++
			x.odd = f.at(at) != '-'
		}
		x.end = x.from
		p.valueOf(&x)
		at = x.end
		p.entries = append(p.entries, x)
	}
	if !p.flow {
		return
	}
	for i := range p.entries {
		if c := f.skip(p.entries[i].end); f.at(c) == ',' {
			p.entries[i].comma = c
		}
	}
}

// gap moves over what lies between entries.
func (p *place) gap(at int32) int32 {
	f := p.editor.file
	at = f.skip(at)
	if p.flow && f.at(at) == ',' {
		at = f.skip(at + 1)
	}
	return at
}

// valueOf finds where the value is, with its tag and its anchor.
func (p *place) valueOf(x *entry) {
	f, n := p.editor.file, x.value
	x.put, x.bare = n.Start, n.Start
	if c := f.at(f.skip(n.Start)); n.Start == n.End && (c == '!' || c == '&') {
		x.odd = true // a tag that says nothing, with nothing behind it
	}
	if x.from < 0 {
		return
	}
	x.end = max(x.end, n.End)
	if f.Format == JSON {
		return
	}
	at := f.skip(x.from)
	for first := true; at < n.Start && (f.Data[at] == '!' || f.Data[at] == '&'); first = false {
		end := at
		for end < n.Start && spaceAt(f.text(), int(end)) == 0 {
			end++
		}
		if first {
			x.put = at
		}
		if f.Data[at] == '&' {
			x.mark = span{at, end}
		}
		x.bare = end
		at = f.skip(end)
	}
	if p.flow && n.Start == n.End && x.put < n.Start {
		x.odd = true // a comma behind a tag may become part of it
	}
	if x.bare < x.put || x.put == n.Start {
		x.bare = x.put
	}
}
