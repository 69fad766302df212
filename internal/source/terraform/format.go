package terraform

import (
	"context"
	"errors"
	"slices"

	"github.com/zclconf/go-cty/cty/function"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// Format is the form of plans, of states, and of folders of modules.
type Format struct {
	Tags      []string // the keys of the tags that are wanted
	variables Variables
	functions map[string]function.Function
}

var _ files.FolderFormat = (*Format)(nil)

// New makes the format; v are values of root modules' variables.
func New(v Variables) *Format { return &Format{variables: v, functions: table()} }

// Name is "terraform".
func (*Format) Name() ecsentry.SourceName { return ecsentry.SourceTerraform }

// Recognise tells plans and states by their keys.
func (*Format) Recognise(doc *document.Node) bool { return isPlan(doc) || isRawState(doc) }

// Read yields the resources of the plans and states in a file.
func (f *Format) Read(ctx context.Context, in *files.Input, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	var all ecsentry.Coverage
	ordinals := map[string]int{}
	for _, doc := range in.Documents {
		if !isPlan(doc) {
			all.Refused = append(all.Refused, (&plan{text: planText{in.File}}).gap(doc, unreadable(doc)))
			continue
		}
		p := newPlan(in.File, doc)
		all.Add(p.coverage)
		for _, planned := range p.resources {
			if err := ctx.Err(); err != nil {
				return all, err
			}
			r := planned.resource()
			r.Tags = planned.tags(f.Tags)
			r.Ordinal = ordinals[r.ID]
			ordinals[r.ID]++
			if err := yield(r); err != nil {
				return all, err
			}
		}
	}
	return all, nil
}

func unreadable(doc *document.Node) string {
	if isRawState(doc) {
		return "is a state file as Terraform stores it (print it for ecsentry: terraform show -json)"
	}
	return "is neither a plan nor a state as terraform show -json prints it"
}

// Holds tells the files of a module; those of values of variables only add to
// them.
func (*Format) Holds(name string) (part, makes bool) {
	return isModuleFile(name) || isVariableFile(name), isModuleFile(name)
}

// Pulls are the folders of the local modules that a folder calls.
func (f *Format) Pulls(in *files.Folder) []string { return pulls(in) }

// ReadFolder yields the resources of a root module and of the modules that it
// calls.
func (f *Format) ReadFolder(ctx context.Context, in *files.Folder, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	r := newRun(ctx, f, in)
	for _, name := range in.Only {
		if isModuleFile(name) && !slices.Contains(moduleFiles(in.Files), name) {
			r.notCovered(in.Path(name), "OpenTofu reads the file of its own with the same name instead")
		}
	}
	err := r.root.walk(func(res *hclResource) error {
		r.all = append(r.all, res)
		return nil
	})
	if err != nil && !errors.Is(err, errTooMany) {
		return r.coverage, err
	}
	ordinals := map[string]int{}
	for _, res := range r.all {
		if err := ctx.Err(); err != nil {
			return r.coverage, err
		}
		if !r.wanted(res) {
			continue
		}
		out := res.resource()
		out.Tags = res.tags(f.Tags)
		key := out.File() + "\x00" + out.ID
		out.Ordinal = ordinals[key]
		ordinals[key]++
		if err := yield(out); err != nil {
			return r.coverage, err
		}
	}
	return r.coverage, nil
}

// wanted tells whether a resource stands in a file that the user named, or is
// made by a call there; a file that overrides either is as good.
func (r *run) wanted(res *hclResource) bool {
	if len(r.folder.Only) == 0 {
		return true
	}
	d := res.declared
	for i := res.scope.instance; i.call != nil; i = i.caller.instance {
		d = i.call
	}
	return slices.ContainsFunc(append([]*declared{d}, d.over...), func(d *declared) bool {
		return slices.ContainsFunc(r.folder.Only, func(name string) bool { return r.folder.Path(name) == d.file.Name })
	})
}
