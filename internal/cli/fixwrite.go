package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
	"github.com/ecsentry/ecsentry/internal/remedy"
)

// put shows the edits, and makes them where they are wanted. refused tells whether
// a file could not be written.
func (x *fixer) put(w io.Writer, made *remedy.Plan) (refused bool, err error) {
	if x.piped() {
		return false, x.putDocument(w, made)
	}
	show := made.Files
	x.refused = map[string]bool{}
	if x.write {
		show = nil
	}
	for _, f := range made.Files {
		err := remedy.Writable(filepath.FromSlash(f.Name))
		if x.write && err == nil {
			if err = remedy.Write(f); err == nil {
				show = append(show, f)
			}
		}
		if err == nil {
			continue
		}
		what := "would not be written"
		if x.write {
			what, refused = "is not written", true
			x.refused[f.Name] = true
		}
		fmt.Fprintf(x.process.Stderr, "refused: %s %s: %s\n", inert.Text(f.Name), what, reasonOf(err))
	}
	return refused, remedy.Diff(w, show, shown)
}

// putDocument writes the document of standard input, mended as far as it can be:
// an editor gets its text back whatever happens.
func (x *fixer) putDocument(w io.Writer, made *remedy.Plan) error {
	text := x.stdin
	for _, f := range made.Files {
		if f.Name == "-" {
			text = f.After
		}
	}
	_, err := w.Write(text)
	return err
}

// shown is a file's name in a difference: the one that the user gave, or what a
// link leads to.
func shown(name string) string {
	if real, err := filepath.EvalSymlinks(filepath.FromSlash(name)); err == nil {
		return filepath.ToSlash(real)
	}
	return name
}

// tell says what the edits are, and what is left.
func (x *fixer) tell(w io.Writer, made *remedy.Plan) {
	for _, i := range made.Made {
		what := "safe"
		if i.Safety == ecsentry.MayBreak {
			what = "may break"
		}
		if x.unwritten(i) {
			what = "not written"
		}
		x.item(w, what, i)
		fmt.Fprintf(w, "  = %s\n", inert.Text(i.Reason.Hint))
		if i.Safety == ecsentry.MayBreak {
			fmt.Fprintf(w, "  = may break: %s\n", inert.Text(x.breaks(i)))
		}
		for _, n := range i.Notes {
			fmt.Fprintf(w, "  = %s\n", inert.Text(n))
		}
	}
	for _, i := range made.Withheld {
		x.item(w, "not made", i)
		fmt.Fprintf(w, "  = %s\n  = --unsafe makes it; may break: %s\n", inert.Text(i.Reason.Hint), inert.Text(x.breaks(i)))
	}
	for _, i := range made.Withdrawn {
		x.item(w, "withdrawn", i)
		fmt.Fprintf(w, "  = %s\n  = by hand: %s\n", inert.Text(i.Why), inert.Text(step(i)))
	}
	for _, i := range made.Steps {
		x.item(w, "by hand", i)
		if i.Why != "" { // it was made of something else: no flag of ours mends it
			fmt.Fprintf(w, "  = %s\n  = %s\n", inert.Text(i.Reason.Hint), inert.Text(i.Why))
			continue
		}
		fmt.Fprintf(w, "  = %s\n", inert.Text(step(i)))
	}
	x.sum(w, made)
}

// unwritten tells whether an edit is in a file that could not be written.
func (x *fixer) unwritten(i remedy.Item) bool {
	return slices.ContainsFunc(i.Files, func(name string) bool { return x.refused[name] })
}

// breaks is what an edit may break; of a container that people enter with ECS Exec,
// which is known to write, it says so.
func (x *fixer) breaks(i remedy.Item) string {
	if i.Finding.Control.ID == "ECS.5" {
		if service := x.executing.in(i.Finding.Resource); service != "" {
			return i.Reason.Fix.Breaks + "; the service " + service + " runs this one with ECS Exec, which is known to write there"
		}
	}
	return i.Reason.Fix.Breaks
}

// step is what a person has to do.
func step(i remedy.Item) string {
	if i.Reason.Fix != nil && i.Reason.Fix.Step != "" {
		return i.Reason.Fix.Step
	}
	return i.Reason.Hint
}

func (x *fixer) item(w io.Writer, what string, i remedy.Item) {
	subject := i.Finding.Resource.ID
	if c := i.Finding.Resource.Construct; c != "" {
		subject += " (" + c + ")"
	}
	says := i.Reason.Message
	if i.Reason.Subject != "" {
		says = "container " + i.Reason.Subject + " " + says
	}
	at := i.Reason.At.Position().String()
	home := i.Finding.Resource.At.Position()
	switch {
	case at == "":
		at = i.Finding.Resource.File()
	case home.Line > 0 && home.File != i.Reason.At.Position().File: // as reports do, to tell root modules apart
		at += fmt.Sprintf(" in %s:%d", home.File, home.Line)
	}
	fmt.Fprintf(w, "%s: %s %s: %s (%s)\n", what, i.Finding.Control.ID, inert.Text(subject), inert.Text(says), inert.Text(at))
}

func (x *fixer) sum(w io.Writer, made *remedy.Plan) {
	breaking, safe, unwritten := 0, 0, 0
	for _, i := range made.Made {
		switch {
		case x.unwritten(i):
			unwritten++
		case i.Safety == ecsentry.MayBreak:
			breaking++
		default:
			safe++
		}
	}
	verb := "to make"
	if x.write || x.piped() {
		verb = "made"
	}
	fmt.Fprintf(w, "%s %s in %s (%d safe, %d may break)", several(safe+breaking, "edit"), verb, several(len(made.Files)-len(x.refused), "file"), safe, breaking)
	for _, part := range []struct {
		n    int
		what string
	}{
		{unwritten, "not written"}, {len(made.Withheld), "not made without --unsafe"}, {len(made.Withdrawn), "withdrawn"}, {len(made.Steps), "for a person"},
		{made.Unknown, "unknown, to be decided first: ecsentry scan says how"}, {made.Excepted, "excepted, which nobody needs to"},
	} {
		if part.n > 0 {
			fmt.Fprintf(w, "; %d %s", part.n, part.what)
		}
	}
	fmt.Fprintln(w)
}

func several(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
