package terraform

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

var errTooMany = errors.New("too many resources")

// A run reads one root module with the modules that it calls.
type run struct {
	ctx        context.Context
	format     *Format
	folder     *files.Folder
	configs    map[string]*config // by folder
	given      map[string]given   // values of the root module's variables
	table      map[string]function.Function
	modules    map[string]string // folders by key, of .terraform/modules/modules.json
	coverage   ecsentry.Coverage
	said       map[ecsentry.Gap]bool
	resources  int
	steps      int
	work       int // values that expressions may have made
	depth      int // of expressions that refer to others
	calls      int // instances of modules
	inTemplate bool
	following  map[hcl.Expression]bool // definitions that are being followed
	below      map[string]listing      // by folder, for fileset
	root       *instance
	all        []*hclResource
	parsed     []*sourceFile
	tracing    bool // nodes know where they come from
	editing    *rewriter
}

// maxSteps bounds how many expressions are evaluated for one root module.
const maxSteps = 500_000

func (r *run) spent() bool {
	r.steps++
	return r.steps > maxSteps || r.ctx.Err() != nil
}

func newRun(ctx context.Context, f *Format, in *files.Folder) *run {
	r := &run{
		ctx: ctx, format: f, folder: in, configs: map[string]*config{}, given: map[string]given{}, said: map[ecsentry.Gap]bool{},
		following: map[hcl.Expression]bool{}, below: map[string]listing{},
	}
	r.table = r.withFiles(f.functions)
	r.root = r.instance(r.config(path.Clean(in.Name)))
	r.readVariables()
	return r
}

func (r *run) instance(c *config) *instance {
	return &instance{
		run: r, config: c, variables: map[string]*memo{}, locals: map[string]*memo{},
		callees: map[string][]callee{}, made: map[*declared][]*hclResource{}, expansions: map[*declared]*expansion{}, sizes: map[*hclsyntax.ScopeTraversalExpr]estimate{},
	}
}

// config reads the folder of a module.
func (r *run) config(dir string) *config {
	if c := r.configs[dir]; c != nil {
		return c
	}
	c := newConfig(dir)
	r.configs[dir] = c
	for _, name := range moduleFiles(r.files(dir)) {
		full := path.Join(dir, name)
		data, err := r.folder.Read(full)
		if err != nil {
			r.gap(full, err.Error())
			continue
		}
		f, err := parseFile(full, data)
		if err != nil {
			r.folder.Unread(&r.coverage, full, data, files.Reason(err))
			continue
		}
		f.run = r
		r.parsed = append(r.parsed, f)
		c.add(f, name)
	}
	c.merge(func(d *declared, what string) {
		at := d.file.Position(int32(d.block.DefRange.Start.Byte))
		r.gap(d.file.Name, fmt.Sprintf("line %d, column %d: overrides %s, which no other file declares", at.Line, at.Column, what))
	})
	return c
}

func (r *run) files(dir string) []string {
	if dir == path.Clean(r.folder.Name) {
		return r.folder.Files
	}
	names, err := r.folder.List(dir, r.format)
	if err != nil {
		return nil
	}
	return names
}

func (r *run) exists(dir string) bool {
	for _, name := range r.files(dir) {
		if isModuleFile(name) {
			return true
		}
	}
	return false
}

// installed are the folders of the modules that terraform init has fetched, by
// the names on the way to the call.
func (r *run) installed() map[string]string {
	if r.modules != nil {
		return r.modules
	}
	r.modules = map[string]string{}
	name := r.folder.Path(".terraform/modules/modules.json")
	data, err := r.folder.Read(name)
	if err != nil {
		return r.modules
	}
	f, err := document.Parse(name, data, document.Options{JSONOnly: true})
	if err != nil || len(f.Documents) != 1 {
		r.gap(name, "cannot be read, so that modules which terraform init has fetched are not found")
		return r.modules
	}
	if list := f.Documents[0].Get("Modules"); list != nil {
		for _, m := range list.Items {
			if key, dir := text(m.Get("Key")), text(m.Get("Dir")); key != "" && dir != "" {
				r.modules[key] = joinPath(r.folder.Name, strings.ReplaceAll(dir, `\`, "/"))
			}
		}
	}
	return r.modules
}

// isModuleFile tells the files that a module consists of.
func isModuleFile(name string) bool {
	switch path.Ext(strings.TrimSuffix(name, ".json")) {
	case ".tf", ".tofu":
		return !strings.HasPrefix(name, ".")
	}
	return false
}

// moduleFiles are the files of a folder that make its module: a file of OpenTofu's
// replaces the one with the same name that Terraform reads too.
func moduleFiles(names []string) []string {
	var out []string
	for _, name := range names {
		stem, json := strings.CutSuffix(name, ".json")
		twin, shared := strings.CutSuffix(stem, ".tf")
		if twin += ".tofu"; json {
			twin += ".json"
		}
		if isModuleFile(name) && !(shared && slices.Contains(names, twin)) {
			out = append(out, name)
		}
	}
	return out
}

// isVariableFile tells files of values of variables.
func isVariableFile(name string) bool {
	return strings.HasSuffix(name, ".tfvars") || strings.HasSuffix(name, ".tfvars.json")
}

// pulls are the folders of the local modules that a folder calls. Only what has
// the word is parsed.
func pulls(in *files.Folder) []string {
	var out []string
	c := newConfig(path.Clean(in.Name))
	for _, name := range moduleFiles(in.Files) {
		full := in.Path(name)
		data, err := in.Read(full)
		if err != nil || !bytes.Contains(data, []byte("module")) || !bytes.Contains(data, []byte("source")) {
			continue
		}
		if f, err := parseFile(full, data); err == nil {
			c.add(f, name)
		}
	}
	c.merge(func(*declared, string) {})
	for _, d := range c.calls {
		if dir := c.localSource(d); dir != "" {
			out = append(out, dir)
		}
	}
	return out
}
