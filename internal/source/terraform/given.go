package terraform

import (
	"fmt"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Variables are values of root modules' variables, as --var and --var-file give
// them. The zero Variables has none.
type Variables struct {
	given    map[string]given
	declared *declarations // nil if none are given
}

// A given is the value of a variable. What the command line gives is a text,
// which the variable's type makes a value of.
type given struct {
	text string
	v    cty.Value
	file bool
	in   string // the file's name where it is one of the module's own
}

// Set sets a variable as --var does. It reports false if there is no name.
func (v *Variables) Set(assignment string) bool {
	name, text, ok := strings.Cut(assignment, "=")
	if name = strings.TrimSpace(name); !ok || name == "" {
		return false
	}
	v.put(name, given{text: text})
	return true
}

func (v *Variables) put(name string, g given) {
	if v.given == nil {
		v.given, v.declared = map[string]given{}, &declarations{}
	}
	v.given[name] = g
}

// Add sets the variables of a file, *.tfvars or *.tfvars.json. No error shows a
// value.
func (v *Variables) Add(name string, data []byte) error {
	values, err := parseVariables(name, data)
	if err != nil {
		return err
	}
	for k, val := range values {
		v.put(k, given{v: val, file: true})
	}
	return nil
}

func parseVariables(name string, data []byte) (map[string]cty.Value, error) {
	f, err := parseFile(name, data)
	if err != nil {
		return nil, err
	}
	attributes, diags := f.body.JustAttributes()
	if diags.HasErrors() {
		return nil, firstError(diags)
	}
	out := map[string]cty.Value{}
	for name, a := range attributes {
		if len(a.Expr.Variables()) > 0 {
			return nil, fmt.Errorf("line %d, column %d: a value refers to something else", a.Range.Start.Line, a.Range.Start.Column)
		}
		v, diags := a.Expr.Value(nil)
		if diags.HasErrors() {
			return nil, firstError(diags)
		}
		out[name] = v
	}
	return out, nil
}

// of is the value for a variable of a type: a text is an expression unless the
// type is primitive, or none is declared.
func (g given) of(t cty.Type, declared bool) cty.Value {
	if g.file {
		return g.v
	}
	if t.IsPrimitiveType() || !declared {
		return cty.StringVal(g.text)
	}
	bad := unresolved("the value that --var gives is no expression")
	if complexity(lexed(g.text)) != "" {
		return bad
	}
	e, diags := hclsyntax.ParseExpression([]byte(g.text), "--var", hcl.InitialPos)
	if diags.HasErrors() || len(e.Variables()) > 0 {
		return bad
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		return bad
	}
	return v
}

func lexed(text string) hclsyntax.Tokens {
	tokens, _ := hclsyntax.LexExpression([]byte(text), "", hcl.InitialPos)
	return tokens
}

// variableFiles are the files of values that Terraform reads by itself, the last
// one wins.
func (r *run) variableFiles() (names []string) {
	for _, want := range []func(string) bool{
		func(n string) bool { return n == "terraform.tfvars" },
		func(n string) bool { return n == "terraform.tfvars.json" },
		func(n string) bool {
			return strings.HasSuffix(n, ".auto.tfvars") || strings.HasSuffix(n, ".auto.tfvars.json")
		},
	} {
		for _, n := range r.folder.Files { // they are in order
			if want(n) {
				names = append(names, path.Join(r.root.config.dir, n))
			}
		}
	}
	return names
}

// readVariables collects the values of the root module's variables: those of its
// own files, then those of the command line.
func (r *run) readVariables() {
	for _, name := range r.variableFiles() {
		data, err := r.folder.Read(name)
		if err == nil {
			var values map[string]cty.Value
			if values, err = parseVariables(name, data); err == nil {
				for k, v := range values {
					r.given[k] = given{v: v, file: true, in: name}
				}
				continue
			}
		}
		// What it would have set is not known.
		for variable := range r.root.config.variables {
			r.given[variable] = given{v: unresolved(safe(path.Base(name)) + " cannot be read"), file: true}
		}
		r.gap(name, err.Error())
	}
	r.format.variables.declared.add(r.root.config.variables)
	for k, v := range r.format.variables.given {
		r.given[k] = v
	}
}
