package awsconfig_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A recording is an item of a revision, as the rule of states sees it.
type recording struct {
	revision, host int
	at             time.Time
	state          int64
	status         string
	active         bool
}

// Of any items of some revisions, in any order over any files, those with the
// latest time, then the highest state, count; the highest active revision that is
// left is judged.
func TestStatesByBruteForce(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		var all []recording
		contents := map[string][]string{}
		for range 1 + r.IntN(25) {
			x := recording{
				revision: 1 + r.IntN(4), host: r.IntN(2), state: int64(8 + r.IntN(5)), status: "OK", active: r.IntN(3) > 0,
				at: time.Date(2026, 1, 5, 8, 0, r.IntN(3), 500_000_000*r.IntN(2), time.UTC),
			}
			if r.IntN(4) == 0 {
				x.status = []string{"ResourceDeleted", "resourcedeleted", "ResourceDeletedNotRecorded"}[r.IntN(3)]
			}
			if slices.ContainsFunc(all, func(o recording) bool { return o.revision == x.revision && o.at.Equal(x.at) && o.state == x.state }) {
				continue // nobody can tell which of the two it is
			}
			all = append(all, x)
			name := fmt.Sprintf("%d.json", r.IntN(5))
			contents[name] = append(contents[name], x.write(r))
		}
		files := map[string]string{}
		for name, items := range contents {
			files[name] = snapshot(items...)
		}
		var got []string
		for _, v := range verdicts(scanned(t, files, "ECS.3")) {
			_, v, _ = strings.Cut(v, " ")
			got = append(got, v)
		}
		slices.Sort(got)
		if d := cmp.Diff(expected(all), got); d != "" {
			t.Fatalf("seed %d (-want +got):\n%s\n%v", seed, d, files)
		}
	}
}

func (x recording) write(r *rand.Rand) string {
	zones := []*time.Location{time.UTC, time.FixedZone("", 3600), time.FixedZone("", -5*3600)}
	at := x.at.In(zones[r.IntN(3)]).Format(time.RFC3339Nano)
	if r.IntN(4) == 0 {
		at = fmt.Sprintf("%.1f", float64(x.at.UnixMilli())/1000)
	}
	state := fmt.Sprintf(`"configurationStateId": %d`, x.state)
	if r.IntN(2) == 0 {
		state = fmt.Sprintf(`"ConfigurationStateId": "%d"`, x.state)
	}
	configuration := fmt.Sprintf(`{"Family": "web", "PidMode": %q, "Status": %q}`, []string{"task", "host"}[x.host], map[bool]string{true: "ACTIVE", false: "INACTIVE"}[x.active])
	switch {
	case x.status != "OK":
		configuration = "null"
	case r.IntN(2) == 0:
		configuration = quoted(configuration)
	}
	return item("TaskDefinition", fmt.Sprintf("%stask-definition/web:%d", inEU, x.revision), at, x.status, configuration, state)
}

// expected are the findings by the rule, written as it reads.
func expected(all []recording) (out []string) {
	last := map[int]recording{}
	for _, x := range all {
		old, ok := last[x.revision]
		if !ok || x.at.After(old.at) || x.at.Equal(old.at) && x.state > old.state {
			last[x.revision] = x
		}
	}
	latest := 0
	for n, x := range last {
		if x.status == "OK" && x.active {
			latest = max(latest, n)
		}
	}
	for n, x := range last {
		verdict := []string{"PASSED", "FAILED"}[x.host]
		if n != latest {
			verdict = "NOT_APPLICABLE"
		}
		if x.status == "OK" {
			out = append(out, fmt.Sprintf("ECS.3 task-definition/web:%d %s", n, verdict))
		}
	}
	slices.Sort(out)
	return out
}
