package worldstest

import (
	"math/rand/v2"
	"strings"
)

// A node is a template or a part of one: string, bool, int, *object or *list.
// Intrinsic functions are in their long form, as objects of one field.
type node any

type field struct {
	key string
	val node
}

type object struct{ fields []field }

type list struct{ items []node }

func obj(kv ...any) *object {
	o := &object{}
	for i := 0; i < len(kv); i += 2 {
		o.fields = append(o.fields, field{kv[i].(string), kv[i+1]})
	}
	return o
}

func arr(items ...node) *list { return &list{items} }

func strs(items ...string) *list {
	l := &list{}
	for _, s := range items {
		l.items = append(l.items, s)
	}
	return l
}

func (o *object) get(key string) node {
	if o == nil {
		return nil
	}
	for _, f := range o.fields {
		if f.key == key {
			return f.val
		}
	}
	return nil
}

// sub is a field that is an object, an empty one if it is not there.
func (o *object) sub(key string) *object {
	if s, ok := o.get(key).(*object); ok {
		return s
	}
	return &object{}
}

func (o *object) set(key string, v node) {
	for i := range o.fields {
		if o.fields[i].key == key {
			o.fields[i].val = v
			return
		}
	}
	o.fields = append(o.fields, field{key, v})
}

func ref(name string) node { return obj("Ref", name) }

func call(fn string, args ...node) node { return obj("Fn::"+fn, arr(args...)) }

func noValueRef() node { return ref("AWS::NoValue") }

// called recognises an intrinsic function.
func called(n node) (fn string, arg node) {
	o, ok := n.(*object)
	if !ok || len(o.fields) != 1 {
		return "", nil
	}
	f := o.fields[0]
	if f.key == "Ref" || strings.HasPrefix(f.key, "Fn::") {
		return f.key, f.val
	}
	return "", nil
}

// conditional recognises, in a condition, the use of another one.
func conditional(n node) (name string, ok bool) {
	o, isObject := n.(*object)
	if !isObject || len(o.fields) != 1 || o.fields[0].key != "Condition" {
		return "", false
	}
	name, ok = o.fields[0].val.(string)
	return name, ok
}

func args(n node) []node {
	if l, ok := n.(*list); ok {
		return l.items
	}
	return []node{n}
}

func clone(n node) node {
	switch n := n.(type) {
	case *object:
		c := &object{}
		for _, f := range n.fields {
			c.fields = append(c.fields, field{f.key, clone(f.val)})
		}
		return c
	case *list:
		c := &list{}
		for _, item := range n.items {
			c.items = append(c.items, clone(item))
		}
		return c
	default:
		return n
	}
}

// shuffled is the same template in another order: of sections, declarations and
// properties, and of the sides of what has no order.
func shuffled(n node, r *rand.Rand) node {
	switch n := n.(type) {
	case *object:
		c := &object{}
		for _, i := range r.Perm(len(n.fields)) {
			c.fields = append(c.fields, field{n.fields[i].key, shuffled(n.fields[i].val, r)})
		}
		if l, ok := c.get("Fn::Equals").(*list); ok && len(l.items) == 2 && r.IntN(2) == 0 {
			l.items[0], l.items[1] = l.items[1], l.items[0]
		}
		return c
	case *list:
		c := &list{}
		for _, item := range n.items {
			c.items = append(c.items, shuffled(item, r))
		}
		return c
	default:
		return n
	}
}

// A template is its tree, and what the user says of its parameters.
type template struct {
	root      *object
	overrides map[string]string
}

func (t *template) section(name string) *object { return t.root.sub(name) }

// with is the template with more parameters said.
func (t *template) with(overrides map[string]string) *template {
	c := &template{root: t.root, overrides: map[string]string{}}
	for k, v := range t.overrides {
		c.overrides[k] = v
	}
	for k, v := range overrides {
		c.overrides[k] = v
	}
	return c
}
