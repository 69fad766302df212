package remedy

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/ecsentry/ecsentry"
)

// edits are those of one file, none of which is in another's way.
type edits struct {
	original []byte
	list     []ecsentry.Splice // by place; of insertions at one place, in the order in which they came
}

// add takes the splices of a patch, all or none.
func (t *trial) add(k key, p ecsentry.Patch) bool {
	var files []string
	var done []ecsentry.Splice
	for _, s := range p.Splices {
		e := t.edits[s.File]
		if e == nil {
			e = &edits{original: s.Original}
			t.edits[s.File] = e
		}
		if !slices.Contains(files, s.File) {
			files = append(files, s.File)
		}
		s = e.beside(s)
		before := len(e.list)
		if !bytes.Equal(e.original, s.Original) || !e.add(s) {
			for _, s := range done {
				t.edits[s.File].remove(s)
			}
			for _, name := range files {
				if len(t.edits[name].list) == 0 {
					delete(t.edits, name)
				}
			}
			return false
		}
		if len(e.list) > before {
			done = append(done, s)
		}
	}
	t.files[k] = files
	return true
}

// remove takes a splice away that add put in its place.
func (e *edits) remove(s ecsentry.Splice) {
	i, _ := slices.BinarySearchFunc(e.list, s, func(a, b ecsentry.Splice) int { return cmp.Compare(a.Start, b.Start) })
	for e.list[i].Span != s.Span || e.list[i].New != s.New {
		i++
	}
	e.list = slices.Delete(e.list, i, i+1)
}

// add puts a splice in its place. One that is there already is there once: the
// instances of one block want the same. Insertions at one place follow one another.
func (e *edits) add(s ecsentry.Splice) bool {
	if s.Start < 0 || s.End < s.Start || int(s.End) > len(e.original) {
		return false
	}
	i, _ := slices.BinarySearchFunc(e.list, s, func(a, b ecsentry.Splice) int { return cmp.Compare(a.Start, b.Start) })
	for ; i < len(e.list) && e.list[i].Start == s.Start; i++ {
		switch at := e.list[i]; {
		case at.Span == s.Span && at.New == s.New:
			return true
		case at.Start != at.End || s.Start != s.End:
			return false
		}
	}
	if i > 0 && e.list[i-1].End > s.Start || i < len(e.list) && s.End > e.list[i].Start {
		return false
	}
	// Two that remove elements beside each other may leave nothing of their list, which
	// has to be written in another way then.
	if i > 0 && removes(e.list[i-1]) && removes(s) && e.list[i-1].End == s.Start ||
		i < len(e.list) && removes(e.list[i]) && removes(s) && s.End == e.list[i].Start {
		return false
	}
	e.list = slices.Insert(e.list, i, s)
	return true
}

// beside moves lines that are added behind a line that goes to before it.
func (e *edits) beside(s ecsentry.Splice) ecsentry.Splice {
	if s.Start != s.End || int(s.End) > len(e.original) || lineBreak([]byte(s.New)) == 0 {
		return s
	}
	i, _ := slices.BinarySearchFunc(e.list, s, func(a, b ecsentry.Splice) int { return cmp.Compare(a.Start, b.Start) })
	if i == 0 {
		return s
	}
	gone := e.list[i-1]
	if !removes(gone) || gone.End <= s.Start || lineBreak(e.original[s.Start:gone.End]) != int(gone.End-s.Start) {
		return s
	}
	switch before := e.original[:gone.Start]; {
	case bytes.HasSuffix(before, []byte("\r\n")):
		s.Start = gone.Start - 2
	case bytes.HasSuffix(before, []byte("\n")):
		s.Start = gone.Start - 1
	}
	s.End = s.Start
	return s
}

// lineBreak is how long the line break is that a text starts with.
func lineBreak(text []byte) int {
	switch {
	case bytes.HasPrefix(text, []byte("\r\n")):
		return 2
	case bytes.HasPrefix(text, []byte("\n")):
		return 1
	default:
		return 0
	}
}

func removes(s ecsentry.Splice) bool { return s.New == "" && s.Start < s.End }

func (e *edits) apply() []byte {
	var out bytes.Buffer
	at := int32(0)
	for _, s := range e.list {
		out.Write(e.original[at:s.Start])
		out.WriteString(s.New)
		at = s.End
	}
	out.Write(e.original[at:])
	return out.Bytes()
}
