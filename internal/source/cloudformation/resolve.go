package cloudformation

import (
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A val is what an expression comes to in a world.
type val struct {
	kind  value.Kind
	at    *document.Node // where it is used, or written for a literal
	scope *scope         // of at, and of the elements of a literal
	node  *document.Node // the literal list or map
	s     string         // of a scalar
	items []val          // of a list that was computed
	rest  *value.Why     // why such a list may be longer
	why   *value.Why     // why it is opaque
	names *resource      // the resource of the program that an opaque value names
	via   string         // the parameter or mapping that the value comes from
}

// known says whether it is a scalar whose text is known.
func (v val) known() bool {
	return v.kind == value.String || v.kind == value.Number || v.kind == value.Boolean
}

// A run resolves expressions of a program: in a world, or where world is nil,
// as far as that goes without answering questions.
type run struct {
	prog       *program
	world      *world
	conditions map[conditionKey]truth // of this world
	within     string                 // the condition that is being computed, for messages
	useful     map[string][]string    // values worth trying, by the name of the parameter
	names      *run                   // see naming
	steps      int                    // expressions resolved in this world
}

// maxSteps and maxText bound what one world costs: expressions that double can
// grow without end in a small template. No real one comes near.
const (
	maxSteps = 50_000
	maxText  = 64 << 10
)

// resolve evaluates an expression.
func (r *run) resolve(n *document.Node, sc *scope) val {
	if r.steps++; r.steps > maxSteps {
		return opaque(n, sc, &value.Why{Text: "the template takes too long to resolve"})
	}
	name, arg := intrinsic(n)
	switch name {
	case "":
		return r.literal(n, sc)
	case "Ref":
		return r.ref(sc.substitute(arg.Value), n, sc)
	case "Fn::GetAtt":
		return r.getAtt(arg, n, sc)
	case "Fn::Sub":
		return r.sub(arg, n, sc)
	case "Fn::Join":
		return r.join(arg, n, sc)
	case "Fn::Select":
		return r.selected(arg, n, sc)
	case "Fn::Split":
		return r.split(arg, n, sc)
	case "Fn::If":
		return r.ifs(arg, n, sc)
	case "Fn::FindInMap":
		return r.findInMap(arg, n, sc)
	case "Fn::Base64":
		return r.base64(argument(arg, n), n, sc)
	case "Fn::Length":
		return r.length(argument(arg, n), n, sc)
	case "Fn::ToJsonString":
		return r.toJSONString(argument(arg, n), n, sc)
	case "Fn::ImportValue":
		return r.answer(r.deployedTerm(name, arg, n, sc), n, sc)
	case "Fn::GetAZs", "Fn::Cidr", "Fn::Transform":
		return opaque(n, sc, &value.Why{Text: call(name, "") + "is known only where it is deployed", Hint: deployed})
	default:
		return opaque(n, sc, &value.Why{Text: call(name, "") + "is no function that ecsentry knows"})
	}
}

// deployed is the hint for what only AWS can tell.
const deployed = "scan what is deployed: ecsentry scan --aws"

func opaque(at *document.Node, sc *scope, why *value.Why) val {
	return val{kind: value.Opaque, at: at, scope: sc, why: why}
}

// literal is a value as it is written, with its dynamic references unknown.
func (r *run) literal(n *document.Node, sc *scope) val {
	v := val{at: n, scope: sc, node: n}
	switch n.Kind {
	case document.Null:
		v.kind = value.Null
	case document.Map:
		v.kind = value.Object
	case document.List:
		v.kind = value.Sequence
	case document.Bool:
		v.kind, v.s = value.Boolean, scalar(n)
	case document.Number:
		v.kind, v.s = value.Number, scalar(n)
	default:
		s := scalar(n)
		if n.Style == document.Plain && s != n.Value {
			v.kind, v.s = value.Boolean, s // YAML 1.1: yes, no, on, off
			return v
		}
		if why := notLookedUp(s); why != nil {
			return opaque(n, sc, why)
		}
		return composed(withoutDynamic(sc.substitute(s)), n, sc, nil)
	}
	return v
}

// composed is a string that was put together, perhaps with holes; parts are the
// opaque values that made them.
func composed(s string, at *document.Node, sc *scope, parts []val) val {
	if len(s) > maxText {
		return opaque(at, sc, &value.Why{Text: "a string is put together that is too long"})
	}
	s = withoutDynamic(s)
	if !strings.Contains(s, hole) {
		v := val{kind: value.String, at: at, scope: sc, s: s}
		if len(parts) > 0 {
			v.via = parts[0].via
		}
		return v
	}
	parts = slices.DeleteFunc(parts, val.known)
	why := &value.Why{Partial: partial(s)}
	for _, p := range parts {
		if why.Text == "" {
			why.Text, why.Hint = p.why.Text, p.why.Hint
		}
		for _, t := range p.why.Terms {
			if !slices.Contains(why.Terms, t) {
				why.Terms = append(why.Terms, t)
			}
		}
	}
	if len(parts) == 1 && len(why.Partial.Pieces) == 2 && len(parts[0].why.Partial.Pieces) <= 2 {
		// What the one unknown part is not, the whole is not with its surroundings.
		pre, post := surroundings(why.Partial.Pieces, parts[0].why.Partial.Pieces)
		for _, not := range parts[0].why.Partial.Not {
			why.Partial.Not = append(why.Partial.Not, pre+not+post)
		}
	}
	if len(parts) == 1 && why.Partial.Pieces[0] == "" && why.Partial.Pieces[len(why.Partial.Pieces)-1] == "" && len(why.Partial.Pieces) == 2 {
		v := opaque(at, sc, why)
		v.names = parts[0].names // "${Cluster}" names what !Ref Cluster names
		return v
	}
	if why.Text == "" {
		why.Text, why.Hint = "a dynamic reference is known only where it is deployed", deployed
	}
	return opaque(at, sc, why)
}

// surroundings is what stands before and after the part, whose own pieces are
// already in those of the whole.
func surroundings(whole, part []string) (pre, post string) {
	pre, post = whole[0], whole[1]
	if len(part) == 2 {
		pre, post = strings.TrimSuffix(pre, part[0]), strings.TrimPrefix(post, part[1])
	}
	return pre, post
}

// fill is the text of a value within a string, with holes for what is unknown;
// it notes in parts what is opaque, and what comes from elsewhere.
func (v val) fill(parts *[]val) string {
	if v.known() {
		if v.via != "" {
			*parts = append(*parts, v)
		}
		return v.s
	}
	if v.kind == value.Opaque {
		*parts = append(*parts, v)
		if pieces := v.why.Partial.Pieces; len(pieces) > 0 {
			return strings.Join(pieces, hole)
		}
		return hole
	}
	*parts = append(*parts, opaque(v.at, v.scope, &value.Why{Text: "a string is put together of what is no string"}))
	return hole
}

// moved is a value at the place of its use.
func (v val) moved(at *document.Node, sc *scope) val {
	if v.kind != value.Sequence && v.kind != value.Object {
		v.at, v.scope = at, sc
	}
	return v
}

// answer is the value of a term in this world.
func (r *run) answer(t *term, at *document.Node, sc *scope) val {
	why := &value.Why{Text: t.call + ", " + t.what}
	if t.set {
		why.Terms = []string{t.name}
	} else {
		why.Hint = deployed
	}
	if r.world == nil || !r.world.exploring {
		return opaque(at, sc, why)
	}
	answer := 0
	if t.choices() > 1 {
		answer = r.world.ask(question{key: t.key, term: t, of: t.choices()})
	}
	if answer < len(t.answers) {
		v := composed(t.answers[answer], at, sc, nil)
		v.via = safe(t.name)
		if t.set && !strings.HasPrefix(t.name, "AWS::") {
			v.via = "parameter " + v.via
		}
		return v
	}
	why.Partial = value.Partial{Pieces: []string{"", ""}, Not: t.answers}
	return opaque(at, sc, why)
}
