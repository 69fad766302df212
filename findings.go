package ecsentry

import (
	"iter"
	"slices"
)

// Findings are those of a report, in its order: the findings of one resource
// stand one after another and share its Identity. They are held one by one, or
// kept by a store, packed; who reads them need not know. The zero Findings is
// empty.
type Findings struct {
	held  []Finding
	store Store
	known []bool // of those in the store, by their index; nil if none is
}

// A Store keeps findings in a form of its own and makes them anew for each pass.
// It does not change any more.
type Store interface {
	Len() int
	All() iter.Seq[*Finding]
	Summary() Summary
}

// Hold makes Findings of a list.
func Hold(list ...Finding) Findings { return Findings{held: list} }

// Stored makes Findings of what a store keeps.
func Stored(s Store) Findings { return Findings{store: s} }

// Add adds a finding to those that are held. What is in a store cannot grow.
func (f *Findings) Add(list ...Finding) { f.held = append(f.held, list...) }

// Len is how many there are.
func (f *Findings) Len() int {
	if f.store != nil {
		return f.store.Len()
	}
	return len(f.held)
}

// All passes over all of them. A finding that is held is the same in each pass;
// one of a store is made for this pass, and may be kept, but not be changed.
func (f *Findings) All() iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		if f.store == nil {
			for i := range f.held {
				if !yield(&f.held[i]) {
					return
				}
			}
			return
		}
		i := 0
		for finding := range f.store.All() {
			finding.Known = i < len(f.known) && f.known[i]
			if i++; !yield(finding) {
				return
			}
		}
	}
}

// List are all of them at once: for reports of few findings.
func (f *Findings) List() []*Finding { return slices.AppendSeq(make([]*Finding, 0, f.Len()), f.All()) }

// Summary counts them.
func (f *Findings) Summary() (s Summary) {
	if f.store != nil {
		return f.store.Summary()
	}
	for i := range f.held {
		s.Add(&f.held[i])
	}
	return s
}

// MarkKnown says which of the findings were known before, by their index.
func (f *Findings) MarkKnown(known []bool) {
	f.known = known
	for i := range f.held {
		f.held[i].Known = known[i]
	}
}
