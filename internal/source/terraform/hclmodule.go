package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// A config is what the files of a module's folder say. Of a block only what the
// scanner reads is looked at, when it is asked for.
type config struct {
	dir       string // as reports show it
	variables map[string]*declared
	locals    map[string]*expression
	outputs   map[string]*expression
	secret    map[string]bool // outputs that are sensitive
	calls     []*declared
	callNamed map[string]*declared
	providers []*declared
	resources []*declared
	named     map[string]*declared // by type.name
	types     map[string]bool      // of the resources
	overrides []*declared          // blocks of override files that are not merged yet
}

// A declared is a block of a module.
type declared struct {
	file  *sourceFile
	block *hcl.Block
	typ   string // of a resource
	name  string
	over  []*declared // what override files say of it, in their order
}

// An expression is one with the file that it stands in.
type expression struct {
	file *sourceFile
	hcl.Expression
}

func moduleSchema() *hcl.BodySchema {
	return &hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: "variable", LabelNames: []string{"name"}}, {Type: "locals"},
		{Type: "output", LabelNames: []string{"name"}}, {Type: "module", LabelNames: []string{"name"}},
		{Type: "resource", LabelNames: []string{"type", "name"}}, {Type: "provider", LabelNames: []string{"name"}},
	}}
}

func newConfig(dir string) *config {
	return &config{
		dir: dir, variables: map[string]*declared{}, locals: map[string]*expression{}, outputs: map[string]*expression{},
		callNamed: map[string]*declared{}, named: map[string]*declared{}, secret: map[string]bool{}, types: map[string]bool{},
	}
}

// add takes the blocks of a file.
func (c *config) add(f *sourceFile, base string) {
	content, _, _ := f.body.PartialContent(moduleSchema())
	if content == nil {
		return
	}
	override := isOverride(base)
	for _, b := range content.Blocks {
		d := &declared{file: f, block: b}
		if len(b.Labels) > 0 {
			d.name = b.Labels[len(b.Labels)-1]
		}
		if b.Type == "resource" {
			d.typ = b.Labels[0]
		}
		if override {
			c.overrides = append(c.overrides, d)
			continue
		}
		switch b.Type {
		case "variable":
			c.variables[d.name] = d
		case "locals":
			attributes, _ := b.Body.JustAttributes()
			for name, a := range attributes {
				c.locals[name] = &expression{f, a.Expr}
			}
		case "output":
			c.outputs[d.name], c.secret[d.name] = d.attribute("value"), d.flag("sensitive")
		case "module":
			c.calls = append(c.calls, d)
			c.callNamed[d.name] = d
		case "provider":
			c.providers = append(c.providers, d)
		case "resource":
			c.resources = append(c.resources, d)
			c.named[d.typ+"."+d.name] = d
			c.types[d.typ] = true
		}
	}
}

// attribute is an argument of the block, nil if it is not there.
func (d *declared) attribute(name string) *expression {
	for _, over := range slices.Backward(d.over) {
		if e := over.attribute(name); e != nil {
			return e
		}
	}
	return attributeOf(d.file, d.block.Body, name)
}

func attributeOf(f *sourceFile, body hcl.Body, name string) *expression {
	content, _, _ := body.PartialContent(&hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: name}}})
	if content == nil || content.Attributes[name] == nil {
		return nil
	}
	return &expression{f, content.Attributes[name].Expr}
}

// flag tells whether an argument is true.
func (d *declared) flag(name string) bool {
	e := d.attribute(name)
	if e == nil {
		return false
	}
	v, diags := e.Value(nil)
	return !diags.HasErrors() && v.Type() == cty.Bool && v.IsKnown() && !v.IsNull() && v.True()
}

// literal is an argument that is a string without anything to evaluate.
func (d *declared) literal(name string) string {
	e := d.attribute(name)
	if e == nil {
		return ""
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() || !isString(v) {
		return ""
	}
	return v.AsString()
}

// localSource is the folder of a module call's source, "" if it is not local.
func (c *config) localSource(d *declared) string {
	source := d.literal("source")
	if !strings.HasPrefix(source, "./") && !strings.HasPrefix(source, "../") && source != "." && source != ".." {
		return ""
	}
	return joinPath(c.dir, source)
}
