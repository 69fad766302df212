package terraform

import (
	"context"
	"fmt"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

var (
	_ ecsentry.Editable  = (*sourceFile)(nil)
	_ ecsentry.Editable  = (*resourceText)(nil)
	_ ecsentry.Editable  = within{}
	_ ecsentry.Editable  = (*jsonFile)(nil)
	_ ecsentry.Editable  = unseen{}
	_ ecsentry.Concealer = (*sourceFile)(nil)
	_ ecsentry.Concealer = (*resourceText)(nil)
	_ ecsentry.Concealer = within{}
	_ ecsentry.Concealer = (*jsonFile)(nil)
	_ ecsentry.Concealer = unseen{}
)

// A resourceText is the file in which a resource is written. It tells instances
// apart.
type resourceText struct {
	*sourceFile
	resource *hclResource
}

// A jsonFile is the JSON of container definitions that a module has in a string,
// in a heredoc or in a file.
type jsonFile struct {
	*document.File
	run    *run
	escape func(string) (string, error) // how a part of it is written
	// What it is put together of, if it is; and what its names stand for, where it is a
	// file of its own.
	template, variables written
}

// unedited is a file in HCL's JSON syntax, and uneditedWithin what has the ECS
// API's own names in it: nobody edits them.
type (
	unedited       struct{ of *sourceFile }
	uneditedWithin struct{ of within }
)

// Position is the line and column of an offset.
func (u unedited) Position(off int32) value.Position { return u.of.Position(off) }

// Quote shows the lines of a value, see [value.Quoter].
func (u unedited) Quote(off, end int32) []value.Line { return u.of.Quote(off, end) }

// Spell is Terraform's name for a property of the ECS API.
func (u unedited) Spell(api string) string { return u.of.Spell(api) }

// Phrase is an assignment as Terraform writes it.
func (u unedited) Phrase(api, v string) string { return u.of.Phrase(api, v) }

// Position is the line and column of an offset.
func (u uneditedWithin) Position(off int32) value.Position { return u.of.Position(off) }

// Quote shows the lines of a value, see [value.Quoter].
func (u uneditedWithin) Quote(off, end int32) []value.Line { return u.of.Quote(off, end) }

// unseen is one of which no line is shown.
type unseen struct{ of *jsonFile }

// Position is the line and column of an offset.
func (u unseen) Position(off int32) value.Position { return u.of.Position(off) }

// Rewriter edits the module.
func (f *sourceFile) Rewriter() (ecsentry.Rewriter, error) {
	switch {
	case f.run == nil:
		return nil, fmt.Errorf("%s is not read as a module", f.Name)
	case f.json:
		return nil, errJSON
	}
	return f.run.rewriter(), nil
}

// Rewriter edits the module.
func (w within) Rewriter() (ecsentry.Rewriter, error) { return w.of.Rewriter() }

// Rewriter edits the module.
func (f *jsonFile) Rewriter() (ecsentry.Rewriter, error) { return f.run.rewriter(), nil }

// Rewriter edits the module.
func (u unseen) Rewriter() (ecsentry.Rewriter, error) { return u.of.Rewriter() }

// Concealed are the parts of a file of the module that no output may show.
func (f *sourceFile) Concealed(name string) []ecsentry.Span {
	if f.run == nil {
		return nil
	}
	return f.run.rewriter().concealed(name)
}

// Concealed are the parts of a file of the module that no output may show.
func (w within) Concealed(name string) []ecsentry.Span { return w.of.Concealed(name) }

// Concealed are the parts of a file of the module that no output may show.
func (f *jsonFile) Concealed(name string) []ecsentry.Span { return f.run.rewriter().concealed(name) }

// Concealed are the parts of a file of the module that no output may show.
func (u unseen) Concealed(name string) []ecsentry.Span { return u.of.Concealed(name) }

// rewriter begins to edit the files of a root module and of those that it calls.
// From then on the run evaluates for it alone.
func (r *run) rewriter() *rewriter {
	if r.editing == nil {
		r.tracing, r.ctx = true, context.WithoutCancel(r.ctx)
		r.editing = newRewriter(r)
	}
	return r.editing
}
