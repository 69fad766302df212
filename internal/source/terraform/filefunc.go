package terraform

import (
	"maps"
	"path"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/ecsentry/ecsentry/internal/document"
)

// A textFile is a file that a module reads.
type textFile struct {
	*document.File
	template hclsyntax.Expression // if it is used as one
}

// open reads a file that a module names, relative to the root module. What lies
// outside the scanned folder is not read.
func (r *run) open(name string) (*textFile, string) {
	full := joinPath(r.folder.Name, name)
	data, err := r.folder.ReadInside(full)
	switch {
	case err != nil:
		return nil, "the file that it reads " + err.Error()
	case len(data) > maxSize:
		return nil, "the file that it reads is too large"
	}
	return &textFile{File: &document.File{Name: path.Clean(full), Data: data}}, ""
}

// parse reads the file as a template.
func (f *textFile) parse() string {
	tokens, _ := hclsyntax.LexTemplate(f.Data, f.Name, hcl.InitialPos)
	if complexity(tokens) != "" {
		return "the template that it reads is too complex"
	}
	e, diags := hclsyntax.ParseTemplate(f.Data, f.Name, hcl.InitialPos)
	if diags.HasErrors() {
		return "the template that it reads cannot be parsed"
	}
	f.template = e
	return ""
}

// withFiles adds the functions that read files.
func (r *run) withFiles(base map[string]function.Function) map[string]function.Function {
	all := maps.Clone(base)
	all["file"] = r.reads(func(f *textFile, _ cty.Value) cty.Value { return cty.StringVal(string(f.Data)) }, 1)
	all["templatefile"] = r.reads(func(f *textFile, vars cty.Value) cty.Value {
		if r.inTemplate {
			return unresolved("a template reads a template")
		}
		if why := f.parse(); why != "" {
			return unresolved(why)
		}
		r.inTemplate = true
		defer func() { r.inTemplate = false }()
		s, ok := r.root.scope().templateScope(vars)
		if !ok {
			return unresolved("the variables of a template are not known here")
		}
		return s.value(f.template)
	}, 2)
	all["fileexists"], all["fileset"] = r.fileexists(), r.fileset()
	return all
}

func (r *run) reads(use func(*textFile, cty.Value) cty.Value, want int) function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != want {
			return cty.NilVal
		}
		name, marks := args[0].Unmark()
		if !isString(name) {
			return cty.DynamicVal.WithMarks(marks).Mark(doubt{"the name of the file that it reads is not known here", scanThePlan})
		}
		f, why := r.open(name.AsString())
		if why != "" {
			return unresolved(why)
		}
		var vars cty.Value
		if want > 1 {
			vars = args[1]
		}
		return use(f, vars).WithMarks(marks)
	})
}

// templateScope is the scope of a template's variables, in which nothing else is
// known.
func (s scope) templateScope(vars cty.Value) (scope, bool) {
	v, marks := vars.Unmark()
	if !v.IsKnown() || v.IsNull() || !(v.Type().IsObjectType() || v.Type().IsMapType()) {
		return scope{}, false
	}
	names := map[string]cty.Value{}
	for it := v.ElementIterator(); it.Next(); {
		k, e := it.Element()
		names[k.AsString()] = e.WithMarks(marks)
	}
	// No module: var and local mean nothing in a template.
	bare := s.run.instance(newConfig(s.config.dir))
	return scope{instance: bare, vars: names}, true
}
