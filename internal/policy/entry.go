package policy

import (
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// An Entry is an exception: failures that do not count. All selectors that it has
// must match; of the patterns of one, any.
type Entry struct {
	At       value.Position
	Controls []string // their IDs

	Resources, Containers, Images, Paths, Accounts, Regions []string
	Tags                                                    map[string][]string
	Block                                                   *Block // of one within a file

	Reason, Owner string
	Expires       Day // the last day on which it holds; "" for never
}

// A State says whether an exception holds on a day.
type State uint8

// The states.
const (
	Active State = iota
	Soon         // it lapses within 14 days
	Lapsed
)

// String is the state in words.
func (s State) String() string {
	switch s {
	case Soon:
		return "expires soon"
	case Lapsed:
		return "lapsed"
	default:
		return "active"
	}
}

// StateOn is the state of what expires on one day, on another.
func StateOn(expires, today Day) State {
	switch {
	case expires == "":
		return Active
	case expires < today:
		return Lapsed
	case daysUntil(today, expires) <= soon:
		return Soon
	default:
		return Active
	}
}

func entryKeys() []string {
	return []string{
		"controls", "resources", "containers", "images", "paths", "accounts", "regions", "tags",
		"reason", "owner", "expires",
	}
}

func (p *parser) readExceptions(n *document.Node) {
	p.items(n, "exceptions", func(item *document.Node) {
		if e := p.entry(item); p.err == nil {
			p.out.Entries = append(p.out.Entries, e)
		}
	})
}

func (p *parser) entry(n *document.Node) *Entry {
	const what = "exceptions"
	e := &Entry{At: p.at(n)}
	lists := map[string]*[]string{
		"resources": &e.Resources, "containers": &e.Containers, "images": &e.Images,
		"paths": &e.Paths, "accounts": &e.Accounts, "regions": &e.Regions,
	}
	p.fields(n, what, entryKeys(), func(key string, v *document.Node) {
		switch key {
		case "controls":
			e.Controls = p.controlIDs(v, what+": controls")
			for _, id := range e.Controls {
				p.enabled(v, what, id)
			}
		case "tags":
			e.Tags = p.tags(v)
		case "reason":
			e.Reason = p.text(v, what+": reason")
		case "owner":
			e.Owner = p.text(v, what+": owner")
		case "expires":
			e.Expires = p.day(v)
		default:
			*lists[key] = p.texts(v, what+": "+key)
			if key == "paths" {
				for i, path := range e.Paths {
					e.Paths[i] = strings.TrimPrefix(path, "./")
				}
			}
		}
	})
	switch {
	case p.err != nil:
	case len(e.Controls) == 0:
		p.fail(n, "add controls: [ECS.5]", "the exception names no control")
	case e.Reason == "":
		p.fail(n, "add reason: …", "the exception has no reason")
	case e.Expires == "" && p.out.RequireExpiry:
		p.fail(n, "add expires: YYYY-MM-DD, or require-expiry: false to the policy", "the exception has no date on which it expires")
	}
	return e
}

func (p *parser) day(n *document.Node) Day {
	text := p.text(n, "exceptions: expires")
	day, ok := parseDay(text)
	if !ok {
		p.fail(n, "write YYYY-MM-DD", "exceptions: expires: "+quote(text)+" is no date")
	}
	return day
}

func (p *parser) tags(n *document.Node) map[string][]string {
	const what = "exceptions: tags"
	if n.Kind != document.Map || len(n.Fields) == 0 {
		p.fail(n, "write tags: {team: payments}", what+" must be an object that is not empty")
		return nil
	}
	out := map[string][]string{}
	for _, f := range n.Fields {
		if f.Value.Kind == document.List {
			out[f.Key.Value] = p.texts(f.Value, what)
			continue
		}
		out[f.Key.Value] = []string{p.text(f.Value, what)}
	}
	return out
}

// String names an exception in notes: its controls and what it selects.
func (e *Entry) String() string {
	var out []string
	if len(e.Controls) > 0 { // a comment may be left with none that the policy lets it excuse
		out = append(out, strings.Join(e.Controls, ","))
	}
	for _, s := range []struct {
		word     string
		patterns []string
	}{
		{"", e.Resources}, {"container ", e.Containers}, {"image ", e.Images}, {"path ", e.Paths},
		{"account ", e.Accounts}, {"region ", e.Regions},
	} {
		if len(s.patterns) > 0 {
			out = append(out, s.word+strings.Join(s.patterns, ", "))
		}
	}
	for _, key := range sortedKeys(e.Tags) {
		out = append(out, "tag "+key+"="+strings.Join(e.Tags[key], ", "))
	}
	if e.Block != nil {
		out = append(out, "comment")
	}
	return strings.Join(out, " · ")
}
