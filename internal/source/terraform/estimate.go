package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// An estimate is what evaluating an expression takes at most, counted in values;
// a string counts for each 16 bytes. Loops in loops and functions that multiply make much of
// little.
type estimate struct {
	work   int // values made
	size   int // of the result
	length int // its elements
	each   int // the largest of them
	// may are the values that it may be, where they are known and few enough to
	// look at; they are more exact than the size.
	may  []cty.Value
	kept *estimate // of an element, once it was asked for; nil where that is not kept
}

// maxMay bounds how many values are looked at.
const maxMay = 4096

// limited keeps numbers that are multiplied far from their type's limit.
func limited(n int) int { return min(n, 2*maxWork) }

func times(a, b int) int { return limited(limited(a) * limited(b)) }

func (e *estimate) add(x estimate) {
	e.work, e.size = limited(e.work+x.work), limited(e.size+x.size)
	e.each = max(e.each, x.size)
}

// made counts the result as work.
func (e estimate) made() estimate {
	e.work = limited(e.work + e.size)
	return e
}

// scalar is one value.
func scalar(work int) estimate { return estimate{work: limited(work + 1), size: 1} }

// sized is the estimate of what is one of some values.
func sized(may ...cty.Value) estimate {
	out := estimate{work: 1, size: 1, may: may}
	for _, v := range may {
		out.size = max(out.size, 1+size(v)/16)
		if v, _ = v.Unmark(); !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
			continue
		}
		out.length = max(out.length, v.LengthInt())
		for it := v.ElementIterator(); it.Next(); {
			k, e := it.Element()
			out.each = max(out.each, 1+(size(k)+size(e))/16)
		}
	}
	return out
}

// element is the estimate of an element.
func (e estimate) element() estimate {
	if e.kept != nil {
		if e.kept.size == 0 {
			once := e
			once.kept = nil
			*e.kept = once.element()
		}
		return *e.kept
	}
	var all []cty.Value
	for _, v := range e.may {
		if v, _ = v.Unmark(); !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
			continue
		}
		if len(all)+v.LengthInt() > maxMay {
			all = nil
			break
		}
		for it := v.ElementIterator(); it.Next(); {
			_, x := it.Element()
			all = append(all, x)
		}
	}
	if all != nil {
		return sized(all...)
	}
	return estimate{work: 1, size: e.each, length: e.each, each: e.each}
}

func (e estimate) after(work int) estimate {
	e.work = limited(work + 1)
	return e
}

// following are the values that steps lead to; nil if they lead nowhere.
func following(may []cty.Value, steps hcl.Traversal) []cty.Value {
	if len(steps) == 0 {
		return may
	}
	var out []cty.Value
	for _, v := range may {
		if at, diags := steps.TraverseRel(v); !diags.HasErrors() {
			out = append(out, at)
		}
	}
	return out
}
