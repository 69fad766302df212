package value

// State says how much is known of a value.
type State uint8

// The three states. The zero State is absent.
const (
	IsAbsent State = iota
	IsKnown
	IsUnknown
)

// Of is a value that is known, absent or unknown. The zero Of is absent, at no
// place.
type Of[T any] struct {
	v     T
	at    *Place
	state State
}

// Known is a value that the input says.
func Known[T any](v T, at *Place) Of[T] { return Of[T]{v: v, at: at, state: IsKnown} }

// Absent is a value that the input certainly does not say; at is where it would
// stand.
func Absent[T any](at *Place) Of[T] { return Of[T]{at: at} }

// Unknown is a value that the input hides; at.Why says why.
func Unknown[T any](at *Place) Of[T] { return Of[T]{at: at, state: IsUnknown} }

// State tells which of the three the value is.
func (o Of[T]) State() State { return o.state }

// At is the place of the value, or where it would stand.
func (o Of[T]) At() *Place { return o.at }

// Get returns the value, and whether it is known.
func (o Of[T]) Get() (T, bool) { return o.v, o.state == IsKnown }

// Or gives an absent value the default that the service documents for it. An
// unknown value stays unknown.
func (o Of[T]) Or(def T) Of[T] {
	if o.state == IsAbsent {
		return Of[T]{v: def, at: o.at, state: IsKnown}
	}
	return o
}

// Partial returns what is known of an unknown string.
func (o Of[T]) Partial() Partial {
	if o.state != IsUnknown || o.at == nil || o.at.Why == nil {
		return Partial{}
	}
	return o.at.Why.Partial
}

// List is a list whose elements may be known only in part.
type List[T any] struct {
	At     *Place
	Items  []T
	Rest   *T     // stands for elements that nobody knows, none or many; all its leaves are unknown
	RestAt *Place // where they would be, and why they are not known
	Set    bool   // the list is written, though perhaps empty
}

// Empty tells whether the list certainly has no elements (Yes), certainly has
// some (No), or may have some (Maybe). An absent list is empty.
func (l List[T]) Empty() Truth {
	switch {
	case len(l.Items) > 0:
		return Truth{No, l.At}
	case l.Rest != nil:
		return Truth{Maybe, l.RestAt}
	default:
		return Truth{Yes, l.At}
	}
}

// AnyItem tells whether test holds for some element; the elements that nobody
// knows may be none, so alone they give Maybe at most.
func AnyItem[T any](l List[T], test func(*T) Truth) Truth {
	out := Truth{No, l.At}
	for i := range l.Items {
		out = Or(out, test(&l.Items[i]))
	}
	if l.Rest != nil && out.Level < Maybe {
		out = Truth{Maybe, l.RestAt}
	}
	return out
}
