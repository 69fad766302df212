package policy

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// Mark is how a comment begins that excuses what it stands at.
const Mark = "ecsentry:ignore"

// Name is in each comment that may be for us.
const Name = "ecsentry"

// nearMark is what people write for the mark by mistake: it would excuse nothing,
// and nobody would be told.
var nearMark = regexp.MustCompile(`(?i)^ecsentry[-_: \t]*ignore[: \t]+ECS\.[0-9]`)

// A Remark is an exception within a file, before it is read.
type Remark struct {
	Text     string // behind the mark
	At       value.Position
	From, To value.Position // what it is about; equal for nothing
	Mistake  string         // why it cannot be read; "" for none
	Hint     string
}

// A Block is what an exception within a file is about.
type Block struct{ From, To value.Position }

// holds tells whether a place lies in the block, as a whole.
func (b *Block) holds(p *value.Place) bool {
	if p == nil || p.In == nil {
		return false
	}
	from, to := p.In.Position(p.Off), p.In.Position(p.End)
	return from.File == b.From.File && !before(from, b.From) && !before(b.To, to)
}

func before(a, b value.Position) bool {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)) < 0
}

// Remarks are those of a document: comments in YAML, and Metadata of a template's
// resources.
func Remarks(f *document.File) []Remark {
	var out []Remark
	for _, c := range f.Comments(Name) {
		for _, r := range Marked(c.Text) {
			r.At, r.From, r.To = f.Position(c.Start), f.Position(c.From), f.Position(wholeOf(f, c))
			out = append(out, r)
		}
	}
	for _, doc := range f.Documents {
		resources := doc.Get("Resources")
		if resources == nil {
			continue
		}
		for _, field := range resources.Fields {
			out = append(out, metadata(f, field)...)
		}
	}
	return out
}

// metadata are the exceptions in the Metadata of a resource. What else stands there
// under our name is a slip.
func metadata(f *document.File, resource document.Field) (out []Remark) {
	own := resource.Value.Get("Metadata").Get("ecsentry")
	if own == nil {
		return nil
	}
	remark := func(n *document.Node) Remark {
		return Remark{Text: n.Value, At: f.Position(n.Start), From: f.Position(resource.Key.Start), To: f.Position(resource.Value.End)}
	}
	wrong := func(n *document.Node, mistake, hint string) {
		r := remark(n)
		r.Mistake, r.Hint = mistake, hint
		out = append(out, r)
	}
	if own.Kind != document.Map {
		wrong(own, "Metadata: ecsentry must be an object", `write {"ignore": ["ECS.5 until=YYYY-MM-DD -- reason"]}`)
	}
	for _, key := range own.Fields {
		if key.Key.Value != "ignore" {
			wrong(key.Key, "Metadata: ecsentry: unknown key "+quote(key.Key.Value), suggest(key.Key.Value, []string{"ignore"}))
			continue
		}
		lines := key.Value.Items
		if key.Value.Kind != document.List {
			lines = []*document.Node{key.Value}
		}
		for _, line := range lines {
			out = append(out, remark(line))
		}
	}
	return out
}

// wholeOf is where what a comment is about ends: a document that is a resource
// starts with its first key.
func wholeOf(f *document.File, c document.Comment) int32 {
	for _, doc := range f.Documents {
		if doc.Kind == document.Map && doc.Start == c.From && c.To > c.From && doc.Get("Resources") == nil {
			return doc.End
		}
	}
	return c.To
}

// Marked are the exceptions in a comment, without their places: one for each line
// that begins with the mark, or with a slip for it.
func Marked(comment string) (out []Remark) {
	for line := range strings.Lines(comment) {
		line = strings.TrimLeft(line, "#/* \t")
		if text, ok := strings.CutPrefix(line, Mark); ok {
			if strings.HasPrefix(comment, "/*") {
				text = strings.TrimSuffix(strings.TrimRight(text, " \t\r\n"), "*/")
			}
			out = append(out, Remark{Text: text})
		} else if nearMark.MatchString(line) {
			out = append(out, Remark{
				Mistake: "a comment that is nearly an exception excuses nothing",
				Hint:    "write " + Mark + " ECS.5 until=YYYY-MM-DD -- reason",
			})
		}
	}
	return out
}

// parseRemark reads "ECS.5,ECS.9 until=2027-03-31 -- reason".
func parseRemark(r Remark, controls []*ecsentry.Control, needsDay bool) (*Entry, *Error) {
	const want = "write " + Mark + " ECS.5 until=YYYY-MM-DD -- reason"
	fail := func(hint, message string) *Error {
		return &Error{At: r.At, Message: Mark + ": " + message, Hint: hint}
	}
	if r.Mistake != "" {
		return nil, &Error{At: r.At, Message: r.Mistake, Hint: r.Hint}
	}
	head, reason, _ := strings.Cut(" "+r.Text+" ", " -- ")
	e := &Entry{At: r.At, Reason: strings.TrimSpace(reason), Block: &Block{r.From, r.To}}
	for word := range strings.FieldsFuncSeq(head, func(c rune) bool { return c == ',' || c == ' ' || c == '\t' }) {
		if day, ok := strings.CutPrefix(word, "until="); ok {
			if e.Expires != "" {
				return nil, fail("leave one of them out", "has two dates")
			}
			if e.Expires, ok = parseDay(day); !ok {
				return nil, fail("write until=YYYY-MM-DD", quote(day)+" is no date")
			}
			continue
		}
		if strings.HasPrefix(word, "-") || strings.HasPrefix(word, "–") || strings.HasPrefix(word, "—") {
			return nil, fail(want, "has no reason: that stands behind -- with a space on each side")
		}
		c, hint := lookup(controls, word)
		if c == nil {
			return nil, fail(hint, "no control "+quote(word))
		}
		e.Controls = append(e.Controls, c.ID)
	}
	switch {
	case len(e.Controls) == 0:
		return nil, fail(want, "names no control")
	case e.Reason == "":
		return nil, fail(want, "has no reason")
	case e.Expires == "" && needsDay:
		return nil, fail("add until=YYYY-MM-DD, or require-expiry: false to the policy", "has no date until which it holds")
	}
	return e, nil
}

// Remark takes an exception within a file. A mistake in it is remembered, and
// excuses nothing.
func (r *Run) Remark(remark Remark, controls []*ecsentry.Control) {
	e, mistake := parseRemark(remark, controls, r.RequireExpiry)
	if mistake != nil {
		r.mistakes = append(r.mistakes, mistake)
		return
	}
	u := &Use{Entry: e, State: StateOn(e.Expires, r.Today)}
	if r.Inline != nil {
		u.Denied = slices.DeleteFunc(slices.Clone(e.Controls), func(id string) bool { return r.Inline[id] })
		e.Controls = slices.DeleteFunc(e.Controls, func(id string) bool { return !r.Inline[id] })
	}
	if r.inline == nil {
		r.inline = map[string][]*Use{}
	}
	r.inline[e.At.File] = append(r.inline[e.At.File], u)
}

// Mistakes are those of exceptions within files, in order.
func (r *Run) Mistakes() []*Error {
	slices.SortStableFunc(r.mistakes, func(a, b *Error) int { return byPosition(a.At, b.At) })
	return r.mistakes
}

// All are the exceptions of the policy and of files, in order.
func (r *Run) All() []*Use {
	all := slices.Clone(r.Uses)
	for _, file := range sortedKeys(r.inline) {
		uses := slices.Clone(r.inline[file])
		slices.SortStableFunc(uses, func(a, b *Use) int { return byPosition(a.At, b.At) })
		all = append(all, uses...)
	}
	return all
}

func byPosition(a, b value.Position) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
