package worldstest

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
)

// A yamlWriter writes a template as YAML: each collection in block or flow
// style, each function in its long or short form, each string plain or quoted,
// as the dice fall.
type yamlWriter struct {
	r *rand.Rand
	b strings.Builder
}

func asYAML(n node, r *rand.Rand) []byte {
	w := &yamlWriter{r: r}
	if r.IntN(2) == 0 {
		w.b.WriteString("---\n")
	}
	w.block(n, 0, "")
	return []byte(strings.TrimLeft(w.b.String(), "\n"))
}

func (w *yamlWriter) chance(percent int) bool { return w.r.IntN(100) < percent }

// block writes a value after "key:" or "-", in block style where it can. The
// parent is the key or function that the value belongs to.
func (w *yamlWriter) block(n node, indent int, parent string) {
	tag, arg := w.short(n, parent)
	if tag != "" {
		w.b.WriteString(" " + tag)
		n = arg
	}
	pad := "\n" + strings.Repeat("  ", indent)
	switch v := n.(type) {
	case *object:
		if len(v.fields) == 0 || w.flowing(v, indent) {
			break
		}
		for _, f := range v.fields {
			w.b.WriteString(pad + w.key(f.key) + ":")
			w.block(f.val, indent+1, f.key)
		}
		return
	case *list:
		if len(v.items) == 0 || w.flowing(v, indent) {
			break
		}
		for _, item := range v.items {
			w.b.WriteString(pad + "-")
			w.block(item, indent+1, parent)
		}
		return
	}
	w.b.WriteByte(' ')
	w.flow(n, parent, tag != "")
}

// flowing says whether a collection is written in flow style: never the outer
// ones, seldom large ones.
func (w *yamlWriter) flowing(n node, indent int) bool {
	return indent >= 2 && len(asJSON(n)) < 400 && w.chance(30)
}

func (w *yamlWriter) flow(n node, parent string, tagged bool) {
	if !tagged {
		if tag, arg := w.short(n, parent); tag != "" {
			w.b.WriteString(tag + " ")
			n = arg
		}
	}
	switch v := n.(type) {
	case *object:
		w.b.WriteByte('{')
		for i, f := range v.fields {
			if i > 0 {
				w.b.WriteString(", ")
			}
			w.b.WriteString(w.key(f.key) + ": ")
			w.flow(f.val, f.key, false)
		}
		w.b.WriteByte('}')
	case *list:
		w.b.WriteByte('[')
		for i, item := range v.items {
			if i > 0 {
				w.b.WriteString(", ")
			}
			w.flow(item, parent, false)
		}
		w.b.WriteByte(']')
	case bool:
		w.b.WriteString(w.boolean(v))
	case int:
		w.b.WriteString(strconv.Itoa(v))
	case string:
		w.b.WriteString(w.quoted(v))
	}
}

// short is the tag and the argument of a function's short form, "" where the
// long form is written. A tag cannot follow another.
func (w *yamlWriter) short(n node, parent string) (string, node) {
	if name, ok := conditional(n); ok && inCondition(parent) && w.chance(50) {
		return "!Condition", name
	}
	fn, arg := called(n)
	if fn == "" || w.chance(40) {
		return "", nil
	}
	if fn == "Ref" {
		return "!Ref", arg
	}
	tag := "!" + strings.TrimPrefix(fn, "Fn::")
	if fn == "Fn::GetAtt" && w.chance(60) {
		items := args(arg)
		return tag, items[0].(string) + "." + items[1].(string)
	}
	if inner, _ := called(arg); inner != "" {
		return "", nil
	}
	return tag, arg
}

func inCondition(parent string) bool {
	switch parent {
	case "Fn::And", "Fn::Or", "Fn::Not", "Conditions":
		return true
	}
	return false
}

func (w *yamlWriter) boolean(v bool) string {
	if v {
		return []string{"true", "True", "TRUE", "yes", "Yes", "on"}[w.r.IntN(6)]
	}
	return []string{"false", "False", "FALSE", "no", "No", "off"}[w.r.IntN(6)]
}

var (
	plainKey   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9:-]*$`)
	plainText  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*$`)
	reserved   = regexp.MustCompile(`(?i)^(true|false|yes|no|on|off|y|n|null)$`)
	manyDots   = regexp.MustCompile(`^[0-9]+(\.[0-9]+){2,}$`)
	manyDigits = regexp.MustCompile(`^[1-9][0-9]{11}$`)
)

func (w *yamlWriter) key(s string) string {
	if (plainKey.MatchString(s) && !reserved.MatchString(s) || manyDigits.MatchString(s)) && w.chance(90) {
		return s
	}
	return w.inQuotes(s)
}

func (w *yamlWriter) quoted(s string) string {
	if (plainText.MatchString(s) && !reserved.MatchString(s) || manyDots.MatchString(s)) && w.chance(70) {
		return s
	}
	return w.inQuotes(s)
}

func (w *yamlWriter) inQuotes(s string) string {
	if w.chance(50) {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return quoteJSON(s)
}
