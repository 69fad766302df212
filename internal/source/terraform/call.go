package terraform

import (
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A callee is an instance of a called module.
type callee struct {
	*instance
	index, each string
	unsure      bool // it stands for an unknown number
}

// called are the instances of a module that this one calls; none if the module is
// not here.
func (i *instance) called(d *declared) []callee {
	if all, ok := i.callees[d.name]; ok {
		return all
	}
	i.callees[d.name] = nil // what asks for it meanwhile finds nothing
	dir, ok := i.source(d)
	if !ok {
		return nil
	}
	e := i.expand(d)
	var out []callee
	for _, x := range e.all {
		if i.run.calls++; i.run.calls > maxCalls {
			i.run.gap(i.run.folder.Name, "calls too many modules: the rest was not read")
			break
		}
		c := i.run.instance(i.run.config(dir))
		c.address, c.key = joinAddress(i.address, "module."+d.name+x.index), strings.TrimPrefix(i.key+"."+d.name, ".")
		c.call, c.caller, c.depth = d, i.scope().of(d, x), i.depth+1
		if c.caveat = i.caveat; c.caveat == "" {
			c.caveat = e.caveat
		}
		if c.at = i.at; c.at == nil {
			c.at = &value.Place{In: d.file, Off: int32(d.block.DefRange.Start.Byte), End: int32(d.block.DefRange.End.Byte)}
		}
		out = append(out, callee{instance: c, index: x.index, each: x.each, unsure: e.caveat != ""})
	}
	i.callees[d.name] = out
	return out
}

func joinAddress(outer, inner string) string {
	if outer == "" {
		return inner
	}
	return outer + "." + inner
}

// source finds the folder of a called module. What is not here is said once a
// call, whatever it is called for.
func (i *instance) source(d *declared) (string, bool) {
	scope := d.file.Name + ": module." + safe(d.name)
	if dir := i.config.localSource(d); dir != "" {
		switch {
		case i.depth >= maxModules:
			i.run.gap(scope, "modules call each other too deeply")
		case i.calls(dir):
			i.run.gap(scope, "the module calls itself")
		case !i.run.exists(dir):
			i.run.gap(scope, "its source is no folder with Terraform files")
		default:
			return dir, true
		}
		return "", false
	}
	key := strings.TrimPrefix(i.key+"."+d.name, ".")
	if dir := i.run.installed()[key]; dir != "" && i.run.exists(dir) && i.depth < maxModules && !i.calls(dir) {
		return dir, true
	}
	if e := i.expand(d); e.caveat != "" || len(e.all) > 0 {
		i.run.notCovered(scope, "the module is not here: terraform init fetches it")
	}
	return "", false
}

// calls tells whether a folder is one of those on the way to this instance.
func (i *instance) calls(dir string) bool {
	for at := i; at != nil; at = at.caller.instance {
		if at.config.dir == dir {
			return true
		}
	}
	return false
}

// An hclResource is an instance of a resource.
type hclResource struct {
	*declared
	scope   scope
	address string
	index   string
	caveat  string
}

// instances are those of a resource in this module.
func (i *instance) instances(d *declared) []*hclResource {
	if all, ok := i.made[d]; ok {
		return all
	}
	e := i.expand(d)
	var out []*hclResource
	for _, x := range e.all {
		r := &hclResource{
			declared: d, scope: i.scope().of(d, x), index: x.index,
			address: joinAddress(i.address, d.typ+"."+d.name+x.index), caveat: i.caveat,
		}
		if r.caveat == "" {
			r.caveat = e.caveat
		}
		out = append(out, r)
	}
	i.made[d] = out
	return out
}

// walk visits the resources of a module and of those that it calls.
func (i *instance) walk(visit func(*hclResource) error) error {
	for _, d := range i.config.resources {
		switch {
		case notCovered(d.typ):
			if e := i.expand(d); len(e.all) > 0 {
				i.run.notCovered(d.file.Name+": "+safe(joinAddress(i.address, d.typ+"."+d.name)), "no control reads resources of type "+safe(d.typ))
			}
			continue
		case resourceType(d.typ) == "":
			continue
		}
		for _, r := range i.instances(d) {
			if i.run.resources++; i.run.resources > maxResources {
				i.run.gap(i.run.folder.Name, "makes too many resources: the rest was not read")
				return errTooMany
			}
			if err := visit(r); err != nil {
				return err
			}
		}
	}
	for _, d := range i.config.calls {
		for _, c := range i.called(d) {
			if err := c.walk(visit); err != nil {
				return err
			}
		}
	}
	return nil
}

// place is where a resource of a module is written.
func (r *hclResource) place() *value.Place {
	if at := r.scope.at; at != nil {
		return at
	}
	return placeOf(r.file, r.block.DefRange)
}

func placeOf(f *sourceFile, at hcl.Range) *value.Place {
	return &value.Place{In: f, Off: int32(at.Start.Byte), End: int32(at.End.Byte)}
}

func (r *run) gap(scope, reason string) { once(r, &r.coverage.Gaps, scope, reason) }

func (r *run) notCovered(scope, reason string) { once(r, &r.coverage.NotCovered, scope, reason) }

func once(r *run, list *[]ecsentry.Gap, scope, reason string) {
	g := ecsentry.Gap{Scope: scope, Reason: reason}
	if !r.said[g] {
		r.said[g] = true
		*list = append(*list, g)
	}
}

// relative is the path of a module's folder from the root module's, as
// path.module has it.
func (r *run) relative(dir string) string {
	root := path.Clean(r.folder.Name)
	switch {
	case dir == root:
		return "."
	case root == ".":
		return dir
	case strings.HasPrefix(dir, root+"/"):
		return dir[len(root)+1:]
	}
	// The names have the same base: that of the command line.
	up := strings.Split(root, "/")
	to := strings.Split(dir, "/")
	for len(up) > 0 && len(to) > 0 && up[0] == to[0] {
		up, to = up[1:], to[1:]
	}
	return path.Join(strings.Repeat("../", len(up)), strings.Join(to, "/"))
}
