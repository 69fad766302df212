package policy

import (
	"cmp"
	"maps"
	"slices"

	"github.com/ecsentry/ecsentry"
)

// A Subject is a finding with what a policy wants to know beside it.
type Subject struct {
	*ecsentry.Finding
	Path string            // of the resource's file below the policy's folder, "" if there is none
	Tags map[string]string // of the resource, as far as they are known
}

// Excuses tells whether the entry excuses a reason of a finding, whatever the
// day.
func (e *Entry) Excuses(s Subject, r *ecsentry.Reason) bool {
	return e.Selects(s) && e.selectsReason(s, r)
}

// Selects tells whether an entry is about a finding, in some part at least.
func (e *Entry) Selects(s Subject) bool {
	id := s.Resource
	return slices.Contains(e.Controls, s.Control.ID) &&
		(len(e.Resources) == 0 || anyMatches(e.Resources, id.ID)) &&
		(len(e.Paths) == 0 || anyMatches(e.Paths, s.Path)) &&
		(len(e.Accounts) == 0 || anyMatches(e.Accounts, id.Account)) &&
		(len(e.Regions) == 0 || anyMatches(e.Regions, id.Region)) &&
		e.tagged(s.Tags)
}

func (e *Entry) selectsReason(s Subject, r *ecsentry.Reason) bool {
	if e.Block != nil {
		return e.Block.holds(r.At) || e.Block.holds(r.Scope) || e.Block.holds(s.Resource.At)
	}
	if len(e.Containers) > 0 && !anyMatches(e.Containers, r.Subject) {
		return false
	}
	return len(e.Images) == 0 || r.Image != "" && slices.ContainsFunc(e.Images, func(pattern string) bool {
		return matchesAll(pattern, r.Image)
	})
}

func (e *Entry) tagged(tags map[string]string) bool {
	for key, patterns := range e.Tags {
		v, ok := tags[key]
		if !ok || !slices.ContainsFunc(patterns, func(p string) bool { return matches(p, v) }) {
			return false
		}
	}
	return true
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
