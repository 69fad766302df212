package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// work estimates how many values evaluating an expression makes, given how large
// what it refers to is. Loops in loops and functions that multiply make much of
// little.
func work(node hclsyntax.Node, sizeOf func(hcl.Traversal) int) int {
	w := &worker{sizeOf: sizeOf}
	_ = hclsyntax.Walk(node, w)
	return w.result
}

// A worker walks an expression once.
type worker struct {
	sizeOf func(hcl.Traversal) int
	frames []frame
	bound  []boundNames // by the loops around
	result int
}

type frame struct {
	in    int // what a loop goes over
	total int // of the other children
	scope bool
}

type boundNames struct {
	names map[string]struct{}
	size  int
}

func (w *worker) Enter(n hclsyntax.Node) hcl.Diagnostics {
	f := frame{}
	if c, ok := n.(hclsyntax.ChildScope); ok && len(w.frames) > 0 {
		w.bound = append(w.bound, boundNames{c.LocalNames, w.frames[len(w.frames)-1].in})
		f.scope = true
	}
	w.frames = append(w.frames, f)
	return nil
}

func (w *worker) Exit(n hclsyntax.Node) hcl.Diagnostics {
	f := w.frames[len(w.frames)-1]
	w.frames = w.frames[:len(w.frames)-1]
	if f.scope {
		w.bound = w.bound[:len(w.bound)-1]
	}
	cost := w.cost(n, f)
	if len(w.frames) == 0 {
		w.result = cost
		return nil
	}
	up := &w.frames[len(w.frames)-1]
	if up.in == 0 { // loops walk what they go over first
		up.in = cost
	} else {
		up.total = limited(up.total, 1, cost)
	}
	return nil
}

func (w *worker) cost(n hclsyntax.Node, f frame) int {
	all := limited(f.in, 1, f.total)
	switch n := n.(type) {
	case *hclsyntax.ForExpr, *hclsyntax.SplatExpr:
		return limited(f.in, f.in, f.total+1)
	case *hclsyntax.LiteralValueExpr:
		if isString(n.Val) && hugeNumber(n.Val.AsString()) {
			return 2 * maxWork
		}
		return 1
	case *hclsyntax.ScopeTraversalExpr:
		return 1 + w.size(n.Traversal)
	case *hclsyntax.FunctionCallExpr:
		switch n.Name {
		case "range":
			return limited(all, 1, 2048)
		case "join", "replace", "setproduct", "formatlist", "indent", "chunklist", "templatefile":
			return limited(all, min(all, 1<<12), all)
		}
	}
	return all + 1
}

func (w *worker) size(t hcl.Traversal) int {
	for i := len(w.bound) - 1; i >= 0; i-- {
		if _, ok := w.bound[i].names[t.RootName()]; ok {
			return w.bound[i].size
		}
	}
	return w.sizeOf(t)
}

// limited is a + times × b, not above the limit by far.
func limited(a, times, b int) int {
	return min(a+min(times, maxWork)*min(b, maxWork), 2*maxWork)
}
