package worldstest

import (
	"maps"
	"math/rand/v2"
	"slices"
)

const (
	maxWorlds      = 64   // up to here verdicts must be exact
	maxAssignments = 3000 // more are not all tried, and then only wrong verdicts show
	samples        = 400
)

// An expectation is what brute force says of one resource and control.
type expectation struct {
	strict string // over the assignments that can be deployed; "" for no finding
	loose  string // over those whose values, as far as the control reads, can be
	some   bool   // some assignment can be deployed
	seen   map[string]assignment
}

// expected is what brute force says of a resource, by control.
type expected struct {
	by      map[string]*expectation
	full    bool // every assignment was tried
	whole   bool // no lookup fails by keys that are not open
	exact   bool // and no verdict may be needlessly unknown
	creates bool // some assignment creates the resource, or perhaps would if it could be deployed
}

func (a *analysis) expect(id string, r *rand.Rand) expected {
	t := a.t
	out := expected{by: map[string]*expectation{}}
	terms, worlds, regular := a.worlds(id)
	strict, loose := map[string]map[string]bool{}, map[string]map[string]bool{}
	ids := controls(t.section("Resources").sub(id).get("Type"))
	for _, c := range ids {
		strict[c], loose[c] = map[string]bool{}, map[string]bool{}
		out.by[c] = &expectation{seen: map[string]assignment{}}
	}
	some := false
	out.whole = true
	out.full = a.assignments(terms, r, func(assign assignment) {
		ruled := t.rule(id, assign)
		some, out.whole = some || ruled.strict, out.whole && ruled.whole
		out.creates = out.creates || ruled.created || !ruled.strict
		if !ruled.created {
			return
		}
		for _, c := range ids {
			v := ruled.verdict[c]
			if v == "" {
				continue
			}
			loose[c][v] = true
			if ruled.strict {
				strict[c][v] = true
				if out.by[c].seen[v] == nil {
					out.by[c].seen[v] = maps.Clone(assign)
				}
			}
		}
	})
	for _, c := range ids {
		e := out.by[c]
		e.strict, e.loose, e.some = joined(strict[c]), joined(loose[c]), some
	}
	out.exact = out.full && out.whole && regular && worlds <= maxWorlds
	return out
}

// joined is the verdict over outcomes in different worlds: "" for no finding.
func joined(outcomes map[string]bool) string {
	switch {
	case len(outcomes) == 1:
		for o := range outcomes {
			return o
		}
	case len(outcomes) == 0:
		return ""
	case outcomes[failed], outcomes[unknown]:
		return unknown
	}
	return passed
}

// assignments tries every assignment of the terms, or a sample if there are too
// many; it says whether it tried all.
func (a *analysis) assignments(terms []string, r *rand.Rand, try func(assignment)) bool {
	choices := make([][]any, len(terms))
	total := 1
	for i, term := range terms {
		choices[i] = a.choices(term, len(terms))
		total = min(total*len(choices[i]), 1<<40)
	}
	assign := assignment{}
	if total > maxAssignments {
		for range samples {
			for i, term := range terms {
				assign[term] = choices[i][r.IntN(len(choices[i]))]
			}
			try(assign)
		}
		return false
	}
	var next func(i int)
	next = func(i int) {
		if i == len(terms) {
			try(assign)
			return
		}
		for _, v := range choices[i] {
			assign[terms[i]] = v
			next(i + 1)
		}
	}
	next(0)
	return true
}

// choices are the values of a term that are tried.
func (a *analysis) choices(term string, terms int) []any {
	d := a.domain(term)
	values := d.allowed
	if values == nil {
		all := maps.Clone(d.values)
		maps.Copy(all, d.answers)
		all["some-word"] = true
		others := []string{"another-word", "third-word", "fourth-word", "fifth-word"}
		for i := range min(len(d.partners), len(others)) {
			all[others[i]] = true
		}
		values = slices.Sorted(maps.Keys(all))
	}
	var out []any
	for i, v := range values {
		if !d.isList {
			out = append(out, v)
			continue
		}
		next := values[(i+1)%len(values)]
		out = append(out, []string{v}, []string{v, v, v}, []string{v, next, v}, []string{next, v, next})
	}
	return out
}

// worlds lists the terms that a resource can depend on, how many worlds they
// make at most, and whether they are all such that worlds are exact: a term that
// stands at places of different kinds, or that a composed text compares and
// something else as well, says more than its answers do.
func (a *analysis) worlds(id string) (terms []string, worlds int, regular bool) {
	worlds, regular = 1, true
	questions := map[string]bool{}
	found := map[string]bool{}
	for _, part := range a.t.closure(id) {
		for _, term := range a.t.termsIn(part) {
			found[term] = true
		}
		walk(part, func(n node) {
			if o, ok := n.(*object); ok && o.get("Fn::Equals") != nil && a.isQuestion(args(o.get("Fn::Equals"))) {
				questions[string(asJSON(n))] = true
			}
		})
	}
	terms = slices.Sorted(maps.Keys(found))
	for _, term := range terms {
		d := a.domain(term)
		switch {
		case d.allowed != nil:
			worlds *= max(1, len(d.allowed))
		case len(d.answers) > 0:
			worlds *= len(d.answers) + 1
		}
		worlds = min(worlds, 1<<20)
		regular = regular && d.regular()
	}
	for range questions {
		worlds = min(worlds*2, 1<<20)
	}
	return terms, worlds, regular
}

// isQuestion says whether a comparison can be an open question of its own.
func (a *analysis) isQuestion(sides []node) bool {
	if a.t.open(sides[0]) != "" && a.t.open(sides[1]) != "" {
		return true
	}
	return a.isComposed(sides[0]) || a.isComposed(sides[1])
}

// isComposed says whether an expression makes a text out of open terms.
func (a *analysis) isComposed(n node) bool {
	found := false
	walk(n, func(n node) {
		switch fn, _ := called(n); fn {
		case "Fn::Join", "Fn::Split", "Fn::Sub", "Fn::Select":
			found = found || a.t.open(n) == "" && len(a.t.termsIn(n)) > 0
		}
	})
	return found
}
