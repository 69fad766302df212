package cli

import (
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
)

// A threshold says which findings make a run fail.
type threshold struct {
	never   bool
	least   ecsentry.Severity
	unknown bool // unknown findings count as failures
}

// parseThreshold reads what --fail-on is given: a level, and perhaps "unknown".
func parseThreshold(s string) (threshold, error) {
	t := threshold{least: ecsentry.Low}
	levels := []string{"low", "medium", "high", "critical", "never"}
	named := false
	for word := range strings.SplitSeq(s, ",") {
		word = strings.ToLower(strings.TrimSpace(word))
		i := slices.Index(levels, word)
		switch {
		case word == "unknown":
			t.unknown = true
		case i < 0:
			return t, badUsage(didYouMean(word, append(levels, "unknown")), "--fail-on: %q is no level", word)
		case named:
			return t, badUsage("give one level, with `,unknown` if unknowns are to count too", "--fail-on: two levels in %q", s)
		case word == "never":
			t.never, named = true, true
		default:
			t.least, named = ecsentry.Low+ecsentry.Severity(i), true
		}
	}
	return t, nil
}

// code is the exit code of a report where one threshold holds for all of it.
func (t threshold) code(r *ecsentry.Report, nothing bool) int {
	return exitCode(r, nothing, func(*ecsentry.Identity) (threshold, bool) { return t, t.never })
}

// exitCode is the exit code of a report: what could not be read as the user wanted
// beats failures, and failures beat gaps. What each resource's threshold is, of
// tells, and whether the run never fails.
func exitCode(r *ecsentry.Report, nothing bool, of func(*ecsentry.Identity) (t threshold, never bool)) int {
	_, never := of(nil)
	fails := func(f *ecsentry.Finding) bool {
		t, _ := of(f.Resource)
		return t.counts(f)
	}
	switch {
	case len(r.Coverage.Refused) > 0 || nothing:
		return exitUsage
	case never:
		return exitOK
	case some(&r.Findings, fails):
		return exitFailed
	case len(r.Coverage.Gaps) > 0:
		return exitGaps
	default:
		return exitOK
	}
}

// some tells whether something holds for one of the findings at least.
func some(all *ecsentry.Findings, holds func(*ecsentry.Finding) bool) bool {
	for f := range all.All() {
		if holds(f) {
			return true
		}
	}
	return false
}

func (t threshold) counts(f *ecsentry.Finding) bool {
	bad := f.Failed() || t.unknown && f.Verdict.Outcome == ecsentry.Unknown && f.Exception == nil
	return bad && !t.never && !f.Known && f.Severity >= t.least
}
