package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// resource is what the engine judges.
func (r *hclResource) resource() *ecsentry.Resource {
	out := &ecsentry.Resource{
		Identity: ecsentry.Identity{
			Type: resourceType(r.typ), ID: r.address, Name: r.ownName(), Source: ecsentry.SourceTerraform, Partition: "aws", At: r.place(),
		},
		Caveat: r.caveat,
	}
	if out.Name == "" {
		out.Name = r.address
	}
	out.Variants = []ecsentry.Variant{{Data: decode(r.typ, r.node(), r.link)}}
	return out
}

// ownName is the name that the resource has in AWS, "" if it is not known here.
func (r *hclResource) ownName() string {
	n := r.argument(nameOf(r.typ))
	if n.kind != value.String || n.secret {
		return ""
	}
	return n.s
}

func (r *hclResource) at(at hcl.Range) span { return r.file.span(at) }

// node shows the resource with the ECS API's names.
func (r *hclResource) node() value.Node {
	at := r.at(r.block.DefRange)
	at.in = &resourceText{r.file, r}
	n := object(at, r.field)
	if r.scope.run.tracing {
		n.origin = &origin{block: r.declared}
	}
	return n
}

func (r *hclResource) field(api string) value.Node {
	header := r.at(r.block.DefRange)
	switch api {
	case "taskDefinitionArn", "revision", "status", "serviceArn", "clusterArn", "platformFamily":
		return absent(header)
	case "containerDefinitions":
		e := r.attribute("container_definitions")
		if e == nil {
			return absent(header)
		}
		n := r.scope.reader(e.file).containers(e)
		if n.kind == value.String && n.s == "" {
			return n.gone()
		}
		return n
	case "networkConfiguration":
		return wrapped("awsvpcConfiguration", r.block1("network_configuration"))
	case "deploymentController", "runtimePlatform":
		return r.block1(spell(api))
	case "settings", "capacityProviderStrategy":
		return r.blocks(spell(api))
	case "defaultCapacityProviderStrategy":
		if r.typ == typeCluster {
			return r.strategy()
		}
		return r.blocks(spell(api))
	}
	return r.argument(spell(api))
}

// argument is an argument of the resource.
func (r *hclResource) argument(name string) *node {
	return argumentOf(r.attribute(name), name, r.at(r.block.DefRange), r.scope)
}

// argumentOf is an argument of a block. An empty string is absent, as null is.
func argumentOf(e *expression, name string, up span, s scope) *node {
	if e == nil {
		return absent(up)
	}
	n := s.reader(e.file).node(e)
	if n.kind == value.Null || n.kind == value.String && n.s == "" {
		return n.gone()
	}
	switch {
	case name == "assign_public_ip":
		return enabled(n)
	case name == "enable_execute_command":
		if n.kind == value.String && (n.s == "true" || n.s == "false") { // Terraform makes a boolean of it
			truth := *n
			truth.kind = value.Boolean
			return &truth
		}
		return n
	case n.kind == value.Number || n.kind == value.Boolean:
		text := *n // Terraform makes a string of it
		text.kind = value.String
		return &text
	}
	return n
}

// A nested is a block in a resource, or what a dynamic block makes.
type nested struct {
	file  *sourceFile
	body  hcl.Body
	at    span
	scope scope
}

// nested are the blocks of a kind. Those of a dynamic block that nobody knows the
// number of may be any.
func (r *hclResource) nested(kind string) (all []nested, rest *value.Why) {
	d, blocks := r.blocksOf(kind)
	for _, b := range blocks {
		if b.Type == kind {
			all = append(all, nested{d.file, b.Body, d.file.span(b.DefRange), r.scope})
			continue
		}
		made, why := r.dynamic(d.file, b)
		all = append(all, made...)
		if why != nil {
			rest = why
		}
	}
	return all, rest
}

func (r *hclResource) dynamic(f *sourceFile, b *hcl.Block) (all []nested, rest *value.Why) {
	content, _, _ := b.Body.PartialContent(&hcl.BodySchema{
		Attributes: []hcl.AttributeSchema{{Name: "for_each"}, {Name: "iterator"}},
		Blocks:     []hcl.BlockHeaderSchema{{Type: "content"}},
	})
	if content == nil || content.Attributes["for_each"] == nil || len(content.Blocks) != 1 {
		return nil, &value.Why{Text: "a dynamic block cannot be read", Hint: scanThePlan}
	}
	name := b.Labels[0]
	if i := content.Attributes["iterator"]; i != nil {
		name = keyword(&expression{f, i.Expr})
	}
	v, marks := r.scope.value(content.Attributes["for_each"].Expr).Unmark()
	switch {
	case !v.IsKnown():
		return nil, whyOf(marks)
	case v.IsNull() || !v.CanIterateElements() || v.LengthInt() > maxInstances:
		return nil, &value.Why{Text: "the for_each of a dynamic block cannot be read", Hint: scanThePlan}
	case v.Type().IsSetType() && !v.IsWhollyKnown():
		return nil, &value.Why{Text: "the elements of a dynamic block are not known here", Hint: scanThePlan}
	}
	inner := content.Blocks[0]
	for it := v.ElementIterator(); it.Next(); {
		k, e := it.Element()
		each := cty.ObjectVal(map[string]cty.Value{"key": k, "value": e.WithMarks(marks)})
		all = append(all, nested{f, inner.Body, f.span(inner.DefRange), r.scope.with(map[string]cty.Value{name: each})})
	}
	return all, nil
}

func (r *hclResource) show(n nested) value.Node {
	out := object(n.at, func(api string) value.Node {
		return argumentOf(attributeOf(n.file, n.body, spell(api)), spell(api), n.at, n.scope)
	})
	if n.scope.run.tracing {
		out.origin = &origin{nested: &n}
	}
	return out
}

// block1 is the one block of a kind.
func (r *hclResource) block1(kind string) value.Node {
	all, rest := r.nested(kind)
	switch {
	case rest != nil:
		return opaque(r.at(r.block.DefRange), rest)
	case len(all) == 0:
		return absent(r.at(r.block.DefRange))
	}
	return r.show(all[0])
}

// blocks are the blocks of a kind, a list to the ECS API.
func (r *hclResource) blocks(kind string) value.Node {
	all, rest := r.nested(kind)
	if len(all) == 0 && rest == nil {
		return absent(r.at(r.block.DefRange))
	}
	n := list(r.at(r.block.DefRange), func(yield func(int, value.Node) bool) {
		for i, b := range all {
			if !yield(i, r.show(b)) {
				return
			}
		}
	})
	n.rest = rest
	return n
}
