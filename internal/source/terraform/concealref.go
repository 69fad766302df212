package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

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

// maxSearches bounds for how many references of a resource a part of what they lead
// to is looked for, and maxBelow how far below: beyond that all of it is concealed.
// References may go round in a ring, and each turn of it may add a step.
const (
	maxSearches = 10_000
	maxBelow    = 64
)

// A search is for what lies below some steps in an expression.
type search struct {
	at    written
	steps []string
}

// A looked is a search that was made.
type looked struct {
	turned
	steps string
}

// later notes what a reference leads to. It comes in its turn, so that nobody has to
// go as deep as references lead.
func (c *concealer) later(at written, steps []string) {
	if len(c.looked) >= maxSearches || len(steps) > maxBelow {
		steps = nil
	}
	this := looked{turnedOf(at), strings.Join(steps, "\x00")}
	if !c.looked[this] {
		c.looked[this] = true
		c.todo = append(c.todo, search{at, steps})
	}
}

// drain conceals all that references lead to.
func (c *concealer) drain() {
	for len(c.todo) > 0 {
		next := c.todo[len(c.todo)-1]
		c.todo = c.todo[:len(c.todo)-1]
		c.within(next.at, next.steps)
	}
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
			c.later(written{t.outer, t.loop.CollExpr}, append(append([]string{name}, rest...), steps...))
			return
		}
	}
	switch {
	case root == "each" && len(rest) > 0 && rest[0] == "value":
		c.each(r, append(rest[1:], steps...))
	case len(rest) == 0:
	case root == "local":
		if x := r.scope.config.locals[rest[0]]; x != nil {
			c.later(written{r.scope.instance.scope().reader(x.file), x.Expression}, append(rest[1:], steps...))
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
	c.later(written{r.scope.instance.scope().reader(all.file), all.Expression}, steps)
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
			c.later(at, steps)
			break
		}
		// Of a value that does not count the elements are others.
		any := slices.Clone(steps)
		for n := range any {
			if _, err := strconv.Atoi(any[n]); err == nil {
				any[n] = anyElement
			}
		}
		c.later(at, any)
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
		case *hclsyntax.LiteralValueExpr:
			return
		case *hclsyntax.ConditionalExpr:
			c.within(written{at.reader, e.TrueResult}, steps)
			c.within(written{at.reader, e.FalseResult}, steps)
			return
		case *hclsyntax.ForExpr:
			if steps[0] == anyElement && e.KeyExpr == nil {
				next = e.ValExpr
			}
		case *hclsyntax.FunctionCallExpr:
			switch e.Name {
			case "merge", "concat", "jsonencode", "flatten":
				for _, x := range e.Args {
					c.within(written{at.reader, x}, steps)
				}
				return
			}
		case *hclsyntax.ObjectConsExpr:
			unknown := false
			for _, item := range e.Items {
				k, _ := at.scope.value(item.KeyExpr).Unmark()
				unknown = unknown || !isString(k)
				if isString(k) && (k.AsString() == steps[0] || steps[0] == anyElement) {
					next = item.ValueExpr
				}
			}
			if next == nil && !unknown {
				return
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
		if _, list := native(at.e).(*hclsyntax.TupleConsExpr); list && next == nil && steps[0] == anyElement {
			return
		}
		if next == nil {
			break
		}
		at.e, steps = next, steps[1:]
	}
	c.expression(at)
}
