package terraform

import (
	"maps"
	"slices"
	"sync"
)

// declarations are the variables that the root modules of a run declare. Modules are
// read by several goroutines.
type declarations struct {
	mu    sync.Mutex
	names map[string]bool
}

func (d *declarations) add(variables map[string]*declared) {
	if d == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.names == nil {
		d.names = map[string]bool{}
	}
	for name := range variables {
		d.names[name] = true
	}
}

// Undeclared lists what --var gives and no root module declares, and the names that
// they do declare. Ask when everything was read. A file of variables may say more
// than a module wants.
func (v *Variables) Undeclared() (unknown, known []string) {
	if v.declared == nil {
		return nil, nil
	}
	v.declared.mu.Lock()
	defer v.declared.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(v.given)) {
		if !v.given[name].file && !v.declared.names[name] {
			unknown = append(unknown, name)
		}
	}
	return unknown, slices.Sorted(maps.Keys(v.declared.names))
}
