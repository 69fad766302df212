package ecs

import (
	"iter"

	"github.com/ecsentry/ecsentry/value"
)

// unknown is a node of which nothing is known.
type unknown struct{ at *value.Place }

func (u unknown) Kind() value.Kind                 { return value.Opaque }
func (u unknown) Span() (value.Text, int32, int32) { return u.at.In, u.at.Off, u.at.End }
func (u unknown) AsBool() (bool, bool)             { return false, false }
func (u unknown) AsString() (string, bool)         { return "", false }
func (u unknown) Why() *value.Why                  { return u.at.Why }
func (u unknown) Field(string) value.Node          { return u }
func (u unknown) Rest() *value.Why                 { return u.at.Why }

func (u unknown) Items() iter.Seq2[int, value.Node] {
	return func(func(int, value.Node) bool) {}
}
