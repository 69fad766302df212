package cloudformation

import (
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// ref resolves a name: a loop variable, a pseudo parameter, a parameter or a
// resource.
func (r *run) ref(name string, at *document.Node, sc *scope) val {
	if s, ok := sc.vars[name]; ok {
		return composed(s, at, sc, loopPart(s, name, at, sc))
	}
	if name == "AWS::NoValue" {
		return val{kind: value.Nothing, at: at, scope: sc}
	}
	if strings.HasPrefix(name, "AWS::") {
		return r.pseudo(name, at, sc)
	}
	if p, ok := sc.stack.parameters[name]; ok {
		return r.parameter(p, at, sc)
	}
	if res, ok := sc.stack.byID[name]; ok {
		v := opaque(at, sc, &value.Why{Text: call("Ref", name) + ", a resource's name is known only where it is deployed", Hint: deployed})
		v.names = res
		if res.typ == typeCapacityProvider { // ECS keeps these names for itself
			v.why.Partial = value.Partial{Pieces: []string{"", ""}, Not: []string{"FARGATE", "FARGATE_SPOT"}}
		}
		return v
	}
	return opaque(at, sc, &value.Why{Text: call("Ref", name) + " names nothing in the template"})
}

func loopPart(s, name string, at *document.Node, sc *scope) []val {
	if !strings.Contains(s, hole) {
		return nil
	}
	return []val{opaque(at, sc, &value.Why{Text: "the loop variable " + safe(name) + " has values that are not known here"})}
}

// pseudo is a pseudo parameter. A file does not know where it is deployed, and
// the environment of whoever scans it never decides; --parameter does.
func (r *run) pseudo(name string, at *document.Node, sc *scope) val {
	if s, ok := r.prog.overrides[name]; ok {
		return val{kind: value.String, at: at, scope: sc, s: s, via: name}
	}
	return r.answer(r.pseudoTerm(name, sc), at, sc)
}

func (r *run) pseudoTerm(name string, sc *scope) *term {
	key := name
	if strings.HasPrefix(name, "AWS::Stack") { // each nested stack has its own
		key = sc.stack.path + name
	}
	return r.prog.term(key, func() *term {
		return &term{name: name, call: call("Ref", name), what: "which the template does not know", set: true}
	})
}

// parameter is the value of a parameter: what the stack that nests this one
// gives, what the user says, else the default.
func (r *run) parameter(p *parameter, at *document.Node, sc *scope) val {
	switch {
	case p.given != nil:
		v := r.resolve(p.given.node, p.given.scope)
		if v.kind == value.Nothing {
			break // as if the parent gave nothing
		}
		if p.list() && v.known() {
			return list(v.s, at, sc)
		}
		v = v.moved(at, sc)
		v.via = "parameter " + safe(p.name)
		return v
	case sc.stack.parent == nil && r.overridden(p.name):
		return p.of(r.prog.overrides[p.name], at, sc)
	}
	switch {
	case p.value != nil && !p.stored():
		if p.value.Kind == document.List || p.value.Kind == document.Map {
			return opaque(at, sc, &value.Why{Text: call("Ref", p.name) + ", whose default is no string"})
		}
		return p.of(scalar(p.value), at, sc)
	case p.list():
		return opaque(at, sc, &value.Why{Text: call("Ref", p.name) + ", a list parameter without a value", Terms: []string{p.name}})
	}
	return r.answer(r.parameterTerm(p, sc), at, sc)
}

func (r *run) overridden(name string) bool {
	_, ok := r.prog.overrides[name]
	return ok
}

// of is a text as a value of the parameter's type.
func (p *parameter) of(s string, at *document.Node, sc *scope) val {
	if p.list() {
		v := list(s, at, sc)
		for i := range v.items {
			v.items[i].via = "parameter " + safe(p.name)
		}
		return v
	}
	v := composed(s, at, sc, nil)
	v.via = "parameter " + safe(p.name)
	return v
}

// list splits the value of a list parameter.
func list(s string, at *document.Node, sc *scope) val {
	v := val{kind: value.Sequence, at: at, scope: sc}
	if s == "" {
		return v
	}
	for item := range strings.SplitSeq(s, ",") {
		v.items = append(v.items, composed(strings.TrimSpace(item), at, sc, nil))
	}
	return v
}

func (r *run) parameterTerm(p *parameter, sc *scope) *term {
	return r.prog.term(sc.stack.path+"Ref "+p.name, func() *term {
		t := &term{name: p.name, call: call("Ref", p.name), what: "a parameter without a value", set: sc.stack.parent == nil, hidden: p.secret}
		switch {
		case p.stored():
			t.what = "a parameter whose value is kept in the Parameter Store"
		case sc.stack.parent != nil:
			t.name, t.what = sc.stack.path+p.name, "a parameter that the parent stack does not give"
		}
		if len(p.allowed) > 0 && !p.stored() {
			t.add(p.allowed...)
			t.closed = true
		}
		return t
	})
}

// termOf returns the term that an expression is, nil if it is none, or closed.
func (r *run) termOf(n *document.Node, sc *scope) *term {
	name, arg := intrinsic(n)
	switch name {
	case "Ref":
		id := sc.substitute(arg.Value)
		if _, loop := sc.vars[id]; loop || id == "AWS::NoValue" {
			return nil
		}
		if strings.HasPrefix(id, "AWS::") {
			if r.overridden(id) {
				return nil
			}
			return r.pseudoTerm(id, sc)
		}
		p, ok := sc.stack.parameters[id]
		switch {
		case !ok || p.list():
			return nil
		case p.given != nil:
			return r.termOf(p.given.node, p.given.scope)
		case sc.stack.parent == nil && r.overridden(id), p.value != nil && !p.stored():
			return nil
		}
		return r.parameterTerm(p, sc)
	case "Fn::ImportValue", "Fn::GetAtt":
		return r.deployedTerm(name, arg, n, sc)
	case "Fn::Sub":
		// "${Env}" alone is the parameter.
		if id, alone := strings.CutPrefix(arg.Value, "${"); alone && arg.Kind == document.String {
			if id, alone = strings.CutSuffix(id, "}"); alone && !strings.ContainsAny(id, "${}.!") {
				return r.termOf(&document.Node{Kind: document.String, Tag: "!Ref", Value: id, Start: n.Start, End: n.End}, sc)
			}
		}
	}
	return nil
}

// getAtt is an attribute: of a nested stack that is at hand its output, else
// something that only AWS knows.
func (r *run) getAtt(arg, at *document.Node, sc *scope) val {
	id, attr := attribute(arg, sc)
	if res, ok := sc.stack.byID[id]; ok {
		if output, found := strings.CutPrefix(attr, "Outputs."); found {
			if child := r.prog.stackOf(res); child != nil {
				if v := child.outputs.Get(output).Get("Value"); v != nil {
					return r.resolve(v, child.scope).moved(at, sc)
				}
			}
		}
		v := r.answer(r.deployedTerm("Fn::GetAtt", arg, at, sc), at, sc)
		v.names = res
		return v
	}
	return r.answer(r.deployedTerm("Fn::GetAtt", arg, at, sc), at, sc)
}

// deployedTerm is what only AWS knows: an attribute of a resource, or what
// another stack exports.
func (r *run) deployedTerm(name string, arg, n *document.Node, sc *scope) *term {
	return r.prog.term(sc.stack.path+r.canon(n, sc), func() *term {
		t := &term{call: call(name, arg.Value), what: "known only where it is deployed"}
		if name == "Fn::GetAtt" {
			id, attr := attribute(arg, sc)
			t.call = call(name, id+"."+attr)
		}
		t.name = t.call
		return t
	})
}

// attribute splits the argument of Fn::GetAtt: "A.B.C" or [A, B.C].
func attribute(arg *document.Node, sc *scope) (id, attr string) {
	if arg.Kind == document.List && len(arg.Items) == 2 {
		return sc.substitute(arg.Items[0].Value), sc.substitute(arg.Items[1].Value)
	}
	id, attr, _ = strings.Cut(sc.substitute(arg.Value), ".")
	return id, attr
}
