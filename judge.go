package ecsentry

import (
	"cmp"
	"slices"

	"github.com/ecsentry/ecsentry/value"
)

// Judge decides a control for a resource, over all its variants: what holds in
// every world holds; what fails in some worlds only is unknown, and the reason
// says when.
func Judge(c *Control, r *Resource, p Params) Verdict {
	switch {
	case r.Outside != "":
		return Reason{Outcome: NotApplicable, Message: r.Outside, At: r.At}.Verdict()
	case r.Broken != "":
		return Reason{Outcome: Unknown, Message: "cannot tell: " + r.Broken, At: r.At}.Verdict()
	}
	v := judgeVariants(c, r.Variants, p)
	if r.Doubt != "" {
		v = v.Doubted(r.Doubt)
	}
	for i := range v.Reasons {
		if r.Caveat != "" {
			v.Reasons[i].Message += " (" + r.Caveat + ")"
		}
		if v.Reasons[i].At == nil {
			v.Reasons[i].At = r.At
		}
	}
	return v
}

// Doubted is a verdict on a resource of which nobody can tell whether the control
// judges it: a failure is unknown then, a pass stays one.
func (v Verdict) Doubted(why string) Verdict {
	if v.Outcome != Failed {
		return v
	}
	out := Verdict{Outcome: Unknown, Reasons: slices.Clone(v.Reasons)}
	for i := range out.Reasons {
		if r := &out.Reasons[i]; r.Outcome == Failed {
			r.Outcome, r.Message, r.Hint, r.Fix = Unknown, r.Message+", if it is judged at all: "+why, "", nil
		}
	}
	return out
}

func judgeVariants(c *Control, variants []Variant, p Params) Verdict {
	if len(variants) == 1 {
		return c.Check(variants[0].Data, p)
	}
	j := joiner{variants: variants, index: map[reasonKey]int{}}
	for world := range variants {
		j.add(world, c.Check(variants[world].Data, p))
	}
	return j.join()
}

// A joiner joins the verdicts of one control in several worlds.
type joiner struct {
	variants []Variant
	outcomes []Outcome
	reasons  []worldReason
	index    map[reasonKey]int
}

type reasonKey struct {
	outcome      Outcome
	subject, key string
	container    string
}

// containerOf tells containers apart, in whichever world they were decoded: by
// their index.
func containerOf(scope *value.Place) string {
	if scope == nil {
		return ""
	}
	return scope.Name
}

type worldReason struct {
	Reason
	worlds []int
}

func (j *joiner) add(world int, v Verdict) {
	j.outcomes = append(j.outcomes, v.Outcome)
	for _, r := range v.Reasons {
		k := reasonKey{r.Outcome, r.Subject, r.Key, containerOf(r.Scope)}
		i, seen := j.index[k]
		if !seen {
			i = len(j.reasons)
			j.index[k] = i
			j.reasons = append(j.reasons, worldReason{Reason: r})
			j.reasons[i].worlds = append(j.reasons[i].worlds, world)
			continue
		}
		at := &j.reasons[i]
		if at.worlds[len(at.worlds)-1] != world {
			at.worlds = append(at.worlds, world)
		}
		at.Fix = joinFixes(at.Fix, r.Fix)
	}
}

// joinFixes adds the edits of another world, each branch's once. Where a world
// cannot be mended, nothing is.
func joinFixes(have, more *Fix) *Fix {
	if have == nil || more == nil {
		return nil
	}
	out := Fix{Edits: have.Edits[:len(have.Edits):len(have.Edits)], Step: cmp.Or(have.Step, more.Step), Breaks: cmp.Or(have.Breaks, more.Breaks)}
next:
	for _, e := range more.Edits {
		for _, h := range have.Edits {
			if h.Op == e.Op && sameEdit(h.At, e.At) {
				continue next
			}
		}
		out.Edits = append(out.Edits, e)
	}
	return &out
}

// sameEdit tells whether an edit at both places is one: of the same property of
// what is written at the same offset.
func sameEdit(a, b *value.Place) bool {
	for ; a != nil && b != nil; a, b = a.Parent, b.Parent {
		if a.In != b.In || a.Off != b.Off || a.End != b.End || a.Name != b.Name {
			return false
		}
		if !a.Missing {
			return true
		}
	}
	return a == b
}

func (j *joiner) join() Verdict {
	out := Verdict{Outcome: j.outcome()}
	everywhere := len(j.variants)
	certain := false // some failure holds in every world
	worst := map[reasonKey]Outcome{}
	for _, r := range j.reasons {
		certain = certain || r.Outcome == Failed && len(r.worlds) == everywhere
		who := reasonKey{subject: r.Subject, container: containerOf(r.Scope), key: r.Key}
		worst[who] = max(worst[who], r.Outcome)
		who.key = "" // it speaks for its subject as well
		worst[who] = max(worst[who], r.Outcome)
	}
	for _, r := range j.reasons {
		if len(r.worlds) < everywhere {
			if r.Outcome < worst[reasonKey{subject: r.Subject, container: containerOf(r.Scope), key: r.Key}] {
				continue // the same subject has something worse to say in another world
			}
			r.When = "when " + j.describe(r.worlds)
			if r.Outcome == Failed && (out.Outcome != Failed || certain) {
				r.Outcome, r.Hint, r.Fix = Unknown, "", nil
			}
		}
		out.Reasons = append(out.Reasons, r.Reason)
	}
	return out
}

// outcome joins the worlds' outcomes: the same everywhere, that; failed in some
// only, unknown; passed and not applicable, passed.
func (j *joiner) outcome() Outcome {
	best, worst := j.outcomes[0], j.outcomes[0]
	for _, o := range j.outcomes {
		best, worst = min(best, o), max(worst, o)
	}
	if worst == Failed && best != Failed {
		return Unknown
	}
	return worst
}

// ByPlace orders reasons as a reader meets them.
func ByPlace(a, b Reason) int {
	return cmp.Or(cmp.Compare(b.Outcome, a.Outcome), cmp.Compare(offset(a.At), offset(b.At)))
}

func offset(p *value.Place) int32 {
	if p == nil {
		return -1
	}
	return p.Off
}
