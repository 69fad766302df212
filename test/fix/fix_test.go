package fix_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What fails in each fixture's files is mended, byte by byte as it is wanted; it
// passes then; and once is enough.
func TestFixtures(t *testing.T) {
	for _, f := range fixtures(t) {
		t.Run(f.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, f.before)
			before := verdicts(t, f.args()...)
			f.judged(t, "before", before)

			shown := run("", append([]string{"fix"}, slices.Concat(f.fix, f.args())...)...)
			if shown.Code != f.code {
				t.Errorf("fix: exit code %d, want %d\n%s", shown.Code, f.code, shown.Stderr)
			}
			patterns(t, "stdout", shown.Stdout, f.stdout)
			patterns(t, "stderr", shown.Stderr, f.stderr)
			if d := cmp.Diff(f.before, there(t)); d != "" {
				t.Fatalf("fix without --write changed files (-before +after)\n%s", d)
			}

			put(t, f.before)
			made := run("", f.write()...)
			if made.Code != f.code {
				t.Errorf("fix --write: exit code %d, want %d\n%s", made.Code, f.code, made.Stderr)
			}
			if d := cmp.Diff(f.wanted(), there(t)); d != "" {
				t.Fatalf("the files after the fix (-want +got)\n%s\n%s", d, made.Stderr)
			}
			if !f.safe && made.Stdout != shown.Stdout {
				t.Errorf("what was shown is not what was written\n%s", cmp.Diff(shown.Stdout, made.Stdout))
			}
			outside(t, f.before, there(t), made.Stdout)
			after := verdicts(t, f.args()...)
			f.judged(t, "after", after)
			notWorse(t, before, after)

			again := run("", f.write()...)
			if d := cmp.Diff(f.wanted(), there(t)); d != "" || again.Stdout != "" {
				t.Errorf("another fix changed something\n%s\n%s", d, again.Stdout)
			}

			put(t, f.before)
			f.piped(t)
			if !f.safe {
				f.patched(t, shown.Stdout)
			}
		})
	}
}

// args are those of each run.
func (f *fixture) args() []string { return slices.Concat(f.with, f.paths) }

func (f *fixture) write() []string {
	args := []string{"fix", "--write"}
	if !f.safe {
		args = append(args, "--unsafe")
	}
	return slices.Concat(args, f.fix, f.args())
}

// judged holds verdicts against those of the fixture.
func (f *fixture) judged(t *testing.T, when string, got map[string]map[string]string) {
	t.Helper()
	for _, v := range f.verdicts {
		want := v.before
		if when == "after" {
			want = v.after
		}
		if got := got[v.resource][v.control]; got != want {
			t.Errorf("%s the fix: %s %s is %q, want %s", when, v.control, v.resource, got, want)
		}
	}
}

// notWorse tells where a verdict is worse than it was.
func notWorse(t *testing.T, before, after map[string]map[string]string) {
	t.Helper()
	grade := map[string]int{"PASSED": 1, "NOT_APPLICABLE": 1, "UNKNOWN": 2, "FAILED": 3}
	for resource, controls := range before {
		for control, was := range controls {
			now := after[resource][control]
			if grade[now] == 0 || grade[now] > grade[was] {
				t.Errorf("%s %s was %s and is %q", control, resource, was, now)
			}
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d resources before the fix, %d after", len(before), len(after))
	}
}

// piped mends a document from standard input to standard output.
func (f *fixture) piped(t *testing.T) {
	t.Helper()
	if len(f.before) != 1 || len(f.paths) != 1 || f.code != 0 {
		return
	}
	args := []string{"fix"}
	if !f.safe {
		args = append(args, "--unsafe")
	}
	got := run(f.before[f.paths[0]], slices.Concat(args, f.fix, f.with, []string{"-"})...)
	if d := cmp.Diff(f.wanted()[f.paths[0]], got.Stdout); d != "" {
		t.Errorf("standard input is mended in another way (-want +got)\n%s\n%s", d, got.Stderr)
	}
}

// patched has git apply each hunk that hides nothing. Those that hide something
// must not be taken.
func (f *fixture) patched(t *testing.T, diff string) {
	t.Helper()
	open, hidden := hunks(diff)
	if open != "" {
		if err := git(t, open); err != nil {
			t.Errorf("git takes no hunk that hides nothing: %v\n%s", err, open)
		}
	}
	if hidden == "" {
		if d := cmp.Diff(f.wanted(), there(t)); d != "" {
			t.Errorf("what git makes of the difference (-want +got)\n%s", d)
		}
		return
	}
	put(t, f.before)
	if git(t, diff) == nil {
		t.Errorf("git takes hunks that hide values\n%s", diff)
	}
	if d := cmp.Diff(f.before, there(t)); d != "" {
		t.Errorf("what git makes of a difference that hides values (-want +got)\n%s", d)
	}
}

// There is a fixture for each control and input.
func TestFixturesOfEachControlAndInput(t *testing.T) {
	have := map[string]bool{}
	for _, f := range fixtures(t) {
		have[f.name] = true
	}
	for _, control := range []int{1, 2, 3, 4, 5, 8, 9, 10, 12} {
		for _, input := range []string{
			"ecsapi-json", "ecsapi-minified", "ecsapi-tabs", "ecsapi-yaml", "cloudformation-block", "cloudformation-flow",
			"cloudformation-json", "sam-yaml", "sam-json",
		} {
			if name := fmt.Sprintf("ecs%02d-%s", control, input); !have[name] {
				t.Errorf("no %s among %d", name, len(slices.Collect(maps.Keys(have))))
			}
		}
	}
}
