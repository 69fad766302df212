package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ecsentry/ecsentry/value"
)

// An origin is where a node comes from, for those who edit that: it is known only
// while a run is tracing.
type origin struct {
	from   *written  // the innermost expression that is shown
	uses   []use     // the references that led to it, the outermost first
	block  *declared // of a resource
	nested *nested   // of a block in one
}

// A written is an expression as it is read.
type written struct {
	reader
	e hcl.Expression
}

// A use is a reference that led to a node, or to what the node lies in.
type use struct {
	written
	below int // how far down the node is
}

// A turn is one element of what a loop goes over.
type turn struct {
	loop  *hclsyntax.ForExpr
	key   cty.Value
	outer reader
}

// trace notes which expression a node shows.
func (r reader) trace(e hcl.Expression, n *node) *node {
	if r.scope.run.tracing && n.json == nil && (n.origin == nil || n.origin.from == nil) {
		o := n.traced()
		o.from = &written{r, native(e)}
		n.origin = &o
	}
	return n
}

// follow notes that a reference led to a node.
func (r reader) follow(e hcl.Expression, n *node) *node {
	if !r.scope.run.tracing {
		return n
	}
	return n.led([]use{{written: written{r, native(e)}}})
}

// hand gives a child the references that led to its parent.
func (n *node) hand(child value.Node) value.Node {
	in, ok := child.(*node)
	if !ok || n.origin == nil || len(n.origin.uses) == 0 {
		return child
	}
	uses := make([]use, len(n.origin.uses))
	for i, u := range n.origin.uses {
		u.below++
		uses[i] = u
	}
	return in.led(uses)
}

// led is the node with references that come before its own.
func (n *node) led(uses []use) *node {
	out, o := *n, n.traced()
	o.uses = append(uses, o.uses...)
	out.origin = &o
	return &out
}

func (n *node) traced() origin {
	if n.origin == nil {
		return origin{}
	}
	return *n.origin
}
