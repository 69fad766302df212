package fix_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// A writer writes values in some style, and remembers the comments.
type writer struct {
	rand     *rand.Rand
	json     bool
	template bool // names are CloudFormation's
	braces   int  // of ten collections as many are in braces
	long     bool // functions are in their long form
	unit     string
	list     string // how much deeper a block list stands than its key
	pad      string // within braces
	colon    string
	comments int
	quiet    int  // more than 0 in what may go as a whole: no comments of their own there
	indented bool // collections in braces have an entry a line, if they have room
}

// spell is the name of a property. Those of log options are free.
func (w *writer) spell(key string) string {
	switch {
	case !w.template || strings.Contains(key, "-") || key == "mode":
		return key
	case key == "settings":
		return "ClusterSettings"
	default:
		return strings.ToUpper(key[:1]) + key[1:]
	}
}

func (w *writer) chance(of int) bool { return w.rand.IntN(of) == 0 }

var plain = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9/._-]*|[0-9]+\.[0-9]+\.[0-9]+)$`)

func (w *writer) scalar(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "null", true
	case bool:
		return fmt.Sprint(v), true
	case string:
		switch {
		case w.json:
			return quoted(v), true
		case plain.MatchString(v) && v != "true" && v != "false" && !w.chance(4):
			return v, true
		case w.chance(2):
			return "'" + v + "'", true
		default:
			return quoted(v), true
		}
	case ref:
		if !w.json && !w.long {
			return "!Ref " + string(v), true
		}
	case object:
		return "{}", len(v) == 0
	case []any:
		return "[]", len(v) == 0
	}
	return "", false
}

func quoted(s string) string {
	out, _ := json.Marshal(s)
	return string(out)
}

// call is a function of a template as tag and argument, or in its long form.
func (w *writer) call(v any) (tag string, arg any) {
	switch c := v.(type) {
	case ref:
		return "", raw{{"Ref", string(c)}}
	case choice:
		tag, arg = "If", []any{"Open", c.a, c.b}
	case lookup:
		tag, arg = "FindInMap", []any{string(c), "k", "v"}
	default:
		return "", v
	}
	if w.json || w.long {
		return "", raw{{"Fn::" + tag, arg}}
	}
	return "!" + tag + " ", arg
}

// raw is an object whose keys are written as they are.
type raw object

func (w *writer) members(v any) (object, bool) {
	switch v := v.(type) {
	case raw:
		return object(v), true
	case object:
		out := make(object, len(v))
		for i, m := range v {
			out[i] = member{w.spell(m.key), m.value}
		}
		return out, true
	}
	return nil, false
}

func (w *writer) key(key string) string {
	if w.json {
		return quoted(key)
	}
	return key
}

// inBraces writes a value behind a key, in braces if it is a collection.
func (w *writer) inBraces(v any, margin string) string {
	if text, ok := w.scalar(v); ok {
		return text
	}
	tag, v := w.call(v)
	var parts []string
	opening, closing := "{", "}"
	inner := margin + w.unit
	if members, ok := w.members(v); ok {
		for _, m := range members {
			parts = append(parts, w.key(m.key)+w.colon+w.inBraces(m.value, inner))
		}
	} else {
		opening, closing = "[", "]"
		for _, item := range v.([]any) {
			parts = append(parts, w.inBraces(item, inner))
		}
	}
	if !w.indented || strings.HasPrefix(tag, "!") || w.chance(6) && !strings.Contains(strings.Join(parts, ""), "\n") {
		comma := ", "
		if w.colon == ":" {
			comma = ","
		}
		return tag + opening + w.pad + strings.Join(parts, comma) + w.pad + closing
	}
	var out strings.Builder
	out.WriteString(opening)
	for i, p := range parts {
		out.WriteString("\n" + inner + p)
		if i+1 < len(parts) {
			out.WriteString(",")
		}
		if !w.json {
			out.WriteString(w.comment())
		}
	}
	out.WriteString("\n" + margin + closing)
	return out.String()
}

// comment is one for the end of a line, at times.
func (w *writer) comment() string {
	if !w.chance(8) {
		return ""
	}
	w.comments++
	return fmt.Sprintf(" # n%d.", w.comments)
}

// above are comments and blank lines for above a line, at times.
func (w *writer) above(margin string) string {
	switch {
	case w.quiet > 0:
		return ""
	case w.chance(10):
		return "\n"
	case w.chance(10):
		w.comments++
		return fmt.Sprintf("%s# own%d.\n", margin, w.comments)
	default:
		return ""
	}
}

// block writes a collection that is not empty on lines, of which the first has its
// margin already.
func (w *writer) block(v any, margin string) string {
	var out strings.Builder
	members, ok := w.members(v)
	if _, long := v.(raw); isVariable(members) || long && len(members) == 1 {
		w.quiet++
		defer func() { w.quiet-- }()
	}
	if ok {
		for i, m := range members {
			if i > 0 {
				out.WriteString(w.above(margin) + margin)
			}
			out.WriteString(m.key + ":" + w.below(m.value, margin))
		}
		return out.String()
	}
	for i, item := range v.([]any) {
		if i > 0 {
			out.WriteString(w.above(margin) + margin)
		}
		out.WriteString("-" + w.item(item, margin))
	}
	return out.String()
}

func isVariable(o object) bool {
	return slices.ContainsFunc(o, func(m member) bool { return strings.EqualFold(m.key, "value") })
}

func (w *writer) item(v any, margin string) string {
	_, short := w.scalar(v)
	tag, arg := w.call(v)
	if _, list := arg.([]any); short || tag != "" || list || w.chance(11-w.braces) && w.braces > 0 {
		return " " + w.inBraces(v, margin+"  ") + w.comment() + "\n"
	}
	return " " + w.block(arg, margin+"  ")
}

func (w *writer) below(v any, margin string) string {
	_, short := w.scalar(v)
	if short || w.braces == 10 || w.chance(11-w.braces) && w.braces > 0 {
		return " " + w.inBraces(v, margin) + w.comment() + "\n"
	}
	tag, arg := w.call(v)
	inner := margin + w.unit
	if _, list := arg.([]any); list {
		inner = margin + w.list
	}
	if tag != "" {
		w.quiet++
		defer func() { w.quiet-- }()
	}
	return strings.TrimRight(" "+tag, " ") + w.comment() + "\n" + inner + w.block(arg, inner)
}

// document writes a whole file.
func (w *writer) document(v any) string {
	if w.json {
		return w.inBraces(v, "") + "\n"
	}
	return w.above("") + w.block(v, "")
}
