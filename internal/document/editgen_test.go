package document

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A writing makes texts: YAML in block or flow style, or JSON, each in a style
// of its own, with comments.
type writing struct {
	*rand.Rand
	newline         string
	indent, list    int
	comments, blank bool
	quote           string
	anchors         int
	count           int // of comments
	json            bool
	colon, comma    string
	lines           bool
	padding         string
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func randomText(r *rand.Rand) string {
	w := &writing{
		Rand: r, newline: pick(r, "\n", "\n", "\r\n", "\r"), indent: 1 + r.IntN(4), comments: r.IntN(2) == 0, blank: r.IntN(3) == 0,
		quote: pick(r, "", "", `"`, "'"), colon: pick(r, ": ", ": ", " : ", ":  "), comma: pick(r, ", ", ",", " , "),
		lines: r.IntN(2) == 0, padding: pick(r, "", "", " "),
	}
	w.list = pick(r, 0, w.indent)
	if r.IntN(3) == 0 {
		w.json = true
		if w.comma == "," {
			w.colon = ":"
		}
	}
	var out strings.Builder
	if r.IntN(6) == 0 {
		out.WriteString(byteOrderMark)
	}
	if w.json {
		out.WriteString(w.flow(0, 0))
		if r.IntN(2) == 0 {
			out.WriteString(w.newline)
		}
		return out.String()
	}
	for range 1 + r.IntN(5)/4 {
		if out.Len() > 3 {
			out.WriteString("---" + w.newline)
		}
		out.WriteString(w.blockMap(0, 0))
	}
	if r.IntN(4) == 0 {
		return strings.TrimRight(out.String(), "\r\n ")
	}
	return out.String()
}

func (w *writing) margin(n int) string { return strings.Repeat(" ", n) }

func (w *writing) comment() string {
	if w.comments && w.IntN(3) == 0 {
		return "  # c" + w.number() + w.end()
	}
	return w.end()
}

func (w *writing) number() string {
	w.count++
	return fmt.Sprint(w.count)
}

// end ends a line, perhaps with lines of comments or blank ones below.
func (w *writing) end() string {
	out := w.newline
	if w.blank && w.IntN(3) == 0 {
		out += w.newline
	}
	return out
}

func (w *writing) above(margin int) string {
	if w.comments && w.IntN(4) == 0 {
		return w.margin(margin) + "# above " + w.number() + w.newline
	}
	return ""
}

func (w *writing) scalar() string {
	switch w.IntN(12) {
	case 0:
		return "true"
	case 1:
		return fmt.Sprint(w.IntN(100))
	case 2:
		if w.json {
			return "null"
		}
		return "~"
	}
	word := pick(w.Rand, "app", "nginx", "a b", "é", "x-y", "yes", "a:b")
	switch {
	case w.json:
		return `"` + word + `"`
	case w.IntN(8) == 0:
		return "!Ref " + word
	case w.IntN(4) == 0:
		return pick(w.Rand, "'", `"`) + word + pick(w.Rand, "")
	}
	return w.quote + word + w.quote
}

func (w *writing) closed() string {
	s := w.scalar()
	if c := strings.IndexAny(s, `'"`); c == 0 && (len(s) < 2 || s[len(s)-1] != s[0]) {
		s += s[:1]
	}
	return s
}

func (w *writing) anchor() string {
	if w.IntN(15) == 0 {
		w.anchors++
		return fmt.Sprintf("&a%d ", w.anchors)
	}
	return ""
}

// value writes what follows a colon or a dash, up to the end of the line or of
// what is below.
func (w *writing) value(margin, depth int) string {
	switch n := w.IntN(20); {
	case n < 2:
		return w.comment()
	case n == 2 && w.anchors > 0:
		return fmt.Sprintf(" *a%d", 1+w.IntN(w.anchors)) + w.comment()
	case n < 5 && depth < 4:
		tag := pick(w.Rand, "", "", " !T", " &m"+fmt.Sprint(depth))
		return tag + w.comment() + w.blockMap(margin+w.indent, depth+1)
	case n < 8 && depth < 4:
		return pick(w.Rand, "", "", " !If") + w.comment() + w.blockList(margin+w.list, depth+1)
	case n < 10:
		return " " + w.flow(margin+w.indent, 3) + w.comment()
	case n == 10:
		in := w.margin(margin + w.indent)
		return " " + pick(w.Rand, "|", "|-", "|+", ">", "|  # c"+w.number(), ">+") + w.newline + in + "text: x" + w.newline + w.newline + in + " # more" + w.newline
	default:
		return " " + w.anchor() + w.closed() + w.comment()
	}
}

func (w *writing) key(i int) string {
	key := string(rune('a'+w.IntN(5))) + fmt.Sprint(i)
	if w.json {
		return `"` + key + `"`
	}
	return key
}

func (w *writing) blockMap(margin, depth int) string {
	var out strings.Builder
	for i := range 1 + w.IntN(4) {
		out.WriteString(w.above(margin) + w.margin(margin) + w.key(i) + strings.TrimRight(w.colon, " ") + w.value(margin, depth))
	}
	return out.String()
}

func (w *writing) blockList(margin, depth int) string {
	var out strings.Builder
	for range 1 + w.IntN(3) {
		out.WriteString(w.above(margin) + w.margin(margin) + "-")
		switch w.IntN(4) {
		case 0:
			inner := w.blockMap(margin+2, depth+1)
			out.WriteString(" " + strings.TrimLeft(inner, " "))
		case 1:
			inner := w.blockList(margin+2, depth+1)
			out.WriteString(" " + strings.TrimLeft(inner, " "))
		default:
			out.WriteString(w.value(margin, depth+1))
		}
	}
	return out.String()
}

func (w *writing) flow(margin, depth int) string {
	var parts []string
	list := w.IntN(2) == 0 && depth > 0
	for i := range w.IntN(4) {
		in := ""
		if !list {
			in = w.key(i) + w.colon
		}
		if w.IntN(3) == 0 && depth < 5 {
			in += w.flow(margin+w.indent, depth+1)
		} else {
			in += w.closed()
		}
		parts = append(parts, in)
	}
	opening, closing := "{", "}"
	if list {
		opening, closing = "[", "]"
	}
	if w.lines && len(parts) > 0 && w.IntN(4) > 0 {
		line := w.newline + w.margin(margin)
		in := line + w.margin(w.indent)
		for i := range parts[:len(parts)-1] {
			parts[i] += ","
		}
		if !w.json {
			if w.IntN(4) == 0 {
				parts[len(parts)-1] += ","
			}
			for i := range parts {
				if w.comments && w.IntN(3) == 0 {
					parts[i] += " # f" + w.number()
				}
				if w.comments && w.IntN(5) == 0 {
					parts[i] = "# g" + w.number() + in + parts[i]
				}
			}
		}
		return opening + in + strings.Join(parts, in) + line + closing
	}
	if len(parts) == 0 {
		return opening + closing
	}
	return opening + w.padding + strings.Join(parts, w.comma) + w.padding + closing
}
