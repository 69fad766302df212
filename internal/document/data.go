package document

import (
	"fmt"
	"math"
	"strconv"
)

// What an [Editor] writes is one of: nil, a bool, an int, an int64, a float64, a
// string, an Array, an Object, a Tagged.
type (
	// An Object is a map, in the order in which it is to be written.
	Object []Entry
	// An Entry is a key of an Object with its value.
	Entry struct {
		Key   string
		Value any
	}
	// An Array is a list.
	Array []any
	// A Tagged is a value with a YAML tag, such as !Ref. JSON has no tags: there
	// Long is written.
	Tagged struct {
		Tag   string // with its !
		Value any
		Long  any // the same without a tag; nil if there is no such thing
	}
)

// checkData refuses what cannot be written.
func checkData(v any, json bool, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%w: the new value is nested too deeply", ErrPlace)
	}
	switch v := v.(type) {
	case nil, bool, int, int64, string:
		return nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("%w: the new value is no number", ErrPlace)
		}
		return nil
	case Array:
		for _, item := range v {
			if err := checkData(item, json, depth+1); err != nil {
				return err
			}
		}
		return nil
	case Object:
		seen := map[string]bool{}
		for _, entry := range v {
			if seen[entry.Key] {
				return fmt.Errorf("%w: the new value has %s twice", ErrPlace, safeKey(entry.Key))
			}
			seen[entry.Key] = true
			if err := checkData(entry.Value, json, depth+1); err != nil {
				return err
			}
		}
		return nil
	case Tagged:
		if json {
			if v.Long == nil {
				return fmt.Errorf("%w: JSON has no way to write %s", ErrPlace, v.Tag)
			}
			return checkData(v.Long, json, depth+1)
		}
		if !isTag(v.Tag) {
			return fmt.Errorf("%w: the new value has a tag that is none", ErrPlace)
		}
		if _, twice := v.Value.(Tagged); twice {
			return fmt.Errorf("%w: the new value has two tags", ErrPlace)
		}
		return checkData(v.Value, json, depth+1)
	default:
		return fmt.Errorf("%w: a %T cannot be written", ErrPlace, v)
	}
}

func isTag(tag string) bool {
	if len(tag) < 2 || tag[0] != '!' {
		return false
	}
	for i := 1; i < len(tag); i++ {
		if c := tag[i]; !isAlphanumeric(c) && c != '-' && c != '_' && c != ':' {
			return false
		}
	}
	return true
}

// number writes a number as JSON and YAML do; false if v is none.
func number(v any) (string, bool) {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		text := strconv.FormatFloat(v, 'g', -1, 64)
		if v == math.Trunc(v) && math.Abs(v) < 1e15 {
			text = strconv.FormatFloat(v, 'f', -1, 64)
		}
		return text, true
	}
	return "", false
}

// is reports whether n already says what v does, so that nothing need be
// written. Numbers are compared as they are written.
func (n *Node) is(v any) bool {
	if t, ok := v.(Tagged); ok {
		return n.Tag == t.Tag && n.content(t.Value)
	}
	return n.Tag == "" && n.content(v)
}

func (n *Node) content(v any) bool {
	switch v := v.(type) {
	case nil:
		return n.Kind == Null
	case bool:
		return n.Kind == Bool && (n.Value == "true" || n.Value == "True" || n.Value == "TRUE") == v
	case string:
		return n.Kind == String && n.Value == v
	case Array:
		if n.Kind != List || len(n.Items) != len(v) {
			return false
		}
		for i, item := range n.Items {
			if !item.is(v[i]) {
				return false
			}
		}
		return true
	case Object:
		if n.Kind != Map || len(n.Fields) != len(v) {
			return false
		}
		for _, entry := range v {
			if in := n.Get(entry.Key); in == nil || !in.is(entry.Value) {
				return false
			}
		}
		return true
	default:
		text, ok := number(v)
		return ok && n.Kind == Number && n.Value == text
	}
}

// long is v as JSON writes it.
func long(v any) any {
	switch v := v.(type) {
	case Tagged:
		return long(v.Long)
	case Array:
		out := make(Array, len(v))
		for i := range v {
			out[i] = long(v[i])
		}
		return out
	case Object:
		out := make(Object, len(v))
		for i := range v {
			out[i] = Entry{v[i].Key, long(v[i].Value)}
		}
		return out
	default:
		return v
	}
}
