package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/internal/document"
)

// sleeper makes a program of this test binary, for TestRunnerMeasures.
const sleeper = "BENCH_SLEEPER"

func TestMain(m *testing.M) {
	if os.Getenv(sleeper) != "" {
		time.Sleep(50 * time.Millisecond)
		fmt.Println("slept")
		return
	}
	os.Exit(m.Run())
}

// The figure is about 1,000 templates of about 4.5 KB with 6 ECS resources each.
func TestFleet(t *testing.T) {
	dir := t.TempDir()
	if err := writeFleet(dir); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != 1000 {
		t.Errorf("%d templates, want 1000", len(names))
	}
	size, open := 0, 0
	different := map[string]bool{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		size += len(data)
		different[string(data)] = true
		if !strings.Contains(string(data), "Default: prod}") && strings.Contains(string(data), "!If [IsProd") {
			open++
		}
		f, err := document.Parse(name, data, document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, field := range f.Documents[0].Get("Resources").Fields {
			if strings.HasPrefix(field.Value.Get("Type").Value, "AWS::ECS::") {
				n++
			}
		}
		if n != 6 {
			t.Errorf("%s has %d ECS resources, want 6", filepath.Base(name), n)
		}
	}
	if mean := size / len(names); mean < 4400 || mean > 4800 {
		t.Errorf("the mean size is %d bytes, want about 4.5 KB", mean)
	}
	if len(different) != len(names) {
		t.Errorf("%d different templates, want %d", len(different), len(names))
	}
	if open < 500 {
		t.Errorf("%d templates leave something open, want most", open)
	}
}

func TestRecord(t *testing.T) {
	file := filepath.Join(t.TempDir(), "performance.md")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("# Performance\n\n" + beginMark + "\nold\n" + endMark + "\n\nHow.\n")
	if err := recordInto(file, table([]row{
		{figure: "time", target: "≤ 1 s", measured: "2 s", note: "alone"},
		{figure: "start", target: "≤ 1 s", measured: "2 s", disturbed: true},
		{figure: "calls", target: "≤ 2", measured: "1", met: true, disturbed: true},
	})); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := "# Performance\n\n" + beginMark + "\n\n| figure | target | measured | verdict | how |\n|---|---|---|---|---|\n" +
		"| time | ≤ 1 s | 2 s | MISSED | alone |\n" +
		"| start | ≤ 1 s | 2 s | undecided: the machine is busy |  |\n| calls | ≤ 2 | 1 | met |  |\n\n" + endMark + "\n\nHow.\n"
	if d := cmp.Diff(want, string(got)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	write("no marks")
	if err := recordInto(file, "x"); err == nil {
		t.Error("a file without marks was written")
	}
}

func TestRunnerMeasures(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	run := func(timeout string) (string, error) {
		var out strings.Builder
		in := `{"Rounds": 2, "Timeout": ` + timeout + `, "Commands": [
			{"Args": ["` + self + `"], "Env": ["` + sleeper + `=1"]}]}`
		err := runner(t.Context(), strings.NewReader(in), &out)
		return out.String(), err
	}
	if out, err := run("10000000000"); err != nil || strings.Count(out, "slept") != 2 {
		t.Errorf("got %v, %s; want two samples", err, out)
	}
	if out, err := run("1000000"); err == nil || !strings.Contains(err.Error(), "still running") {
		t.Errorf("got %v, %s; want the deadline", err, out)
	}
}

func TestStatistics(t *testing.T) {
	samples := []sample{
		{Wall: 9, CPU: 5, Memory: 3, Others: 1.5}, {Wall: 4, CPU: 6, Memory: 1},
		{Wall: 5, CPU: 4, Memory: 2}, {Wall: 3, CPU: 5, Memory: 2},
	}
	type numbers struct {
		Shortest, Median, CPU time.Duration
		Memory                int64
		Runs                  string
	}
	got := numbers{shortest(samples), median(samples), leastCPU(samples), mostMemory(samples), runs(samples)}
	want := numbers{3, 4, 4, 3, "4 runs, 3 of them undisturbed"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestChoose(t *testing.T) {
	for _, tc := range []struct {
		only, want string
		ok         bool
	}{
		{"", "templates start live throttled engine snapshot plans modules findings fix", true},
		{"start,engine", "start engine", true},
		{"begin", "", false},
	} {
		chosen, err := choose(tc.only)
		var names []string
		for _, f := range chosen {
			names = append(names, f.name)
		}
		if got := strings.Join(names, " "); got != tc.want || (err == nil) != tc.ok {
			t.Errorf("choose(%q) is %q, %v; want %q", tc.only, got, err, tc.want)
		}
	}
}

func TestPerOperation(t *testing.T) {
	got, err := perOperation("goos: linux\nBenchmarkControls-2   \t  200000\t      1550.5 ns/op\t 12 B/op\nPASS\n")
	if err != nil || got != 1550.5 {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := perOperation("PASS"); err == nil {
		t.Error("no result is no error")
	}
}
