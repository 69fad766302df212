package ecsentry

import (
	"strings"

	"github.com/ecsentry/ecsentry/value"
)

// A Fix says how a failure is mended: what to change, in the ECS API's names.
type Fix struct {
	Edits  []value.Edit
	Step   string // what a person has to do where the edits cannot be made
	Breaks string // what the change may break, a clause: "tasks without NAT lose the way to pull images"; "" for nothing
}

// Safety says what a fix asks of people.
type Safety string

// The three kinds of fixes, from the best on. Manual is what a person has to do:
// because somebody must decide, or because what is wrong is not written where it
// can be edited.
const (
	Safe     Safety = "safe"
	MayBreak Safety = "may-break"
	Manual   Safety = "manual"
)

// Safety is manual where an edit needs an answer that nobody has given, or lies
// in what cannot be edited.
func (f *Fix) Safety() Safety {
	if f == nil || len(f.Edits) == 0 {
		return Manual
	}
	for _, e := range f.Edits {
		if e.At == nil || len(e.Asks()) > 0 {
			return Manual
		}
		text, ok := e.At.In.(Editable)
		if !ok {
			return Manual
		}
		if _, err := text.Rewriter(); err != nil {
			return Manual
		}
	}
	if f.Breaks != "" {
		return MayBreak
	}
	return Safe
}

// An Advice is what a report says of a finding's fix.
type Advice struct {
	Safety Safety
	Text   string
}

// Advise is the advice for a verdict, nil where nothing failed. The least safe of
// its fixes counts.
func (v *Verdict) Advise() *Advice {
	if v.Outcome != Failed {
		return nil
	}
	a := &Advice{Safety: Safe}
	for i := range v.Reasons {
		r := &v.Reasons[i]
		if r.Outcome != Failed {
			continue
		}
		s := r.Fix.Safety()
		a.Safety = worse(a.Safety, s)
		a.add("", r.Hint)
		if s == MayBreak {
			a.add("may break: ", r.Fix.Breaks)
		}
	}
	return a
}

// add adds a clause to the text, once: containers often have the same to say.
func (a *Advice) add(what, clause string) {
	switch {
	case clause == "" || strings.Contains(a.Text, clause):
	case a.Text == "":
		a.Text = what + clause
	default:
		a.Text += "; " + what + clause
	}
}

func worse(a, b Safety) Safety {
	for _, s := range []Safety{Manual, MayBreak} {
		if a == s || b == s {
			return s
		}
	}
	return Safe
}

// Mend adds an edit that mends a failure; where nobody would make it, it does
// nothing.
func (r Reason) Mend(op value.Op, at *value.Place, v any) Reason {
	if fix := r.fix(); fix != nil {
		fix.Edits = append(fix.Edits, value.Edit{At: at, Op: op, Value: v})
	}
	return r
}

// MayBreak says what the fix of a failure may break; where there is none, it does
// nothing.
func (r Reason) MayBreak(what string) Reason {
	if fix := r.fix(); fix != nil {
		fix.Breaks = what
	}
	return r
}

// Step says what a person has to do about a failure whose edits cannot be made;
// where nobody would make any, the advice stands.
func (r Reason) Step(what string) Reason {
	if fix := r.fix(); fix != nil {
		fix.Step = what
	}
	return r
}

// Mendable tells whether a fix of the reason has somebody to make it: it failed,
// and its text can be edited. Of others none is kept, which would cost more than
// judging.
func (r *Reason) Mendable() bool {
	if r.Outcome != Failed || r.At == nil {
		return false
	}
	_, ok := r.At.In.(Editable)
	return ok
}

// fix is the fix of a failure, which a check is building; nil where nobody would
// make it.
func (r *Reason) fix() *Fix {
	if r.Fix == nil && r.Mendable() {
		r.Fix = &Fix{}
	}
	return r.Fix
}

// An Editable is a value.Text that its source can edit.
type Editable interface {
	value.Text
	// Rewriter begins to edit the text, and those that belong to it. An error says
	// why it cannot be edited: what made it, and where to mend it instead. It is
	// asked of every failure, so that what takes time is left to Rewrite.
	Rewriter() (Rewriter, error)
}

// An Independent is an Editable that shares nothing with other texts: several
// goroutines may edit one each.
type Independent interface {
	Editable
	Independent()
}

// A Rewriter says which bytes to change so that edits are made. It belongs to one
// goroutine.
type Rewriter interface {
	// Rewrite makes edits that belong together. All patches of a Rewriter are of the
	// texts as they were read. An error says why the edits cannot be made here.
	Rewrite(edits []value.Edit) (Patch, error)
}

// An Answerer is a Rewriter that can answer a question out of its text, as the
// place needs it: with a string, or with what only its Rewrite understands.
type Answerer interface {
	Answer(asked value.Asked, at *value.Place) (any, bool)
}

// A Concealer is an Editable that knows which bytes no output may show: values of
// environment variables, commands, labels, log options, and what is used in one
// of them.
type Concealer interface {
	// Concealed are those of a file: the text's own (outermost) one, or another that
	// belongs to it. Spans may overlap, in any order.
	Concealed(file string) []Span
}

// A Patch changes texts.
type Patch struct {
	Splices []Splice
	// Notes say what a reader of the difference should know: "the default of the
	// parameter Mode, which nothing else uses".
	Notes []string
}

// A Splice replaces the bytes of a span. Original is the whole text as it was
// read.
type Splice struct {
	File     string
	Original []byte
	Span
	New string
}

// A Span is a part of a text, in bytes; its end is not part of it.
type Span struct{ Start, End int32 }
