package ecsapi

import (
	"errors"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

// A text is a file of inputs of the ECS API, which people write and ecsentry may
// edit.
type text struct{ *document.File }

var (
	_ ecsentry.Editable  = (*text)(nil)
	_ ecsentry.Concealer = (*text)(nil)
	_ ecsentry.Answerer  = (*rewriter)(nil)
)

// Independent says that a file stands for itself.
func (*text) Independent() {}

// Rewriter edits the file.
func (t *text) Rewriter() (ecsentry.Rewriter, error) {
	if err := t.Packed(); err != nil {
		return nil, err
	}
	return &rewriter{file: t.File}, nil
}

// Concealed are the parts of the file that no output may show.
func (t *text) Concealed(name string) (out []ecsentry.Span) {
	if name != t.Name {
		return nil
	}
	f := t.Tree()
	tell := func(n *document.Node) {
		n.Scalars(func(n *document.Node) {
			for ; n != nil; n = f.Anchor(n) {
				out = append(out, ecsentry.Span{Start: n.Start, End: n.End})
			}
		})
	}
	same := func(name string) string { return name }
	var walk func(n *document.Node)
	walk = func(n *document.Node) {
		for _, f := range n.Fields {
			if f.Key.Value == "containerDefinitions" {
				document.Secrets(f.Value, same, tell)
				continue
			}
			walk(f.Value)
		}
		for _, item := range n.Items {
			walk(item)
		}
	}
	for _, doc := range f.Documents {
		walk(doc)
	}
	return out
}

// A rewriter edits one file. Its tree is read when the first edit comes.
type rewriter struct {
	file    *document.File
	parsed  *document.File
	menders []*document.Mender
}

var errUnread = errors.New("the file cannot be read again")

func (r *rewriter) parse() {
	if r.parsed != nil {
		return
	}
	r.parsed = r.file.Tree()
	for _, doc := range r.parsed.Documents {
		r.menders = append(r.menders, document.NewMender(r.parsed, doc))
	}
}

// Rewrite makes edits of one document.
func (r *rewriter) Rewrite(edits []value.Edit) (ecsentry.Patch, error) {
	var p ecsentry.Patch
	r.parse()
	i := r.parsed.DocumentAt(edits[0].At.Off)
	if i < 0 {
		return p, errUnread
	}
	e := document.NewEditor(r.parsed, r.parsed.Documents[i])
	for _, edit := range edits {
		if _, err := r.menders[i].Make(e, edit); err != nil {
			return p, err
		}
	}
	splices, err := e.Splices()
	if err != nil {
		return p, err
	}
	p.Splices = files.Splices(r.file, splices)
	return p, nil
}

// Answer knows the Region where other containers of the file log to one, or the
// ARNs in it are all of one.
func (r *rewriter) Answer(asked value.Asked, at *value.Place) (any, bool) {
	if asked.For != value.AskRegion {
		return nil, false
	}
	r.parse()
	i := r.parsed.DocumentAt(at.Off)
	if i < 0 {
		return nil, false
	}
	var logs, arns []string
	find(r.parsed.Documents[i], &logs, &arns)
	for _, all := range [][]string{logs, arns} {
		slices.Sort(all)
		if all = slices.Compact(all); len(all) == 1 {
			return all[0], true
		}
		if len(all) > 1 {
			return nil, false
		}
	}
	return nil, false
}

// regionOf is the Region that an ARN names, of whichever service; "" for none.
func regionOf(s string) string {
	parts := strings.SplitN(s, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" {
		return ""
	}
	return region(parts[3])
}

// find collects the Regions that a document names.
func find(n *document.Node, logs, arns *[]string) {
	if n.Kind == document.String {
		if r := regionOf(n.Value); r != "" {
			*arns = append(*arns, r)
		}
	}
	for _, f := range n.Fields {
		if f.Key.Value == "awslogs-region" && f.Value.Kind == document.String && region(f.Value.Value) != "" {
			*logs = append(*logs, f.Value.Value)
		}
		find(f.Value, logs, arns)
	}
	for _, item := range n.Items {
		find(item, logs, arns)
	}
}
