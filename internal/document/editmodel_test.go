package document

import (
	"maps"
	"slices"
	"strings"
)

// A model is a value without its text. Edits of a model are what edits of a text
// have to mean.
type model struct {
	Kind   Kind
	Tag    string
	Value  string
	Items  []*model
	Fields map[string]*model
}

// modelsOf makes models of documents, and tells which node is which model. What
// aliases bring is copied.
func modelsOf(f *File) ([]*model, map[*Node]*model) {
	of := map[*Node]*model{}
	var out []*model
	for _, n := range f.Documents {
		out = append(out, modelOf(n, of))
	}
	return out, of
}

func modelOf(n *Node, of map[*Node]*model) *model {
	m := &model{Kind: n.Kind, Tag: n.Tag}
	if _, twice := of[n]; !twice {
		of[n] = m
	}
	switch n.Kind {
	case Null:
	case Bool:
		m.Value = strings.ToLower(n.Value)
	case List:
		for _, item := range n.Items {
			m.Items = append(m.Items, modelOf(item, of))
		}
	case Map:
		m.Fields = map[string]*model{}
		for _, field := range n.Fields {
			m.Fields[field.Key.Value] = modelOf(field.Value, of)
		}
	default:
		m.Value = n.Value
	}
	return m
}

func (m *model) equal(o *model) bool {
	return m.Kind == o.Kind && m.Tag == o.Tag && m.Value == o.Value && slices.EqualFunc(m.Items, o.Items, (*model).equal) &&
		maps.EqualFunc(m.Fields, o.Fields, (*model).equal)
}

// modelData is the model of what an editor writes.
func modelData(v any) *model {
	switch v := v.(type) {
	case nil:
		return &model{Kind: Null}
	case bool:
		if v {
			return &model{Kind: Bool, Value: "true"}
		}
		return &model{Kind: Bool, Value: "false"}
	case string:
		return &model{Kind: String, Value: v}
	case Array:
		m := &model{Kind: List}
		for _, item := range v {
			m.Items = append(m.Items, modelData(item))
		}
		return m
	case Object:
		m := &model{Kind: Map, Fields: map[string]*model{}}
		for _, entry := range v {
			m.Fields[entry.Key] = modelData(entry.Value)
		}
		return m
	case Tagged:
		m := modelData(v.Value)
		m.Tag = v.Tag
		return m
	default:
		text, _ := number(v)
		return &model{Kind: Number, Value: text}
	}
}

// A step is an edit of a node that a test picked.
type editStep struct {
	edit
	node  *Node
	index int
}

// apply makes an edit, and if the editor takes it, makes it to the model too.
func (s editStep) apply(e *Editor, of map[*Node]*model) error {
	m, v := of[s.node], modelData(s.what)
	switch s.do {
	case "set":
		if err := e.Set(s.node, s.key, s.what); err != nil {
			return err
		}
		if m.Fields == nil {
			m.Kind, m.Fields = Map, map[string]*model{}
		}
		if old := m.Fields[s.key]; old != nil {
			*old = *v
		} else {
			m.Fields[s.key] = v
		}
	case "replace":
		if err := e.Replace(s.node, s.what); err != nil {
			return err
		}
		*m = *v
	case "remove":
		if err := e.Remove(s.node, s.key); err != nil {
			return err
		}
		delete(m.Fields, s.key)
	case "item":
		if err := e.RemoveItem(s.node, s.index); err != nil {
			return err
		}
		gone := of[s.node.Items[s.index]]
		m.Items = slices.DeleteFunc(m.Items, func(i *model) bool { return i == gone })
	case "append":
		if err := e.Append(s.node, s.what); err != nil {
			return err
		}
		m.Kind, m.Items = List, append(m.Items, v)
	}
	return nil
}
