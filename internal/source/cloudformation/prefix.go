package cloudformation

import (
	"slices"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// prefixed writes a prefix of log streams, which is the container's name, as the
// template writes that name: in the body of a loop it differs from turn to turn.
func (x *editing) prefixed(edit value.Edit) value.Edit {
	members, ok := edit.Value.(value.Map)
	if !ok || edit.At.Name != "logConfiguration" {
		return edit
	}
	container := x.mender.Node(edit.At.Parent)
	if container == nil {
		return edit
	}
	if name := written(container.Get(spell("name"))); name != nil {
		edit.Value = withPrefix(members, name)
	}
	return edit
}

func withPrefix(members value.Map, name any) value.Map {
	out := slices.Clone(members)
	for i, m := range out {
		if inner, ok := m.Value.(value.Map); ok {
			out[i].Value = withPrefix(inner, name)
		} else if m.Free && m.Name == "awslogs-stream-prefix" {
			out[i].Value = name
		}
	}
	return out
}

// written is a name that is computed, as an editor writes it; nil for one that is
// not, or not by a simple function.
func written(n *document.Node) any {
	if n == nil {
		return nil
	}
	f, arg := intrinsic(n)
	if (f != "Ref" && f != "Fn::Sub") || arg == nil || arg.Kind != document.String {
		return nil
	}
	if n.Tag == "" {
		return document.Object{{Key: f, Value: arg.Value}}
	}
	return document.Tagged{Tag: n.Tag, Value: arg.Value}
}
