package cloudformation

import (
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
)

// intrinsic recognises a call of an intrinsic function, in its short or its long
// form, and returns the long name and the argument. For anything else the name
// is "".
func intrinsic(n *document.Node) (name string, arg *document.Node) {
	if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") && len(n.Tag) > 1 {
		switch name = n.Tag[1:]; name {
		case "Ref", "Condition":
			return name, n
		default:
			return "Fn::" + name, n
		}
	}
	if n.Kind != document.Map || len(n.Fields) != 1 {
		return "", nil
	}
	switch key := n.Fields[0].Key.Value; {
	case key == "Ref", strings.HasPrefix(key, "Fn::") && !strings.HasPrefix(key, forEach):
		return key, n.Fields[0].Value
	default:
		return "", nil
	}
}

// argument is what a function is called with, as an expression of its own.
func argument(arg, n *document.Node) *document.Node {
	if arg == n {
		return untagged(n)
	}
	return arg
}

// untagged is the argument of a short form as a plain value: the same node, but
// no call any more.
func untagged(n *document.Node) *document.Node {
	if n.Tag == "" {
		return n
	}
	m := *n
	m.Tag = ""
	return &m
}

// scalar returns the text of a scalar as CloudFormation reads it: YAML 1.1
// booleans are true and false, integers are decimal.
func scalar(n *document.Node) string {
	switch n.Kind {
	case document.Bool:
		return strings.ToLower(n.Value)
	case document.Number:
		return decimal(n.Value)
	case document.String:
		if n.Style == document.Plain {
			switch n.Value {
			case "yes", "Yes", "YES", "on", "On", "ON":
				return "true"
			case "no", "No", "NO", "off", "Off", "OFF":
				return "false"
			}
		}
	}
	return n.Value
}

// call writes a call for a message: "!Ref Env".
func call(name, arg string) string {
	return "!" + strings.TrimPrefix(name, "Fn::") + " " + safe(arg)
}
