package terraform

import (
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// isOverride tells the files whose blocks are merged into those of the others.
func isOverride(base string) bool {
	name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(base, ".json"), ".tf"), ".tofu")
	return name == "override" || strings.HasSuffix(name, "_override")
}

// merge merges the blocks of override files into those that they override, after
// all files of the folder were added. It says which have none: Terraform refuses
// such a module.
func (c *config) merge(lost func(d *declared, what string)) {
	for _, o := range c.overrides {
		var base *declared
		what := o.block.Type + "." + o.name
		switch o.block.Type {
		case "locals":
			attributes, _ := o.block.Body.JustAttributes()
			for name, a := range attributes {
				if c.locals[name] == nil {
					lost(o, "local."+safe(name))
				}
				c.locals[name] = &expression{o.file, a.Expr}
			}
			continue
		case "output":
			// Only these are read, so it may be replaced whole.
			if o.attribute("sensitive") != nil {
				c.secret[o.name] = o.flag("sensitive")
			}
			if e, ok := c.outputs[o.name]; !ok {
				lost(o, "output."+safe(o.name))
			} else if v := o.attribute("value"); v != nil || e == nil {
				c.outputs[o.name] = v
			}
			continue
		case "variable":
			base, what = c.variables[o.name], "var."+o.name
		case "module":
			base = c.callNamed[o.name]
		case "provider":
			base = c.provider(o.name, o.literal("alias"))
		case "resource":
			base, what = c.named[o.typ+"."+o.name], o.typ+"."+o.name
		}
		if base == nil {
			lost(o, safe(what))
			continue
		}
		base.over = append(base.over, o)
	}
	c.overrides = nil
	maps.DeleteFunc(c.outputs, func(_ string, e *expression) bool { return e == nil })
}

// blocksOf are the blocks of a kind in a block, and the dynamic ones that make
// such, with who declares them: those of an override file replace all others.
func (d *declared) blocksOf(kind string) (*declared, hcl.Blocks) {
	for i := len(d.over) - 1; i >= 0; i-- {
		if _, all := d.over[i].blocksOf(kind); len(all) > 0 {
			return d.over[i], all
		}
	}
	content, _, _ := d.block.Body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: kind}, {Type: "dynamic", LabelNames: []string{"type"}},
	}})
	if content == nil {
		return d, nil
	}
	var out hcl.Blocks
	for _, b := range content.Blocks {
		if b.Type == kind || b.Type == "dynamic" && b.Labels[0] == kind {
			out = append(out, b)
		}
	}
	return d, out
}
