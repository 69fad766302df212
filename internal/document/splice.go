package document

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// A Splice replaces the bytes from Start to End, end exclusive, of a text by New.
type Splice struct {
	Start, End int32
	New        []byte
}

// ErrOverlap is the error of edits that change the same bytes.
var ErrOverlap = errors.New("edits overlap")

// Apply makes splices to data, whose bytes stay as they are. Their order counts
// only where several insert at one place: there the first comes first.
func Apply(data []byte, splices []Splice) ([]byte, error) {
	sorted, err := inOrder(splices, int32(len(data)))
	if err != nil {
		return nil, err
	}
	size := len(data)
	for _, s := range sorted {
		size += len(s.New) - int(s.End-s.Start)
	}
	out := make([]byte, 0, size)
	at := int32(0)
	for _, s := range sorted {
		out = append(append(out, data[at:s.Start]...), s.New...)
		at = s.End
	}
	return append(out, data[at:]...), nil
}

// inOrder sorts splices, checks them against a text of a size, and leaves out
// those that change nothing.
func inOrder(splices []Splice, size int32) ([]Splice, error) {
	out := slices.DeleteFunc(slices.Clone(splices), func(s Splice) bool { return s.Start == s.End && len(s.New) == 0 })
	slices.SortStableFunc(out, func(a, b Splice) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(min(a.End-a.Start, 1), min(b.End-b.Start, 1)))
	})
	at := int32(0)
	for _, s := range out {
		switch {
		case s.Start < 0 || s.End < s.Start || s.End > size:
			return nil, fmt.Errorf("edit from %d to %d of a text of %d bytes", s.Start, s.End, size)
		case s.Start < at:
			return nil, fmt.Errorf("edit at %d: %w", s.Start, ErrOverlap)
		}
		at = s.End
	}
	return out, nil
}
