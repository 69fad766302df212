package scan

import (
	"encoding/binary"
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// A packer packs what is kept of resources whose input is not held, so that a
// verdict takes some bytes and not some places and reasons. What is packed:
//
//	the resource's own strings, each once; its identity; its revision; what services
//	that refer to it need to know; the outcome of each verdict; how many reasons there
//	are; the reasons of each verdict
//
// Numbers are varints. A string is a number, twice that of the word in the run's
// table, or twice its index among the resource's own and one; zero is "". A
// position is written as its difference from another one. unpack.go reads it.
type packer struct {
	words words
	paths paths
	body  []byte
	own   []string // strings of the resource at work
	file  string   // of the resource at work
	from  value.Position
	full  bool // some table has no room
}

// Flags of a packed reason; its outcome takes the lowest two bits.
const (
	hasSubject = 4 << iota
	hasDetail
	hasHint
	hasWhen
	hasKey
	hasImage
	hasFix
	hasPlace
	atResource // its place is the resource's
	hasText    // its place is in a text
	isMasked
)

// pack packs a resource with the verdicts on it. It returns "" where there is no
// room for that in the run's tables.
func (p *packer) pack(id *ecsentry.Identity, revision ecs.Revision, to *packedTarget, verdicts []ecsentry.Verdict) string {
	p.begin(id)
	p.revision(revision)
	p.target(to)
	for i := range verdicts {
		p.body = append(p.body, byte(verdicts[i].Outcome))
	}
	all := 0
	for i := range verdicts {
		all += len(verdicts[i].Reasons)
	}
	p.number(all)
	for i := range verdicts {
		p.number(len(verdicts[i].Reasons))
		for k := range verdicts[i].Reasons {
			if p.full {
				return ""
			}
			p.reason(&verdicts[i].Reasons[k], id)
		}
	}
	if p.full {
		return ""
	}
	return p.whole()
}

// begin begins with a resource.
func (p *packer) begin(id *ecsentry.Identity) {
	p.body, p.own, p.full = p.body[:0], p.own[:0], false
	p.paths.last.at = nil // of another resource
	p.from = id.At.Position()
	p.file = p.from.File
	p.identity(id)
}

// whole puts the resource's own strings before the rest.
func (p *packer) whole() string {
	head := binary.AppendUvarint(make([]byte, 0, 512), uint64(len(p.own)))
	for _, s := range p.own {
		head = binary.AppendUvarint(head, uint64(len(s)))
		head = append(head, s...)
	}
	return string(append(head, p.body...))
}

func (p *packer) number(n int) { p.body = binary.AppendUvarint(p.body, uint64(n)) }

func (p *packer) difference(n int) { p.body = binary.AppendVarint(p.body, int64(n)) }

// word writes a string that other resources have too.
func (p *packer) word(s string) {
	if s == "" {
		p.body = append(p.body, 0)
		return
	}
	if id, ok := p.words.id(s); ok {
		p.number(int(id) << 1)
		return
	}
	p.name(s)
}

// name writes a string that is the resource's own.
func (p *packer) name(s string) {
	if s == "" {
		p.body = append(p.body, 0)
		return
	}
	i := slices.Index(p.own, s)
	if i < 0 {
		i = len(p.own)
		p.own = append(p.own, s)
		p.full = p.full || i >= mostOwn
	}
	p.number(i<<1 | 1)
}

func (p *packer) identity(id *ecsentry.Identity) {
	p.name(id.ID)
	p.name(id.Name)
	for _, s := range []string{string(id.Type), string(id.Source), id.Account, id.Region, id.Partition, id.Construct} {
		p.word(s)
	}
	p.name(id.Running)
	p.number(id.Ordinal)
	switch {
	case id.At == nil:
		p.body = append(p.body, 0)
		return
	case id.At.In == nil:
		p.body = append(p.body, 1)
		p.path(id.At)
		return
	}
	p.body = append(p.body, 2)
	p.path(id.At)
	p.word(p.file)
	p.number(p.from.Line)
	p.number(p.from.Column)
	p.end(id.At, p.from)
}

// revision writes which revision a task definition is.
func (p *packer) revision(r ecs.Revision) {
	p.number(r.Number)
	if r.Number == 0 {
		return
	}
	flags := 0
	if r.Active {
		flags |= 1
	}
	if r.Doubt {
		flags |= 2
	}
	p.number(flags)
	p.name(r.Family)
}

func (p *packer) reason(r *ecsentry.Reason, id *ecsentry.Identity) {
	flags := int(r.Outcome)
	for _, f := range []struct {
		flag int
		set  bool
	}{
		{hasSubject, r.Subject != ""}, {hasDetail, r.Detail != ""}, {hasHint, r.Hint != ""}, {hasWhen, r.When != ""},
		{hasKey, r.Key != ""}, {hasImage, r.Image != ""}, {hasFix, r.Fix != nil},
	} {
		if f.set {
			flags |= f.flag
		}
	}
	at := r.At
	switch {
	case at == nil:
	case at == id.At:
		flags |= atResource
	default:
		flags |= hasPlace
		if at.In != nil {
			flags |= hasText
		}
		if at.Masked {
			flags |= isMasked
		}
	}
	p.number(flags)
	p.word(r.Message)
	for _, f := range []struct {
		flag int
		s    string
	}{{hasSubject, r.Subject}, {hasDetail, r.Detail}, {hasHint, r.Hint}, {hasWhen, r.When}, {hasKey, r.Key}} {
		if flags&f.flag != 0 {
			p.word(f.s)
		}
	}
	if flags&hasImage != 0 {
		p.name(r.Image)
	}
	if flags&hasFix != 0 {
		p.word(r.Fix.Step)
		p.word(r.Fix.Breaks)
	}
	if flags&hasPlace == 0 {
		return
	}
	p.path(at)
	if flags&hasText != 0 {
		p.span(at)
	}
}

// span writes where in a text a place is.
func (p *packer) span(at *value.Place) {
	from := at.Position()
	if from.File == p.file {
		p.body = append(p.body, 0)
	} else {
		p.word(from.File)
		p.full = p.full || from.File == ""
	}
	p.position(from, p.from)
	p.end(at, from)
}

func (p *packer) path(at *value.Place) {
	id, ok := p.paths.id(at)
	p.full = p.full || !ok
	p.number(int(id))
}

// end writes where a place ends.
func (p *packer) end(at *value.Place, from value.Position) {
	p.position(at.In.Position(at.End), from)
}

// position writes a position as its difference from another one.
func (p *packer) position(at, from value.Position) {
	p.difference(at.Line - from.Line)
	p.difference(at.Column - from.Column)
}
