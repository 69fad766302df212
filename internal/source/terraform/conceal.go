package terraform

import (
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// concealed are the parts of a file that no output may show: values of
// environment variables, commands, labels and log options, and what they are made
// of.
func (w *rewriter) concealed(name string) []ecsentry.Span {
	if w.hidden == nil {
		c := &concealer{rewriter: w, spans: map[string][]ecsentry.Span{}}
		w.hidden = c.spans
		for _, r := range w.run.all {
			if r.typ == typeTaskDefinition {
				w.run.steps = 0
				c.resource, c.done = r, map[turned]bool{}
				c.taskDefinition()
			}
		}
	}
	return w.hidden[name]
}

// A concealer looks for what is to be concealed.
type concealer struct {
	*rewriter
	resource *hclResource
	spans    map[string][]ecsentry.Span
	done     map[turned]bool
}

// A turned is an expression in a turn of the loop around it.
type turned struct {
	e   hcl.Expression
	key string
}

func (c *concealer) taskDefinition() {
	s, ok := walk(c.resource, []string{"containerDefinitions"})
	if !ok {
		return
	}
	if s.node().kind != value.Sequence || s.node().rest != nil {
		c.hide(s) // nobody can tell what is in it
	}
	for name := range s.elements() {
		at := s.down(name)
		for _, p := range [][]string{{"command"}, {"entryPoint"}, {"healthCheck", "command"}, {"dockerLabels"}, {"logConfiguration", "options"}} {
			c.hide(at.down(p...))
		}
		list := at.down("environment")
		if list.node() != nil && (list.node().kind != value.Sequence || list.node().rest != nil) {
			c.hide(list)
		}
		for i := range list.elements() {
			c.hide(list.down(i, "value"))
		}
	}
}

// hide conceals what is written for a node.
func (c *concealer) hide(s spot) {
	n := s.node()
	if n == nil || !s.written() && n.kind != value.Null {
		return
	}
	if n.json != nil {
		c.hideJSON(n)
		return
	}
	for i := len(s.path) - 1; i >= 0; i-- {
		switch from := s.path[i].traced().from; {
		case from == nil:
		case i == len(s.path)-1:
			c.expression(*from)
			return
		default: // it lies in what a reference leads to
			c.references(*from, s.names[i:])
			return
		}
	}
}

func (c *concealer) add(file string, from, to int) {
	span := ecsentry.Span{Start: int32(from), End: int32(to)}
	if !slices.Contains(c.spans[file], span) {
		c.spans[file] = append(c.spans[file], span)
	}
}

// expression conceals values that are written out, but no keys, and what they
// refer to.
func (c *concealer) expression(at written) {
	this := turned{e: at.e}
	if at.turn != nil {
		key, _ := at.turn.key.Unmark()
		this.key, _ = stringOf(key)
	}
	if c.done[this] {
		return
	}
	c.done[this] = true
	in := func(e hclsyntax.Expression) { c.expression(written{at.reader, e}) }
	switch e := native(at.e).(type) {
	case *hclsyntax.ParenthesesExpr:
		in(e.Expression)
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			in(item.ValueExpr)
		}
	case *hclsyntax.TupleConsExpr:
		for _, x := range e.Exprs {
			in(x)
		}
	case *hclsyntax.ConditionalExpr:
		in(e.TrueResult)
		in(e.FalseResult)
	case *hclsyntax.ForExpr:
		in(e.ValExpr)
		c.references(written{at.reader, e.CollExpr}, nil)
	case *hclsyntax.FunctionCallExpr:
		switch e.Name {
		case "merge", "concat", "flatten", "jsonencode":
			for _, x := range e.Args {
				in(x)
			}
			return
		}
		c.leaf(at)
	default:
		c.leaf(at)
	}
}

// leaf conceals an expression as a whole.
func (c *concealer) leaf(at written) {
	r := at.e.Range()
	if at.file != nil && !at.file.json {
		c.add(at.file.Name, r.Start.Byte, r.End.Byte)
	}
	c.references(at, nil)
}

// references conceals what an expression refers to; of one that is a reference
// and nothing else, what lies below some steps.
func (c *concealer) references(at written, steps []string) {
	e, ok := native(at.e).(hclsyntax.Node)
	if !ok {
		return
	}
	if _, ok := e.(*hclsyntax.ScopeTraversalExpr); !ok {
		steps = nil
	}
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		if t, ok := n.(*hclsyntax.ScopeTraversalExpr); ok {
			c.reference(at.reader, t, steps)
		}
		return nil
	})
}

// reference conceals what a reference leads to.
func (c *concealer) reference(r reader, e *hclsyntax.ScopeTraversalExpr, steps []string) {
	rest, ok := names(e.Traversal, 1)
	if !ok {
		rest = rest[:min(1, len(rest))]
	}
	root := e.Traversal.RootName()
	for t := r.turn; t != nil; t = t.outer.turn {
		if root == t.loop.ValVar {
			key, _ := t.key.Unmark()
			name, _ := stringOf(key)
			c.within(written{t.outer, t.loop.CollExpr}, append(append([]string{name}, rest...), steps...))
			return
		}
	}
	switch {
	case root == "each" && len(rest) > 0 && rest[0] == "value":
		c.each(r, append(rest[1:], steps...))
	case len(rest) == 0:
	case root == "local":
		if x := r.scope.config.locals[rest[0]]; x != nil {
			c.within(written{r.scope.instance.scope().reader(x.file), x.Expression}, append(rest[1:], steps...))
		}
	case root == "var":
		c.variable(r.scope.instance, rest[0], append(rest[1:], steps...))
	}
}

// each conceals what for_each gives a resource, or a call of its module.
func (c *concealer) each(r reader, steps []string) {
	owner := c.resource.declared
	for i := c.resource.scope.instance; i != r.scope.instance; i = i.caller.instance {
		if i.call == nil {
			return
		}
		owner = i.call
	}
	all := owner.attribute("for_each")
	if all == nil {
		return
	}
	if each, _ := r.scope.vars["each"].Unmark(); each.IsKnown() && each.Type().IsObjectType() {
		name, _ := stringOf(each.GetAttr("key"))
		steps = append([]string{name}, steps...)
	} else {
		steps = nil
	}
	c.within(written{r.scope.instance.scope().reader(all.file), all.Expression}, steps)
}

// variable conceals all values that a variable may have here.
func (c *concealer) variable(i *instance, name string, steps []string) {
	d := i.config.variables[name]
	if d == nil {
		return
	}
	all := []written{}
	add := func(s scope, x *expression) {
		if x != nil {
			all = append(all, written{s.reader(x.file), x.Expression})
		}
	}
	add(i.scope(), d.attribute("default"))
	if i.call != nil {
		add(i.caller, i.call.attribute(name))
	} else {
		for _, file := range c.run.variableFiles() {
			add(i.scope(), c.fileOf(file, name))
		}
	}
	for k, at := range all {
		if k == len(all)-1 {
			c.within(at, steps)
			break
		}
		// Of a value that does not count the elements are others.
		any := slices.Clone(steps)
		for n := range any {
			if _, err := strconv.Atoi(any[n]); err == nil {
				any[n] = anyElement
			}
		}
		c.within(at, any)
	}
}

const anyElement = "*"

// within conceals what lies below some steps in an expression, all of it if that
// cannot be told.
func (c *concealer) within(at written, steps []string) {
	for len(steps) > 0 {
		next := hcl.Expression(nil)
		switch e := native(at.e).(type) {
		case *hclsyntax.ParenthesesExpr:
			at.e = e.Expression
			continue
		case *hclsyntax.ObjectConsExpr:
			for _, item := range e.Items {
				if k, _ := at.scope.value(item.KeyExpr).Unmark(); isString(k) && k.AsString() == steps[0] {
					next = item.ValueExpr
				}
			}
		case *hclsyntax.TupleConsExpr:
			for i, x := range e.Exprs {
				if steps[0] == anyElement {
					c.within(written{at.reader, x}, steps[1:])
					continue
				}
				if strconv.Itoa(i) == steps[0] {
					next = x
				}
			}
		case *hclsyntax.ScopeTraversalExpr:
			c.reference(at.reader, e, steps)
			return
		}
		if next == nil && steps[0] == anyElement {
			return
		}
		if next == nil {
			break
		}
		at.e, steps = next, steps[1:]
	}
	c.expression(at)
}
