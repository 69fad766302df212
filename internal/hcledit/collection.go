package hcledit

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A collection is an object, a list or a body with what is written in it.
type collection struct {
	file        *File
	node        hclsyntax.Node
	body        *hclsyntax.Body // nil for what has commas
	open, close int             // behind the opening bracket, and at the closing one
	entries     []entry
}

// An entry is a key with its value, an element, an argument or a block.
type entry struct {
	key        string // "" for an element
	quoted     bool   // the key is
	block      bool
	start, end int
	keyEnd     int // -1 for an element
	value      int // where the value starts
	comma      int // -1 if there is none
}

func inside(r hcl.Range) (open, closing int) { return r.Start.Byte + 1, r.End.Byte - 1 }

func (f *File) object(o *hclsyntax.ObjectConsExpr) *collection {
	c := &collection{file: f, node: o}
	c.open, c.close = inside(o.SrcRange)
	for _, item := range o.Items {
		k, v := item.KeyExpr.Range(), item.ValueExpr.Range()
		x := entry{start: k.Start.Byte, keyEnd: k.End.Byte, value: v.Start.Byte, end: v.End.Byte}
		x.key, x.quoted = keyOf(item.KeyExpr), f.at(k.Start.Byte) == '"'
		x.comma = f.commaAfter(x.end)
		c.entries = append(c.entries, x)
	}
	return c
}

// keyOf is a key that is written out, "" for others.
func keyOf(e hclsyntax.Expression) string {
	if k, ok := e.(*hclsyntax.ObjectConsKeyExpr); ok {
		if word := hcl.ExprAsKeyword(k); word != "" && !k.ForceNonLiteral {
			return word
		}
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() || v.IsNull() || !v.IsKnown() || v.IsMarked() || v.Type().FriendlyName() != "string" {
		return ""
	}
	return v.AsString()
}

func (f *File) tuple(l *hclsyntax.TupleConsExpr) *collection {
	c := &collection{file: f, node: l}
	c.open, c.close = inside(l.SrcRange)
	for _, x := range l.Exprs {
		r := x.Range()
		c.entries = append(c.entries, entry{start: r.Start.Byte, keyEnd: -1, value: r.Start.Byte, end: r.End.Byte, comma: f.commaAfter(r.End.Byte)})
	}
	return c
}

func (f *File) bodyOf(b *hclsyntax.Body) *collection {
	c := &collection{file: f, node: b, body: b, close: len(f.data)}
	if up, ok := f.Parent(b).(*hclsyntax.Block); ok {
		c.open, c.close = up.OpenBraceRange.End.Byte, up.CloseBraceRange.Start.Byte
	}
	for name, a := range b.Attributes {
		c.entries = append(c.entries, entry{
			key: name, start: a.NameRange.Start.Byte, keyEnd: a.NameRange.End.Byte,
			value: a.Expr.Range().Start.Byte, end: a.Expr.Range().End.Byte, comma: -1,
		})
	}
	for _, in := range b.Blocks {
		c.entries = append(c.entries, entry{
			key: in.Type, block: true, start: in.TypeRange.Start.Byte, keyEnd: in.TypeRange.End.Byte,
			value: in.OpenBraceRange.Start.Byte, end: in.CloseBraceRange.End.Byte, comma: -1,
		})
	}
	slices.SortFunc(c.entries, func(a, b entry) int { return cmp.Compare(a.start, b.start) })
	return c
}

// before is where the text ends that stands before an entry: the opening bracket,
// or what precedes it with its comma and its comments.
func (c *collection) before(i int) int {
	if i == 0 {
		return c.open
	}
	end, _ := c.file.tail(c.entries[i-1].end)
	return end
}

// alone tells whether an entry has its lines for itself, and where they start and
// end.
func (c *collection) alone(i int) (from, to int, ok bool) {
	x := c.entries[i]
	if !c.file.first(x.start) || x.start <= c.open {
		return 0, 0, false
	}
	end, ok := c.file.tail(x.end)
	return c.file.bol(x.start), c.file.next(end), ok
}
