package terraform

import (
	"fmt"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
)

// maxDepth bounds how deep modules call each other and references lead on.
const maxDepth = 64

// A plan is a plan or a state as "terraform show -json" prints it.
type plan struct {
	text      planText
	state     bool
	variables *document.Node
	changes   map[string]*document.Node // resource_changes by address
	root      *module
	resources []*planned // of Amazon ECS, in the order of the text
	byAddress map[string]*planned
	named     map[string][]*planned // by module address and type.name
	coverage  ecsentry.Coverage
}

// A planned is an instance of a resource.
type planned struct {
	plan    *plan
	module  *module
	doc     *document.Node
	values  planValue
	address string
	typ     string
	name    string
	index   string         // "[0]", `["a"]`, or ""
	config  *document.Node // how its source sets it; nil if the plan does not say
}

// isPlan tells plans and states by their keys.
func isPlan(doc *document.Node) bool {
	version := doc.Get("format_version")
	if version == nil || version.Kind != document.String {
		return false
	}
	if len(doc.Fields) == 1 { // an empty state
		return len(version.Value) > 1 && strings.Trim(version.Value, "0123456789.") == ""
	}
	for _, key := range []string{"planned_values", "resource_changes", "prior_state"} {
		if doc.Get(key) != nil {
			return true
		}
	}
	values := doc.Get("values")
	return doc.Get("terraform_version") != nil && (values == nil || values.Kind == document.Map)
}

// isRawState tells a state file that nobody has printed.
func isRawState(doc *document.Node) bool {
	return doc.Get("terraform_version") != nil && doc.Get("lineage") != nil && doc.Get("serial") != nil && doc.Get("format_version") == nil
}

// newPlan finds the resources of a plan or a state.
func newPlan(file *document.File, doc *document.Node) *plan {
	p := &plan{
		text: planText{file}, variables: doc.Get("variables"), changes: map[string]*document.Node{},
		byAddress: map[string]*planned{}, named: map[string][]*planned{},
	}
	values := doc.Get("planned_values")
	if values == nil && doc.Get("resource_changes") == nil {
		p.state, values = true, doc.Get("values")
	}
	if values == nil && !p.state {
		p.coverage.Refused = append(p.coverage.Refused, p.gap(doc, "is a plan without planned_values, so nobody can tell what it plans"))
		return p
	}
	if isTrue(doc.Get("errored")) {
		p.coverage.Gaps = append(p.coverage.Gaps, p.gap(doc, "planning ended with an error: what was not planned is not here"))
	}
	p.readChanges(doc)
	p.root = &module{config: doc.Get("configuration").Get("root_module")}
	p.root.index()
	p.read(values.Get("root_module"), p.root, 0)
	return p
}

// readChanges indexes what the plan marks. Objects that are only waiting to be
// deleted have the address of those that replace them.
func (p *plan) readChanges(doc *document.Node) {
	if changes := doc.Get("resource_changes"); changes != nil {
		for _, c := range changes.Items {
			if address := c.Get("address"); address != nil && c.Get("deposed") == nil {
				p.changes[address.Value] = c
			}
		}
	}
	deferred := doc.Get("deferred_changes")
	if deferred == nil {
		return
	}
	for _, d := range deferred.Items {
		change := d.Get("resource_change")
		typ, address := change.Get("type"), change.Get("address")
		if typ != nil && address != nil && strings.HasPrefix(typ.Value, "aws_ecs_") {
			p.coverage.NotCovered = append(p.coverage.NotCovered, ecsentry.Gap{
				Scope: p.text.Name + ": " + safe(address.Value), Reason: "Terraform defers it to a later plan",
			})
		}
	}
}

func (p *plan) read(doc *document.Node, m *module, depth int) {
	if doc == nil || depth > 2*maxDepth {
		return
	}
	if resources := doc.Get("resources"); resources != nil {
		for _, r := range resources.Items {
			p.add(r, m)
		}
	}
	if children := doc.Get("child_modules"); children != nil {
		for _, c := range children.Items {
			address := c.Get("address")
			if address == nil {
				p.coverage.Gaps = append(p.coverage.Gaps, p.gap(c, "is a module without an address"))
				continue
			}
			p.read(c, m.child(address.Value), depth+1)
		}
	}
}

// add takes a resource of Amazon ECS that is there after apply.
func (p *plan) add(doc *document.Node, m *module) {
	typ, address := doc.Get("type"), doc.Get("address")
	if typ == nil || text(doc.Get("mode")) == "data" {
		return
	}
	if notCovered(typ.Value) {
		p.coverage.NotCovered = append(p.coverage.NotCovered, ecsentry.Gap{
			Scope: p.text.Name + ": " + safe(text(address)), Reason: "no control reads resources of type " + safe(typ.Value),
		})
		return
	}
	if resourceType(typ.Value) == "" {
		return
	}
	r := &planned{plan: p, module: m, doc: doc, address: text(address), typ: typ.Value, name: text(doc.Get("name"))}
	if r.address == "" {
		p.coverage.Gaps = append(p.coverage.Gaps, p.gap(doc, "is a resource without an address"))
		return
	}
	if doc.Get("deposed_key") != nil {
		p.coverage.NotCovered = append(p.coverage.NotCovered, ecsentry.Gap{
			Scope: p.text.Name + ": " + safe(r.address), Reason: "is deposed: Terraform has replaced it and will delete it",
		})
		return
	}
	own := strings.TrimPrefix(strings.TrimPrefix(r.address, m.address), ".")
	_, r.index = cutIndex(own)
	change := p.changes[r.address]
	if ends(change) {
		return
	}
	r.config = m.byName[r.typ+"."+r.name]
	r.values = p.valuesOf(doc, change)
	p.resources = append(p.resources, r)
	p.byAddress[r.address] = r
	key := m.address + "\x00" + r.typ + "." + r.name
	p.named[key] = append(p.named[key], r)
}

// ends tells changes after which the resource is not there any more.
func ends(change *document.Node) bool {
	actions := change.Get("change").Get("actions")
	return actions != nil && len(actions.Items) == 1 &&
		(actions.Items[0].Value == "delete" || actions.Items[0].Value == "forget")
}

// valuesOf are a resource's values with their marks.
func (p *plan) valuesOf(doc, change *document.Node) planValue {
	v := planValue{text: p.text, doc: doc.Get("values"), up: doc, sensitive: doc.Get("sensitive_values")}
	if p.state {
		return v
	}
	c := change.Get("change")
	v.unknown, v.change = c.Get("after_unknown"), c.Get("after_sensitive")
	v.silent = c == nil && (v.doc == nil || hasNull(v.doc))
	return v
}

// hasNull tells whether a resource's values list what is null, as Terraform's
// do: what they do not list then is unknown.
func hasNull(values *document.Node) bool {
	for i := range values.Fields {
		if values.Fields[i].Value.Kind == document.Null {
			return true
		}
	}
	return false
}

func text(n *document.Node) string {
	if n == nil || n.Kind != document.String {
		return ""
	}
	return n.Value
}

func (p *plan) gap(n *document.Node, reason string) ecsentry.Gap {
	at := p.text.Position(n.Start)
	return ecsentry.Gap{Scope: p.text.Name, Reason: fmt.Sprintf("line %d, column %d: %s", at.Line, at.Column, reason)}
}
