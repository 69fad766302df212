package worldstest

import (
	"maps"
	"slices"
	"strings"
)

// A domain is what may matter of an open term.
type domain struct {
	allowed  []string        // the only values, if there are any
	isList   bool            // the values are lists of such values
	values   map[string]bool // that can make a difference somewhere
	answers  map[string]bool // that it is directly compared with, or a key of a map
	kinds    map[kind]bool   // of the places where it stands
	partners map[string]bool // terms that it is compared with
	asked    map[string]bool // the comparisons in which it stands
	composed bool            // in some of them inside a text
	// roundabout: it decides a key in another way than by being it.
	roundabout bool
}

// regular says whether the answers of the term are all that there is to say of
// it: not so where it stands at places of different kinds, or where a text of
// which it is a part is compared and something else depends on it as well.
func (d *domain) regular() bool {
	leaves := len(d.kinds)
	if d.kinds[none] {
		leaves--
	}
	if d.roundabout {
		return false
	}
	if d.composed {
		return leaves == 0 && len(d.answers) == 0 && len(d.asked) <= 1
	}
	return leaves <= 1
}

// An analysis is the domains of a template's open terms.
type analysis struct {
	t       *template
	domains map[string]*domain
}

func analyse(t *template) *analysis {
	a := &analysis{t: t, domains: map[string]*domain{}}
	for _, f := range t.section("Conditions").fields {
		walk(f.val, func(n node) {
			if o, ok := n.(*object); ok && o.get("Fn::Equals") != nil {
				sides := args(o.get("Fn::Equals"))
				a.compared(sides[0], sides[1], string(asJSON(n)))
				a.compared(sides[1], sides[0], string(asJSON(n)))
			}
		})
	}
	for _, f := range t.section("Resources").fields {
		a.visit(f.val.(*object).get("Properties"), nil, none, "")
	}
	a.share()
	return a
}

func (a *analysis) domain(term string) *domain {
	if d := a.domains[term]; d != nil {
		return d
	}
	p := a.t.section("Parameters").sub(term)
	d := &domain{isList: isListType(p), values: map[string]bool{}, answers: map[string]bool{}, kinds: map[kind]bool{}, partners: map[string]bool{}, asked: map[string]bool{}}
	if allowed, ok := p.get("AllowedValues").(*list); ok {
		for _, v := range allowed.items {
			d.allowed = append(d.allowed, literal(v))
		}
	}
	a.domains[term] = d
	return d
}

// compared takes in that an expression is compared with another.
func (a *analysis) compared(n, with node, text string) {
	values := a.literals(with)
	a.visit(n, values, none, "")
	composed := a.isComposed(n)
	for _, term := range a.t.termsIn(n) {
		d := a.domain(term)
		d.asked[text] = true
		d.composed = d.composed || composed
		for _, other := range a.t.termsIn(with) {
			a.domain(term).partners[other] = true
			a.domain(other).partners[term] = true
		}
	}
	if term := a.t.open(n); term != "" {
		for _, v := range values {
			a.domain(term).answers[v] = true
		}
	}
}

// literals are the strings that an expression may come to, or be made of.
func (a *analysis) literals(n node) []string {
	var out []string
	walk(n, func(n node) {
		fn, arg := called(n)
		switch fn {
		case "Fn::FindInMap":
			for _, m := range a.mapsIn(args(arg)[0]) {
				walk(m, func(n node) { out = append(out, scalars(n)...) })
			}
		case "Ref":
			name := arg.(string)
			if v, ok := a.t.fixed(name); ok {
				if s, ok := v.(string); ok {
					out = append(out, s)
				}
				if l, ok := v.([]string); ok {
					out = append(out, l...)
				}
			} else {
				out = append(out, a.domain(name).allowed...)
			}
		}
		out = append(out, scalars(n)...)
	})
	return out
}

// mapsIn are the mappings that an expression may name.
func (a *analysis) mapsIn(n node) []*object {
	var out []*object
	walk(n, func(n node) {
		if name, ok := n.(string); ok && a.t.section("Mappings").get(name) != nil {
			out = append(out, a.t.section("Mappings").sub(name))
		}
	})
	return out
}

func scalars(n node) []string {
	switch n.(type) {
	case string, bool, int:
		return []string{literal(n)}
	}
	return nil
}

// visit takes in what an expression must come to for a difference.
func (a *analysis) visit(n node, want []string, k kind, within string) {
	switch v := n.(type) {
	case *list:
		for _, item := range v.items {
			a.visit(item, want, k, within)
		}
		return
	case *object:
		fn, arg := called(n)
		if fn != "" {
			a.visitCall(n, fn, args(arg), want, k, within)
			return
		}
		for _, f := range v.fields {
			k := kindOf(within, f.key)
			inner := within
			if collection(f.key) {
				inner = f.key
			}
			a.visit(f.val, k.values(), k, inner)
		}
	}
}

func (a *analysis) visitCall(n node, fn string, arg []node, want []string, k kind, within string) {
	if term := a.t.open(n); term != "" {
		d := a.domain(term)
		for _, v := range want {
			d.values[v] = true
		}
		d.kinds[k] = true
		return
	}
	switch fn {
	case "Fn::If":
		a.visit(arg[1], want, k, within)
		a.visit(arg[2], want, k, within)
	case "Fn::FindInMap":
		var first, second []string
		for _, m := range a.mapsIn(arg[0]) {
			for _, f := range m.fields {
				first = append(first, f.key)
				for _, g := range f.val.(*object).fields {
					second = append(second, g.key)
				}
			}
		}
		a.key(arg[1], first, isText(arg[0]))
		a.key(arg[2], second, isText(arg[0]))
		if len(arg) == 4 {
			a.visit(arg[3].(*object).get("DefaultValue"), want, k, within)
		}
	case "Fn::Select":
		a.visit(arg[0], nil, none, "")
		a.visit(arg[1], want, k, within)
	case "Fn::Sub", "Fn::Join", "Fn::Split":
		want = stripped(stripped(want, a.literals(n)), a.literals(n))
		walk(n, func(inner node) {
			if fn, _ := called(inner); inner != n && fn != "" {
				a.visitCall(inner, fn, args(inner.(*object).fields[0].val), want, k, within)
			}
		})
	}
}

// key takes in that an expression is the key of a lookup. Where it is no term, or
// the mapping is not named outright, the term has other answers than the keys.
func (a *analysis) key(n node, keys []string, named bool) {
	a.visit(n, keys, none, "")
	if term := a.t.open(n); term != "" && named {
		for _, k := range keys {
			a.domain(term).answers[k] = true
		}
		return
	}
	for _, term := range a.t.termsIn(n) {
		a.domain(term).roundabout = true
	}
}

// stripped adds to strings what is left of them without the literals that an
// expression puts around a term.
func stripped(want, literals []string) []string {
	out := map[string]bool{}
	for _, w := range want {
		out[w] = true
		for _, l := range literals {
			for _, p := range pieces(l) {
				if p.variable || p.text == "" {
					continue
				}
				rest := strings.TrimPrefix(w, p.text)
				out[rest] = true
				out[strings.TrimSuffix(w, p.text)] = true
				for _, part := range strings.Split(w, p.text) {
					out[part] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(out))
}

// share gives terms that are compared with each other the same values, with
// enough others that all of them can differ.
func (a *analysis) share() {
	for changed := true; changed; {
		changed = false
		for _, d := range a.domains {
			for name := range d.partners {
				other := a.domain(name)
				before := len(other.values) + len(other.kinds) + len(other.answers) + len(other.partners)
				maps.Copy(other.values, d.values)
				maps.Copy(other.kinds, d.kinds)
				for _, v := range d.allowed {
					other.values[v], other.answers[v] = true, true
				}
				maps.Copy(other.answers, d.answers)
				maps.Copy(other.partners, d.partners)
				changed = changed || len(other.values)+len(other.kinds)+len(other.answers)+len(other.partners) > before
			}
		}
	}
}
