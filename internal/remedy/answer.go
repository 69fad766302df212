package remedy

import (
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// fixable tells whether the edits of a failed reason are to be made.
func (r *run) fixable(f *ecsentry.Finding, reason *ecsentry.Reason) bool {
	s := r.safety(f, reason)
	return s == ecsentry.Safe || s == ecsentry.MayBreak && r.MayBreak
}

// safety is how safe a fix is with the answers that there are.
func (r *run) safety(f *ecsentry.Finding, reason *ecsentry.Reason) ecsentry.Safety {
	if reason.Fix == nil {
		return ecsentry.Manual
	}
	fix := *reason.Fix
	fix.Edits = nil
	for _, e := range reason.Fix.Edits {
		filled, ok := r.fill(f, e, nil)
		if !ok && optional(e) {
			continue
		} else if !ok {
			return ecsentry.Manual
		}
		fix.Edits = append(fix.Edits, filled)
	}
	return fix.Safety()
}

// optional tells an edit that is left out where nobody answers what it asks for.
func optional(e value.Edit) bool {
	asked, ok := e.Value.(value.Asked)
	return ok && asked.Optional
}

// halved tells whether a fix has an edit that is left out: the others may not be
// good without it.
func (r *run) halved(f *ecsentry.Finding, reason *ecsentry.Reason) bool {
	return reason.Fix != nil && slices.ContainsFunc(reason.Fix.Edits, func(e value.Edit) bool {
		_, ok := r.fill(f, e, nil)
		return !ok && optional(e)
	})
}

// fill puts answers where an edit asks for some. The text's own rewriter may know
// one; without a rewriter a Region counts as known.
func (r *run) fill(f *ecsentry.Finding, e value.Edit, w ecsentry.Rewriter) (value.Edit, bool) {
	return e.Fill(func(asked value.Asked) (any, bool) { return r.answer(f, asked, e.At, w) })
}

func (r *run) answer(f *ecsentry.Finding, asked value.Asked, at *value.Place, w ecsentry.Rewriter) (any, bool) {
	if asked.For == value.AskRegion {
		if w == nil {
			return "", true
		}
		if a, ok := w.(ecsentry.Answerer); ok {
			if v, ok := a.Answer(asked, at); ok {
				return v, true
			}
		}
	}
	if r.Answer != nil {
		if s := r.Answer(f, asked); s != "" {
			return s, true
		}
	}
	return asked.Default, asked.Default != ""
}
