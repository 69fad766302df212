package worldstest

import "fmt"

// sizes are the second keys of all mappings.
var sizes = []string{"small", "large"}

// mapping makes a mapping with values, and the keys to look something up with:
// one or both of them open.
func (g *generator) mapping(term node, of func() node) (m, first, second node) {
	keys := g.keysFor(term)
	first, second = term, pick(g, sizes)
	switch g.r.IntN(5) {
	case 0:
		first, second = pick(g, keys), g.parameter("Size", sizes)
	case 1:
		second = g.parameter("Size", sizes)
	}
	first = g.key(first)
	turned := g.chance(15)
	declare := func() node {
		name := g.fresh("Map")
		g.mappings.set(name, table(keys, turned, of))
		return name
	}
	if turned {
		first, second = second, first
	}
	m = declare()
	if g.extensions && len(g.conditions.fields) > 0 && g.chance(10) {
		c := g.conditions.fields[g.r.IntN(len(g.conditions.fields))].key
		m = call("If", c, m, declare())
	}
	return m, first, second
}

// keysFor are first keys that a term may be, not always all of them.
func (g *generator) keysFor(term node) []string {
	keys := words
	switch a := g.answer(term).(string); a {
	case "us-east-1", "eu-west-1":
		keys = []string{"us-east-1", "eu-west-1", "ap-south-1"}
	case "aws":
		keys = []string{"aws", "aws-cn"}
	case "123456789012":
		keys = []string{"123456789012", "210987654321"}
	}
	if g.chance(50) {
		keys = some(g, keys, 1)
	}
	if g.chance(2) { // more than there are worlds
		keys = append(keys[:len(keys):len(keys)], numbered("key", 70)...)
	}
	return keys
}

func numbered(name string, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("%s%d", name, i))
	}
	return out
}

// table is a mapping by key and size, or by size and key.
func table(keys []string, turned bool, of func() node) *object {
	outer, inner := keys, sizes
	if turned {
		outer, inner = inner, outer
	}
	out := obj()
	for _, o := range outer {
		row := obj()
		for _, i := range inner {
			row.set(i, of())
		}
		out.set(o, row)
	}
	return out
}

// key is the key of a lookup, seldom in a roundabout way.
func (g *generator) key(n node) node {
	switch g.r.IntN(20) {
	case 0:
		return call("Join", "", arr(n))
	case 1:
		return call("Sub", "${V}", obj("V", n))
	case 2:
		if len(g.conditions.fields) > 0 {
			c := g.conditions.fields[g.r.IntN(len(g.conditions.fields))].key
			return call("If", c, n, pick(g, []node{pick(g, words), pick(g, g.tested)}))
		}
	}
	return n
}

func (g *generator) find(m, first, second, def node) node {
	if g.extensions && g.chance(50) {
		return call("FindInMap", m, first, second, obj("DefaultValue", def))
	}
	return call("FindInMap", m, first, second)
}
