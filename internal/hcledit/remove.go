package hcledit

// removals are the splices that take entries away.
func (c *change) removals() (out []Splice) {
	at := c.at
	if len(c.removed) == 0 {
		return nil
	}
	if len(c.removed) == len(at.entries) && !c.comments() {
		return []Splice{{at.open, at.close, ""}}
	}
	for i := 0; i < len(at.entries); i++ {
		if !c.removed[i] {
			continue
		}
		if from, to, ok := at.alone(i); ok {
			out = append(out, Splice{from, to, ""})
			continue
		}
		last := i
		for c.removed[last+1] && !at.separate(last+1) {
			last++
		}
		out = append(out, c.inline(i, last))
		i = last
	}
	return out
}

func (c *collection) separate(i int) bool {
	_, _, ok := c.alone(i)
	return ok
}

// inline takes entries out of a line on which others stand.
func (c *change) inline(first, last int) Splice {
	at, f := c.at, c.at.file
	from, to := at.entries[first].start, at.entries[last].end
	if last+1 < len(at.entries) {
		if next := at.entries[last+1].start; !f.lines(to, next) {
			return Splice{from, next, ""}
		}
	}
	if first > 0 && !(c.removed[first-1] && at.separate(first-1)) {
		before := at.entries[first-1].end
		if f.lines(before, from) || !f.plain(before, from) {
			before = at.before(first)
		}
		return Splice{before, to, ""}
	}
	if at.entries[last].comma >= 0 {
		to = at.entries[last].comma + 1
	}
	return Splice{from, to, ""}
}

// plain tells whether nothing but blanks and a comma is written in a range.
func (f *File) plain(from, to int) bool {
	for _, b := range f.data[from:to] {
		if b != ' ' && b != '\t' && b != ',' {
			return false
		}
	}
	return true
}

// comments tells whether something stands between the entries but for commas and
// white space, which stays where all of them go. The comments on an entry's line
// go with it.
func (c *change) comments() bool {
	at := c.at
	from := at.open
	for i := range at.entries {
		if !at.file.blank(from, at.entries[i].start) {
			return true
		}
		from = at.entries[i].end
		if end, ok := at.file.tail(from); ok && at.separate(i) {
			from = end
		}
	}
	return !at.file.blank(from, at.close)
}

// blank tells whether nothing but white space and commas is written in a range.
func (f *File) blank(from, to int) bool {
	for _, b := range f.data[from:to] {
		switch b {
		case ' ', '\t', '\r', '\n', ',':
		default:
			return false
		}
	}
	return true
}
