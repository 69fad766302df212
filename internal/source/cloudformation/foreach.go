package cloudformation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// forEach starts the key of a loop: Fn::ForEach::Name.
const forEach = "Fn::ForEach::"

// maxLoops bounds how many entries the loops of one section make.
const maxLoops = 10_000

// An entry is a field of a map whose loops are unrolled.
type entry struct {
	key       string
	at        *document.Node // the key as it is written
	value     *document.Node
	scope     *scope
	uncounted bool // it stands for one or more, of a list that nobody knows
}

// each visits the fields of a map, with each Fn::ForEach (of the transform
// AWS::LanguageExtensions) unrolled.
func (r *run) each(e expression, visit func(entry)) {
	left := maxLoops
	r.unroll(e, false, 0, &left, visit)
}

func (r *run) unroll(e expression, uncounted bool, depth int, left *int, visit func(entry)) {
	for _, f := range fields(e.node) {
		if !strings.HasPrefix(f.Key.Value, forEach) {
			key := e.scope.substitute(f.Key.Value)
			if strings.Contains(key, hole) {
				key = f.Key.Value
			}
			visit(entry{key, f.Key, f.Value, e.scope, uncounted})
			continue
		}
		if len(f.Value.Items) != 3 || depth > 5 {
			e.scope.stack.lacks("a Fn::ForEach that wants a name, a list and a map, or nests too deep")
			continue
		}
		name, collection, body := f.Value.Items[0].Value, f.Value.Items[1], f.Value.Items[2]
		items, rest, ok := r.elements(collection, e.scope)
		if !ok || rest != nil {
			inner := e.scope.with(name, hole)
			r.unroll(expression{body, inner}, true, depth+1, left, visit)
			continue
		}
		for _, item := range items {
			if *left--; *left < 0 {
				e.scope.stack.lacks(fmt.Sprintf("what Fn::ForEach makes beyond %d entries", maxLoops))
				return
			}
			s := item.s
			if item.kind == value.Opaque {
				s = hole
			}
			r.unroll(expression{body, e.scope.with(name, s)}, uncounted, depth+1, left, visit)
		}
	}
}

// lacks notes what of a template was not read. Later looks at the same loop add
// nothing, so that they may come at any time.
func (s *stack) lacks(what string) {
	if !s.complete && !slices.Contains(s.unread, what) {
		s.unread = append(s.unread, what)
	}
}

func (sc *scope) with(name, value string) *scope {
	vars := maps.Clone(sc.vars)
	if vars == nil {
		vars = map[string]string{}
	}
	vars[name] = value
	return &scope{stack: sc.stack, vars: vars}
}

// substitute puts the loop variables into a string, where they stand as ${Name}
// or &{Name}.
func (sc *scope) substitute(s string) string {
	if len(sc.vars) == 0 || !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, 4*len(sc.vars))
	for _, name := range slices.Sorted(maps.Keys(sc.vars)) {
		v := sc.vars[name]
		pairs = append(pairs, "${"+name+"}", v, "&{"+name+"}", alphanumeric(v))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// alphanumeric is what &{Name} makes of a value: logical IDs have letters and
// digits only.
func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', string(r) == hole:
			return r
		default:
			return -1
		}
	}, s)
}
