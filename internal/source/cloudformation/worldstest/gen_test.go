package worldstest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A generator makes one random template.
type generator struct {
	r          *rand.Rand
	params     *object
	mappings   *object
	conditions *object
	resources  *object
	overrides  map[string]string
	extensions bool            // AWS::LanguageExtensions, for lookups with a default
	byKind     map[kind][]node // terms that stand at places of a kind
	tested     []node          // terms that conditions ask about
	pairs      int             // of 20 comparisons, those of two terms
	wild       bool            // terms stand where they do not belong
	names      int
	bare       int // inside of what no part may be nothing
}

// words are what conditions compare terms with.
var words = []string{"prod", "dev", "stage"}

func generate(seed uint64) *template {
	g := &generator{
		r:      rand.New(rand.NewPCG(seed, 1)),
		params: obj(), mappings: obj(), conditions: obj(), resources: obj(),
		overrides: map[string]string{},
		byKind:    map[kind][]node{},
	}
	g.extensions = g.chance(30)
	g.wild = g.chance(15)
	g.pairs = 2
	if g.chance(10) {
		g.pairs = 14 // terms are compared with each other, mostly
	}
	for range 1 + g.r.IntN(3) {
		g.tested = append(g.tested, g.newTested())
	}
	for i := range g.r.IntN(5) {
		g.conditions.set(fmt.Sprintf("C%d", i), g.condition(2))
	}
	g.makeResources()
	root := obj()
	if g.extensions {
		root.set("Transform", "AWS::LanguageExtensions")
	}
	for _, s := range []struct {
		name string
		body *object
	}{{"Parameters", g.params}, {"Mappings", g.mappings}, {"Conditions", g.conditions}, {"Resources", g.resources}} {
		if len(s.body.fields) > 0 {
			root.set(s.name, s.body)
		}
	}
	return &template{root: root, overrides: g.overrides}
}

func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

func pick[T any](g *generator, from []T) T { return from[g.r.IntN(len(from))] }

// some are at least min of the values, in random order.
func some(g *generator, values []string, min int) []string {
	n := min + g.r.IntN(len(values)-min+1)
	var out []string
	for _, i := range g.r.Perm(len(values))[:n] {
		out = append(out, values[i])
	}
	return out
}

// newTested makes a term that conditions ask about.
func (g *generator) newTested() node {
	switch g.r.IntN(12) {
	case 0, 1:
		return g.pseudo("AWS::Region", "us-east-1", "eu-west-1")
	case 2:
		return g.pseudo("AWS::Partition", "aws", "aws-cn")
	case 3:
		return g.pseudo("AWS::AccountId", "123456789012", "210987654321")
	case 4:
		return call("GetAtt", g.other(), "GroupId")
	case 5:
		return obj("Fn::ImportValue", g.fresh("Shared"))
	default:
		return g.parameter("Env", words)
	}
}

func (g *generator) pseudo(name string, values ...string) node {
	if g.chance(15) {
		g.overrides[name] = pick(g, values)
	}
	return ref(name)
}

// parameter declares a parameter, open or not, whose values are of those given.
func (g *generator) parameter(name string, values []string) node {
	name = g.fresh(name)
	p := obj("Type", "String")
	allowed := values
	if g.chance(40) && len(values) > 1 {
		allowed = some(g, values, 1)
		if len(allowed) > 4 {
			allowed = allowed[:4]
		}
		if g.chance(2) { // more than there are worlds
			allowed = append(numbered("word", 70), allowed...)
		}
		p.set("AllowedValues", g.literals(allowed))
	}
	switch {
	case g.chance(20):
		p.set("Default", g.literal(pick(g, allowed)))
	case g.chance(10):
		p.set("Type", "AWS::SSM::Parameter::Value<String>")
		p.set("Default", "/a/path")
		p.fields = without(p.fields, "AllowedValues")
	}
	if g.chance(10) {
		g.overrides[name] = pick(g, allowed)
	}
	g.params.set(name, p)
	return ref(name)
}

// listParameter declares a list of values.
func (g *generator) listParameter(values []string) node {
	name := g.fresh("List")
	p := obj("Type", "CommaDelimitedList")
	text := pick(g, values)
	for range 2 {
		text += pick(g, []string{",", ", "}) + pick(g, values)
	}
	if g.chance(50) {
		p.set("Default", text)
	}
	if g.chance(20) {
		g.overrides[name] = text
	}
	g.params.set(name, p)
	return ref(name)
}

func (g *generator) fresh(name string) string {
	g.names++
	return fmt.Sprintf("%s%d", name, g.names)
}

func (g *generator) literals(values []string) *list {
	l := &list{}
	for _, v := range values {
		l.items = append(l.items, g.literal(v))
	}
	return l
}

// literal writes a value as one may: booleans and numbers as such or as strings.
func (g *generator) literal(v string) node {
	if g.chance(70) {
		switch v {
		case "true":
			return true
		case "false":
			return false
		case "0":
			return 0
		}
	}
	return v
}

// other is the name of a resource that is not ours.
func (g *generator) other() string {
	name := g.fresh("Group")
	g.resources.set(name, obj("Type", typeOther, "Properties", obj("GroupDescription", "x")))
	return name
}

func without(fields []field, key string) []field {
	var out []field
	for _, f := range fields {
		if f.key != key {
			out = append(out, f)
		}
	}
	return out
}

// condition makes a condition function.
func (g *generator) condition(depth int) node {
	if depth > 0 && g.chance(45) {
		switch g.r.IntN(4) {
		case 0:
			return call("Not", g.condition(depth-1))
		case 1:
			return call("And", g.condition(depth-1), g.condition(depth-1))
		case 2:
			return call("Or", g.condition(depth-1), g.condition(depth-1))
		default:
			if n := len(g.conditions.fields); n > 0 {
				return obj("Condition", g.conditions.fields[g.r.IntN(n)].key)
			}
		}
	}
	a, b := g.comparison()
	if g.chance(30) {
		a, b = b, a
	}
	return call("Equals", a, b)
}

func (g *generator) comparison() (node, node) {
	term := pick(g, g.tested)
	switch n := g.r.IntN(20); {
	case n < g.pairs && len(g.tested) > 1:
		return term, pick(g, g.tested)
	case n < 3:
		return g.wrapped(term)
	case n < 5:
		m, first, second := g.mapping(term, func() node { return pick(g, []string{"high", "low"}) })
		return g.find(m, first, second, "high"), pick(g, []string{"high", "low"})
	case n < 6:
		return pick(g, words), pick(g, words)
	case n < 8:
		k := pick(g, []kind{flag, mode, user, platform})
		made := g.parameter("P", k.values())
		g.byKind[k] = append(g.byKind[k], made)
		return made, g.literal(pick(g, k.values()[:2]))
	case n < 9 && !isPair(term):
		return obj("Fn::Sub", "${"+term.(*object).fields[0].val.(string)+"}"), g.answer(term)
	default:
		return term, g.answer(term)
	}
}

// isPair says whether a term is not a Ref.
func isPair(term node) bool {
	fn, _ := called(term)
	return fn != "Ref"
}

// answer is a literal that a term may be.
func (g *generator) answer(term node) node {
	_, arg := called(term)
	name, _ := arg.(string)
	switch name {
	case "AWS::Region":
		return pick(g, []string{"us-east-1", "eu-west-1"})
	case "AWS::Partition":
		return "aws"
	case "AWS::AccountId":
		return "123456789012"
	}
	return pick(g, words)
}

// wrapped compares a text of which a term is a part.
func (g *generator) wrapped(term node) (node, node) {
	switch g.r.IntN(3) {
	case 0:
		return call("Join", "-", arr("x", term)), "x-" + g.answer(term).(string)
	case 1:
		return call("Sub", "${T}-app", obj("T", term)), g.answer(term).(string) + "-app"
	default:
		first, _, _ := strings.Cut(g.answer(term).(string), "-")
		return call("Select", 0, call("Split", "-", term)), first
	}
}
