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
	t.Parallel()
	var count tally
	each(t, 600, func(tpl *template) []mismatch { return check(tpl, &count) })
	t.Log(&count)
	if count.exact < count.resources/2 {
		t.Errorf("%s: brute force decided too few", &count)
	}
}

// What the hint of an unknown says to give on the command line decides it, as
// brute force confirms.
func TestHintsDecide(t *testing.T) {
	t.Parallel()
	var count tally
	hints := 0
	each(t, 120, func(tpl *template) []mismatch {
		out, n := checkHints(tpl, &count)
		hints += n
		return out
	})
	if hints == 0 {
		t.Error("no verdict had a hint")
	}
	t.Logf("%d hints", hints)
}

// How a template is written makes no difference: JSON or YAML, long forms or
// short ones, nor in which order.
func TestWritingMakesNoDifference(t *testing.T) {
	t.Parallel()
	each(t, 100, func(tpl *template) []mismatch { return checkWritings(tpl) })
}

// each makes templates and reports what is wrong with them.
func each(t *testing.T, count uint64, check func(*template) []mismatch) {
	t.Helper()
	first, last := seeds(t, count)
	for seed := first; seed < last; seed++ {
		tpl := generate(seed)
		bad := check(tpl)
		if len(bad) == 0 {
			continue
		}
		small, what := shrink(tpl, bad[0], check)
		t.Errorf("seed %d: %s\n%s%s", seed, what, overridesOf(small), asYAML(small.root, rand.New(rand.NewPCG(0, 0))))
	}
}

func overridesOf(t *template) string {
	var b strings.Builder
	for k, v := range t.overrides {
		fmt.Fprintf(&b, "--parameter %s=%s\n", k, v)
	}
	return b.String()
}
