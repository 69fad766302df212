// Package value holds what a scanner knows about a single value: that it is
// known, absent, or unknown; where it was written; and the three-valued logic
// that turns such values into a verdict.
//
// Absent and unknown are different things. An absent value has the default that
// the service documents, and the control says so with [Of.Or]. An unknown value
// is one that the input hides: a reference that nobody can resolve, a value of
// the wrong type, a field that an API answer was not asked for. Unknown values
// stay unknown through every operation that they could decide, and vanish from
// every operation that is decided without them (Kleene's logic, see [Truth]).
//
// Places are minted by the decoder and carried along; controls never look at
// them.
package value
