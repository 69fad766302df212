package cloudformation

import (
	"maps"
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// An exploration is what looking at a resource in all its worlds gave.
type exploration struct {
	variants []ecsentry.Variant
	caveat   string
	broken   string
	open     []ecsentry.Open
}

// explore decodes a resource once for each world, or, if there are too many,
// once with everything open unknown.
func (p *program) explore(res *resource) exploration {
	r := &run{prog: p, world: &world{exploring: true}}
	var out exploration
	asked := map[string]*term{}
	dead := ""
	for round := 0; ; round++ {
		if len(out.variants) > maxWorlds || round > maxRounds {
			return p.withoutWorlds(res)
		}
		r.conditions, r.names, r.steps = nil, nil, 0
		exists := r.exists(res)
		if exists.broken != "" && exists.Level == value.Maybe {
			return exploration{broken: exists.broken}
		}
		if round == 0 && len(r.world.trail) > 0 {
			out.caveat = createdOnlyIf(res)
		}
		if exists.Level != value.No && r.world.dead == "" {
			data := r.decode(res)
			if r.world.dead == "" {
				out.variants = append(out.variants, ecsentry.Variant{When: r.world.choices(), Data: data})
			}
		}
		if r.world.dead != "" {
			dead = r.world.dead
		}
		for _, q := range r.world.trail {
			if q.term != nil && q.term.set && !q.term.hidden {
				asked[q.term.name] = q.term
			}
		}
		if !r.world.next() {
			break
		}
	}
	if len(out.variants) > maxWorlds {
		return p.withoutWorlds(res)
	}
	if len(out.variants) == 0 && dead != "" {
		return exploration{broken: dead}
	}
	out.open = open(asked, r.useful)
	return out
}

// withoutWorlds decodes a resource once; whatever is open is unknown. That is
// sound, only less exact.
func (p *program) withoutWorlds(res *resource) exploration {
	r := &run{prog: p, world: &world{}}
	var out exploration
	exists := r.exists(res)
	if exists.Level == value.Maybe {
		if exists.broken != "" {
			return exploration{broken: exists.broken}
		}
		out.caveat = createdOnlyIf(res)
	}
	out.variants = []ecsentry.Variant{{Data: r.decode(res)}}
	out.open = open(p.settable(r.useful), r.useful)
	return out
}

func createdOnlyIf(res *resource) string {
	for r := res; r != nil; r = r.stack().parent {
		if c := r.node.Get("Condition"); c != nil {
			return "it is created only if condition " + safe(c.Value) + " holds"
		}
	}
	return ""
}

// open lists the choices that a user can close, with answers worth trying.
func open(asked map[string]*term, useful map[string][]string) []ecsentry.Open {
	names := map[string]bool{}
	for name := range asked {
		names[name] = true
	}
	for name := range useful {
		names[name] = true
	}
	var out []ecsentry.Open
	for _, name := range slices.Sorted(maps.Keys(names)) {
		o := ecsentry.Open{Name: name}
		t := asked[name]
		if t == nil || !t.closed {
			o.Answers = append(o.Answers, useful[name]...)
		}
		if t != nil {
			o.Answers = append(o.Answers, t.answers...)
			if !t.closed && len(t.answers) > 0 {
				o.Answers = append(o.Answers, "not-"+t.answers[0])
			}
		}
		o.Answers = slices.Compact(o.Answers)
		out = append(out, o)
	}
	return out
}
