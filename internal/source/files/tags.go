package files

import (
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
)

// Tags are the tags with the keys that are wanted, of an object, or of a list of
// objects with keys and values, however those are capitalised. What is no plain
// text is not known. Nothing of it holds on to the document.
func Tags(n *document.Node, wanted []string) map[string]string {
	if n == nil || len(wanted) == 0 {
		return nil
	}
	var out map[string]string
	set := func(key string, v *document.Node) {
		if v == nil || !v.IsScalar() || v.Kind == document.Null || v.Tag != "" || !slices.Contains(wanted, key) {
			return
		}
		if out == nil {
			out = map[string]string{}
		}
		out[strings.Clone(key)] = strings.Clone(v.Value)
	}
	for _, f := range n.Fields {
		set(f.Key.Value, f.Value)
	}
	for _, item := range n.Items {
		if key := either(item, "key", "Key"); key != nil && key.Kind == document.String && key.Tag == "" {
			set(key.Value, either(item, "value", "Value"))
		}
	}
	return out
}

func either(n *document.Node, names ...string) *document.Node {
	for _, name := range names {
		if v := n.Get(name); v != nil {
			return v
		}
	}
	return nil
}
