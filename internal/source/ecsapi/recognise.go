package ecsapi

import "github.com/ecsentry/ecsentry/internal/document"

// A kind is what an object of a document is.
type kind uint8

const (
	foreign        kind = iota // none of ours, in a document that is
	misfit                     // stands where an object of ours should, and is no object
	unlisted                   // stands where a list of an answer should, and is none
	capitalised                // a key that is spelt with a capital
	failure                    // what an answer could not say
	taskDefinition             // from here on resources
	service
	taskSet
	cluster
	kinds
)

// An element is a part of a document.
type element struct {
	kind    kind
	node    *document.Node
	wrapped bool // it stands in an answer
}

// A sifter takes a document apart.
type sifter struct {
	shapes  *[kinds]shape
	lenient bool // the user says that it is ours: less evidence will do
	found   []element
	quick   bool // only whether it is ours
	wrapped bool // in an answer
}

// maxNesting is how deep lists may lie in lists.
const maxNesting = 4

// sift tells whether a document is ours and finds its elements.
func (s *sifter) sift(doc *document.Node, depth int) bool {
	switch {
	case doc.Kind == document.List && depth < maxNesting:
		ours := false
		for _, item := range doc.Items {
			before := len(s.found)
			if s.sift(item, depth+1) {
				if ours = true; s.quick {
					return true
				}
				continue
			}
			s.found = s.found[:before]
			s.find(foreign, item)
		}
		return ours
	case doc.Kind != document.Map || elsewhere(doc):
		return false
	}
	k := s.classify(doc)
	if k == foreign {
		return s.answer(doc)
	}
	s.find(k, doc)
	if inner := get(doc, "taskDefinition"); k == service && inner != nil && s.is(taskDefinition, inner) {
		s.find(taskDefinition, inner) // both in one object, as some tools have it
	}
	return true
}

func (s *sifter) find(k kind, n *document.Node) {
	if !s.quick {
		s.found = append(s.found, element{k, n, s.wrapped})
	}
}

// A wrapper is a property of an answer that holds resources.
type wrapper struct {
	kind kind
	many bool
}

func wrapperOf(key string) (wrapper, bool) {
	switch key {
	case "taskDefinition":
		return wrapper{taskDefinition, false}, true
	case "taskDefinitions":
		return wrapper{taskDefinition, true}, true
	case "service":
		return wrapper{service, false}, true
	case "services":
		return wrapper{service, true}, true
	case "cluster":
		return wrapper{cluster, false}, true
	case "clusters":
		return wrapper{cluster, true}, true
	case "taskSet":
		return wrapper{taskSet, false}, true
	case "taskSets":
		return wrapper{taskSet, true}, true
	}
	return wrapper{}, false
}

// holds tells whether a value can be what the wrapper holds.
func (w wrapper) holds(n *document.Node) bool {
	return w.many && n.Kind == document.List || !w.many && n.Kind == document.Map
}

func (w wrapper) items(n *document.Node) []*document.Node {
	if w.many {
		return n.Items
	}
	return []*document.Node{n}
}

// beside are the keys that an answer may have beside its resources.
func beside(key string) bool {
	switch key {
	case "tags", "failures", "nextToken", "ResponseMetadata", "$metadata":
		return true
	}
	return comment(key)
}

// answer takes an answer apart: its resources stand in properties of their own.
func (s *sifter) answer(doc *document.Node) bool {
	failures := get(doc, "failures")
	listed := failures != nil && failures.Kind == document.List // only answers that list resources have it
	whole, recognised, certain, lists := true, false, false, false
	for i := range doc.Fields {
		key, val := doc.Fields[i].Key.Value, doc.Fields[i].Value
		w, name, ok := wrapperFor(key)
		if ok && w.many && listed {
			lists = true
		} else if !ok || !w.holds(val) {
			whole = whole && (beside(key) || beside(name))
			continue
		}
		for _, item := range w.items(val) {
			sure := s.certain(w.kind, item)
			if sure || s.is(w.kind, item) {
				recognised, certain = true, certain || sure
				break
			}
		}
	}
	if !(recognised && (whole || certain) || whole && lists) {
		return false
	}
	if !s.quick {
		s.wrapped = true
		s.unwrap(doc, whole)
		s.wrapped = false
	}
	return true
}

// wrapperFor is also found by a key with a capital; name is the API's.
func wrapperFor(key string) (w wrapper, name string, ok bool) {
	if w, ok = wrapperOf(key); ok {
		return w, key, true
	}
	name = uncapital(key)
	w, ok = wrapperOf(name)
	return w, name, ok
}

// unwrap finds the elements of an answer. In one that has nothing but what
// answers have, all that stands where resources do counts as one.
func (s *sifter) unwrap(doc *document.Node, whole bool) {
	for i := range doc.Fields {
		key, val := doc.Fields[i].Key, doc.Fields[i].Value
		w, name, ok := wrapperFor(key.Value)
		switch {
		case ok && w.holds(val):
			if name != key.Value {
				s.find(capitalised, key)
			}
			for _, item := range w.items(val) {
				switch {
				case item.Kind != document.Map:
					s.find(misfit, item)
				case whole || s.certain(w.kind, item) || s.is(w.kind, item):
					s.find(w.kind, item)
				default:
					s.find(foreign, item)
				}
			}
		case ok && whole && w.many:
			if val.Kind != document.Null {
				s.find(unlisted, val)
			}
		case whole && beside(name):
			s.find(capitalised, key)
		case key.Value == "failures" && val.Kind == document.List:
			for _, item := range val.Items {
				s.find(failure, item)
			}
		}
	}
}
