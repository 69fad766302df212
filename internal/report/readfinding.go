package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// findings reads one after another, so that the text of a large report is never in
// memory.
func (r *reader) findings(d *json.Decoder) error {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return errors.New("has no list of findings")
	}
	for n := 0; d.More(); n++ {
		var j jsonFinding
		if err := decode(d, &j); err != nil {
			return err
		}
		f, err := r.finding(&j)
		if err != nil {
			return fmt.Errorf("finding %d %w", n, err)
		}
		r.report.Findings.Add(f)
	}
	_, err := d.Token()
	if err != nil {
		return broken(err)
	}
	return nil
}

func (r *reader) finding(j *jsonFinding) (f ecsentry.Finding, err error) {
	if j.ID == "" || j.Control == "" || j.Resource.ID == "" || j.Resource.Type == "" {
		return f, errors.New("lacks an id, a control or a resource")
	}
	f = ecsentry.Finding{ID: j.ID, Resource: r.identity(&j.Resource), Known: j.Known}
	if f.Verdict.Outcome, err = outcomeOf(j.Status); err != nil {
		return f, err
	}
	if f.Severity, err = severityOf(j.Severity); err != nil {
		return f, err
	}
	f.Control = r.control(j, f.Severity)
	if j.Fix != nil {
		f.Fix = &ecsentry.Advice{Safety: ecsentry.Safety(j.Fix.Safety), Text: j.Fix.Text}
	}
	f.Exception = j.Exception.exception()
	for i := range j.Reasons {
		x := &j.Reasons[i]
		reason := ecsentry.Reason{
			Subject: x.Subject, Message: x.Message, Hint: x.Hint, Detail: x.Detail, Key: x.Key, Image: x.Image,
			At: savedPlace(x.Path, x.Location),
		}
		if reason.Outcome, err = outcomeOf(x.Status); err != nil {
			return f, err
		}
		f.Verdict.Reasons = append(f.Verdict.Reasons, reason)
		if x.Exception != nil {
			if f.Excuses == nil {
				f.Excuses = ecsentry.Excuses{}
			}
			f.Excuses[i] = x.Exception.exception()
		}
	}
	return f, nil
}

func (e *jsonException) exception() *ecsentry.Exception {
	if e == nil {
		return nil
	}
	return &ecsentry.Exception{Reason: e.Reason, Owner: e.Owner, Expires: e.Expires}
}

func (r *reader) identity(j *jsonResource) *ecsentry.Identity {
	key := resourceKey{resource: *j}
	key.resource.Location = nil
	if j.Location != nil {
		key.location = *j.Location
	}
	id := r.resources[key]
	if id == nil {
		id = &ecsentry.Identity{
			Type: ecsentry.ResourceType(j.Type), ID: j.ID, Name: j.Name, Source: ecsentry.SourceName(j.Source),
			Account: j.Account, Region: j.Region, Partition: j.Partition, Running: j.Running, Construct: j.Construct,
			At: savedPlace("", j.Location),
		}
		r.resources[key] = id
	}
	return id
}

func (r *reader) control(j *jsonFinding, s ecsentry.Severity) *ecsentry.Control {
	c := r.controls[j.Control]
	if c == nil {
		c = &ecsentry.Control{ID: j.Control, Title: j.Title, Severity: s, ResourceType: ecsentry.ResourceType(j.Resource.Type)}
		r.controls[j.Control] = c
	}
	if len(j.Parameters) == 0 {
		return c
	}
	key := j.Control + fmt.Sprint(j.Parameters) // maps are printed in the order of their keys
	own := r.controls[key]
	if own == nil {
		own = withParameters(c, j.Parameters)
		r.controls[key] = own
	}
	return own
}

func outcomeOf(status string) (ecsentry.Outcome, error) {
	all := ecsentry.Outcomes()
	i := slices.IndexFunc(all, func(o ecsentry.Outcome) bool { return o.String() == status })
	if i < 0 {
		return 0, errors.New("has a status that is none")
	}
	return all[i], nil
}

func severityOf(label string) (ecsentry.Severity, error) {
	for s := ecsentry.Low; s <= ecsentry.Critical; s++ {
		if strings.ToUpper(s.String()) == label {
			return s, nil
		}
	}
	return 0, errors.New("has a severity that is none")
}

// A savedText is all that is known of a text: where one value in it starts and
// ends.
type savedText struct{ from, to value.Position }

// Position is the start for the offset 0, the end for any other.
func (t *savedText) Position(off int32) value.Position {
	if off <= 0 {
		return t.from
	}
	return t.to
}

// savedPlace makes a place of a JSON Pointer and a location; nil where there is
// neither.
func savedPlace(pointer string, l *jsonLocation) *value.Place {
	var at *value.Place
	if pointer != "" {
		at = &value.Place{}
		for name := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
			at = &value.Place{Parent: at, Name: strings.NewReplacer("~1", "/", "~0", "~").Replace(name)}
		}
	}
	if l == nil || l.Line < 1 {
		return at
	}
	if at == nil {
		at = &value.Place{}
	}
	text := &savedText{from: value.Position{File: l.File, Line: l.Line, Column: l.Column}}
	text.to = text.from
	if l.EndLine > 0 {
		text.to = value.Position{File: l.File, Line: l.EndLine, Column: l.EndColumn}
		at.End = 1
	}
	at.In = text
	return at
}
