package terraform

import (
	"path"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A reference is one in a module.
type reference struct {
	e    *hclsyntax.ScopeTraversalExpr
	path []string
}

// alone tells whether a reference is the only one to what lies below it along a
// path.
func (w *rewriter) alone(at written, below []string) bool {
	e, ok := unwrapped(at.e).(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return false
	}
	t := e.Traversal
	own, _ := names(t, 2)
	own = append(own, below...)
	all, json := w.mentioned(at.scope.config.dir)
	name := t.RootName() + "." + stepName(t, 1)
	for _, text := range json {
		if strings.Contains(text, name) {
			return false
		}
	}
	for _, r := range all[name] {
		if r.e != e && overlap(r.path, own) {
			return false
		}
	}
	return true
}

// overlap tells whether one path leads to what the other does, or into it. An
// index may be any: lists are joined.
func overlap(a, b []string) bool {
	for i := range min(len(a), len(b)) {
		_, err1 := strconv.Atoi(a[i])
		_, err2 := strconv.Atoi(b[i])
		if a[i] != b[i] && (err1 != nil || err2 != nil) {
			return false
		}
	}
	return true
}

// mentioned are the references of a module's files to its variables and locals, by their
// names; and the texts of files in HCL's JSON syntax.
func (w *rewriter) mentioned(dir string) (all map[string][]reference, json []string) {
	if m := w.modules[dir]; m != nil {
		return m.all, m.json
	}
	m := &mentions{all: map[string][]reference{}}
	for _, f := range w.run.parsed {
		if path.Dir(f.Name) != path.Clean(dir) {
			continue
		}
		body, ok := f.body.(*hclsyntax.Body)
		if !ok {
			m.json = append(m.json, string(f.Data))
			continue
		}
		m.variable = ""
		_ = hclsyntax.Walk(body, m)
	}
	w.modules[dir] = m
	return m.all, m.json
}

// mentions collects those of a module. What the conditions of a variable say of
// it does not count.
type mentions struct {
	all      map[string][]reference
	json     []string
	variable string
}

// Enter visits a node.
func (m *mentions) Enter(n hclsyntax.Node) hcl.Diagnostics {
	switch n := n.(type) {
	case *hclsyntax.Block:
		if n.Type == "variable" && len(n.Labels) == 1 {
			m.variable = "var." + n.Labels[0]
		}
	case *hclsyntax.ScopeTraversalExpr:
		name := n.Traversal.RootName() + "." + stepName(n.Traversal, 1)
		if name == m.variable {
			break
		}
		path, ok := names(n.Traversal, 2)
		if !ok {
			path = nil
		}
		m.all[name] = append(m.all[name], reference{n, path})
	}
	return nil
}

// Exit leaves one.
func (m *mentions) Exit(n hclsyntax.Node) hcl.Diagnostics {
	if b, ok := n.(*hclsyntax.Block); ok && b.Type == "variable" {
		m.variable = ""
	}
	return nil
}
