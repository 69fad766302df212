package policy

import (
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A decoder reads nodes. It stops at the first mistake.
type decoder struct {
	file     *document.File
	controls []*ecsentry.Control
	err      *Error
}

func (d *decoder) at(n *document.Node) value.Position { return d.file.Position(n.Start) }

// fail notes a mistake, the first one only.
func (d *decoder) fail(n *document.Node, hint, message string) {
	if d.err == nil {
		d.err = &Error{At: d.at(n), Message: message, Hint: hint}
	}
}

// fields calls read for each field of a map; each key must be one of keys.
func (d *decoder) fields(n *document.Node, what string, keys []string, read func(key string, v *document.Node)) {
	if n.Kind != document.Map {
		d.fail(n, "its keys are "+strings.Join(keys, ", "), what+" must be an object")
		return
	}
	for _, f := range n.Fields {
		known := false
		for _, k := range keys {
			known = known || k == f.Key.Value
		}
		if !known {
			d.fail(f.Key, suggest(f.Key.Value, keys), what+": unknown key "+quote(f.Key.Value))
		}
		if d.err != nil {
			return
		}
		read(f.Key.Value, f.Value)
	}
}

// items calls read for each element of a list.
func (d *decoder) items(n *document.Node, what string, read func(*document.Node)) {
	if n.Kind != document.List {
		d.fail(n, "write a list: [a, b]", what+" must be a list")
		return
	}
	for _, item := range n.Items {
		if d.err != nil {
			return
		}
		read(item)
	}
}

// text reads a scalar that is no null and not empty. Dates, account numbers and
// versions are texts however they are written.
func (d *decoder) text(n *document.Node, what string) string {
	if !n.IsScalar() || n.Kind == document.Null || strings.TrimSpace(n.Value) == "" {
		d.fail(n, "", what+" must be a text that is not empty")
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// texts reads a list of scalars that has at least one.
func (d *decoder) texts(n *document.Node, what string) (out []string) {
	d.items(n, what, func(item *document.Node) { out = append(out, d.text(item, what)) })
	if len(out) == 0 {
		d.fail(n, "leave the key out if it has no value", what+" is empty")
	}
	return out
}

func (d *decoder) boolean(n *document.Node, what string) bool {
	if n.Kind != document.Bool {
		d.fail(n, "", what+" must be true or false")
	}
	return strings.EqualFold(n.Value, "true")
}

// control reads the ID of a control.
func (d *decoder) control(n *document.Node, what string) *ecsentry.Control {
	id := d.text(n, what)
	if d.err != nil {
		return nil
	}
	c, hint := lookup(d.controls, id)
	if c == nil {
		d.fail(n, hint, what+": no control "+quote(id))
	}
	return c
}

// lookup finds a control by its ID, without regard to case.
func lookup(all []*ecsentry.Control, id string) (c *ecsentry.Control, hint string) {
	ids := make([]string, len(all))
	for i, c := range all {
		if strings.EqualFold(c.ID, id) {
			return c, ""
		}
		ids[i] = c.ID
	}
	return nil, suggest(id, ids)
}

func (d *decoder) controlIDs(n *document.Node, what string) (out []string) {
	d.items(n, what, func(item *document.Node) {
		if c := d.control(item, what); c != nil {
			out = append(out, c.ID)
		}
	})
	if len(out) == 0 {
		d.fail(n, "", what+" names no control")
	}
	return out
}

// quote shows a word of the file, cut where it is long.
func quote(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}
