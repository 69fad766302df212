package terraform

import (
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// resource is what the engine judges.
func (r *planned) resource() *ecsentry.Resource {
	out := &ecsentry.Resource{Identity: r.identity()}
	out.Variants = []ecsentry.Variant{{Data: decode(r.typ, r.node(), r.link)}}
	return out
}

// identity is the address, in a state the ARN.
func (r *planned) identity() ecsentry.Identity {
	id := ecsentry.Identity{
		Type: resourceType(r.typ), ID: r.address, Name: r.ownName(), Source: ecsentry.SourceTerraform, Partition: "aws",
		At: &value.Place{In: r.plan.text, Off: r.doc.Start, End: r.doc.End},
	}
	if id.Name == "" {
		id.Name = r.address
	}
	arn, ok := r.arn()
	if !ok {
		return id
	}
	parsed, _ := ecs.ParseARN(arn)
	if r.plan.state {
		id.ID = arn
	}
	if len(parsed.Account) == 12 && strings.Trim(parsed.Account, "0123456789") == "" {
		id.Account = parsed.Account
	}
	if strings.Trim(parsed.Region, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" {
		id.Region = parsed.Region
	}
	if parsed.Partition != "" {
		id.Partition = parsed.Partition
	}
	return id
}

// ownName is the name that the resource has in AWS, "" if it is not known, or
// not to be shown.
func (r *planned) ownName() string {
	n := r.values.attr(nameOf(r.typ)).scalar()
	if n.kind != value.String || n.secret {
		return ""
	}
	return n.s
}

// arn is the resource's ARN, which older providers keep as its ID.
func (r *planned) arn() (string, bool) {
	for _, attribute := range []string{"arn", "id"} {
		n := r.values.attr(attribute).scalar()
		if n.kind != value.String || n.secret {
			continue
		}
		if _, ok := ecs.ParseARN(n.s); ok {
			return n.s, true
		}
	}
	return "", false
}

// node shows the resource with the ECS API's names.
func (r *planned) node() value.Node {
	at := span{r.plan.text, r.doc.Start, r.doc.End}
	return object(at, r.field)
}

func (r *planned) field(api string) value.Node {
	v := r.attribute(spell(api))
	switch api {
	case "containerDefinitions":
		return v.containers()
	case "networkConfiguration":
		return wrapped("awsvpcConfiguration", v.block())
	case "deploymentController", "runtimePlatform":
		return v.block()
	case "settings", "capacityProviderStrategy":
		return v.blocks()
	case "defaultCapacityProviderStrategy":
		return r.strategy(v)
	case "taskDefinitionArn", "revision":
		// A plan's task definition is one that would become active, whatever revision
		// there is now.
		if !r.plan.state {
			return absent(v.at())
		}
		if api == "revision" {
			return v.scalar()
		}
		return r.arnNode()
	case "serviceArn":
		return r.arnNode()
	case "clusterArn":
		if r.typ == typeCluster {
			return r.arnNode()
		}
		return absent(v.at())
	case "status", "platformFamily":
		return absent(v.at())
	}
	return v.scalar()
}

func (r *planned) arnNode() value.Node {
	v := r.attribute("arn")
	if arn, ok := r.arn(); ok {
		return &node{at: v.at(), kind: value.String, s: arn}
	}
	return absent(v.at())
}

// attribute is an argument of the resource. What the plan marks because AWS fills
// it in is absent where the source shows that nobody set it.
func (r *planned) attribute(name string) planValue {
	v := r.values.attr(name)
	if v.open() && computed(name) && r.unset(name) {
		v.unknown, v.silent, v.doc = nil, false, nil
	}
	return v
}

// unset tells whether nobody set an argument, or set it to null.
func (r *planned) unset(name string) bool {
	if r.config == nil {
		return false
	}
	expressions := r.config.Get("expressions")
	if expressions == nil {
		return true
	}
	e := expressions.Get(name)
	if e == nil {
		return true
	}
	if e.Kind == document.List {
		return len(e.Items) == 0
	}
	a := r.plan.argument(r.module, e, 0)
	return a.known && a.null
}
