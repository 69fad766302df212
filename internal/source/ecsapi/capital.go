package ecsapi

import "github.com/ecsentry/ecsentry/internal/document"

// capitalKey is the first key in an object that is one of the API's names but for
// a capital: what the API would not understand, and what we must not read as if
// the property were absent. What lies in maps whose keys are the user's own is
// not looked at.
func capitalKey(n *document.Node, s shape) *document.Node {
	switch n.Kind {
	case document.List:
		for _, item := range n.Items {
			if key := capitalKey(item, s); key != nil {
				return key
			}
		}
	case document.Map:
		for i := range n.Fields {
			key := n.Fields[i].Key
			held, known := s[key.Value]
			if !known {
				if s.meant(key.Value) != "" {
					return key
				}
				continue
			}
			if held == nil {
				continue
			}
			if key := capitalKey(n.Fields[i].Value, held); key != nil {
				return key
			}
		}
	}
	return nil
}
