package report

import (
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
	"github.com/ecsentry/ecsentry/value"
)

const toolName = "ecsentry"

// How much of what others wrote is shown to people, in characters.
const (
	maxShown   = 120
	maxMessage = 600
	maxPath    = 400
)

// message is what a reason says, with the case in which it holds.
func message(r *ecsentry.Reason) string {
	if r.When == "" {
		return r.Message
	}
	return r.Message + " " + r.When
}

// sentence is what a reason says of whom, and whether that is known.
func sentence(f *ecsentry.Finding, r *ecsentry.Reason) string {
	if known(f, r) {
		return claim(f, r) + " (known)"
	}
	return claim(f, r)
}

// known tells whether what the run was compared with had a reason already.
func known(f *ecsentry.Finding, r *ecsentry.Reason) bool {
	return f.Known && r.Outcome == f.Verdict.Outcome
}

// claim is what a reason says of whom: messages are predicates.
func claim(f *ecsentry.Finding, r *ecsentry.Reason) string {
	const open, doubt = "cannot tell", " whether it "
	who, said := subject(f, r), message(r)
	doubtful, ok := strings.CutPrefix(said, open)
	if !ok {
		return who + " " + said
	}
	if what, ok := strings.CutPrefix(doubtful, doubt); ok {
		return open + " whether " + who + " " + what
	}
	return who + ": " + said // it is us who cannot tell
}

// subject names what a reason is about: "container app", "service web". It is
// inert, and cut, so that a long name does not push out what is said of it.
func subject(f *ecsentry.Finding, r *ecsentry.Reason) string {
	switch {
	case r.Subject == "":
		return kind(f.Resource.Type) + " " + inert.Clip(name(f.Resource), maxShown)
	case strings.HasPrefix(r.Subject, "containerDefinitions["): // it stands for a name that is not known
		return inert.Clip(r.Subject, maxShown)
	default:
		return "container " + inert.Clip(r.Subject, maxShown)
	}
}

func kind(t ecsentry.ResourceType) string {
	switch t {
	case ecsentry.TaskDefinition:
		return "task definition"
	case ecsentry.Service:
		return "service"
	case ecsentry.Cluster:
		return "cluster"
	default:
		return "resource"
	}
}

// name is what people call a resource.
func name(id *ecsentry.Identity) string {
	if id.Name != "" {
		return id.Name
	}
	return label(id)
}

// label is the source's address of a resource, or the part of its ARN that says
// which one it is: web:3 of arn:…:task-definition/web:3.
func label(id *ecsentry.Identity) string {
	if strings.HasPrefix(id.ID, "arn:") {
		if _, last, ok := strings.Cut(id.ID, "/"); ok {
			return last
		}
	}
	return id.ID
}

// place is where a reason is to be shown: where it was decided, else where the
// resource stands; nil where neither has a position.
func place(f *ecsentry.Finding, r *ecsentry.Reason) *value.Place {
	for _, at := range []*value.Place{r.At, f.Resource.At} {
		if at.Position().Line > 0 {
			return at
		}
	}
	return nil
}

// home is the file and line of a resource that a reason was decided outside of:
// what several root modules make of one module, and texts in files of their own.
// It is "" where the reason's own file says it.
func home(f *ecsentry.Finding, r *ecsentry.Reason) string {
	at, decided := f.Resource.At.Position(), place(f, r)
	if at.Line == 0 || decided == nil || decided.Position().File == at.File {
		return ""
	}
	return at.File + ":" + strconv.Itoa(at.Line)
}

// whereabouts are the place of a reason and, if that is elsewhere, of its resource.
func whereabouts(f *ecsentry.Finding, r *ecsentry.Reason) string {
	s := inert.Clip(address(f, r), maxPath)
	if where := home(f, r); where != "" {
		s += " in " + inert.Clip(where, maxPath)
	}
	return s
}

// span is the start and the exclusive end of a place.
func span(at *value.Place) (from, to value.Position) {
	from = at.Position()
	if from.Line == 0 {
		return from, to
	}
	to = at.In.Position(at.End)
	if to.Line < from.Line || to.Line == from.Line && to.Column < from.Column {
		to = from // nothing is written there
	}
	return from, to
}
