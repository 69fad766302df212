package document

import "github.com/ecsentry/ecsentry/value"

// An enclosure is where a text inside a text lies: a JSON string in a YAML
// string, say.
type enclosure struct {
	outer value.Text
	at    []jump // ascending
}

// A jump says that from the inner offset on, bytes lie in the outer text from
// the outer offset on, one by one, until the next jump.
type jump struct{ inner, outer int32 }

func (e *enclosure) position(off int32) value.Position { return e.outer.Position(e.translate(off)) }

func (e *enclosure) translate(off int32) int32 {
	lo, hi := 0, len(e.at)
	for lo < hi {
		if mid := (lo + hi) / 2; e.at[mid].inner <= off {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return 0
	}
	j := e.at[lo-1]
	return j.outer + off - j.inner
}
