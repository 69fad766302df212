package worldstest

// term is a term that stands at places of a kind.
func (g *generator) term(k kind) node {
	if g.wild && g.chance(30) {
		return pick(g, g.tested)
	}
	if have := g.byKind[k]; len(have) > 0 && g.chance(60) {
		return pick(g, have)
	}
	var made node
	switch n := g.r.IntN(20); {
	case n == 0:
		made = call("GetAtt", g.other(), "GroupId")
	case n == 1:
		made = obj("Fn::ImportValue", g.fresh("Shared"))
	case n == 2:
		made = ref(g.other())
	default:
		made = g.parameter("P", k.values())
	}
	g.byKind[k] = append(g.byKind[k], made)
	return made
}

// leaf is an expression that comes to a value of a kind.
func (g *generator) leaf(k kind, depth int) node {
	values := k.values()
	if k == provider {
		values = values[:2]
	}
	literal := func() node { return g.literal(pick(g, values)) }
	if depth <= 0 || g.chance(45) {
		return literal()
	}
	next := func() node { return g.leaf(k, depth-1) }
	switch n := g.r.IntN(20); {
	case n < 8 && len(g.conditions.fields) > 0:
		return g.choose(next, true)
	case n < 12:
		return g.term(k)
	case n < 13:
		m, first, second := g.mapping(pick(g, g.tested), literal)
		return g.find(m, first, second, literal())
	case n < 14:
		return g.whole(func() node { return g.listed(literal) })
	case n < 16:
		return g.whole(func() node { return g.text(k, next) })
	case n < 17:
		return g.whole(func() node { return call("Select", g.index(), arr(next(), next())) })
	case n < 18 && g.chance(30):
		return call("Join", ":", g.listParameter(values))
	case n < 18:
		return call("Select", g.index(), g.listParameter(values))
	case k == flag && g.chance(10):
		return "perhaps" // which is no boolean
	default:
		return literal()
	}
}

// listed is an element of a list that stands in a mapping, or a parameter.
func (g *generator) listed(literal func() node) node {
	list := func() node { return arr(literal(), literal()) }
	m, first, second := g.mapping(pick(g, g.tested), list)
	from := g.find(m, first, second, list())
	if g.chance(30) {
		return call("Join", ":", from)
	}
	return call("Select", g.index(), from)
}

// index is 0 or 1, in one way or another.
func (g *generator) index() node {
	if g.chance(20) {
		name := g.fresh("Index")
		p := obj("Type", "Number", "AllowedValues", arr(0, 1))
		g.params.set(name, p)
		return ref(name)
	}
	return pick(g, []node{0, 1, "0", "1"})
}

// text is a value made of parts.
func (g *generator) text(k kind, next func() node) node {
	switch g.r.IntN(9) {
	case 0:
		return call("Select", g.index(), call("Split", "/", call("Sub", pick(g, k.values())+"/${V}", obj("V", g.term(k)))))
	case 8:
		return call("Join", "", arr(next()))
	case 1:
		return call("Sub", "${V}", obj("V", next()))
	case 2:
		return call("Join", ":", arr(next(), next()))
	case 3:
		return call("Sub", pick(g, []string{"root:${V}", "${V}:0", "A${V}", "${V}1"}), obj("V", next()))
	case 4:
		return call("Select", g.index(), call("Split", ",", pick(g, k.values())+","+pick(g, k.values())))
	case 5:
		if fn, arg := called(g.term(k)); fn == "Ref" {
			return obj("Fn::Sub", pick(g, []string{"${", "root:${", "x${", "0${"})+arg.(string)+"}")
		}
		return next()
	case 6: // a list leaves out what is nothing
		g.bare--
		defer func() { g.bare++ }()
		return call("Join", ":", arr(g.perhaps(60, func() node { return pick(g, k.values()) }), pick(g, k.values())))
	default:
		return call("Join", "", arr(next(), pick(g, []string{"", ":x", ".0"})))
	}
}

// whole makes something of which no part may be nothing.
func (g *generator) whole(make func() node) node {
	g.bare++
	defer func() { g.bare-- }()
	return make()
}

// choose is Fn::If over two things; with optional, one of them may be nothing.
func (g *generator) choose(make func() node, optional bool) node {
	c := g.conditions.fields[g.r.IntN(len(g.conditions.fields))].key
	a, b := make(), make()
	if optional && g.bare == 0 && g.chance(25) {
		if a = noValueRef(); g.chance(50) {
			a, b = b, a
		}
	}
	return call("If", c, a, b)
}

// perhaps wraps something in Fn::If, seldom twice.
func (g *generator) perhaps(percent int, make func() node) node {
	if len(g.conditions.fields) == 0 || !g.chance(percent) {
		return make()
	}
	return g.choose(func() node { return g.perhaps(percent/2, make) }, true)
}
