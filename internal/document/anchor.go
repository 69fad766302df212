package document

import "bytes"

// Anchors finds the scalars that aliases stand for: the tree holds a copy where the
// alias is. What it gives for an alias is nil if that is no scalar's.
func (f *File) Anchors() func(alias *Node) *Node {
	var named map[string][]*Node // in the order of the text
	return func(alias *Node) *Node {
		if !alias.Alias || !alias.IsScalar() {
			return nil
		}
		if named == nil {
			named = map[string][]*Node{}
			seen := map[*Node]bool{}
			for _, doc := range f.Documents {
				f.anchored(doc, seen, func(name string, n *Node) { named[name] = append(named[name], n) })
			}
		}
		var at *Node
		for _, n := range named[string(f.Data[alias.Start+1:alias.End])] {
			if n.Start < alias.Start && (at == nil || n.Start > at.Start) {
				at = n
			}
		}
		return at
	}
}

func (f *File) anchored(n *Node, seen map[*Node]bool, do func(name string, n *Node)) {
	if seen[n] {
		return
	}
	seen[n] = true
	if n.IsScalar() && !n.Alias {
		// Before it stand its anchor and its tag, in any order.
		before := f.Data[max(0, int(n.Start)-maxProperties):n.Start]
		for range 2 {
			before = bytes.TrimRight(before, " \t\r\n")
			word := before[bytes.LastIndexAny(before, " \t\r\n,[{")+1:]
			if len(word) > 1 && word[0] == '&' {
				do(string(word[1:]), n)
				break
			}
			before = before[:len(before)-len(word)]
		}
	}
	for _, field := range n.Fields {
		f.anchored(field.Key, seen, do)
		f.anchored(field.Value, seen, do)
	}
	for _, item := range n.Items {
		f.anchored(item, seen, do)
	}
}

// maxProperties is how many bytes before a value are looked at for its anchor.
const maxProperties = 1 << 10
