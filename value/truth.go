package value

// Level is one of the three truth values of Kleene's logic.
type Level uint8

// No < Maybe < Yes: And is the minimum, Or the maximum.
const (
	No Level = iota
	Maybe
	Yes
)

// Truth is a level with its witness: the place of the value that decided it, or
// of the one that keeps it open.
type Truth struct {
	Level
	At *Place
}

// Is tells whether the value is want. An absent value is nothing; give it its
// default first.
func Is[T comparable](o Of[T], want T) Truth {
	switch o.state {
	case IsKnown:
		if o.v == want {
			return Truth{Yes, o.at}
		}
		return Truth{No, o.at}
	case IsUnknown:
		if s, ok := any(want).(string); ok && !o.Partial().CanBe(s) {
			return Truth{No, o.at}
		}
		return Truth{Maybe, o.at}
	default:
		return Truth{No, o.at}
	}
}

// IsOneOf tells whether the value is one of those in want.
func IsOneOf[T comparable](o Of[T], want ...T) Truth {
	out := Truth{No, o.at}
	for _, w := range want {
		out = Or(out, Is(o, w))
	}
	return out
}

// Match tells whether test holds for a string. Of a string known in part, the
// second function says what is decided already.
func Match(o Of[string], test func(string) bool, partial func(Partial) Level) Truth {
	switch o.state {
	case IsKnown:
		if test(o.v) {
			return Truth{Yes, o.at}
		}
		return Truth{No, o.at}
	case IsUnknown:
		return Truth{partial(o.Partial()), o.at}
	default:
		return Truth{No, o.at}
	}
}

// IsSet tells whether the value is there at all, whatever it is.
func IsSet[T any](o Of[T]) Truth {
	switch o.state {
	case IsKnown:
		return Truth{Yes, o.at}
	case IsUnknown:
		return Truth{Maybe, o.at}
	default:
		return Truth{No, o.at}
	}
}

// Not turns Yes into No and leaves Maybe as it is.
func Not(t Truth) Truth { return Truth{Yes - t.Level, t.At} }

// And holds if all hold. Its witness is the first that decides: the first No,
// else the first Maybe, else the last Yes.
func And(ts ...Truth) Truth {
	out := Truth{Level: Yes}
	for _, t := range ts {
		if t.Level < out.Level || (t.Level == Yes && out.Level == Yes) {
			out = t
		}
	}
	return out
}

// Or holds if one holds. Its witness is the first that decides: the first Yes,
// else the first Maybe, else the last No.
func Or(ts ...Truth) Truth {
	out := Truth{Level: No}
	for _, t := range ts {
		if t.Level > out.Level || (t.Level == No && out.Level == No) {
			out = t
		}
	}
	return out
}

// If is then where cond is Yes and els where it is No. Where cond is Maybe it is
// decided only if both agree; Or(And(c, a), And(Not(c), b)) would not be.
func If(cond, then, els Truth) Truth {
	switch {
	case cond.Level == Yes:
		return then
	case cond.Level == No:
		return els
	case then.Level == els.Level && then.Level != Maybe:
		return then
	case then.Level == Maybe:
		return then
	case els.Level == Maybe:
		return els
	default:
		return Truth{Maybe, cond.At}
	}
}
