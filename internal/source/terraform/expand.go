package terraform

import (
	"strconv"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// An expansion is what count and for_each make of a block.
type expansion struct {
	all    []expanded
	caveat string // it is not known how many there are; all holds one that stands for each
}

type expanded struct {
	index string // "[0]", `["a"]`, or ""
	each  string
	vars  map[string]cty.Value
}

// expanded evaluates count and for_each.
func (s scope) expanded(d *declared) expansion {
	if e := d.attribute("count"); e != nil {
		return s.counted(e)
	}
	if e := d.attribute("for_each"); e != nil {
		return s.forEach(e)
	}
	return s.enabled(d)
}

// enabled evaluates OpenTofu's lifecycle { enabled = … }.
func (s scope) enabled(d *declared) expansion {
	one := []expanded{{}}
	of, blocks := d.blocksOf("lifecycle")
	for _, b := range blocks {
		e := attributeOf(of.file, b.Body, "enabled")
		if e == nil {
			continue
		}
		v, marks := s.value(e).Unmark()
		on, err := convert.Convert(v, cty.Bool)
		switch {
		case err != nil || !on.IsKnown() || on.IsNull():
			return expansion{all: one, caveat: "judged as enabled: whether it is, is not known here, " + whyOf(marks).Text}
		case on.False():
			return expansion{}
		}
	}
	return expansion{all: one}
}

// expand is what count and for_each make of a block of this module; they are
// evaluated once.
func (i *instance) expand(d *declared) expansion {
	if e := i.expansions[d]; e != nil {
		return *e
	}
	open := unresolved("it refers to itself")
	i.expansions[d] = &expansion{
		caveat: "judged once: how many there are depends on itself",
		all:    []expanded{{vars: map[string]cty.Value{"count": open, "each": open}}},
	}
	e := i.scope().expanded(d)
	i.expansions[d] = &e
	return e
}

func (s scope) counted(e *expression) expansion {
	v := s.value(e)
	plain, marks := v.Unmark()
	n, err := convert.Convert(plain, cty.Number)
	if err != nil || !n.IsKnown() || n.IsNull() || n.AsBigFloat().Sign() < 0 || !n.AsBigFloat().IsInt() { // Terraform refuses it
		index := cty.UnknownVal(cty.Number).Mark(doubt{"count.index is not known here", scanThePlan})
		return expansion{
			caveat: "judged once: its count is not known here, " + whyOf(marks).Text,
			all:    []expanded{{vars: map[string]cty.Value{"count": cty.ObjectVal(map[string]cty.Value{"index": index})}}},
		}
	}
	f, _ := n.AsBigFloat().Float64()
	if f > maxInstances {
		return s.tooMany("count")
	}
	out := expansion{}
	for k := range int(f) {
		out.all = append(out.all, expanded{
			index: "[" + strconv.Itoa(k) + "]",
			vars:  map[string]cty.Value{"count": cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(int64(k))})},
		})
	}
	return out
}

func (s scope) tooMany(what string) expansion {
	text := what + " is larger than " + strconv.Itoa(maxInstances)
	open := unresolved(text)
	return expansion{caveat: "judged once: its " + text, all: []expanded{{vars: map[string]cty.Value{"count": open, "each": open}}}}
}

func (s scope) forEach(e *expression) expansion {
	v := s.value(e)
	plain, marks := v.Unmark()
	t := plain.Type()
	if !plain.IsKnown() || plain.IsNull() || t.IsSetType() && t.ElementType() != cty.String && plain.LengthInt() > 0 || !(t.IsObjectType() || t.IsMapType() || t.IsSetType()) || t.IsSetType() && !plain.IsWhollyKnown() {
		open := unresolved("each is not known here")
		return expansion{
			caveat: "judged once: its for_each is not known here, " + whyOf(marks).Text,
			all:    []expanded{{vars: map[string]cty.Value{"each": open}}},
		}
	}
	if plain.LengthInt() > maxInstances {
		return s.tooMany("for_each")
	}
	out := expansion{}
	for it := plain.ElementIterator(); it.Next(); {
		k, v := it.Element()
		k, _ = k.Unmark()
		if t.IsSetType() {
			k, _ = v.Unmark()
		}
		if k.IsNull() {
			continue // Terraform refuses it
		}
		out.all = append(out.all, expanded{
			index: "[" + quoteIndex(k.AsString()) + "]", each: k.AsString(),
			vars: map[string]cty.Value{"each": cty.ObjectVal(map[string]cty.Value{"key": k, "value": v.WithMarks(marks)})},
		})
	}
	return out
}

func quoteIndex(key string) string { return strconv.Quote(key) }
