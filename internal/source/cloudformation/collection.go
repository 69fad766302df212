package cloudformation

import (
	"encoding/json"
	"strconv"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// findInMap looks a value up in a mapping, with a default where
// AWS::LanguageExtensions gives one.
func (r *run) findInMap(arg, at *document.Node, sc *scope) val {
	if len(arg.Items) < 3 {
		return opaque(at, sc, &value.Why{Text: "!FindInMap wants a map and two keys"})
	}
	var keys [3]val
	for i := range keys {
		keys[i] = r.resolve(arg.Items[i], sc)
		if keys[i].kind == value.Opaque && (i == 0 || !r.keyless(keys[i]) || r.termOf(arg.Items[i], sc) == nil || !named(arg.Items[0])) {
			why := keys[i].why
			return opaque(at, sc, &value.Why{Text: "!FindInMap by " + why.Text, Hint: why.Hint, Terms: why.Terms})
		}
	}
	m := sc.stack.mappings[keys[0].s]
	if m == nil && len(arg.Items) < 4 {
		return opaque(at, sc, &value.Why{Text: call("Fn::FindInMap", keys[0].s) + ", a mapping that is not in the template"})
	}
	n := m.Get(keys[1].s).Get(keys[2].s)
	if keys[1].kind != value.Opaque && keys[2].kind != value.Opaque && n != nil {
		v := r.looked(n, at, sc)
		v.via = "mapping " + safe(keys[0].s)
		for i := range v.items {
			v.items[i].via = v.via
		}
		return v
	}
	if sc.stack.macro != "" || sc.stack.root.Get("Mappings").Get("Fn::Transform") != nil || m.Get("Fn::Transform") != nil || m.Get(keys[1].s).Get("Fn::Transform") != nil {
		return opaque(at, sc, &value.Why{Text: call("Fn::FindInMap", keys[0].s) + ", to which a transform may add the key", Hint: deployed})
	}
	if len(arg.Items) == 4 {
		if d := arg.Items[3].Get("DefaultValue"); d != nil {
			return r.resolve(d, sc)
		}
	}
	why := call("Fn::FindInMap", keys[0].s) + ", which has no such key"
	if r.open(arg.Items[1], sc) || r.open(arg.Items[2], sc) {
		// Only the keys of the map are possible: with any other the stack cannot be
		// deployed.
		r.world.dead = why
	}
	return opaque(at, sc, &value.Why{Text: why})
}

// open says whether an expression depends on what this world answers.
func (r *run) open(n *document.Node, sc *scope) bool {
	return r.world != nil && r.world.exploring && !r.naming().resolve(n, sc).known()
}

// keyless says whether a key is a term in the world of "something else", which
// is none of the map's keys.
func (r *run) keyless(key val) bool {
	if r.world == nil || !r.world.exploring {
		return false
	}
	p := key.why.Partial
	return len(p.Pieces) == 2 && p.Pieces[0] == "" && p.Pieces[1] == "" && len(p.Not) > 0
}

// looked is a value of a mapping, at the place where it is used.
func (r *run) looked(n, at *document.Node, sc *scope) val {
	if n.Kind == document.List {
		v := val{kind: value.Sequence, at: at, scope: sc}
		for _, item := range n.Items {
			v.items = append(v.items, r.literal(item, sc).moved(at, sc))
		}
		return v
	}
	if n.Kind == document.Map {
		return opaque(at, sc, &value.Why{Text: "!FindInMap finds what is no value"})
	}
	return r.literal(n, sc).moved(at, sc)
}

// length is the number of elements of a list.
func (r *run) length(arg, at *document.Node, sc *scope) val {
	items, rest, ok := r.elements(arg, sc)
	if !ok || rest != nil {
		return opaque(at, sc, &value.Why{Text: rest.Text, Hint: rest.Hint, Terms: rest.Terms})
	}
	return val{kind: value.Number, at: at, scope: sc, s: strconv.Itoa(len(items))}
}

// toJSONString writes a value as JSON.
func (r *run) toJSONString(arg, at *document.Node, sc *scope) val {
	v, why := r.plain(r.resolve(arg, sc), 0)
	if why != nil {
		return opaque(at, sc, &value.Why{Text: why.Text, Hint: why.Hint, Terms: why.Terms})
	}
	b, err := json.Marshal(v)
	if err != nil {
		return opaque(at, sc, &value.Why{Text: "!ToJsonString of what is no JSON"})
	}
	return composed(string(b), at, sc, nil)
}

// plain is a value without its places; why says what of it is not known.
func (r *run) plain(v val, depth int) (any, *value.Why) {
	switch {
	case depth > maxDepth:
		return nil, &value.Why{Text: "a value nests too deep"}
	case v.kind == value.Opaque:
		return nil, v.why
	case v.kind == value.Boolean:
		return v.s == "true", nil
	case v.kind == value.Number:
		return json.Number(v.s), nil
	case v.kind == value.String:
		return v.s, nil
	case v.kind == value.Sequence:
		if v.rest != nil {
			return nil, v.rest
		}
		out := []any{}
		for _, item := range r.itemsOf(v) {
			if item.kind == value.Nothing {
				continue
			}
			p, why := r.plain(item, depth+1)
			if why != nil {
				return nil, why
			}
			out = append(out, p)
		}
		return out, nil
	case v.kind == value.Object:
		out := map[string]any{}
		for _, f := range v.node.Fields {
			field := r.resolve(f.Value, v.scope)
			if field.kind == value.Nothing {
				continue
			}
			p, why := r.plain(field, depth+1)
			if why != nil {
				return nil, why
			}
			out[v.scope.substitute(f.Key.Value)] = p
		}
		return out, nil
	default:
		return nil, nil
	}
}

// named says whether a mapping is named outright: only then are its keys among
// the answers of the terms that look something up in it.
func named(n *document.Node) bool {
	name, _ := intrinsic(n)
	return name == "" && n.Kind == document.String
}
