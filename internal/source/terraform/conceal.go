package terraform

import (
	"slices"

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
				c.resource, c.done, c.looked = r, map[turned]bool{}, map[looked]bool{}
				c.taskDefinition()
				c.drain()
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
	looked   map[looked]bool
	todo     []search // that references lead to
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
	for _, path := range [][]string{
		{"command"}, {"entryPoint"}, {"healthCheck", "command"}, {"dockerLabels"}, {"logConfiguration", "options"},
		{"environment", anyElement, "value"},
	} {
		c.open(s, append([]string{anyElement}, path...))
		for name := range s.elements() {
			at, rest := s.down(name), path
			for len(rest) > 0 && rest[0] != anyElement && at.known() {
				at, rest = at.down(rest[0]), rest[1:]
			}
			if len(rest) == 0 {
				c.hide(at)
				continue
			}
			c.open(at, rest)
			for i := range at.elements() {
				c.hide(at.down(append([]string{i}, rest[1:]...)...))
			}
		}
	}
}

// known tells whether what is in a spot is there or not, for certain.
func (s spot) known() bool { return s.node() != nil && s.node().kind != value.Opaque }

// open conceals what lies below some steps in what nobody knows, as far as it is
// written out.
func (c *concealer) open(s spot, steps []string) {
	n := s.node()
	if n == nil || n.kind != value.Opaque && n.rest == nil || len(steps) == 0 {
		return
	}
	if from := n.traced().from; from != nil {
		c.within(*from, steps)
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

func turnedOf(at written) turned {
	out := turned{e: at.e}
	if at.turn != nil {
		key, _ := at.turn.key.Unmark()
		out.key, _ = stringOf(key)
	}
	return out
}

// expression conceals values that are written out, but no keys, and what they
// refer to.
func (c *concealer) expression(at written) {
	this := turnedOf(at)
	if c.done[this] {
		return
	}
	c.done[this] = true
	in := func(e hclsyntax.Expression) { c.expression(written{at.reader, e}) }
	switch e := native(at.e).(type) {
	case *hclsyntax.ParenthesesExpr:
		in(e.Expression)
	case *hclsyntax.LiteralValueExpr:
		if !e.Val.IsNull() {
			c.leaf(at)
		}
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
