package terraform

import (
	"bytes"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A Comment is one of a file in HCL's syntax.
type Comment struct {
	Text string // with what begins it
	At   value.Position
	// From and To are what it is about: the value on its line, or the block that
	// starts on the next one. They are equal where there is none.
	From, To value.Position
}

// Comments are those that have mark in them, in order. A file that HCL cannot
// read has none: the scan says what is wrong with it.
func Comments(name string, data []byte, mark string) []Comment {
	if !isModuleFile(name) || strings.HasSuffix(name, ".json") || !bytes.Contains(data, []byte(mark)) || len(data) > maxSource || tooComplex(data, name) != "" {
		return nil
	}
	tokens, _ := hclsyntax.LexConfig(data, name, hcl.InitialPos)
	parsed, diags := hclsyntax.ParseConfig(data, name, hcl.InitialPos)
	if diags.HasErrors() {
		return nil
	}
	u := units{}
	if body, ok := parsed.Body.(*hclsyntax.Body); ok {
		_ = hclsyntax.VisitAll(body, u.visit) // it finds no fault
	}
	text := &document.File{Name: name, Data: data}
	var out []Comment
	last := 0 // the line of the last token that is no comment and no end of a line
	for i, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenComment:
			if !bytes.Contains(t.Bytes, []byte(mark)) {
				continue
			}
			from, to := u.about(t, tokens[i+1:], last == t.Range.Start.Line)
			out = append(out, Comment{
				Text: strings.TrimRight(string(t.Bytes), "\r\n"), At: text.Position(int32(t.Range.Start.Byte)),
				From: text.Position(int32(from)), To: text.Position(int32(to)),
			})
		case hclsyntax.TokenNewline:
		default:
			last = t.Range.End.Line
		}
	}
	return out
}

// units are what comments may be about, by the line on which they start, in the
// order of the text, outer ones first.
type units map[int][]hcl.Range

func (u units) add(r hcl.Range) { u[r.Start.Line] = append(u[r.Start.Line], r) }

func (u units) visit(n hclsyntax.Node) hcl.Diagnostics {
	switch n := n.(type) {
	case *hclsyntax.Attribute:
		u.add(n.SrcRange)
	case *hclsyntax.Block:
		u.add(hcl.RangeBetween(n.TypeRange, n.CloseBraceRange))
	case *hclsyntax.ObjectConsExpr:
		for _, item := range n.Items {
			u.add(hcl.RangeBetween(item.KeyExpr.Range(), item.ValueExpr.Range()))
		}
		u.add(n.SrcRange)
	case *hclsyntax.TupleConsExpr:
		u.add(n.SrcRange)
		for _, e := range n.Exprs {
			u.add(e.Range())
		}
	}
	return nil
}

// about is what a comment is about, as bytes.
func (u units) about(c hclsyntax.Token, next hclsyntax.Tokens, behind bool) (from, to int) {
	none := c.Range.Start.Byte
	if behind {
		return u.behind(c.Range, none)
	}
	line := below(c)
	for _, t := range next { // comments stack
		if t.Type == hclsyntax.TokenComment && t.Range.Start.Line == line {
			line = below(t)
		} else if t.Type != hclsyntax.TokenNewline {
			if t.Range.Start.Line == line-1 { // it stands behind the comment
				line--
			}
			break
		}
	}
	for _, r := range u[line] {
		if r.Start.Byte >= none && to < r.End.Byte && (to == 0 || r.Start.Byte <= from) {
			from, to = r.Start.Byte, r.End.Byte
		}
	}
	if to == 0 {
		return none, none
	}
	return from, to
}

// below is the line below a comment. Those that end with their line hold its end.
func below(c hclsyntax.Token) int {
	if bytes.HasPrefix(c.Bytes, []byte("/*")) {
		return c.Range.End.Line + 1
	}
	return c.Range.Start.Line + 1
}

// behind is the value on the line of a comment, or what opens there.
func (u units) behind(c hcl.Range, none int) (from, to int) {
	from, to = none, none
	opens := hcl.Range{}
	for _, r := range u[c.Start.Line] {
		switch {
		case r.Start.Byte > c.Start.Byte:
		case r.End.Byte <= c.Start.Byte:
			if from == none {
				from, to = r.Start.Byte, r.End.Byte
			}
			from, to = min(from, r.Start.Byte), max(to, r.End.Byte)
		case opens.End.Byte < r.End.Byte:
			opens = r
		}
	}
	if from == none && opens.End.Byte > 0 {
		return opens.Start.Byte, opens.End.Byte
	}
	return from, to
}
