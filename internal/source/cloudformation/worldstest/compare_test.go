package worldstest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// A tally counts what was compared.
type tally struct {
	resources, exact, sampled, none int
	verdicts                        map[string]int
}

func (c *tally) String() string {
	return fmt.Sprintf("%d resources (%d exact, %d sampled, %d never created); verdicts %v", c.resources, c.exact, c.sampled, c.none, c.verdicts)
}

// A mismatch is a verdict that brute force does not confirm.
type mismatch struct {
	resource, control, kind, detail string
}

func (m mismatch) String() string {
	return m.resource + " " + m.control + ": " + m.kind + ": " + m.detail
}

// check compares all verdicts of a template.
func check(tpl *template, c *tally) []mismatch {
	got, err := scanned(asJSON(tpl.root), tpl.overrides)
	if err != nil {
		return []mismatch{{kind: "not read", detail: err.Error()}}
	}
	if c.verdicts == nil {
		c.verdicts = map[string]int{}
	}
	var out []mismatch
	a := analyse(tpl)
	r := rand.New(rand.NewPCG(7, 7))
	for _, f := range tpl.section("Resources").fields {
		ids := controls(f.val.(*object).get("Type"))
		if ids == nil {
			continue
		}
		want := a.expect(f.key, r)
		c.count(want)
		for _, id := range ids {
			have := got[f.key+" "+id].verdict
			c.verdicts[have]++
			if m, ok := compare(f.key, id, have, want); !ok {
				out = append(out, m)
			}
		}
	}
	return out
}

func (c *tally) count(e expected) {
	c.resources++
	switch {
	case !e.creates:
		c.none++
	case e.exact:
		c.exact++
	case !e.full:
		c.sampled++
	}
}

// compare says whether a verdict, "" for no finding, is right.
func compare(resource, control, have string, want expected) (mismatch, bool) {
	e := want.by[control]
	m := mismatch{resource: resource, control: control,
		detail: fmt.Sprintf("got %q, brute force says %q (%d ways)%s", have, e.strict, len(e.seen), e.examples())}
	switch {
	case !e.some:
		return m, true // nobody can deploy it: nothing to compare with
	case have == "" && e.strict != "":
		m.kind = "missing"
		return m, false
	case have == passed && e.strict == never && (e.loose == passed || !want.exact):
		return m, true // it passes only where something else cannot be deployed
	case have != "" && have != unknown && want.full && e.strict != have && e.strict != "",
		have != "" && have != unknown && !want.full && !within(have, e):
		m.kind = "wrong"
		return m, false
	case want.exact && !want.creates && have != "":
		m.kind = "never created"
		return m, false
	case want.exact && have == unknown && e.loose != unknown && e.strict != "":
		m.kind = "needlessly unknown"
		return m, false
	}
	return m, true
}

// within says of a decided verdict whether all outcomes of a sample agree.
func within(have string, e *expectation) bool {
	for o := range e.seen {
		if o != have && (have != passed || o != never) {
			return false
		}
	}
	return true
}

func (e *expectation) examples() string {
	var b strings.Builder
	for o, a := range e.seen {
		fmt.Fprintf(&b, "\n  %s with %v", o, a)
	}
	return b.String()
}

// checkHints follows each hint of a template.
func checkHints(tpl *template, c *tally) (out []mismatch, hints int) {
	got, err := scanned(asJSON(tpl.root), tpl.overrides)
	if err != nil {
		return []mismatch{{kind: "not read", detail: err.Error()}}, 0
	}
	for _, key := range slices.Sorted(maps.Keys(got)) {
		hint := got[key].hint
		if len(hint) == 0 {
			continue
		}
		hints++
		id, control, _ := strings.Cut(key, " ")
		m := mismatch{resource: id, control: control}
		closed := tpl.with(hint)
		after, err := scanned(asJSON(closed.root), closed.overrides)
		have := after[key].verdict
		m.detail = fmt.Sprintf("%v gives %q, %v", hint, have, err)
		switch bad := hintedOutside(tpl, hint); {
		case bad != "":
			m.kind, m.detail = "hint that cannot be followed", bad
			out = append(out, m)
			continue
		case have == "" || have == unknown || err != nil:
			m.kind = "hint that does not decide"
			out = append(out, m)
			continue
		}
		for _, n := range check(closed, c) {
			if n.resource == id && n.control == control {
				n.detail = fmt.Sprintf("%v: %s", hint, n.detail)
				out = append(out, n)
			}
		}
	}
	return out, hints
}

// hintedOutside says which parameter of a hint does not exist, or may not have
// that value.
func hintedOutside(t *template, hint map[string]string) string {
	for name, v := range hint {
		p := t.section("Parameters").sub(name)
		allowed, closed := p.get("AllowedValues").(*list)
		may := func(n node) bool { return literal(n) == v }
		switch {
		case len(p.fields) == 0 && !strings.HasPrefix(name, "AWS::"):
			return name + " is no parameter"
		case closed && !slices.ContainsFunc(allowed.items, may):
			return name + " may not be " + v
		}
	}
	return ""
}

// checkWritings compares the verdicts of a template in several forms.
func checkWritings(tpl *template) []mismatch {
	var out []mismatch
	r := rand.New(rand.NewPCG(3, 3))
	want, err := scanned(asJSON(tpl.root), tpl.overrides)
	if err != nil {
		return []mismatch{{kind: "not read", detail: err.Error()}}
	}
	for i := range 4 {
		root := node(tpl.root)
		if i > 1 {
			root = shuffled(root, r)
		}
		text := asYAML(root, r)
		if i == 3 {
			text = asJSON(root)
		}
		got, err := scanned(text, tpl.overrides)
		if err != nil {
			return []mismatch{{kind: "not read", detail: err.Error() + "\n" + string(text)}}
		}
		for key := range want {
			if got[key].verdict != want[key].verdict {
				id, control, _ := strings.Cut(key, " ")
				out = append(out, mismatch{id, control, "written otherwise",
					fmt.Sprintf("got %q, want %q\n%s", got[key].verdict, want[key].verdict, text)})
			}
		}
		if len(got) != len(want) {
			out = append(out, mismatch{kind: "written otherwise", detail: fmt.Sprintf("%d verdicts, want %d", len(got), len(want))})
		}
	}
	return out
}
