package terraform

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/ecsentry/ecsentry/value"
)

// rounds are the readers of a loop's elements; rest says why there may be more. It
// is not ok where nothing is known of them.
func (r reader) rounds(e *hclsyntax.ForExpr) (all []reader, rest *value.Why, ok bool) {
	why, ok := r.each(e, func(x reader, open *value.Why) {
		if open != nil {
			rest = open
		} else {
			all = append(all, x)
		}
	})
	if !ok {
		return nil, why, false
	}
	return all, rest, true
}

// each gives the reader of each element that a loop has; open says why nobody can
// tell whether it has it.
func (r reader) each(e *hclsyntax.ForExpr, yield func(x reader, open *value.Why)) (why *value.Why, ok bool) {
	in, marks := r.scope.value(e.CollExpr).Unmark()
	switch {
	case !in.IsKnown():
		return whyOf(marks), false
	case in.IsNull() || !in.CanIterateElements() || in.LengthInt() > maxInstances:
		return nil, false
	}
	for it := in.ElementIterator(); it.Next(); {
		k, v := it.Element()
		vars := map[string]cty.Value{e.ValVar: v.WithMarks(marks)}
		if e.KeyVar != "" {
			vars[e.KeyVar] = k
		}
		x := r
		x.scope = r.scope.with(vars)
		x.turn = &turn{e, k, r}
		var open *value.Why
		if e.CondExpr != nil {
			c, why := x.scope.value(e.CondExpr).Unmark()
			if c.IsKnown() && (c.IsNull() || c.Type() != cty.Bool || c.False()) {
				continue
			}
			if !c.IsKnown() {
				open = whyOf(why)
			}
		}
		yield(x, open)
	}
	return nil, true
}

// objectLoop is an object that a for expression makes, nil where it is better
// computed.
func (r reader) objectLoop(e *hclsyntax.ForExpr) *node {
	if e.Group {
		return nil
	}
	type field struct {
		of   reader
		open *value.Why
	}
	fields := map[string]field{}
	var any *value.Why // what may be a field of any name
	_, ok := r.each(e, func(x reader, open *value.Why) {
		k, marks := x.scope.value(e.KeyExpr).Unmark()
		if name, err := convert.Convert(k, cty.String); err == nil && isString(name) {
			fields[name.AsString()] = field{x, open}
		} else {
			any = whyOf(marks)
		}
	})
	if !ok {
		return nil
	}
	at := r.at(e.SrcRange)
	return object(at, func(api string) value.Node {
		f, found := fields[api]
		switch {
		case any != nil:
			return opaque(at, any)
		case found && f.open != nil:
			return opaque(at, f.open)
		case found:
			return f.of.node(e.ValExpr)
		}
		for name := range fields {
			if why := misspelt(name, api); why != nil {
				return opaque(at, why)
			}
		}
		return absent(at)
	})
}
