package hcledit

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// inPlace writes what stands where an expression is.
func (f *File) inPlace(x hclsyntax.Expression, v any) string {
	r := x.Range()
	at := &collection{file: f, node: x, open: r.Start.Byte, close: r.End.Byte}
	for up := f.Parent(x); up != nil; up = f.parents[up] {
		if o, ok := up.(*hclsyntax.ObjectConsExpr); ok {
			at = f.object(o)
			break
		}
	}
	l := at.look(-1)
	if !f.lines(at.open, at.close) {
		l = l.inline()
	}
	return l.value(v, f.margin(r.Start.Byte))
}

// scalar writes what is neither an object nor a list with something in it.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "null", true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	case string:
		return Quote(v), true
	case Raw:
		return string(v), true
	case Object:
		return "{}", len(v) == 0
	case List:
		return "[]", len(v) == 0
	}
	return "null", true
}

// Quote writes a string as HCL does.
func Quote(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	for i, c := range s {
		switch c {
		case '"', '\\':
			out.WriteByte('\\')
			out.WriteRune(c)
		case '\n':
			out.WriteString(`\n`)
		case '\r':
			out.WriteString(`\r`)
		case '\t':
			out.WriteString(`\t`)
		case '$', '%':
			out.WriteRune(c)
			if strings.HasPrefix(s[i+1:], "{") {
				out.WriteRune(c)
			}
		default:
			out.WriteRune(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// value writes a value; what follows on lines of its own has the margin.
func (l look) value(v any, margin string) string {
	if text, ok := scalar(v); ok {
		return text
	}
	if list, ok := v.(List); ok {
		parts := make([]string, len(list))
		for i, x := range list {
			parts[i] = l.inline().value(x, margin)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	o := v.(Object)
	if l.oneLine {
		parts := make([]string, len(o))
		for i, x := range o {
			parts[i] = l.entry(x.Key, x.Value, margin)
		}
		return "{" + l.pad + strings.Join(parts, ", ") + l.pad + "}"
	}
	in := margin + l.unit
	return "{" + l.newline + in + strings.Join(l.entries(o, in), l.separator()+l.newline+in) + l.newline + margin + "}"
}

// entries writes those of an object, each for a line of its own.
func (l look) entries(o Object, margin string) []string {
	l.column = 0
	parts := make([]string, len(o))
	for i, x := range o {
		if l.align {
			l.column = l.widest(o, i)
		}
		parts[i] = l.entry(x.Key, x.Value, margin)
	}
	return parts
}

// widest is where the sign of an entry stands that is aligned with those around
// it; 0 for one that takes more lines than one, which is aligned with nothing.
func (l look) widest(o Object, i int) int {
	several := func(i int) bool { _, one := scalar(o[i].Value); _, list := o[i].Value.(List); return !one && !list }
	if several(i) {
		return 0
	}
	for i > 0 && !several(i-1) {
		i--
	}
	widest := 0
	for ; i < len(o) && !several(i); i++ {
		widest = max(widest, len(l.key(o[i].Key)))
	}
	return widest + 1
}

func (l look) key(k string) string {
	if !l.quoted && hclsyntax.ValidIdentifier(k) && !(l.dashes && strings.Contains(k, "-")) {
		return k
	}
	return Quote(k)
}

// entry writes a key with its value.
func (l look) entry(k string, v any, margin string) string {
	text := l.key(k)
	gap := l.gap
	if l.column > len(text) {
		gap = strings.Repeat(" ", l.column-len(text))
	}
	if l.column > 0 && gap == "" {
		gap = " "
	}
	return text + gap + l.sign + l.value(v, margin)
}

// element writes an element of a list.
func (l look) element(v any, margin string) string {
	if !l.open {
		l = l.inline()
	}
	return l.value(v, margin)
}
