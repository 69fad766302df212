package terraform

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/ecsentry/ecsentry/value"
)

// Within a text that is put together, a hole stands for a part that nobody knows:
// a character for private use, which tells the holes apart.
const (
	firstHole = 0xf0000
	lastHole  = 0xffff0
	bareHole  = 0xffffd // begins a JSON value that is a hole, whatever its type
)

func isHole(c rune) bool { return c >= firstHole && c <= bareHole }

// A filled is the text of a template.
type filled struct {
	text   []byte
	from   []int32 // where each byte is written
	end    int32
	holes  []*value.Why
	secret bool
	quoted bool // it is written in quotes, with escapes
	broken bool // the text has characters that stand for holes
}

// template shows a string with interpolations. Of one that is not known in full,
// what stands around the holes is.
func (r reader) template(e *hclsyntax.TemplateExpr) *node {
	f := r.fill(e.Parts, e.SrcRange)
	n := &node{at: r.at(e.SrcRange), secret: f.secret}
	switch {
	case f.broken:
		n.kind, n.why = value.Opaque, &value.Why{Text: "it has characters for private use"}
	case len(f.holes) == 0:
		n.kind, n.s = value.String, string(f.text)
	default:
		n.kind = value.Opaque
		n.why = partly(string(f.text), f.holes)
	}
	return n
}

// partly says why a text with holes is unknown, and what of it is known.
func partly(text string, holes []*value.Why) *value.Why {
	why := &value.Why{Text: "it cannot be evaluated here", Hint: scanThePlan}
	for _, c := range text {
		if isHole(c) && c != bareHole && int(c)-firstHole < len(holes) {
			first := holes[c-firstHole]
			why.Text, why.Hint = first.Text, first.Hint
			break
		}
	}
	why.Partial.Pieces = split(text)
	return why
}

func split(text string) []string {
	pieces := []string{""}
	for _, c := range text {
		if isHole(c) {
			pieces = append(pieces, "")
		} else {
			pieces[len(pieces)-1] += string(c)
		}
	}
	return pieces
}

// fill puts the parts of a template together.
func (r reader) fill(parts []hclsyntax.Expression, all hcl.Range) *filled {
	f := &filled{end: int32(all.End.Byte), quoted: !r.file.template && bytes.HasPrefix(r.source(all), []byte(`"`))}
	for _, p := range parts {
		if r.part(f, p); len(f.text) > maxSize {
			f.text, f.from, f.broken = nil, nil, true
			return f
		}
	}
	return f
}

// part adds a part of a template.
func (r reader) part(f *filled, p hclsyntax.Expression) {
	if l, ok := p.(*hclsyntax.LiteralValueExpr); ok && isString(l.Val) {
		from := l.SrcRange.Start.Byte
		f.literal(l.Val.AsString(), r.source(l.SrcRange), from, from > 0 && from <= len(r.file.Data) && r.file.Data[from-1] == '\n')
		return
	}
	at := int32(r.opening(p))
	v, marks := r.scope.value(p).Unmark()
	if _, ok := marks[hidden{}]; ok {
		f.secret = true
	}
	s, err := convert.Convert(v, cty.String)
	switch {
	case v.IsKnown() && (err != nil || s.IsNull()):
		f.hole(&value.Why{Text: "a template has a part that is no string", Hint: scanThePlan}, at)
	case !v.IsKnown() && r.directive(f, p):
	case !v.IsKnown():
		n := shown(v.WithMarks(marks), span{}, "")
		f.hole(n.why, at)
	default:
		f.add(s.AsString(), func(int) int32 { return at })
	}
}

// directive adds what a conditional or a loop of a template makes, part by part,
// where it is known how often each counts.
func (r reader) directive(f *filled, p hclsyntax.Expression) bool {
	if r.depth++; r.depth > maxDepth || len(f.text) > maxSize {
		return false
	}
	switch p := p.(type) {
	case *hclsyntax.TemplateExpr:
		for _, inner := range p.Parts {
			r.part(f, inner)
		}
		return true
	case *hclsyntax.ConditionalExpr:
		if branch, _ := r.branch(p); branch != nil {
			x, ok := branch.(hclsyntax.Expression)
			if ok {
				r.part(f, x)
			}
			return ok
		}
	case *hclsyntax.TemplateJoinExpr:
		loop, ok := p.Tuple.(*hclsyntax.ForExpr)
		if !ok {
			return false
		}
		rounds, rest, ok := r.rounds(loop)
		if !ok || rest != nil {
			return false
		}
		for _, x := range rounds {
			x.part(f, loop.ValExpr)
		}
		return true
	default:
		if v, ok := r.encodes(p); ok {
			f.encode(v, int32(p.Range().Start.Byte))
			return true
		}
	}
	return false
}

// opening is where the interpolation starts that a part of a template is in.
func (r reader) opening(p hclsyntax.Expression) int {
	at := p.Range().Start.Byte
	if r.file.json || at > len(r.file.Data) {
		return at
	}
	before := strings.TrimRight(string(r.file.Data[:at]), " \t\r\n(")
	if before = strings.TrimSuffix(before, "~"); strings.HasSuffix(before, "${") {
		return len(before) - len("${")
	}
	return at
}

// source is the text of the file in a range; nil for what is no part of it.
func (r reader) source(at hcl.Range) []byte {
	data := r.file.Data
	if r.file.json || at.End.Byte > len(data) || at.Start.Byte > at.End.Byte {
		return nil
	}
	return data[at.Start.Byte:at.End.Byte]
}

func (f *filled) add(s string, at func(i int) int32) {
	for i, c := range s {
		if isHole(c) {
			f.broken = true
		}
		for k := range utf8.RuneLen(c) {
			f.from = append(f.from, at(i)+int32(k))
		}
		f.text = utf8.AppendRune(f.text, c)
	}
}

func (f *filled) hole(why *value.Why, at int32) {
	if len(f.holes) >= lastHole-firstHole {
		f.broken = true
		return
	}
	c := rune(firstHole + len(f.holes))
	f.holes = append(f.holes, why)
	for range utf8.RuneLen(c) {
		f.from = append(f.from, at)
	}
	f.text = utf8.AppendRune(f.text, c)
}

// literal aligns a part with how it is written: what is escaped, and the
// indentation that a heredoc drops, is passed over. first tells whether it starts a
// line.
func (f *filled) literal(s string, written []byte, start int, first bool) {
	w := 0
	f.add(s, func(i int) int32 {
		if i == 0 && first || i > 0 && s[i-1] == '\n' && w > 0 && w <= len(written) && written[w-1] == '\n' {
			w += max(0, spaces(string(written[w:]))-spaces(s[i:]))
		}
		width := f.width(written, w)
		for width == 1 && w < len(written) && written[w] != s[i] { // white space that a ~ takes away
			w++
			width = f.width(written, w)
		}
		at := w
		w = min(w+width, len(written))
		return int32(start + at)
	})
}

// width is how many bytes the character at w is written with.
func (f *filled) width(written []byte, w int) int {
	if w >= len(written) {
		return 0
	}
	rest := written[w:]
	switch {
	case f.quoted && rest[0] == '\\' && len(rest) > 1:
		switch rest[1] {
		case 'u':
			return 6
		case 'U':
			return 10
		}
		return 2
	case bytes.HasPrefix(rest, []byte("$${")), bytes.HasPrefix(rest, []byte("%%{")):
		return 2
	}
	_, size := utf8.DecodeRune(rest)
	return size
}

func spaces(s string) int { return len(s) - len(strings.TrimLeft(s, " \t")) }
