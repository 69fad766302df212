package cloudformation

import (
	"iter"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A node shows a val to the decoder.
type node struct {
	run *run
	val val
	up  *document.Node // the nearest existing parent, for what is not there
	in  string         // the list that the node is an element of
	api string         // the property that the node is the value of
	res *resource      // set on the properties of a resource
}

func (n *node) Kind() value.Kind { return n.val.kind }
func (n *node) Why() *value.Why  { return n.val.why }
func (n *node) Rest() *value.Why { return n.val.rest }
func (n *node) Via() string      { return n.val.via }

func (n *node) Span() (value.Text, int32, int32) {
	at := n.val.at
	if at == nil {
		at = n.up
	}
	return n.val.scope.stack.text, at.Start, at.End
}

func (n *node) AsBool() (v, ok bool) {
	if n.val.kind != value.Boolean && n.val.kind != value.String {
		return false, false
	}
	return strings.EqualFold(n.val.s, "true"), strings.EqualFold(n.val.s, "true") || strings.EqualFold(n.val.s, "false")
}

func (n *node) AsString() (string, bool) { return n.val.s, n.val.known() }

// Field is a property by the ECS API's name.
func (n *node) Field(api string) value.Node {
	switch {
	case apiOnly(api):
		return n.absent(api)
	case n.val.kind == value.Opaque:
		return &node{run: n.run, val: n.val, up: n.up, api: api}
	case n.val.kind != value.Object:
		return n.absent(api)
	case n.res != nil && n.res.typ == typeCluster && api == "defaultCapacityProviderStrategy":
		if v, ok := n.run.associated(n.res); ok {
			return &node{run: n.run, val: v, up: n.val.at, api: api}
		}
	}
	return n.written(api)
}

// written is the property that the template writes.
func (n *node) written(api string) value.Node {
	name := spell(api)
	e, ok := n.run.field(n.val, name)
	if !ok {
		if why := n.missing(name); why != nil {
			return &node{run: n.run, val: opaque(n.val.at, n.val.scope, why), up: n.val.at, api: api}
		}
		return n.absent(api)
	}
	r := n.run
	if n.identifies(api) {
		r = r.naming()
	}
	v := r.resolve(e.node, e.scope)
	if v.kind == value.Opaque {
		n.run.note(api, v.why)
	}
	return &node{run: n.run, val: v, up: n.val.at, api: api}
}

// naming is a run outside of all worlds.
func (r *run) naming() *run {
	if r.names == nil {
		r.names = &run{prog: r.prog}
	}
	return r.names
}

// identifies says of a property that it only names things. A name must be the
// same in all worlds, and is not worth exploring any.
func (n *node) identifies(api string) bool {
	switch api {
	case "family", "serviceName", "clusterName", "enableExecuteCommand":
		return n.res != nil
	case "name", "image":
		return n.in == "containerDefinitions"
	}
	return false
}

// missing says why a property that is not written may be there all the same, or
// was meant to be.
func (n *node) missing(name string) *value.Why {
	if m := n.val.scope.stack.macro; m != "" {
		return &value.Why{Text: "the transform " + safe(m) + " may add it", Hint: deployed}
	}
	if n.res != nil && n.res.node.Get("Fn::Transform") != nil {
		return &value.Why{Text: "Fn::Transform may add it", Hint: deployed}
	}
	if n.run.unrolled(n.val) {
		return &value.Why{Text: "Fn::ForEach over a list that is not known may add it"}
	}
	for _, f := range fields(n.val.node) {
		if f.Key.Value == "Fn::Transform" {
			return &value.Why{Text: "Fn::Transform may add it", Hint: deployed}
		}
	}
	if key := miswritten(n.val.node, name); key != "" {
		return &value.Why{Text: "it is written " + safe(key) + ", CloudFormation knows only " + name}
	}
	return nil
}

func (n *node) absent(api string) value.Node {
	return &node{run: n.run, val: val{kind: value.Nothing, scope: n.val.scope}, up: n.where(), api: api}
}

func (n *node) where() *document.Node {
	if n.val.at != nil {
		return n.val.at
	}
	return n.up
}

// Items are the elements of a list; what AWS::NoValue removes leaves a gap in
// the indices.
func (n *node) Items() iter.Seq2[int, value.Node] {
	return func(yield func(int, value.Node) bool) {
		if n.val.kind != value.Sequence {
			return
		}
		for i, item := range n.run.itemsOf(n.val) {
			if item.kind == value.Nothing {
				continue
			}
			if !yield(i, &node{run: n.run, val: item, up: n.val.at, in: n.api}) {
				return
			}
		}
	}
}

// field finds a property of a literal object.
func (r *run) field(v val, name string) (expression, bool) {
	if v.node == nil {
		return expression{}, false
	}
	loops := false
	for i := range v.node.Fields {
		key := v.node.Fields[i].Key.Value
		if key == name {
			return expression{v.node.Fields[i].Value, v.scope}, true
		}
		loops = loops || strings.HasPrefix(key, forEach)
	}
	if !loops {
		return expression{}, false
	}
	var found expression
	r.each(expression{v.node, v.scope}, func(e entry) {
		if e.key == name {
			found = expression{e.value, e.scope}
		}
	})
	return found, found.node != nil
}

// unrolled says whether an object has a loop over a list that nobody knows.
func (r *run) unrolled(v val) bool {
	for _, f := range fields(v.node) {
		if strings.HasPrefix(f.Key.Value, forEach) {
			open := false
			r.each(expression{v.node, v.scope}, func(e entry) { open = open || e.uncounted })
			return open
		}
	}
	return false
}

// note remembers a value that would be good for a parameter that an open
// property depends on.
func (r *run) note(api string, why *value.Why) {
	for _, t := range why.Terms {
		if strings.HasPrefix(t, "AWS::") {
			continue // what a pseudo parameter may be is no matter of the property
		}
		for _, v := range goodValues(api) {
			if r.useful == nil {
				r.useful = map[string][]string{}
			}
			r.useful[t] = append(r.useful[t], v)
		}
	}
}

// goodValues are values that a property may well have.
func goodValues(api string) []string {
	switch api {
	case "privileged":
		return []string{"false", "true"}
	case "readonlyRootFilesystem":
		return []string{"true", "false"}
	case "user":
		return []string{"1000"}
	case "networkMode":
		return []string{"awsvpc"}
	case "pidMode":
		return []string{"task"}
	case "logDriver":
		return []string{"awslogs"}
	case "assignPublicIp":
		return []string{"DISABLED"}
	case "launchType", "capacityProvider":
		return []string{"FARGATE", "EC2"}
	case "platformVersion":
		return []string{"LATEST"}
	case "type":
		return []string{"ECS"}
	case "operatingSystemFamily":
		return []string{"LINUX"}
	case "value":
		return []string{"enabled"}
	case "name":
		return []string{"containerInsights"}
	}
	return nil
}
