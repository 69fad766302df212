package cloudformation

import (
	"slices"
	"strings"
	"sync"

	"github.com/ecsentry/ecsentry/internal/document"
)

// A term is something the template cannot know: a parameter without a value, a
// pseudo parameter, an attribute of a resource, another stack's export.
type term struct {
	key     string   // tells terms apart over all nested stacks
	name    string   // for people, and for --parameter where settable
	call    string   // as the template writes it: "!Ref Env"
	what    string   // "a parameter without a value"
	set     bool     // a user can set it with --parameter
	hidden  bool     // it is a secret (NoEcho), so its answers are not shown
	answers []string // the values that can matter
	closed  bool     // by AllowedValues it can be nothing else
}

// choices is how many answers there are; the last of an open term is "something
// else".
func (t *term) choices() int {
	if t.closed {
		return len(t.answers)
	}
	return len(t.answers) + 1
}

func (t *term) add(answers ...string) bool {
	if t.closed {
		return false
	}
	grew := false
	for _, a := range answers {
		if !slices.Contains(t.answers, a) && len(t.answers) < maxAnswers {
			t.answers = append(t.answers, a)
			grew = true
		}
	}
	return grew
}

// maxAnswers bounds the answers of one term. It must be more than the rounds in
// which a resource is explored: a term whose answers were cut short would seem
// to have been seen in full.
const maxAnswers = 2 * maxRounds

// phrase says an answer in words, and all other answers.
func (t *term) phrase(answer int) (is, not string) {
	name := t.call
	if t.set {
		name = safe(t.name)
	}
	switch {
	case t.hidden && answer < len(t.answers):
		return name + " has a certain value", name + " has another value than a certain one"
	case t.hidden:
		return name + " has a value it is not compared with", name + " has a value it is compared with"
	case answer < len(t.answers):
		return name + " is " + said(t.answers[answer]), name + " is not " + said(t.answers[answer])
	}
	switch len(t.answers) {
	case 1:
		return name + " is not " + said(t.answers[0]), name + " is " + said(t.answers[0])
	case 2:
		a, b := said(t.answers[0]), said(t.answers[1])
		return name + " is neither " + a + " nor " + b, name + " is " + a + " or " + b
	default:
		return name + " is something else", name + " is one of what it is compared with"
	}
}

func said(s string) string {
	if s == "" {
		return "empty"
	}
	return safe(s)
}

// terms are those of a program. Whoever supposes other values for parameters
// shares them, at any time; a term does not change once all answers are
// collected.
type terms struct {
	mu    sync.Mutex
	byKey map[string]*term
}

// term finds or makes the term with a key.
func (p *program) term(key string, make func() *term) *term {
	p.terms.mu.Lock()
	defer p.terms.mu.Unlock()
	if t, ok := p.terms.byKey[key]; ok {
		return t
	}
	t := make()
	t.key = key
	p.terms.byKey[key] = t
	return t
}

// settable lists the terms that a user can set, of those that are wanted.
func (p *program) settable(wanted map[string][]string) map[string]*term {
	p.terms.mu.Lock()
	defer p.terms.mu.Unlock()
	out := map[string]*term{}
	for _, t := range p.terms.byKey {
		if t.set && wanted[t.name] != nil {
			out[t.name] = t
		}
	}
	return out
}

// collectAnswers computes the answers of all terms: what conditions compare them
// with and what they look up. It runs over the whole template, with its nested
// stacks, before any resource is decoded.
func (p *program) collectAnswers() {
	c := answerCollector{prog: p, run: &run{prog: p}}
	for _, s := range p.stacks {
		for _, name := range s.inOrder {
			if cond := s.conditions[name]; !s.idle(name) {
				c.walk(cond.node, cond.scope, 0)
			}
		}
		if len(s.mappings) > 0 {
			for _, section := range s.root.Fields {
				if section.Key.Value != "Conditions" {
					c.walk(section.Value, s.scope, 1)
				}
			}
		}
	}
	for grew := true; grew; { // terms compared with each other share their answers
		grew = false
		for _, pair := range c.pairs {
			a, b := pair[0], pair[1]
			if b.add(a.answers...) {
				grew = true
			}
			if a.add(b.answers...) {
				grew = true
			}
		}
	}
}

type answerCollector struct {
	prog  *program
	run   *run
	pairs [][2]*term
}

func (c *answerCollector) walk(n *document.Node, sc *scope, depth int) {
	if n == nil || depth > maxDepth {
		return
	}
	switch name, arg := intrinsic(n); name {
	case "Fn::Equals":
		if len(arg.Items) == 2 {
			c.compare(arg.Items[0], arg.Items[1], sc)
		}
	case "Fn::FindInMap":
		c.lookup(arg, sc)
	}
	for _, item := range n.Items {
		c.walk(item, sc, depth+1)
	}
	for _, f := range n.Fields {
		c.walk(f.Value, sc, depth+1)
	}
}

func (c *answerCollector) compare(a, b *document.Node, sc *scope) {
	ta, tb := c.run.termOf(a, sc), c.run.termOf(b, sc)
	switch {
	case ta != nil && tb != nil:
		c.pairs = append(c.pairs, [2]*term{ta, tb})
	case ta != nil:
		ta.add(c.literals(b, sc, 0)...)
	case tb != nil:
		tb.add(c.literals(a, sc, 0)...)
	}
}

func (c *answerCollector) lookup(arg *document.Node, sc *scope) {
	if len(arg.Items) < 3 {
		return
	}
	m := sc.stack.mappings[arg.Items[0].Value]
	if m == nil {
		return
	}
	first, second := c.run.termOf(arg.Items[1], sc), c.run.termOf(arg.Items[2], sc)
	for _, top := range m.Fields {
		if first != nil {
			first.add(top.Key.Value)
		}
		if second != nil {
			for _, f := range top.Value.Fields {
				second.add(f.Key.Value)
			}
		}
	}
}

// literals lists what an expression may come to, as far as it is written down.
func (c *answerCollector) literals(n *document.Node, sc *scope, depth int) []string {
	if depth > maxDepth {
		return nil
	}
	name, arg := intrinsic(n)
	switch name {
	case "":
		if n.Kind == document.List || n.Kind == document.Map {
			return nil
		}
		if s := sc.substitute(withoutDynamic(scalar(n))); !strings.Contains(s, hole) {
			return []string{s}
		}
	case "Fn::If":
		if len(arg.Items) == 3 {
			return append(c.literals(arg.Items[1], sc, depth+1), c.literals(arg.Items[2], sc, depth+1)...)
		}
	case "Fn::FindInMap":
		if len(arg.Items) >= 3 {
			return scalarsOf(sc.stack.mappings[arg.Items[0].Value], nil)
		}
	default:
		c.run.steps = 0
		if v := c.run.resolve(n, sc); v.known() {
			return []string{v.s}
		}
	}
	return nil
}

func scalarsOf(n *document.Node, into []string) []string {
	if n == nil || len(into) > maxAnswers {
		return into
	}
	if n.Kind != document.List && n.Kind != document.Map {
		return append(into, scalar(n))
	}
	for _, item := range n.Items {
		into = scalarsOf(item, into)
	}
	for _, f := range n.Fields {
		into = scalarsOf(f.Value, into)
	}
	return into
}
