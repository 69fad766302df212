package document

// removeLines removes entries that others stay beside.
func (x *edited) removeLines() {
	entries := x.at.entries
	i := 0
	if _, alone := x.file.bol(entries[0].start); !alone && x.removed[0] {
		// What comes next moves to the line of the dash.
		end, _ := x.lastLine(0)
		to := x.white(end)
		for i = 1; x.removed[i] && to == entries[i].start; i++ {
			end, _ = x.lastLine(i)
			to = x.white(end)
		}
		x.delete(entries[0].start, to)
	}
	for ; i < len(entries); i++ {
		if x.removed[i] {
			x.deleteLines(i)
		}
	}
}

// white moves over white space, line breaks too.
func (x *edited) white(i int32) int32 {
	for int(i) < len(x.file.Data) {
		w := spaceAt(x.file.text(), int(i))
		if w == 0 {
			break
		}
		i += int32(w)
	}
	return i
}

// deleteLines removes the lines of an entry, with its comment.
func (x *edited) deleteLines(i int) {
	f := x.file
	start, _ := f.bol(x.at.entries[i].start)
	end, _ := x.lastLine(i)
	if i > 0 && !x.removed[i-1] && f.keepsBlanks(x.at.entries[i-1].value) {
		end = f.blankLines(end) // else they became the scalar's before
	}
	if w := f.breakFrom(end); w > 0 {
		x.delete(start, end+w)
		return
	}
	// The last line of a file without a break at its end leaves none.
	for ; i > 0 && x.removed[i-1]; i-- {
		before, _ := x.lastLine(i - 1)
		from, alone := f.bol(x.at.entries[i-1].start)
		if !alone || before+f.breakFrom(before) != start {
			break
		}
		start = from
	}
	if i > 0 && f.endsInBlock(x.at.entries[i-1].value) {
		x.delete(start, end) // the break is part of that
		return
	}
	x.delete(start-f.breakBefore(start), end)
}

// empty writes {} or [] for a collection that nothing is left of.
func (x *edited) empty() error {
	text := "{}"
	if x.at.node.Kind == List {
		text = "[]"
	}
	first := x.at.entries[0]
	_, alone := x.file.bol(first.start)
	if !alone || x.at.up == nil {
		end, err := x.lastLine(0)
		if err != nil {
			return err
		}
		x.put(first.start, end, text)
	} else {
		holder := x.at.up.entries[x.at.index]
		behind := max(holder.from, holder.bare)
		if holder.put == holder.value.Start { // no tag, no anchor
			behind = holder.from
		}
		x.put(behind, behind, " "+text)
		x.deleteLines(0)
	}
	for i := 1; i < len(x.at.entries); i++ {
		x.deleteLines(i)
	}
	return nil
}
