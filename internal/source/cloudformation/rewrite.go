package cloudformation

import (
	"errors"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

var (
	_ ecsentry.Editable  = text{}
	_ ecsentry.Concealer = text{}
	_ ecsentry.Answerer  = (*rewriter)(nil)
)

var (
	errSynthesised = errors.New("the AWS CDK synthesised the template: mend the construct")
	errUnread      = errors.New("the template cannot be read again")
)

// Independent says that a template stands for itself.
func (text) Independent() {}

// Rewriter edits the template.
func (t text) Rewriter() (ecsentry.Rewriter, error) {
	if t.origin.synthesised {
		return nil, errSynthesised
	}
	if err := t.Packed(); err != nil {
		return nil, err
	}
	return &rewriter{text: t}, nil
}

// A rewriter edits one template. Its tree is read when the first edit comes.
type rewriter struct {
	text    text
	parsed  *document.File
	editing []*editing
}

// An editing is a template of a file, one as a rule.
type editing struct {
	stack  *stack
	mender *document.Mender
	given  map[string]bool // the parameters that the stack gives that nests this one
	names  *names
	region any // a reference to the Region of the stack, once somebody has asked for it
}

func (r *rewriter) parse() {
	if r.parsed != nil {
		return
	}
	r.parsed = r.text.Tree()
	for _, doc := range r.parsed.Documents {
		r.editing = append(r.editing, r.text.origin.edit(r.parsed, doc))
	}
}

// edit makes a template ready to be edited.
func (o *origin) edit(f *document.File, doc *document.Node) *editing {
	p := &program{overrides: o.overrides, terms: &terms{byKey: map[string]*term{}}}
	x := &editing{stack: p.newStack(f, doc, "", nil), mender: document.NewMender(f, doc), given: o.given}
	for name := range o.given { // what gives them is not known here
		delete(x.stack.parameters, name)
	}
	x.stack.read()
	x.mender.Spell = spell
	x.mender.Void = ref(doc, "AWS::NoValue")
	x.mender.Elsewhere, x.mender.Gone = x.elsewhere, removed
	x.mender.Container = withoutProperties
	return x
}

// withoutProperties tells a resource that has no properties yet.
func withoutProperties(n *document.Node) (key string, ok bool) {
	t := n.Get("Type")
	return "Properties", t != nil && ours(t.Value)
}

// of is the template that a place is in.
func (r *rewriter) of(p *value.Place) *editing {
	i := r.parsed.DocumentAt(p.Off)
	if i < 0 {
		return nil
	}
	return r.editing[i]
}

// Rewrite makes edits of one template.
func (r *rewriter) Rewrite(edits []value.Edit) (ecsentry.Patch, error) {
	var p ecsentry.Patch
	r.parse()
	x := r.of(edits[0].At)
	if x == nil {
		return p, errUnread
	}
	e := document.NewEditor(r.parsed, x.stack.root)
	for _, edit := range edits {
		note, err := x.mender.Make(e, x.prefixed(edit))
		if err != nil {
			return p, err
		}
		if note != "" {
			p.Notes = append(p.Notes, note)
		}
	}
	splices, err := e.Splices()
	if err != nil {
		return p, err
	}
	p.Splices = files.Splices(r.text.File, splices)
	return p, nil
}

// Answer knows the Region: that of the stack.
func (r *rewriter) Answer(asked value.Asked, at *value.Place) (any, bool) {
	if asked.For != value.AskRegion {
		return nil, false
	}
	r.parse()
	x := r.of(at)
	if x == nil {
		return nil, false
	}
	if x.region == nil {
		x.region = ref(x.stack.root, "AWS::Region")
	}
	return x.region, true
}

// ref is a reference as the template writes its functions: short, too, where it has
// none. JSON has but the long form.
func ref(template *document.Node, name string) any {
	long := document.Object{{Key: "Ref", Value: name}}
	if short, some := functions(template); some && !short {
		return long
	}
	return document.Tagged{Tag: "!Ref", Value: name, Long: long}
}

// functions tells whether a template has functions, and a short one among them.
func functions(n *document.Node) (short, some bool) {
	if n.Alias {
		return false, false
	}
	if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
		return true, true
	}
	for _, f := range n.Fields {
		some = some || f.Key.Value == "Ref" || strings.HasPrefix(f.Key.Value, "Fn::")
		s, x := functions(f.Value)
		short, some = short || s, some || x
	}
	for _, item := range n.Items {
		s, x := functions(item)
		short, some = short || s, some || x
	}
	return short, some
}
