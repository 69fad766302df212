package policy

import (
	"strings"

	"github.com/ecsentry/ecsentry"
)

// A Run applies a policy on one day, and remembers what its exceptions did.
type Run struct {
	*Policy
	Today Day
	Keep  bool   // remember each failure that an exception is about, not only how many
	Uses  []*Use // of the policy's own exceptions

	inline   map[string][]*Use // of those in files
	mistakes []*Error
}

// A Use is what became of an exception in a run.
type Use struct {
	*Entry
	State  State
	Denied []string // controls that the policy lets no comment excuse
	Count  int      // failures that it is about, in some part at least
	Covers []Cover
}

// A Cover is a failure that an exception is about.
type Cover struct {
	Control  string
	Resource *ecsentry.Identity
	Excepted bool // nothing of the failure is left
}

// NewRun starts a run.
func NewRun(p *Policy, today Day) *Run {
	r := &Run{Policy: p, Today: today}
	for _, e := range p.Entries {
		r.Uses = append(r.Uses, &Use{Entry: e, State: StateOn(e.Expires, today)})
	}
	return r
}

// TagKeys are the keys of the tags that exceptions ask for.
func (r *Run) TagKeys() []string {
	keys := map[string]bool{}
	for _, u := range r.Uses {
		for key := range u.Tags {
			keys[key] = true
		}
	}
	return sortedKeys(keys)
}

// Pathed tells whether some exception asks for paths.
func (r *Run) Pathed() bool {
	for _, u := range r.Uses {
		if len(u.Paths) > 0 {
			return true
		}
	}
	return false
}

// Spares tells of a file that no exception is about what stands in it.
func (r *Run) Spares(file string) bool { return len(r.Uses) == 0 && len(r.inline[file]) == 0 }

// Excuse says why a failure does not count: each of its failed reasons is excused
// by some exception that has not lapsed. It is nil if it counts; then the finding is
// told which of its reasons are excused all the same.
func (r *Run) Excuse(s Subject) *ecsentry.Exception {
	var about []*Use
	for _, u := range r.Uses {
		if u.Selects(s) {
			about = append(about, u)
		}
	}
	if len(r.inline) > 0 {
		for _, u := range r.inline[s.Resource.File()] {
			if u.Selects(s) {
				about = append(about, u)
			}
		}
	}
	if len(about) == 0 {
		return nil
	}
	excuses := map[int]*Entry{} // of failed reasons
	failed, used := 0, make([]bool, len(about))
	for i := range s.Verdict.Reasons {
		reason := &s.Verdict.Reasons[i]
		if reason.Outcome != ecsentry.Failed {
			continue
		}
		failed++
		for k, u := range about {
			if !u.selectsReason(s, reason) {
				continue
			}
			used[k] = true
			if u.State != Lapsed && excuses[i] == nil {
				excuses[i] = u.Entry
			}
		}
	}
	excepted := failed > 0 && len(excuses) == failed
	for k, u := range about {
		if used[k] {
			u.note(s, excepted && u.State != Lapsed, r.Keep)
		}
	}
	if excepted {
		var all []*Entry
		for _, i := range sortedKeys(excuses) {
			all = append(all, excuses[i])
		}
		return joined(all)
	}
	if len(excuses) > 0 {
		s.Excuses = ecsentry.Excuses{}
	}
	for i, e := range excuses {
		s.Excuses[i] = joined([]*Entry{e})
	}
	return nil
}

func (u *Use) note(s Subject, excepted, keep bool) {
	u.Count++
	if keep {
		u.Covers = append(u.Covers, Cover{s.Control.ID, s.Resource, excepted})
	}
}

// joined makes one exception of those of all reasons. It lapses when the first of
// them does.
func joined(entries []*Entry) *ecsentry.Exception {
	var reasons, owners []string
	expires := Day("")
	for _, e := range entries {
		reasons, owners = add(reasons, e.Reason), add(owners, e.Owner)
		if e.Expires != "" && (expires == "" || e.Expires < expires) {
			expires = e.Expires
		}
	}
	return &ecsentry.Exception{
		Reason: strings.Join(reasons, "; "), Owner: strings.Join(owners, ", "), Expires: string(expires),
	}
}

// add adds a text that is not there yet.
func add(all []string, s string) []string {
	for _, a := range all {
		if a == s {
			return all
		}
	}
	if s == "" {
		return all
	}
	return append(all, s)
}

// A Notice is what people should know of an exception.
type Notice struct {
	*Use
	Text string
}

// Notices are the exceptions that lapsed, lapse soon, or excuse nothing, in the
// order of the file.
func (r *Run) Notices() (out []Notice) {
	for _, u := range r.All() {
		owner := ""
		if u.Owner != "" {
			owner = ", owner " + u.Owner
		}
		if len(u.Denied) > 0 {
			out = append(out, Notice{u, "excuses no " + strings.Join(u.Denied, ", ") + ": " + r.Name + " does not let comments do that"})
		}
		switch {
		case len(u.Controls) == 0:
			continue
		case u.State == Lapsed:
			out = append(out, Notice{u, "lapsed: it held until " + string(u.Expires) + owner})
		case u.State == Soon:
			out = append(out, Notice{u, "expires soon: it holds until " + string(u.Expires) + owner})
		}
		if u.State != Lapsed && u.Count == 0 {
			out = append(out, Notice{u, "unused: it excuses no failure of this run" + owner})
		}
	}
	return out
}
