package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/asff"
)

func TestFormats(t *testing.T) {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
		if f.Description == "" || f.Write == nil {
			t.Errorf("%s is not complete", f.Name)
		}
		if _, ok := Lookup(f.Name); !ok {
			t.Errorf("%s is not found", f.Name)
		}
	}
	if want := []string{"text", "compact", "json", "asff", "sarif", "ocsf", "junit", "html", "csv", "markdown", "github", "gitlab"}; !slices.Equal(names, want) {
		t.Errorf("formats are %v, want %v", names, want)
	}
	if _, ok := Lookup("xml"); ok {
		t.Error("found a format that there is not")
	}
}

// Only formats that say so know colour.
func TestColored(t *testing.T) {
	for _, f := range Formats() {
		differs := !bytes.Equal(write(t, f.Name, sample(), Options{}), write(t, f.Name, sample(), Options{Color: true}))
		if differs != f.Colored {
			t.Errorf("%s: colour makes a difference: %v, says %v", f.Name, differs, f.Colored)
		}
	}
}

type brokenWriter struct{ left int }

var errBroken = errors.New("disk full")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestErrorsOfTheWriterAreReturned(t *testing.T) {
	r := many(2000, nil)
	for _, f := range Formats() {
		for _, room := range []int{0, 20_000} {
			if err := f.Write(&brokenWriter{room}, r, Options{Verbose: true}); !errors.Is(err, errBroken) {
				t.Errorf("%s with room for %d bytes: %v", f.Name, room, err)
			}
		}
	}
	if err := WriteNotes(&brokenWriter{}, sample(), Options{}); !errors.Is(err, errBroken) {
		t.Errorf("notes: %v", err)
	}
}

// many makes a report of n findings in one text.
func many(n int, asked func()) *ecsentry.Report {
	text := &fakeText{name: "many.json", raw: strings.Repeat("x\n", 10), asked: asked}
	c := control("ECS.3", ecsentry.High, ecsentry.TaskDefinition, "A title")
	r := &ecsentry.Report{Version: "1", Started: started, Finished: finished, Complete: true, Resources: n}
	for i := range n {
		id := &ecsentry.Identity{
			Type: ecsentry.TaskDefinition, ID: "web" + strconv.Itoa(i), Name: "web", Source: ecsentry.SourceECSAPI, Partition: "aws",
			At: at(text, text.raw, "x", nil, ""),
		}
		r.Findings.Add(ecsentry.Finding{
			ID: strconv.Itoa(i), Control: c, Resource: id, Severity: c.Severity,
			Verdict: ecsentry.Reason{Outcome: ecsentry.Failed, Message: "shares the host's process namespace", At: id.At}.Verdict(),
		})
	}
	return r
}

// A firstWrite notes how much had been looked at when bytes first arrived.
type firstWrite struct {
	asked *atomic.Int64 // items may be made while others are written
	first int64
	most  int
}

func (w *firstWrite) Write(p []byte) (int, error) {
	if w.first == 0 {
		w.first = w.asked.Load()
	}
	w.most = max(w.most, len(p))
	return len(p), nil
}

// Formats write as they go: when the first bytes are out, most findings have not
// been looked at, and no write is larger than the buffer.
func TestFormatsStream(t *testing.T) {
	const n = 5000
	for _, f := range Formats() {
		var asked atomic.Int64
		r := many(n, func() { asked.Add(1) })
		w := &firstWrite{asked: &asked}
		asked.Store(0)
		if err := f.Write(w, r, Options{}); err != nil {
			t.Fatal(err)
		}
		if w.first == 0 || w.first > asked.Load()/2 {
			t.Errorf("%s looked %d times of %d before it wrote anything", f.Name, w.first, asked.Load())
		}
		if w.most > buffered {
			t.Errorf("%s wrote %d bytes at once", f.Name, w.most)
		}
	}
}

func TestEmptyLists(t *testing.T) {
	r := &ecsentry.Report{Complete: true}
	var findings []any
	if err := json.Unmarshal(write(t, "asff", r, Options{}), &findings); err != nil || findings == nil {
		t.Errorf("asff of nothing is %v, %v", findings, err)
	}
	if run := sarifOf(t, r); run.Results == nil || run.Tool.Driver.Rules == nil || !run.Invocations[0].ExecutionSuccessful {
		t.Errorf("sarif of nothing is %+v", run)
	}
	if got := write(t, "compact", r, Options{}); len(got) > 0 {
		t.Errorf("compact of nothing is %q", got)
	}
	if got := string(write(t, "text", r, Options{})); got != "0 failed, 0 unknown, 0 passed; no Amazon ECS resources in 0 files; 0 ms\n" {
		t.Errorf("text of nothing is %q", got)
	}
}

func TestFiles(t *testing.T) {
	f, _ := Lookup("asff")
	for _, tc := range []struct {
		findings int
		name     string
		want     map[string]int
	}{
		{0, "out.json", map[string]int{"out.json": 0}},
		{100, "out.json", map[string]int{"out.json": 100}},
		{101, "out.json", map[string]int{"out-001.json": 100, "out-002.json": 1}},
		{300, "a.b/out", map[string]int{"a.b/out-001": 100, "a.b/out-002": 100, "a.b/out-003": 100}},
		{201, "dir/.json", map[string]int{"dir/.json-001": 100, "dir/.json-002": 100, "dir/.json-003": 1}},
	} {
		r := many(tc.findings, nil)
		var all []ecsentry.Finding
		for i, f := range r.Findings.List() {
			if i%2 == 0 { // what is not applicable is not written, and does not count
				all = append(all, ecsentry.Finding{Control: control("ECS.3", 1, "", "t"), Resource: &ecsentry.Identity{}})
			}
			all = append(all, *f)
		}
		r.Findings = ecsentry.Hold(all...)
		got, total := map[string]int{}, map[string]bool{}
		for name, part := range f.Files(tc.name, r) {
			var b bytes.Buffer
			if err := f.Write(&b, part, Options{}); err != nil {
				t.Fatal(err)
			}
			var findings []asff.Finding
			if err := json.Unmarshal(b.Bytes(), &findings); err != nil {
				t.Fatal(err)
			}
			got[name] = len(findings)
			for _, x := range findings {
				total[x.Id] = true
			}
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%d findings (-want +got):\n%s", tc.findings, diff)
		}
		if len(total) != tc.findings {
			t.Errorf("%d findings of %d are in files", len(total), tc.findings)
		}
	}
	if got := numbered("out.json", 7, 1000); got != "out-0007.json" {
		t.Errorf("got %s", got)
	}
	plain, _ := Lookup("json")
	for name, part := range plain.Files("x.json", many(500, nil)) {
		if name != "x.json" || part.Findings.Len() != 500 {
			t.Errorf("json goes to %s with %d findings", name, part.Findings.Len())
		}
	}
}

func BenchmarkFormats(b *testing.B) {
	r := many(10_000, nil)
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := f.Write(io.Discard, r, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
