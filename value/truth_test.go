package value_test

import (
	"testing"

	"github.com/ecsentry/ecsentry/value"
)

var levels = []value.Level{value.No, value.Maybe, value.Yes}

func truth(l value.Level) value.Truth { return value.Truth{Level: l} }

// concrete lists the two-valued answers that a level stands for.
func concrete(l value.Level) []bool {
	switch l {
	case value.Yes:
		return []bool{true}
	case value.No:
		return []bool{false}
	default:
		return []bool{true, false}
	}
}

// level is what a set of two-valued answers comes to.
func level(answers map[bool]bool) value.Level {
	switch {
	case answers[true] && answers[false]:
		return value.Maybe
	case answers[true]:
		return value.Yes
	default:
		return value.No
	}
}

// Kleene's connectives are what two-valued logic says over all answers of
// independent operands.
func TestConnectivesAgreeWithTwoValues(t *testing.T) {
	for _, a := range levels {
		for _, b := range levels {
			for _, c := range levels {
				and, or, ifs := map[bool]bool{}, map[bool]bool{}, map[bool]bool{}
				for _, x := range concrete(a) {
					for _, y := range concrete(b) {
						and[x && y] = true
						or[x || y] = true
						for _, z := range concrete(c) {
							if x {
								ifs[y] = true
							} else {
								ifs[z] = true
							}
						}
					}
				}
				if got := value.And(truth(a), truth(b)).Level; got != level(and) {
					t.Errorf("And(%d, %d) = %d, want %d", a, b, got, level(and))
				}
				if got := value.Or(truth(a), truth(b)).Level; got != level(or) {
					t.Errorf("Or(%d, %d) = %d, want %d", a, b, got, level(or))
				}
				if got := value.If(truth(a), truth(b), truth(c)).Level; got != level(ifs) {
					t.Errorf("If(%d, %d, %d) = %d, want %d", a, b, c, got, level(ifs))
				}
			}
		}
		if got, want := value.Not(truth(a)).Level, value.Yes-a; got != want {
			t.Errorf("Not(%d) = %d, want %d", a, got, want)
		}
	}
}

func TestTheWitnessDecides(t *testing.T) {
	yes, no, maybe := &value.Place{Name: "yes"}, &value.Place{Name: "no"}, &value.Place{Name: "maybe"}
	y, n, m := value.Truth{Level: value.Yes, At: yes}, value.Truth{Level: value.No, At: no}, value.Truth{Level: value.Maybe, At: maybe}
	for _, tt := range []struct {
		name string
		got  value.Truth
		want *value.Place
	}{
		{"and, no", value.And(y, m, n), no},
		{"and, maybe", value.And(y, m), maybe},
		{"or, yes", value.Or(n, m, y), yes},
		{"or, maybe", value.Or(n, m), maybe},
		{"if, open branch", value.If(m, y, m), maybe},
	} {
		if tt.got.At != tt.want {
			t.Errorf("%s: the witness is %v, want %v", tt.name, tt.got.At, tt.want)
		}
	}
}

func TestPartialStrings(t *testing.T) {
	of := func(not []string, pieces ...string) value.Of[string] {
		return value.Unknown[string](&value.Place{Why: &value.Why{Partial: value.Partial{Pieces: pieces, Not: not}}})
	}
	for _, tt := range []struct {
		name string
		of   value.Of[string]
		is   string
		want value.Level
	}{
		{"nothing known", of(nil), "host", value.Maybe},
		{"a prefix that fits", of(nil, "ho", ""), "host", value.Maybe},
		{"a prefix that does not", of(nil, "aws", ""), "host", value.No},
		{"a suffix that does not", of(nil, "", "x"), "host", value.No},
		{"pieces that overlap", of(nil, "hos", "ost"), "host", value.No},
		{"a middle that fits", of(nil, "h", "s", "t"), "host", value.Maybe},
		{"a middle that does not", of(nil, "h", "z", "t"), "host", value.No},
		{"the empty rest", of(nil, "host", ""), "host", value.Maybe},
		{"excluded", of([]string{"host"}, "", ""), "host", value.No},
	} {
		if got := value.Is(tt.of, tt.is).Level; got != tt.want {
			t.Errorf("%s: is %q = %d, want %d", tt.name, tt.is, got, tt.want)
		}
	}
}

func TestAbsentIsNotUnknown(t *testing.T) {
	at := &value.Place{}
	if got := value.Is(value.Absent[bool](at).Or(false), false).Level; got != value.Yes {
		t.Errorf("an absent value with default false is false: %d, want yes", got)
	}
	if got := value.Is(value.Unknown[bool](at).Or(false), false).Level; got != value.Maybe {
		t.Errorf("an unknown value with default false is false: %d, want maybe", got)
	}
}

func TestPath(t *testing.T) {
	root := &value.Place{}
	at := &value.Place{Name: "a/b~c", Parent: &value.Place{Name: "0", Parent: root}}
	if got, want := at.Path(), "/0/a~1b~0c"; got != want {
		t.Errorf("path %q, want %q", got, want)
	}
}
