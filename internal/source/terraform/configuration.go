package terraform

import (
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
)

// A module is an instance of a module of a plan, with what the plan says of its
// source.
type module struct {
	address  string         // "module.app[0]", "" for the root
	parent   *module        // nil for the root
	config   *document.Node // of the module; nil if the plan does not say
	call     *document.Node // in the parent; nil for the root
	children []*module
	byName   map[string]*document.Node // the configuration of its resources, by type.name
}

// child is the instance of a module that one calls.
func (m *module) child(address string) *module {
	c := &module{address: address, parent: m}
	if name, ok := strings.CutPrefix(lastStep(address), "module."); ok {
		name, _ = cutIndex(name)
		c.call = m.config.Get("module_calls").Get(name)
		c.config = c.call.Get("module")
	}
	c.index()
	m.children = append(m.children, c)
	return c
}

func (m *module) index() {
	m.byName = map[string]*document.Node{}
	resources := m.config.Get("resources")
	if resources == nil {
		return
	}
	for _, r := range resources.Items {
		if mode := r.Get("mode"); mode != nil && mode.Value != "managed" {
			continue
		}
		if address := r.Get("address"); address != nil {
			m.byName[address.Value] = r
		}
	}
}

// An argument is what a plan knows of how an argument is set.
type argument struct {
	known bool // it depends on nothing that apply decides
	null  bool // it, or something that it is made of, is null
}

// argument says how an expression of the configuration is set. What is absent
// from it nobody set: that is for the caller to see.
func (p *plan) argument(m *module, expression *document.Node, depth int) argument {
	if depth > maxDepth || expression == nil || expression.Kind != document.Map {
		return argument{}
	}
	refs := references(expression)
	if len(refs) == 0 {
		// What HCL's JSON syntax refers to stands there as a text too.
		if c := expression.Get("constant_value"); c != nil {
			return argument{known: true, null: isNull(c)}
		}
		return argument{}
	}
	out := argument{known: true}
	for _, ref := range refs {
		name, ok := strings.CutPrefix(ref, "var.")
		if !ok {
			return argument{}
		}
		a := p.variable(m, name, depth+1)
		out.known, out.null = out.known && a.known, out.null || a.null
	}
	return out
}

// variable says what a variable, or an attribute of one, is in a module.
func (p *plan) variable(m *module, path string, depth int) argument {
	name, rest := path, ""
	if i := strings.IndexAny(path, ".["); i >= 0 {
		name, rest = path[:i], path[i:]
	}
	if m.parent == nil {
		if v := p.variables.Get(name); v != nil {
			return known(v.Get("value"), rest)
		}
	} else if e := m.call.Get("expressions").Get(name); e != nil {
		if a := p.argument(m.parent, e, depth); !a.null || rest != "" {
			return argument{known: a.known, null: a.null}
		}
		// A variable that may not be null takes its default instead. A plan does not
		// say which may, but would show the default: it marks only what is null.
		return argument{known: true, null: true}
	}
	return known(m.config.Get("variables").Get(name).Get("default"), rest)
}

// known is the value of a variable that the plan says, or what the steps lead to
// in it: .mode, [0], ["a.b"].
func known(v *document.Node, rest string) argument {
	if v == nil {
		return argument{}
	}
	for rest != "" && v != nil {
		var step string
		if rest[0] == '[' {
			end := closing(rest, 0)
			if end < 1 {
				return argument{}
			}
			step, rest = rest[1:end], rest[end+1:]
		} else {
			end := strings.IndexAny(rest[1:], ".[") + 1
			if end == 0 {
				end = len(rest)
			}
			step, rest = rest[1:end], rest[end:]
		}
		if key, err := strconv.Unquote(step); err == nil {
			step = key
		}
		if i, err := strconv.Atoi(step); err == nil && v.Kind == document.List {
			if i < 0 || i >= len(v.Items) {
				return argument{}
			}
			v = v.Items[i]
			continue
		}
		v = v.Get(step)
	}
	return argument{known: true, null: v == nil || isNull(v)}
}

func isNull(n *document.Node) bool {
	return n.Kind == document.Null || n.Kind == document.String && n.Value == ""
}

// references are those of an expression, without those that are only the
// beginning of the one before.
func references(expression *document.Node) []string {
	list := expression.Get("references")
	if list == nil {
		return nil
	}
	var out []string
	last := ""
	for _, r := range list.Items {
		if r.Kind != document.String {
			continue
		}
		if last != "" && strings.HasPrefix(last, r.Value) && strings.ContainsAny(last[len(r.Value):][:min(1, len(last)-len(r.Value))], ".[") {
			continue
		}
		last = r.Value
		out = append(out, last)
	}
	return out
}
