package document

import "github.com/ecsentry/ecsentry/value"

type token struct{}

// Quote shows the lines around a value.
func (f *File) Quote(off, end int32) []value.Line { return nil }
