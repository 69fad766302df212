package terraform

import (
	"maps"

	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

// tags are the tags of a resource with the keys that are wanted, also those that
// its provider adds, as far as they are known.
func (r *planned) tags(wanted []string) map[string]string {
	out := map[string]string{}
	for _, name := range []string{"tags", "tags_all"} {
		maps.Copy(out, files.Tags(r.attribute(name).doc, wanted))
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// tags are the tags of a resource with the keys that are wanted, as far as its own
// block says them.
func (r *hclResource) tags(wanted []string) map[string]string {
	if len(wanted) == 0 {
		return nil
	}
	n := r.argument("tags")
	var out map[string]string
	for _, key := range wanted {
		v := n.Field(key)
		if s, ok := v.AsString(); ok && v.Kind() == value.String {
			if out == nil {
				out = map[string]string{}
			}
			out[key] = s
		}
	}
	return out
}
