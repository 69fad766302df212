package document

import "slices"

// merge resolves the merge keys among the fields of n: what is written wins, what
// is merged follows, of several maps the earlier wins. An editor needs to know
// what is written.
func (r *yamlReader) merge(n *Node, written []Field) ([]Field, error) {
	if r.out.merges == nil {
		r.out.merges = map[*Node][]Field{}
	}
	r.out.merges[n] = r.slab.fieldList(written)
	out := make([]Field, 0, len(written)+8)
	have := make(map[string]struct{}, len(written)+8)
	var sources []*Node
	for _, field := range written {
		if !isMerge(field.Key) {
			out = append(out, field)
			have[field.Key.Value] = struct{}{}
			continue
		}
		maps := []*Node{field.Value}
		if field.Value.Kind == List {
			maps = field.Value.Items
		}
		for _, m := range maps {
			if m.Kind != Map {
				return nil, r.file.errorAt(int(field.Key.Start), "merges what is neither a map nor a list of maps")
			}
		}
		sources = append(sources, maps...)
	}
	for _, m := range sources {
		for _, field := range m.Fields {
			if r.count++; r.count > maxNodes {
				return nil, r.file.errorAt(int(m.Start), "has too many values")
			}
			if _, ok := have[field.Key.Value]; ok {
				r.out.overridden = append(r.out.overridden, field)
				continue
			}
			have[field.Key.Value] = struct{}{}
			out = append(out, field)
		}
	}
	return out, nil
}

func isMerge(key *Node) bool {
	return key.Value == "<<" && key.Style == Plain && slices.Contains([]string{"", "!!merge"}, key.Tag)
}
