package terraform

import (
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

// tags are the tags of a resource with the keys that are wanted, also those that
// its provider adds, as far as they are known.
func (r *planned) tags(wanted []string) map[string]string {
	out := map[string]string{}
	for _, name := range []string{"tags", "tags_all"} {
		maps.Copy(out, files.Tags(r.attribute(name).doc, wanted))
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// tags are the tags of a resource with the keys that are wanted, as far as its own
// block and the default_tags of its provider say them. Its own win.
func (r *hclResource) tags(wanted []string) map[string]string {
	if len(wanted) == 0 {
		return nil
	}
	own := r.argument("tags")
	defaults := r.defaultTags()
	var out map[string]string
	for _, key := range wanted {
		v := own.Field(key)
		if v.Kind() == value.Nothing && defaults != nil {
			v = defaults.Field(key)
		}
		if s, ok := v.AsString(); ok && v.Kind() == value.String {
			if out == nil {
				out = map[string]string{}
			}
			out[key] = s
		}
	}
	return out
}

// defaultTags are those that the resource's provider adds, nil if it adds none or
// nobody can tell.
func (r *hclResource) defaultTags() *node {
	d, s := r.provider()
	if d == nil {
		return nil
	}
	d, blocks := d.blocksOf("default_tags")
	if len(blocks) != 1 || blocks[0].Type == "dynamic" {
		return nil
	}
	e := attributeOf(d.file, blocks[0].Body, "tags")
	if e == nil {
		return nil
	}
	return s.reader(d.file).node(e)
}

// provider is the block of the provider of a resource, with the scope of its
// arguments. A module takes its caller's default one; which others a call hands
// over is not followed.
func (r *hclResource) provider() (*declared, scope) {
	name, _, _ := strings.Cut(r.typ, "_")
	alias := ""
	if e := r.attribute("provider"); e != nil {
		t, diags := hcl.AbsTraversalForExpr(e.Expression)
		if diags.HasErrors() || len(t) > 2 {
			return nil, scope{}
		}
		name, alias = t.RootName(), stepName(t, 1)
	}
	for i := r.scope.instance; ; i = i.caller.instance {
		if d := i.config.provider(name, alias); d != nil {
			return d, i.scope()
		}
		if i.call == nil || alias != "" || i.call.attribute("providers") != nil {
			return nil, scope{}
		}
	}
}

// provider is the block of a provider, nil if the module has none.
func (c *config) provider(name, alias string) *declared {
	for _, d := range c.providers {
		if d.name == name && d.literal("alias") == alias {
			return d
		}
	}
	return nil
}
