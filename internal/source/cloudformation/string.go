package cloudformation

import (
	"encoding/base64"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// sub puts values into a string: Fn::Sub with or without a map of variables.
func (r *run) sub(arg, at *document.Node, sc *scope) val {
	template, vars := arg, (*document.Node)(nil)
	if arg.Kind == document.List {
		if len(arg.Items) != 2 {
			return opaque(at, sc, &value.Why{Text: "!Sub wants a string, or a string and a map"})
		}
		template, vars = arg.Items[0], arg.Items[1]
	}
	var b strings.Builder
	var parts []val
	known := map[string]string{} // of each variable once: they may nest
	rest := template.Value
	for b.Len() <= maxText {
		before, after, found := strings.Cut(rest, "${")
		b.WriteString(before)
		if !found {
			break
		}
		name, more, closed := strings.Cut(after, "}")
		if !closed {
			b.WriteString("${" + after)
			break
		}
		rest = more
		name = strings.TrimSpace(name)
		if literal, ok := strings.CutPrefix(name, "!"); ok {
			b.WriteString("${" + literal + "}")
			continue
		}
		text, ok := known[name]
		if !ok {
			text = r.variable(name, vars, at, sc).fill(&parts)
			known[name] = text
		}
		b.WriteString(text)
	}
	return composed(b.String(), at, sc, parts)
}

// variable is what stands for ${name} in Fn::Sub.
func (r *run) variable(name string, vars, at *document.Node, sc *scope) val {
	if v := vars.Get(name); v != nil {
		return r.resolve(v, sc)
	}
	if strings.Contains(name, ".") {
		n := &document.Node{Kind: document.String, Value: name, Tag: "!GetAtt", Start: at.Start, End: at.End}
		return r.getAtt(n, n, sc)
	}
	return r.ref(name, at, sc)
}

// join puts the elements of a list together.
func (r *run) join(arg, at *document.Node, sc *scope) val {
	if len(arg.Items) != 2 {
		return opaque(at, sc, &value.Why{Text: "!Join wants a delimiter and a list"})
	}
	delimiter := r.resolve(arg.Items[0], sc)
	items, rest, ok := r.elements(arg.Items[1], sc)
	if !ok || !delimiter.known() {
		return opaque(at, sc, rest)
	}
	var parts []val
	var words []string
	length := 0
	for _, item := range items {
		words = append(words, item.fill(&parts))
		if length += len(words[len(words)-1]) + len(delimiter.s); length > maxText {
			break // composed refuses it
		}
	}
	s := strings.Join(words, delimiter.s)
	if rest != nil { // more elements, with a delimiter before each, or none
		parts = append(parts, opaque(at, sc, rest))
		s += hole
	}
	return composed(s, at, sc, parts)
}

// elements are those of a list, with what AWS::NoValue removes left out; rest
// says why there may be more. ok is false where it is no list that is known.
func (r *run) elements(n *document.Node, sc *scope) (items []val, rest *value.Why, ok bool) {
	v := r.resolve(n, sc)
	switch v.kind {
	case value.Opaque:
		return nil, v.why, false
	case value.Sequence:
	default:
		return nil, &value.Why{Text: "a function is given what is no list"}, false
	}
	for _, item := range r.itemsOf(v) {
		if item.kind != value.Nothing {
			items = append(items, item)
		}
	}
	return items, v.rest, true
}

// itemsOf are the elements of a list at their own indices, removed ones too.
func (r *run) itemsOf(v val) []val {
	if v.node == nil {
		return v.items
	}
	items := make([]val, len(v.node.Items))
	for i, n := range v.node.Items {
		items[i] = r.resolve(n, v.scope)
	}
	return items
}

// selected is an element of a list by its index.
func (r *run) selected(arg, at *document.Node, sc *scope) val {
	if len(arg.Items) != 2 {
		return opaque(at, sc, &value.Why{Text: "!Select wants an index and a list"})
	}
	index := r.resolve(arg.Items[0], sc)
	items, rest, ok := r.elements(arg.Items[1], sc)
	if !ok {
		return opaque(at, sc, &value.Why{Text: rest.Text, Hint: rest.Hint, Terms: rest.Terms})
	}
	i := 0
	for _, d := range []byte(index.s) {
		if i = i*10 + int(d-'0'); d < '0' || d > '9' || i > 1e6 {
			i = -1
			break
		}
	}
	switch {
	case !index.known() || index.s == "":
		return opaque(at, sc, &value.Why{Text: "!Select by an index that is not known"})
	case i >= 0 && i < len(items):
		return items[i].moved(at, sc)
	case rest != nil:
		return opaque(at, sc, &value.Why{Text: rest.Text, Hint: rest.Hint, Terms: rest.Terms})
	default:
		return opaque(at, sc, &value.Why{Text: "!Select of an element that is not there"})
	}
}

// split makes a list of a string. Of a string with unknown parts the elements
// before the first of them are known.
func (r *run) split(arg, at *document.Node, sc *scope) val {
	if len(arg.Items) != 2 {
		return opaque(at, sc, &value.Why{Text: "!Split wants a delimiter and a string"})
	}
	delimiter, s := r.resolve(arg.Items[0], sc), r.resolve(arg.Items[1], sc)
	if !delimiter.known() || delimiter.s == "" {
		return opaque(at, sc, &value.Why{Text: "!Split by a delimiter that is not known"})
	}
	var parts []val
	text := s.fill(&parts)
	out := val{kind: value.Sequence, at: at, scope: sc}
	whole, _, holed := strings.Cut(text, hole)
	words := strings.Split(whole, delimiter.s)
	if holed {
		start := words[len(words)-1]
		for k := len(delimiter.s) - 1; k > 0; k-- { // a delimiter may begin where the known part ends
			if cut, ok := strings.CutSuffix(start, delimiter.s[:k]); ok {
				start = cut
				break
			}
		}
		why := composed(text, at, sc, parts).why
		out.rest = &value.Why{Text: why.Text, Hint: why.Hint, Terms: why.Terms}
		for _, w := range words[:len(words)-1] {
			out.items = append(out.items, composed(w, at, sc, nil))
		}
		if start != "" { // where the unknown part has no delimiter, the element goes on
			begun := *out.rest
			begun.Partial = value.Partial{Pieces: []string{start, ""}}
			out.items = append(out.items, opaque(at, sc, &begun))
		}
		return out
	}
	for _, w := range words {
		out.items = append(out.items, composed(w, at, sc, nil))
	}
	return out
}

func (r *run) base64(arg, at *document.Node, sc *scope) val {
	v := r.resolve(arg, sc)
	switch {
	case v.known():
		return val{kind: value.String, at: at, scope: sc, s: base64.StdEncoding.EncodeToString([]byte(v.s))}
	case v.kind == value.Opaque:
		return opaque(at, sc, &value.Why{Text: v.why.Text, Hint: v.why.Hint, Terms: v.why.Terms})
	default:
		return opaque(at, sc, &value.Why{Text: "!Base64 of what is no string"})
	}
}
