package cloudformation

import (
	"fmt"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A truth is what a condition comes to; broken says why it comes to nothing.
type truth struct {
	value.Level
	broken string
}

type conditionKey struct {
	stack *stack
	name  string
}

// condition evaluates a condition by its name.
func (r *run) condition(name string, sc *scope) truth {
	key := conditionKey{sc.stack, name}
	if t, ok := r.conditions[key]; ok {
		return t
	}
	c, ok := sc.stack.conditions[name]
	if !ok {
		return truth{value.Maybe, "condition " + safe(name) + " is not defined"}
	}
	if sc.stack.rings[name] {
		return truth{value.Maybe, "condition " + safe(name) + " depends on itself"}
	}
	if r.conditions == nil {
		r.conditions = map[conditionKey]truth{}
	}
	// Within a condition that is being computed there is no ring, so it is not asked
	// for again; should it be, it is open.
	r.conditions[key] = truth{Level: value.Maybe}
	within := r.within
	r.within = name
	t := r.test(c.node, c.scope)
	r.within = within
	r.conditions[key] = t
	return t
}

// test evaluates a condition function.
func (r *run) test(n *document.Node, sc *scope) truth {
	name, arg := intrinsic(n)
	switch {
	case name == "Condition":
		return r.condition(sc.substitute(arg.Value), sc)
	case name == "" && n.Kind == document.Map && len(n.Fields) == 1 && n.Fields[0].Key.Value == "Condition":
		return r.condition(sc.substitute(n.Fields[0].Value.Value), sc)
	case name == "Fn::Equals" && len(arg.Items) == 2:
		return r.equals(arg.Items[0], arg.Items[1], sc)
	case name == "Fn::Not" && len(arg.Items) == 1:
		t := r.test(arg.Items[0], sc)
		t.Level = value.Yes - t.Level
		return t
	case name == "Fn::And", name == "Fn::Or":
		return r.all(name == "Fn::And", arg.Items, sc)
	default:
		return truth{value.Maybe, "a condition is no condition function"}
	}
}

// all joins conditions; the first that decides ends it, so that the questions of
// the others are not asked.
func (r *run) all(and bool, items []*document.Node, sc *scope) truth {
	decides, out := value.Yes, truth{Level: value.No}
	if and {
		decides, out = value.No, truth{Level: value.Yes}
	}
	for _, item := range items {
		t := r.test(item, sc)
		if t.Level == decides {
			return t
		}
		if t.Level == value.Maybe && (out.Level != value.Maybe || out.broken == "") {
			out = t
		}
	}
	return out
}

// equals compares two expressions. Where nothing decides it, whether it holds is
// a question of its own.
func (r *run) equals(a, b *document.Node, sc *scope) truth {
	va, vb := r.resolve(a, sc), r.resolve(b, sc)
	if vb.known() {
		va, vb = vb, va
	}
	switch {
	case va.known() && vb.known():
		return decided(va.s == vb.s)
	case va.known() && vb.kind == value.Opaque && !vb.why.Partial.CanBe(va.s):
		return decided(false)
	}
	ca, cb := r.canon(a, sc), r.canon(b, sc)
	if ca == cb {
		return decided(true)
	}
	if ca > cb {
		ca, cb = cb, ca
	}
	about := "a comparison"
	if r.within != "" {
		about = "the comparison in condition " + safe(r.within)
	}
	return truth{Level: r.holds(sc.stack.path+"Equals "+ca+" "+cb, about)}
}

func decided(b bool) truth {
	if b {
		return truth{Level: value.Yes}
	}
	return truth{Level: value.No}
}

// ifs takes the branch that the condition chooses.
func (r *run) ifs(arg, at *document.Node, sc *scope) val {
	if len(arg.Items) != 3 {
		return opaque(at, sc, &value.Why{Text: "!If wants a condition and two values"})
	}
	name := sc.substitute(conditionName(arg.Items[0]))
	if name == "" {
		return opaque(at, sc, &value.Why{Text: "!If wants the name of a condition"})
	}
	t := r.condition(name, sc)
	switch t.Level {
	case value.Yes:
		return r.resolve(arg.Items[1], sc)
	case value.No:
		return r.resolve(arg.Items[2], sc)
	}
	if t.broken != "" {
		return opaque(at, sc, &value.Why{Text: call("Fn::If", name) + ": " + t.broken})
	}
	then, els := r.resolve(arg.Items[1], sc), r.resolve(arg.Items[2], sc)
	if then.known() && els.known() && then.s == els.s {
		return then.moved(at, sc)
	}
	return opaque(at, sc, &value.Why{Text: call("Fn::If", name) + ", a condition that nothing decides"})
}

// conditionName reads the first argument of Fn::If, which is a name, or
// {Condition: name}.
func conditionName(n *document.Node) string {
	if c := n.Get("Condition"); c != nil {
		return c.Value
	}
	return n.Value
}

// canon writes an expression in one form, whichever it is written in, so that
// two that say the same are the same question.
func (r *run) canon(n *document.Node, sc *scope) string {
	var b strings.Builder
	r.writeCanon(&b, n, sc, 0)
	return b.String()
}

func (r *run) writeCanon(b *strings.Builder, n *document.Node, sc *scope, depth int) {
	if n == nil || depth > maxDepth || b.Len() > 4096 {
		fmt.Fprintf(b, "?%p", n) // too long to compare: equal to itself only
		return
	}
	name, arg := intrinsic(n)
	switch name {
	case "":
		r.writeCanonLiteral(b, n, sc, depth)
		return
	case "Ref":
		id := sc.substitute(arg.Value)
		if p, ok := sc.stack.parameters[id]; ok && p.given != nil {
			r.writeCanon(b, p.given.node, p.given.scope, depth+1)
			return
		}
		if v := (&run{prog: r.prog}).ref(id, n, sc); v.known() {
			b.WriteString("'" + v.s + "'")
			return
		}
		b.WriteString("Ref " + sc.stack.path + id)
		return
	case "Fn::GetAtt":
		id, attr := attribute(arg, sc)
		b.WriteString("GetAtt " + sc.stack.path + id + "." + attr)
		return
	case "Fn::Sub":
		b.WriteString("Sub " + sc.stack.path)
	default:
		b.WriteString(name + " ")
	}
	if arg == n {
		r.writeCanonLiteral(b, untagged(n), sc, depth)
		return
	}
	r.writeCanon(b, arg, sc, depth+1)
}

func (r *run) writeCanonLiteral(b *strings.Builder, n *document.Node, sc *scope, depth int) {
	switch n.Kind {
	case document.List:
		b.WriteByte('[')
		for _, item := range n.Items {
			r.writeCanon(b, item, sc, depth+1)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case document.Map:
		b.WriteByte('{')
		for _, f := range n.Fields {
			b.WriteString(f.Key.Value + ":")
			r.writeCanon(b, f.Value, sc, depth+1)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	default:
		b.WriteString("'" + sc.substitute(scalar(n)) + "'")
	}
}
