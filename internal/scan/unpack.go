package scan

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// An unpacker reads what a packer has written.
type unpacker struct {
	*packer
	rest  string
	own   []string
	text  spot         // of the resource
	spots []placedSpot // for those of its reasons
}

// A spot is all that is known of a text that is not held: where one value in it
// starts and ends.
type spot struct {
	file                 string
	line, column         int
	lastLine, lastColumn int
}

// Position is the start for the offset 0, the end for any other.
func (s *spot) Position(off int32) value.Position {
	if off <= 0 {
		return value.Position{File: s.file, Line: s.line, Column: s.column}
	}
	return value.Position{File: s.file, Line: s.lastLine, Column: s.lastColumn}
}

// begin reads the resource's own strings.
func (u *unpacker) begin(packed string) {
	u.rest, u.own = packed, u.own[:0]
	for range u.number() {
		n := u.number()
		u.own = append(u.own, u.rest[:n])
		u.rest = u.rest[n:]
	}
}

func (u *unpacker) number() int {
	var n uint64
	for i := 0; ; i++ {
		b := u.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			u.rest = u.rest[i+1:]
			return int(n)
		}
	}
}

func (u *unpacker) difference() int {
	n := uint(u.number())
	return int(n>>1) ^ -int(n&1)
}

func (u *unpacker) string() string {
	switch n := u.number(); {
	case n == 0:
		return ""
	case n&1 == 1:
		return u.own[n>>1]
	default:
		return u.words.list[n>>1-1]
	}
}

func (u *unpacker) byte() byte {
	b := u.rest[0]
	u.rest = u.rest[1:]
	return b
}

// identity reads an identity; its place is made with it.
func (u *unpacker) identity(id *ecsentry.Identity) {
	id.ID, id.Name = u.string(), u.string()
	id.Type, id.Source = ecsentry.ResourceType(u.string()), ecsentry.SourceName(u.string())
	id.Account, id.Region, id.Partition, id.Construct = u.string(), u.string(), u.string(), u.string()
	id.Running, id.Ordinal = u.string(), u.number()
	u.text = spot{}
	kind := u.byte()
	if kind == 0 {
		return
	}
	at := &placedSpot{Place: *u.paths.list[u.number()-1]}
	id.At = &at.Place
	if kind == 1 {
		return
	}
	at.file = u.string()
	at.line, at.column = u.number(), u.number()
	u.end(&at.spot)
	at.In, at.End = &at.spot, 1
	u.text = at.spot
}

func (u *unpacker) end(s *spot) {
	s.lastLine = s.line + u.difference()
	s.lastColumn = s.column + u.difference()
}

func (u *unpacker) revision(id *ecsentry.Identity) (r ecs.Revision) {
	r.Number = u.number()
	if r.Number == 0 {
		return r
	}
	flags := u.number()
	r.Account, r.Region, r.Family = id.Account, id.Region, u.string()
	r.Active, r.Doubt = flags&1 != 0, flags&2 != 0
	return r
}

// A placed spot is the place of a reason with its text.
type placedSpot struct {
	value.Place
	spot
}

// verdicts reads n verdicts.
func (u *unpacker) verdicts(n int, id *ecsentry.Identity) []ecsentry.Verdict {
	out := make([]ecsentry.Verdict, n)
	for i := range out {
		out[i].Outcome = ecsentry.Outcome(u.byte())
	}
	all := u.number()
	reasons := make([]ecsentry.Reason, all)
	u.spots = make([]placedSpot, all)
	for i := range out {
		n := u.number()
		out[i].Reasons, reasons = reasons[:n:n], reasons[n:]
		for k := range out[i].Reasons {
			u.reason(&out[i].Reasons[k], id)
		}
	}
	return out
}

func (u *unpacker) reason(r *ecsentry.Reason, id *ecsentry.Identity) {
	flags := u.number()
	r.Outcome = ecsentry.Outcome(flags & 3)
	r.Message = u.string()
	if flags&hasSubject != 0 {
		r.Subject = u.string()
	}
	if flags&hasDetail != 0 {
		r.Detail = u.string()
	}
	if flags&hasHint != 0 {
		r.Hint = u.string()
	}
	if flags&hasWhen != 0 {
		r.When = u.string()
	}
	if flags&hasKey != 0 {
		r.Key = u.string()
	}
	if flags&hasImage != 0 {
		r.Image = u.string()
	}
	if flags&hasFix != 0 {
		r.Fix = &ecsentry.Fix{Step: u.string(), Breaks: u.string()}
	}
	switch {
	case flags&atResource != 0:
		r.At = id.At
	case flags&hasPlace != 0:
		r.At = u.place(flags)
	}
}

func (u *unpacker) place(flags int) *value.Place {
	at := &u.spots[0]
	u.spots = u.spots[1:]
	at.Place = *u.paths.list[u.number()-1]
	at.Masked = flags&isMasked != 0
	if flags&hasText != 0 {
		u.span(at)
	}
	return &at.Place
}

// span reads where in a text a place is.
func (u *unpacker) span(at *placedSpot) {
	if at.file = u.string(); at.file == "" {
		at.file = u.text.file
	}
	at.line, at.column = u.text.line+u.difference(), u.text.column+u.difference()
	u.end(&at.spot)
	at.In, at.End = &at.spot, 1
}
