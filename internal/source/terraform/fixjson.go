package terraform

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/hcledit"
)

// textOf is the text that a node of JSON lies in.
func textOf(n *node) (*jsonFile, bool) {
	switch t := n.at.in.(type) {
	case *jsonFile:
		return t, true
	case unseen:
		return t.of, true
	}
	return nil, false
}

// document is the editor of the text that a node lies in, and the node in the
// editor's tree.
func (w *rewriter) document(n *node) (*document.Editor, *document.Node, error) {
	text, ok := textOf(n)
	if !ok {
		return nil, nil, errNotFound
	}
	switch {
	case text.template.file != nil && text.template.file.json:
		return nil, nil, errJSON
	case text.escape == nil:
		return nil, nil, fmt.Errorf("its text is what %s gives", described(text.template.e))
	}
	for _, u := range n.traced().uses {
		if !w.alone(u.written, nil) {
			w.note("other places use %s too", described(u.e))
		}
	}
	in, start := text.Outer(0)
	for _, e := range w.edit.json {
		other, from := e.text.Outer(0)
		if fileName(in) != fileName(other) || start != from || !bytes.Equal(text.Data, e.text.Data) {
			continue
		}
		if same := find(e.text.Documents[0], n.json); same != nil {
			return e.Editor, same, nil
		}
		return nil, nil, errNotFound
	}
	e := document.NewEditor(text.File, text.Documents[0])
	e.EscapeWith(text.escape)
	w.edit.json = append(w.edit.json, &jsonEdit{e, text})
	return e, n.json, nil
}

// find is the node of a tree that lies where another one does in its own.
func find(in, n *document.Node) *document.Node {
	for {
		if in.Start == n.Start && in.End == n.End {
			return in
		}
		var next *document.Node
		for _, item := range in.Items {
			if item.Start <= n.Start {
				next = item
			}
		}
		for _, f := range in.Fields {
			if f.Value.Start <= n.Start {
				next = f.Value
			}
		}
		if next == nil {
			return nil
		}
		in = next
	}
}

// jsonEdit is what an edit of a node of JSON takes: the editor of its document, the
// node in that, and the value as it is written there.
func (w *rewriter) jsonEdit(n *node, v any) (e *document.Editor, at *document.Node, to any, err error) {
	if e, at, err = w.document(n); err != nil {
		return nil, nil, nil, err
	}
	to, err = asDocument(v)
	return e, at, to, err
}

func (w *rewriter) replaceJSON(n *node, v any) error {
	e, at, to, err := w.jsonEdit(n, v)
	if err != nil {
		return err
	}
	if done, err := w.replacePart(n, v); done || err != nil {
		return err
	}
	return e.Replace(at, to)
}

// replacePart writes a value where the interpolation gets it that a node of JSON
// is; false where it is none, or where others depend on that.
func (w *rewriter) replacePart(n *node, v any) (bool, error) {
	text, _ := textOf(n)
	t, ok := text.template.e.(*hclsyntax.TemplateExpr)
	if !ok || text.variables.e != nil {
		return false, nil
	}
	_, from := text.Outer(n.json.Start)
	for _, p := range t.Parts {
		if _, literal := p.(*hclsyntax.LiteralValueExpr); literal || int32(text.template.opening(p)) != from {
			continue
		}
		def, ok := w.define(written{text.template.reader, p}, nil)
		stays := func(why string) (bool, error) {
			w.note("%s stays: %s", described(p), why)
			return false, nil
		}
		switch {
		case len(def.uses) == 0:
			return false, nil
		case !ok:
			return stays(cmp.Or(def.why, "its value is not written out"))
		case w.shared(located{def.written, def.uses, nil}) != nil:
			return stays("other places use it")
		}
		if why := w.refuses(def, v); why != "" {
			return stays(why)
		}
		return true, w.replace(goal{written: def.written, value: v, note: def.what + ", which nothing else uses"})
	}
	return false, nil
}

func (w *rewriter) insertJSON(n *node, name string, v any) error {
	e, at, to, err := w.jsonEdit(n, v)
	if err != nil {
		return err
	}
	if list, ok := to.(document.Array); ok && at.Get(name) != nil {
		for _, item := range list {
			if err := w.appendOnce(e, at.Get(name), item); err != nil {
				return err
			}
		}
		return nil
	}
	return e.Set(at, name, to)
}

func (w *rewriter) appendJSON(n *node, v any) error {
	e, at, to, err := w.jsonEdit(n, v)
	if err != nil {
		return err
	}
	return w.appendOnce(e, at, to)
}

// An appended is an element that was added to a list.
type appended struct {
	list *document.Node
	v    any
}

// appendOnce adds an element to a list that has it not been added to: several
// instances want it.
func (w *rewriter) appendOnce(e *document.Editor, list *document.Node, v any) error {
	if slices.ContainsFunc(w.edit.appended, func(have appended) bool { return have.list == list && reflect.DeepEqual(have.v, v) }) {
		return nil
	}
	w.edit.appended = append(w.edit.appended, appended{list, v})
	return e.Append(list, v)
}

// removeJSON removes a node from what it lies in.
func (w *rewriter) removeJSON(n *node) error {
	e, at, err := w.document(n)
	if err != nil {
		return err
	}
	text, ok := textOf(n)
	if !ok {
		return errNotFound
	}
	for _, x := range w.edit.json {
		if x.Editor == e {
			text = x.text
		}
	}
	up := holder(text.Documents[0], at)
	if up == nil {
		return errNotFound
	}
	for i, item := range up.Items {
		if item == at {
			return e.RemoveItem(up, i)
		}
	}
	for _, f := range up.Fields {
		if f.Value == at {
			return e.Remove(up, f.Key.Value)
		}
	}
	return errNotFound
}

// holder is the node that another one lies in.
func holder(in, n *document.Node) *document.Node {
	for {
		var next *document.Node
		for _, item := range in.Items {
			if item == n {
				return in
			}
			if item.Start <= n.Start {
				next = item
			}
		}
		for _, f := range in.Fields {
			if f.Value == n {
				return in
			}
			if f.Value.Start <= n.Start {
				next = f.Value
			}
		}
		if next == nil {
			return nil
		}
		in = next
	}
}

// How a part of a text is written in what surrounds it.
func asFile(s string) (string, error)    { return s, nil }
func inHeredoc(s string) (string, error) { return templated.Replace(s), nil }
func inQuotes(s string) (string, error) {
	q := hcledit.Quote(s)
	return q[1 : len(q)-1], nil
}

var templated = strings.NewReplacer("${", "$${", "%{", "%%{") //nolint:gochecknoglobals // never written

// hideJSON conceals the values in a node of JSON, and what is put into them.
func (c *concealer) hideJSON(n *node) {
	text, ok := textOf(n)
	if !ok {
		return
	}
	if text.escape == nil { // it is what a function gives
		c.expression(text.template)
		return
	}
	var hide func(doc *document.Node)
	hide = func(doc *document.Node) {
		for _, item := range doc.Items {
			hide(item)
		}
		for _, f := range doc.Fields {
			hide(f.Value)
		}
		if !doc.IsScalar() {
			return
		}
		in, from := text.Outer(doc.Start)
		_, to := text.Outer(doc.End)
		c.add(fileName(in), int(from), int(to))
		if text.template.e != nil {
			c.parts(text, int(from), int(to))
		}
	}
	hide(n.json)
}

// parts conceals what the parts of a template refer to that lie in a range.
func (c *concealer) parts(text *jsonFile, from, to int) {
	t, ok := text.template.e.(*hclsyntax.TemplateExpr)
	if !ok {
		return
	}
	for _, p := range t.Parts {
		switch r := p.Range(); {
		case r.End.Byte <= from || r.Start.Byte >= to:
		case text.variables.e == nil:
			c.references(written{text.template.reader, p}, nil)
		default:
			for _, v := range p.Variables() {
				rest, _ := names(v, 1)
				c.within(text.variables, append([]string{v.RootName()}, rest...))
			}
		}
	}
}
