package hcledit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A look is how a text is written around a place.
type look struct {
	newline string
	unit    string // one level of indentation
	sign    string // between a key and its value, without what aligns: "= ", ": "
	gap     string // before the sign where nothing is aligned
	column  int    // how far behind the start of its key the sign stands; 0 for anywhere
	align   bool   // signs on lines that follow one another stand below one another
	quoted  bool   // keys are
	dashes  bool   // those with a dash are
	commas  bool   // entries on lines of their own have commas between them
	pad     string // inside braces on one line
	oneLine bool   // what is written stays on one line
	open    bool   // an object in a list has an entry a line
}

func (l look) inline() look {
	l.oneLine, l.column = true, 0
	return l
}

func (l look) separator() string {
	if l.commas {
		return ","
	}
	return ""
}

func (c *collection) isList() bool {
	_, ok := c.node.(*hclsyntax.TupleConsExpr)
	return ok
}

// look finds out how it is written around an entry, behind which another one is to
// stand; -1 if there is none.
func (c *collection) look(i int) look {
	f := c.file
	l := look{newline: f.newline(c.open), unit: f.unit(c), sign: "= ", gap: " ", align: true, pad: " "}
	foundSign, foundCommas, foundPad, foundAlign, foundDash := c.body != nil, c.body != nil, false, false, false
	for n := range f.around(c) {
		if !foundSign && len(n.entries) > 0 {
			foundSign = true
			l.gap, l.sign, l.quoted = n.signs()
		}
		if !foundDash {
			l.dashes, foundDash = n.dashes()
		}
		if !foundCommas {
			if yes, ok := n.commas(); ok {
				l.commas, foundCommas = yes, true
			}
		}
		if !foundPad && len(n.entries) > 0 && !f.lines(n.open, n.close) && f.empty(n.open, n.entries[0].start) {
			l.pad, foundPad = string(f.data[n.open:n.entries[0].start]), true
		}
		if !foundAlign {
			if yes, ok := n.aligned(); ok {
				l.align, foundAlign = yes, true
			}
		}
		if foundSign && foundCommas && foundPad && foundAlign && foundDash {
			break
		}
	}
	if c.isList() {
		l.open = c.opened()
	} else if i >= 0 {
		l.column = c.column(i, l.align)
	}
	if !strings.HasPrefix(l.sign, "=") {
		l.column, l.align = 0, false
	}
	return l
}

// around are the objects from which to learn, the closest first: a collection
// itself, what is in it, its siblings, and all others of the file.
func (f *File) around(c *collection) func(func(*collection) bool) {
	return func(yield func(*collection) bool) {
		f.index()
		if !c.isList() && !yield(c) {
			return
		}
		if c.body != nil {
			for _, b := range f.bodies {
				if b != c.body && !yield(f.bodyOf(b)) {
					return
				}
			}
			return
		}
		// What is inside comes first, then outwards on both sides.
		first, _ := slices.BinarySearchFunc(f.objects, c.open-1, func(o *hclsyntax.ObjectConsExpr, at int) int { return cmp.Compare(o.SrcRange.Start.Byte, at) })
		last := first
		for ; last < len(f.objects) && f.objects[last].SrcRange.Start.Byte < c.close; last++ {
			if o := f.objects[last]; o != c.node && !yield(f.object(o)) {
				return
			}
		}
		for k := range 100 {
			if i := first - 1 - k; i >= 0 && !yield(f.object(f.objects[i])) {
				return
			}
			if i := last + k; i < len(f.objects) && !yield(f.object(f.objects[i])) {
				return
			}
		}
	}
}

// signs are what stands between a key and its value, and whether keys are quoted.
func (c *collection) signs() (gap, sign string, quoted bool) {
	x := c.entries[len(c.entries)-1]
	for _, e := range c.entries {
		if e.quoted || e.key != "" && strings.Trim(e.key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") == "" {
			quoted = e.quoted
		}
	}
	written := string(c.file.data[x.keyEnd:x.value])
	at := strings.IndexAny(written, "=:")
	if at < 0 || strings.ContainsAny(written, "\n/#") {
		return " ", "= ", quoted
	}
	gap, sign = written[:at], written[at:]
	if len(gap) > 0 {
		gap = " "
	}
	return gap, sign, quoted
}

// dashes tells whether keys with a dash are quoted; false, false if there are none.
func (c *collection) dashes() (yes, ok bool) {
	for _, x := range c.entries {
		if strings.Contains(x.key, "-") {
			return x.quoted, true
		}
	}
	return false, false
}

// commas tells whether entries on lines of their own have commas between them;
// false, false if there is nothing to tell it by.
func (c *collection) commas() (yes, ok bool) {
	for i, x := range c.entries {
		switch {
		case x.comma >= 0 && c.file.lines(x.end, c.close) && (i+1 == len(c.entries) || c.lines(i+1)):
			return true, true
		case x.comma < 0 && i+1 < len(c.entries):
			return false, true
		}
	}
	return false, false
}

// opened tells whether the last object in a list has an entry a line.
func (c *collection) opened() bool {
	l, ok := c.node.(*hclsyntax.TupleConsExpr)
	if !ok {
		return false
	}
	for _, x := range slices.Backward(l.Exprs) {
		if o, ok := x.(*hclsyntax.ObjectConsExpr); ok && len(o.Items) > 0 {
			return c.file.lines(o.SrcRange.Start.Byte, o.Items[0].KeyExpr.Range().Start.Byte)
		}
	}
	return false
}

// chain are the entries before and at one, each on a line, that follow one another:
// what takes more lines than one is aligned with nothing.
func (c *collection) chain(i int) (out []entry) {
	f := c.file
	for ; i >= 0; i-- {
		x := c.entries[i]
		if x.keyEnd < 0 || x.block || !f.first(x.start) || f.lines(x.start, x.end) {
			break
		}
		if len(out) > 0 {
			if end, ends := f.tail(x.end); !ends || f.next(end) != f.bol(out[0].start) {
				break
			}
		}
		out = append([]entry{x}, out...)
	}
	return out
}

// signColumn is how far behind the start of its key the sign of an entry stands.
func (c *collection) signColumn(x entry) int {
	at := strings.IndexAny(string(c.file.data[x.keyEnd:x.value]), "=:")
	return x.keyEnd - x.start + max(at, 0)
}

// padded tells whether more than a blank stands before the sign of an entry.
func (c *collection) padded(x entry) bool { return c.signColumn(x) > x.keyEnd-x.start+1 }

// aligned tells whether signs on lines that follow one another stand below one
// another; false, false if there is nothing to tell it by. A key that is too long
// for it may stand among others.
func (c *collection) aligned() (yes, ok bool) {
	for i := len(c.entries) - 1; i >= 0; i-- {
		chain := c.chain(i)
		if len(chain) < 2 {
			continue
		}
		differ := false
		for _, x := range chain {
			if c.padded(x) {
				return true, true
			}
			differ = differ || x.keyEnd-x.start != chain[0].keyEnd-chain[0].start
		}
		if differ {
			return false, true
		}
		i -= len(chain) - 1
	}
	return false, false
}

// column is where the sign of an entry behind another one stands.
func (c *collection) column(i int, align bool) int {
	chain := c.chain(i)
	if !align || len(chain) == 0 {
		return 0
	}
	same := true
	for _, x := range slices.Backward(chain) {
		if c.padded(x) {
			return c.signColumn(x)
		}
		same = same && c.signColumn(x) == c.signColumn(chain[0])
	}
	if !same {
		return 0
	}
	return c.signColumn(chain[0])
}

// unit is one level of indentation at a collection.
func (f *File) unit(c *collection) string {
	f.index()
	step := func(outer, inner int) string {
		if f.bol(outer) == f.bol(inner) || !f.first(inner) {
			return ""
		}
		unit, ok := strings.CutPrefix(f.margin(inner), f.margin(outer))
		if !ok {
			return ""
		}
		return unit
	}
	if len(c.entries) > 0 {
		if u := step(c.open, c.entries[0].start); u != "" {
			return u
		}
	}
	for _, b := range f.bodies {
		if in := f.bodyOf(b); in.open > 0 && len(in.entries) > 0 {
			if u := step(in.open, in.entries[0].start); u != "" {
				return u
			}
		}
	}
	return "  "
}
