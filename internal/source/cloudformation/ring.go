package cloudformation

import "github.com/ecsentry/ecsentry/internal/document"

// rings finds the conditions that depend on themselves, through others or not:
// CloudFormation refuses a template that has any. It is Tarjan's algorithm for
// strongly connected components.
func rings(s *stack) map[string]bool {
	f := ringFinder{stack: s, index: map[string]int{}, low: map[string]int{}, open: map[string]bool{}, rings: map[string]bool{}}
	for _, name := range s.inOrder {
		if _, seen := f.index[name]; !seen {
			f.visit(name)
		}
	}
	return f.rings
}

type ringFinder struct {
	stack      *stack
	index, low map[string]int
	path       []string
	open       map[string]bool // on the path
	rings      map[string]bool
}

func (f *ringFinder) visit(name string) {
	n := len(f.index)
	f.index[name], f.low[name] = n, n
	f.path = append(f.path, name)
	f.open[name] = true
	c := f.stack.conditions[name]
	for _, other := range references(c.node, c.scope, 0, nil) {
		if _, ok := f.stack.conditions[other]; !ok {
			continue
		}
		if other == name {
			f.rings[name] = true
		}
		if _, seen := f.index[other]; !seen {
			f.visit(other)
			f.low[name] = min(f.low[name], f.low[other])
		} else if f.open[other] {
			f.low[name] = min(f.low[name], f.index[other])
		}
	}
	if f.low[name] != n {
		return
	}
	for i := len(f.path) - 1; ; i-- {
		member := f.path[i]
		f.open[member] = false
		if member == name {
			for _, m := range f.path[i:] {
				if len(f.path[i:]) > 1 {
					f.rings[m] = true
				}
			}
			f.path = f.path[:i]
			return
		}
	}
}

// references lists the conditions that an expression names.
func references(n *document.Node, sc *scope, depth int, into []string) []string {
	if n == nil || depth > maxDepth {
		return into
	}
	switch name, arg := intrinsic(n); {
	case name == "Condition":
		return append(into, sc.substitute(arg.Value))
	case name == "Fn::If" && len(arg.Items) > 0:
		into = append(into, sc.substitute(conditionName(arg.Items[0])))
	case name == "" && n.Kind == document.Map && len(n.Fields) == 1 && n.Fields[0].Key.Value == "Condition":
		return append(into, sc.substitute(n.Fields[0].Value.Value))
	}
	for _, item := range n.Items {
		into = references(item, sc, depth+1, into)
	}
	for _, f := range n.Fields {
		into = references(f.Value, sc, depth+1, into)
	}
	return into
}
