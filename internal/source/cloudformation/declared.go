package cloudformation

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// declarations are the parameters that the templates of a run declare. Templates are
// read by several goroutines.
type declarations struct {
	mu    sync.Mutex
	names map[string]bool
}

func (d *declarations) add(s *stack) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.names == nil {
		d.names = map[string]bool{}
	}
	for name := range s.parameters {
		d.names[name] = true
	}
}

// Undeclared lists what the user said of parameters that no template declares,
// and the names that templates do declare. Ask when everything was read. Pseudo
// parameters are never declared.
func (f *Format) Undeclared() (unknown, known []string) {
	f.declared.mu.Lock()
	defer f.declared.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(f.Parameters)) {
		if !f.declared.names[name] && !strings.HasPrefix(name, "AWS::") {
			unknown = append(unknown, name)
		}
	}
	return unknown, slices.Sorted(maps.Keys(f.declared.names))
}
