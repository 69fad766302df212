package cli

import (
	"fmt"
	"sync"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/policy"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

// A remarker collects the exceptions within files.
type remarker struct {
	policies *policies
	mutex    sync.Mutex
	seen     map[string]bool // files may be read more than once
}

// watch makes a source of files tell the exceptions within them.
func (ps *policies) watch(o *files.Options) {
	w := &remarker{policies: ps, seen: map[string]bool{}}
	o.Inspect = func(f *document.File) { w.take(f.Name, policy.Remarks(f)) }
	o.InspectPart = func(name string, data []byte) {
		var all []policy.Remark
		for _, c := range terraform.Comments(name, data, policy.Name) {
			for _, r := range policy.Marked(c.Text) {
				r.At, r.From, r.To = c.At, c.From, c.To
				all = append(all, r)
			}
		}
		w.take(name, all)
	}
}

func (w *remarker) take(file string, all []policy.Remark) {
	if len(all) == 0 {
		return
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.seen[file] {
		return
	}
	w.seen[file] = true
	g := w.policies.governing(file)
	for _, r := range all {
		g.run.Remark(r, catalog.Controls())
	}
}

// mistaken adds the mistakes in exceptions within files to what a run could not
// read: they excuse nothing, and nobody must believe that they do.
func (ps *policies) mistaken(r *ecsentry.Report) {
	for _, g := range ps.all {
		for _, m := range g.run.Mistakes() {
			reason := fmt.Sprintf("line %d, column %d: %s", m.At.Line, m.At.Column, m.Message)
			if m.Hint != "" {
				reason += " (" + m.Hint + ")"
			}
			r.Coverage.Refused = append(r.Coverage.Refused, ecsentry.Gap{Scope: m.At.File, Reason: reason})
			r.Complete = false
		}
	}
}
