package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// What else a machine does can only make a run longer, so the shortest of several
// is nearest to what the run takes. Memory is the largest of several.

// quiet tells whether the run had the machine for itself, nearly.
func (s sample) quiet() bool { return s.Others < 0.1 }

// quietOf are the undisturbed ones of some samples.
func quietOf(samples []sample) []sample {
	return slices.DeleteFunc(slices.Clone(samples), func(s sample) bool { return !s.quiet() })
}

func shortest(samples []sample) time.Duration {
	return slices.MinFunc(samples, func(a, b sample) int { return cmp.Compare(a.Wall, b.Wall) }).Wall
}

// disturbed tells whether no run, or hardly one, had the machine for itself.
func disturbed(samples []sample) bool { return len(quietOf(samples)) < 2 }

// runs says how many runs there were, and how many without a disturbance.
func runs(samples []sample) string {
	return fmt.Sprintf("%d runs, %d of them undisturbed", len(samples), len(quietOf(samples)))
}

// median is that of the undisturbed runs, if there are some.
func median(samples []sample) time.Duration {
	if calm := quietOf(samples); len(calm) > 2 {
		samples = calm
	}
	walls := make([]time.Duration, len(samples))
	for i, s := range samples {
		walls[i] = s.Wall
	}
	slices.Sort(walls)
	return walls[len(walls)/2]
}

func leastCPU(samples []sample) time.Duration {
	return slices.MinFunc(samples, func(a, b sample) int { return cmp.Compare(a.CPU, b.CPU) }).CPU
}

func leastMemory(samples []sample) int64 {
	return slices.MinFunc(samples, func(a, b sample) int { return cmp.Compare(a.Memory, b.Memory) }).Memory
}

func mostMemory(samples []sample) int64 {
	return slices.MaxFunc(samples, func(a, b sample) int { return cmp.Compare(a.Memory, b.Memory) }).Memory
}
