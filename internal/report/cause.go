package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// A cause is what many findings have in common: a control, the name of a
// container and the repository of its image. One change to what makes these
// containers mends them all.
type cause struct {
	control    *ecsentry.Control
	severity   ecsentry.Severity
	outcome    ecsentry.Outcome
	subject    string // of the container; "" where the control is about the resource
	repository string // "" where it is not known
	shown      string // the repository as it is shown
	resources  int
	last       *ecsentry.Identity // that was counted
}

type causeKey struct {
	control, subject, repository string
	outcome                      ecsentry.Outcome
}

// causes lists the causes of what wants something done, the worst first. Memory
// grows with the number of causes, not of findings.
func causes(r *ecsentry.Report) []*cause {
	index := map[causeKey]*cause{}
	var all []*cause
	for f, reason := range open(r) {
		k := causeKey{f.Control.ID, reason.Subject, repository(reason.Image), reason.Outcome}
		c := index[k]
		if c == nil {
			c = &cause{control: f.Control, outcome: reason.Outcome, subject: reason.Subject, repository: k.repository}
			index[k] = c
			all = append(all, c)
		}
		c.severity = max(c.severity, f.Severity)
		if c.last != f.Resource {
			c.last = f.Resource
			c.resources++
		}
	}
	shorten(all)
	slices.SortStableFunc(all, func(a, b *cause) int {
		return cmp.Or(cmp.Compare(b.outcome, a.outcome), cmp.Compare(b.severity, a.severity), cmp.Compare(b.resources, a.resources),
			compareIDs(a.control.ID, b.control.ID), cmp.Compare(a.subject, b.subject), cmp.Compare(a.repository, b.repository))
	})
	return all
}

// shorten shows of a repository the last part of its path, where that tells it
// from the others.
func shorten(all []*cause) {
	type short struct{ control, subject, last string }
	of := func(c *cause) short {
		return short{c.control.ID, c.subject, c.repository[strings.LastIndexByte(c.repository, '/')+1:]}
	}
	full := map[short]string{}
	shared := map[short]bool{}
	for _, c := range all {
		k := of(c)
		if other, seen := full[k]; seen && other != c.repository {
			shared[k] = true
		}
		full[k] = c.repository
	}
	for _, c := range all {
		k := of(c)
		if c.shown = k.last; shared[k] {
			c.shown = c.repository
		}
	}
}

// repository is the path of an image without registry, tag and digest: the same
// image comes from a registry in each Region.
func repository(image string) string {
	image, _, _ = strings.Cut(image, "@")
	if i := strings.LastIndexByte(image, ':'); i > strings.LastIndexByte(image, '/') {
		image = image[:i]
	}
	if host, path, ok := strings.Cut(image, "/"); ok && (strings.ContainsAny(host, ".:*") || host == "localhost") {
		return path
	}
	return image
}

// line is the cause in one line: ECS.5 · log_router · aws-for-fluent-bit · 214 task
// definitions.
func (c *cause) line() string {
	parts := []string{inert.Clip(c.control.ID, maxShown)}
	for _, s := range []string{c.subject, c.shown} {
		if s != "" {
			parts = append(parts, inert.Clip(s, maxShown))
		}
	}
	return strings.Join(append(parts, c.count()), " · ")
}

func (c *cause) count() string { return plural(c.resources, kind(c.control.ResourceType)) }
