package hcledit

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// SameBut tells by an error what splices have done to a text besides what they
// are there for: it can no longer be parsed, or something that none of them
// touches is another thing than before. It shows nothing of the text.
func SameBut(name string, before, after []byte, splices []Splice) error {
	old, err := parsed(name, before)
	if err != nil {
		return err
	}
	now, err := parsed(name, after)
	if err != nil {
		return err
	}
	m := mapping{splices: splices}
	have := map[thing]int{}
	for _, n := range now {
		have[n]++
	}
	for _, n := range old {
		moved, ok := m.forth(n)
		if !ok {
			continue
		}
		if have[moved] == 0 {
			return fmt.Errorf("something else would change at byte %d", n.start)
		}
		have[moved]--
	}
	for n, count := range have {
		if count > 0 && !m.fresh(n) {
			return errors.New("something would be there that nobody has written")
		}
	}
	return nil
}

// A thing is a node by what it is and where it is.
type thing struct {
	kind       reflect.Type
	start, end int
}

func parsed(name string, data []byte) (out []thing, err error) {
	f, diags := hclsyntax.ParseConfig(data, name, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, errors.New("the text could not be parsed then")
	}
	body, ok := f.Body.(*hclsyntax.Body)
	if !ok {
		return nil, errors.New("the text is none of HCL")
	}
	_ = hclsyntax.VisitAll(body, func(n hclsyntax.Node) hcl.Diagnostics { // it finds no fault
		switch n := n.(type) {
		case hclsyntax.Attributes, hclsyntax.Blocks, hclsyntax.ChildScope, *hclsyntax.Body: // where a body is depends on its lines
		case *hclsyntax.LiteralValueExpr:
			// The texts of a template are one where an interpolation between them goes.
			if n.Val.Type() != cty.String {
				out = append(out, thing{reflect.TypeOf(n), n.SrcRange.Start.Byte, n.SrcRange.End.Byte})
			}
		case *hclsyntax.Block:
			out = append(out, thing{reflect.TypeOf(n), n.TypeRange.Start.Byte, n.CloseBraceRange.End.Byte})
		default:
			// What is empty has no place of its own.
			if r := n.Range(); r.Start.Byte < r.End.Byte {
				out = append(out, thing{reflect.TypeOf(n), r.Start.Byte, r.End.Byte})
			}
		}
		return nil
	})
	return out, nil
}

// A mapping tells where what was is now. Its splices are in order.
type mapping struct{ splices []Splice }

// forth is where a thing is now; false if a splice touches it but lies not within
// it.
func (m mapping) forth(n thing) (thing, bool) {
	out := n
	for _, s := range m.splices {
		grown := len(s.New) - (s.End - s.Start)
		switch {
		case s.End < n.start || s.End == n.start && s.Start < s.End:
			out.start, out.end = out.start+grown, out.end+grown
		case s.Start > n.end || s.Start == n.end && s.Start < s.End:
			return out, true
		case s.Start > n.start && s.End < n.end:
			out.end += grown
		default:
			return out, false
		}
	}
	return out, true
}

// fresh tells whether a thing of the new text lies in what is new, or at its edge,
// or around it.
func (m mapping) fresh(n thing) bool {
	moved := 0
	for _, s := range m.splices {
		start := s.Start + moved
		end := start + len(s.New)
		if n.start <= end && start <= n.end {
			return true
		}
		moved += len(s.New) - (s.End - s.Start)
	}
	return false
}
