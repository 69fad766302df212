package worldstest

import (
	"fmt"
	"strconv"
	"strings"
)

// special values that an expression can come to, besides string, bool, int,
// map[string]any and []any.
type special int

const (
	noValue special = iota // AWS::NoValue
	invalid                // the template cannot be deployed with this assignment
)

// A link is a Ref to a resource, or the attribute that is its ARN.
type link struct{ id string }

// An assignment gives each open term a value: string, or []string.
type assignment map[string]any

// A deployment is a template with everything decided.
type deployment struct {
	t       *template
	assign  assignment
	invalid bool // something in it cannot be deployed
	broken  bool // by a lookup with keys that are not open
}

func (d *deployment) bad() any {
	d.invalid = true
	return invalid
}

// eval resolves an expression to a plain value.
func (d *deployment) eval(n node) any {
	switch n := n.(type) {
	case *list:
		out := []any{}
		for _, item := range n.items {
			if v := d.eval(item); v != noValue {
				out = append(out, v)
			}
		}
		return out
	case *object:
		if fn, arg := called(n); fn != "" {
			return d.apply(fn, arg)
		}
		out := map[string]any{}
		for _, f := range n.fields {
			if v := d.eval(f.val); v != noValue {
				out[f.key] = v
			}
		}
		return out
	default:
		return n
	}
}

func (d *deployment) apply(fn string, arg node) any {
	a := args(arg)
	switch fn {
	case "Ref":
		return d.ref(arg.(string))
	case "Fn::If":
		switch yes, ok := d.condition(a[0].(string)); {
		case !ok:
			return d.bad()
		case yes:
			return d.eval(a[1])
		default:
			return d.eval(a[2])
		}
	case "Fn::GetAtt":
		id, attr := a[0].(string), a[1].(string)
		if attr == "Arn" || attr == "TaskDefinitionArn" {
			return link{id}
		}
		return d.assign[termOf(fn, arg)]
	case "Fn::ImportValue":
		return d.assign[termOf(fn, arg)]
	case "Fn::Sub":
		return d.substitute(a)
	case "Fn::Join":
		return d.join(a[0].(string), d.eval(a[1]))
	case "Fn::Split":
		s, ok := d.text(d.eval(a[1]))
		if !ok {
			return d.bad()
		}
		out := []any{}
		for _, part := range strings.Split(s, a[0].(string)) {
			out = append(out, part)
		}
		return out
	case "Fn::Select":
		return d.pick(d.eval(a[0]), d.eval(a[1]))
	case "Fn::FindInMap":
		return d.lookup(a)
	}
	panic("the naive evaluator does not know " + fn)
}

func (d *deployment) ref(name string) any {
	if name == "AWS::NoValue" {
		return noValue
	}
	if d.t.section("Resources").get(name) != nil {
		return link{name}
	}
	v, fixed := d.t.fixed(name)
	if !fixed {
		v = d.assign[name]
	}
	switch v := v.(type) {
	case []string:
		out := []any{}
		for _, s := range v {
			out = append(out, s)
		}
		return out
	case string:
		return v
	}
	panic(fmt.Sprintf("no value for %s", name))
}

// text is a value where a string is wanted.
func (d *deployment) text(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case int:
		return strconv.Itoa(v), true
	case link:
		s, ok := d.assign["Ref "+v.id].(string)
		return s, ok
	}
	return "", false
}

func (d *deployment) join(by string, v any) any {
	items, ok := v.([]any)
	if !ok {
		return d.bad()
	}
	var parts []string
	for _, item := range items {
		s, ok := d.text(item)
		if !ok {
			return d.bad()
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, by)
}

func (d *deployment) pick(index, from any) any {
	s, ok := d.text(index)
	items, isList := from.([]any)
	i, err := strconv.Atoi(s)
	if !ok || !isList || err != nil || i < 0 || i >= len(items) {
		return d.bad()
	}
	return items[i]
}

// substitute is Fn::Sub, with or without variables of its own.
func (d *deployment) substitute(a []node) any {
	var vars *object
	if len(a) == 2 {
		vars, _ = a[1].(*object)
	}
	out, ok := "", true
	for _, p := range pieces(a[0].(string)) {
		if !p.variable {
			out += p.text
			continue
		}
		var v any
		if own := vars.get(p.text); own != nil {
			v = d.eval(own)
		} else {
			v = d.eval(p.expression())
		}
		s, good := d.text(v)
		ok = ok && good
		out += s
	}
	if !ok {
		return d.bad()
	}
	return out
}

// A piece of a string for Fn::Sub.
type piece struct {
	text     string
	variable bool
}

// expression is what a variable that Fn::Sub does not define itself means.
func (p piece) expression() node {
	if id, attr, ok := strings.Cut(p.text, "."); ok {
		return call("GetAtt", id, attr)
	}
	return ref(p.text)
}

func pieces(s string) []piece {
	var out []piece
	for {
		i := strings.Index(s, "${")
		if i < 0 {
			return append(out, piece{text: s})
		}
		end := i + strings.Index(s[i:], "}")
		out = append(out, piece{text: s[:i]})
		if inner := s[i+2 : end]; strings.HasPrefix(inner, "!") {
			out = append(out, piece{text: "${" + inner[1:] + "}"})
		} else {
			out = append(out, piece{text: inner, variable: true})
		}
		s = s[end+1:]
	}
}

func (d *deployment) lookup(a []node) any {
	name, _ := d.text(d.eval(a[0]))
	at := d.t.section("Mappings").sub(name)
	first, ok1 := d.text(d.eval(a[1]))
	second, ok2 := d.text(d.eval(a[2]))
	if !ok1 || !ok2 {
		return d.bad()
	}
	if v := at.sub(first).get(second); v != nil {
		return d.eval(v)
	}
	if len(a) == 4 {
		return d.eval(a[3].(*object).get("DefaultValue"))
	}
	d.broken = d.broken || len(d.t.termsIn(arr(a[0], a[1], a[2]))) == 0
	return d.bad()
}

// condition evaluates a condition by its name; not ok if it cannot be deployed.
func (d *deployment) condition(name string) (yes, ok bool) {
	return d.test(d.t.section("Conditions").get(name))
}

func (d *deployment) test(n node) (yes, ok bool) {
	if name, is := conditional(n); is {
		return d.condition(name)
	}
	o := n.(*object)
	fn, a := o.fields[0].key, args(o.fields[0].val)
	switch fn {
	case "Fn::Equals":
		x, ok1 := d.text(d.eval(a[0]))
		y, ok2 := d.text(d.eval(a[1]))
		return x == y, ok1 && ok2
	case "Fn::Not":
		yes, ok = d.test(a[0])
		return !yes, ok
	case "Fn::And", "Fn::Or":
		// All are evaluated, and one that decides does so whatever the others are.
		decides := fn == "Fn::Or"
		found, good := false, true
		for _, item := range a {
			yes, ok := d.test(item)
			found = found || ok && yes == decides
			good = good && ok
		}
		return found == decides, found || good
	}
	panic("the naive evaluator does not know the condition " + fn)
}
