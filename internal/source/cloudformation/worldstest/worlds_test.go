package worldstest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
)

// seeds are the templates that a run makes.
func seeds(t *testing.T, count uint64) (first, last uint64) {
	t.Helper()
	first = number(t, "WORLDSTEST_SEED", 1)
	return first, first + number(t, "WORLDSTEST_COUNT", count)
}

func number(t *testing.T, name string, def uint64) uint64 {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return def
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		t.Fatalf("%s is %q, want a number", name, s)
	}
	return n
}

// No verdict is wrong, and none is needlessly unknown.
func TestVerdictsAreThoseOfBruteForce(t *testing.T) {
	first, last := seeds(t, 300)
	var tally tally
	for seed := first; seed < last; seed++ {
		tpl := generate(seed)
		bad := check(tpl, &tally)
		if len(bad) == 0 {
			continue
		}
		small, what := shrink(tpl, bad[0])
		t.Errorf("seed %d: %s\n%s%s", seed, what, overridesOf(small), asYAML(small.root, rand.New(rand.NewPCG(0, 0))))
	}
	t.Log(&tally)
}

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
	got, err := scan(asJSON(tpl.root), tpl.overrides)
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
	case have == passed && e.strict == never && e.loose == passed:
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

func overridesOf(t *template) string {
	var b strings.Builder
	for k, v := range t.overrides {
		fmt.Fprintf(&b, "--parameter %s=%s\n", k, v)
	}
	return b.String()
}
