package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// A worker estimates the expressions of a scope.
type worker struct {
	scope scope
	bound []boundName // by the loops around, the innermost last
	anon  estimate    // the element of a splat
}

type boundName struct {
	name string
	is   estimate
}

// all puts expressions together.
func (w *worker) all(es ...hclsyntax.Expression) estimate {
	out := estimate{size: 1}
	for _, e := range es {
		if e != nil {
			out.add(w.of(e))
		}
	}
	out.length = out.size
	return out
}

func (w *worker) of(e hclsyntax.Expression) estimate {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		if isString(e.Val) && hugeNumber(e.Val.AsString()) {
			return estimate{work: 2 * maxWork}
		}
		return sized(e.Val)
	case *hclsyntax.ScopeTraversalExpr:
		return w.remembered(e)
	case *hclsyntax.AnonSymbolExpr:
		return w.anon
	case *hclsyntax.ParenthesesExpr:
		return w.of(e.Expression)
	case *hclsyntax.TemplateWrapExpr:
		return w.of(e.Wrapped)
	case *hclsyntax.TemplateJoinExpr:
		return w.of(e.Tuple)
	case *hclsyntax.ObjectConsKeyExpr:
		if hcl.ExprAsKeyword(e.Wrapped) != "" && !e.ForceNonLiteral {
			return scalar(0)
		}
		return w.of(e.Wrapped)
	case *hclsyntax.RelativeTraversalExpr:
		of := w.of(e.Source)
		if at := following(of.may, e.Traversal); at != nil {
			return sized(at...).after(of.work)
		}
		return estimate{work: of.work, size: of.size, length: of.size, each: of.size}
	case *hclsyntax.IndexExpr:
		of := w.of(e.Collection)
		return of.element().after(limited(of.work + w.of(e.Key).work))
	case *hclsyntax.TupleConsExpr:
		out := w.all(e.Exprs...)
		out.length = len(e.Exprs)
		return out.made()
	case *hclsyntax.ObjectConsExpr:
		out := estimate{size: 1, length: len(e.Items)}
		for _, item := range e.Items {
			out.add(w.of(item.KeyExpr))
			out.add(w.of(item.ValueExpr))
		}
		return out.made()
	case *hclsyntax.ConditionalExpr:
		c, yes, no := w.of(e.Condition), w.of(e.TrueResult), w.of(e.FalseResult)
		return estimate{
			work: limited(c.work + yes.work + no.work), size: max(yes.size, no.size),
			length: max(yes.length, no.length), each: max(yes.each, no.each),
		}
	case *hclsyntax.ForExpr:
		return w.loop(e)
	case *hclsyntax.SplatExpr:
		of := w.of(e.Source)
		outer := w.anon
		w.anon = of.element()
		body := w.of(e.Each)
		w.anon = outer
		return repeated(of, body)
	case *hclsyntax.FunctionCallExpr:
		return w.call(e)
	case *hclsyntax.TemplateExpr:
		return w.all(e.Parts...).made()
	case *hclsyntax.BinaryOpExpr:
		return scalar(w.all(e.LHS, e.RHS).made().work)
	case *hclsyntax.UnaryOpExpr:
		return scalar(w.of(e.Val).work)
	}
	return scalar(0)
}

// loop binds the names of a for expression.
func (w *worker) loop(e *hclsyntax.ForExpr) estimate {
	of := w.of(e.CollExpr)
	before := len(w.bound)
	w.bound = append(w.bound, boundName{e.ValVar, of.element()})
	if e.KeyVar != "" {
		w.bound = append(w.bound, boundName{e.KeyVar, estimate{size: of.each}})
	}
	body := w.all(e.KeyExpr, e.ValExpr, e.CondExpr)
	w.bound = w.bound[:before]
	return repeated(of, body)
}

func repeated(of, body estimate) estimate {
	n := max(of.length, 1)
	return estimate{work: limited(of.work + times(n, body.work+1)), size: times(n, body.size), length: n, each: body.size}
}

// call estimates what functions make of their arguments.
func (w *worker) call(e *hclsyntax.FunctionCallExpr) estimate {
	out, product := estimate{size: 1}, 1
	for _, a := range e.Args {
		x := w.of(a)
		out.add(x)
		product = times(product, x.size)
	}
	out.length = out.size
	switch e.Name {
	case "range":
		out.size, out.length, out.each = 1024, 1024, 1
	case "split", "regexall", "jsondecode", "yamldecode", "csvdecode": // a text has more values than sixteenths
		out.size = times(out.size, 16)
		out.length, out.each = out.size, out.size
	case "file", "templatefile":
		out.size = w.scope.run.fileSize(w.scope, e.Args)
		out.length, out.each = out.size, out.size
	case "fileset":
		out.size, out.length, out.each = 1<<12, 1<<12, 16
	case "setproduct", "replace", "formatlist", "indent":
		out.size, out.length, out.each = limited(out.size+min(product, maxWork/4)), product, out.size
	case "distinct", "matchkeys": // each with each
		out.work = limited(out.work + times(out.size, out.size))
	case "jsonencode", "length", "contains", "join", "format", "tostring":
		out.length = 0
	}
	return out.made()
}

// remembered is the estimate of a reference, made once where it does not depend on
// loops and instances.
func (w *worker) remembered(e *hclsyntax.ScopeTraversalExpr) estimate {
	if known, ok := w.scope.sizes[e]; ok && !w.binds(e.Traversal.RootName()) {
		return known
	}
	out := w.reference(e.Traversal)
	if w.binds(e.Traversal.RootName()) {
		return out
	}
	i, name := w.scope.instance, stepName(e.Traversal, 1)
	if m := map[string]*memo{"var": i.variables[name], "local": i.locals[name]}[e.Traversal.RootName()]; m != nil && m.done {
		out.kept = &estimate{}
		i.sizes[e] = out
	}
	return out
}

// binds tells whether a name means something else than in the module.
func (w *worker) binds(name string) bool {
	_, ok := w.scope.vars[name]
	return ok || slices.ContainsFunc(w.bound, func(b boundName) bool { return b.name == name })
}

// reference estimates what a name stands for.
func (w *worker) reference(t hcl.Traversal) estimate {
	root := t.RootName()
	for i := len(w.bound) - 1; i >= 0; i-- {
		if b := w.bound[i]; b.name == root {
			if at := following(b.is.may, t[1:]); at != nil {
				return sized(at...)
			}
			return estimate{work: 1, size: b.is.size, length: b.is.size, each: b.is.size}
		}
	}
	s := w.scope
	name := stepName(t, 1)
	steps := t[1:]
	v, bound := s.vars[root]
	if !bound {
		switch {
		case root == "var" && name != "":
			v = s.variable(name)
		case root == "local" && name != "":
			v = s.local(name)
		case root == "module" && name != "":
			v = s.outputs(name)
		default:
			v, bound = s.several(t)
			if !bound {
				return scalar(0)
			}
		}
		steps = t[2:]
	}
	if at := following([]cty.Value{v}, steps); at != nil {
		return sized(at...)
	}
	return sized(v)
}

// fileSize is how many values the text of a file takes, and what a template makes
// of it.
func (r *run) fileSize(s scope, args []hclsyntax.Expression) int {
	if len(args) == 0 {
		return 1
	}
	nested := false
	_ = hclsyntax.VisitAll(args[0], func(n hclsyntax.Node) hcl.Diagnostics {
		_, call := n.(*hclsyntax.FunctionCallExpr)
		nested = nested || call
		return nil
	})
	if nested || len(args) > 1 {
		return maxSize / 64
	}
	name, _ := s.value(args[0]).Unmark()
	if !isString(name) {
		return 1
	}
	f, why := r.open(name.AsString())
	if why != "" {
		return 1
	}
	return 1 + len(f.Data)/16
}
