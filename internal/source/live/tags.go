package live

import "slices"

// tags are the wanted ones of what an answer describes.
func (s *scan) tags(n *node) map[string]string {
	if len(s.config.Tags) == 0 {
		return nil
	}
	var out map[string]string
	for _, tag := range n.field("tags").items() {
		key := tag.field("key").string()
		if !slices.Contains(s.config.Tags, key) {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[key] = tag.field("value").string()
	}
	return out
}
