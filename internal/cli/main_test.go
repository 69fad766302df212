package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/source/live"
)

const failing = `{"family": "bad", "containerDefinitions": [{"name": "app"}]}`

// process is a run in memory.
func process(stdin string, args ...string) (p Process, stdout, stderr *bytes.Buffer) {
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	return Process{
		Args: args, Stdin: strings.NewReader(stdin), Stdout: stdout, Stderr: stderr,
		Getenv:  func(string) string { return "" },
		Now:     func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		Version: "test",
	}, stdout, stderr
}

// An interrupted scan prints what is known and says that it is incomplete.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p, stdout, stderr := process(failing, "scan", "--format", "json", "-")
	if code := Main(ctx, p); code != exitGaps {
		t.Errorf("exit code %d, want %d", code, exitGaps)
	}
	var r struct {
		Scan struct{ Complete bool }
		Gaps []struct{ Scope, Reason string }
	}
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil {
		t.Fatalf("no report: %v", err)
	}
	if r.Scan.Complete || len(r.Gaps) != 1 || !strings.Contains(r.Gaps[0].Reason, "interrupted") {
		t.Errorf("complete %v, gaps %v; want one that says interrupted", r.Scan.Complete, r.Gaps)
	}
	if !strings.Contains(stderr.String(), "interrupted") {
		t.Errorf("standard error does not say so: %s", stderr)
	}
}

// A passed deadline is a gap.
func TestDeadline(t *testing.T) {
	p, _, stderr := process("", "scan", "--timeout", "1ns", "testdata")
	if code := Main(context.Background(), p); code != exitGaps {
		t.Errorf("exit code %d, want %d\n%s", code, exitGaps, stderr)
	}
}

// When nobody reads the report any more, files are written all the same, and the
// exit code says what was found.
func TestBrokenPipe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "out.json")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	read.Close()
	defer write.Close()
	p, _, stderr := process(failing, "scan", "-o", "text", "-o", "json="+file, "-")
	p.Stdout = write
	if code := Main(context.Background(), p); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	if _, err := os.Stat(file); err != nil || stderr.Len() > 0 {
		t.Errorf("file: %v, standard error: %s", err, stderr)
	}
	p, _, _ = process("", "controls")
	p.Stdout = write
	if code := Main(context.Background(), p); code != exitOK {
		t.Errorf("controls: exit code %d, want %d", code, exitOK)
	}
}

// A report that cannot be written is an error.
func TestFullDisk(t *testing.T) {
	p, _, stderr := process(failing, "scan", "-")
	p.Stdout = full{}
	if code := Main(context.Background(), p); code != exitUsage || !strings.Contains(stderr.String(), "no space left") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errNoSpace{} }

type errNoSpace struct{}

func (errNoSpace) Error() string { return "no space left on device" }

// What others wrote cannot move the cursor, not even in an error.
func TestErrorsAreInert(t *testing.T) {
	p, _, stderr := process("", "scan", "--format", "\x1b[31mred")
	if code := Main(context.Background(), p); code != exitUsage || strings.Contains(stderr.String(), "\x1b") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}

// NO_COLOR is for streams that would get colour by themselves; to be asked for
// it beats it.
func TestColorAlwaysBeatsNoColor(t *testing.T) {
	p, stdout, _ := process(failing, "scan", "--color", "always", "-")
	p.Getenv = func(name string) string {
		if name == "NO_COLOR" {
			return "1"
		}
		return ""
	}
	Main(context.Background(), p)
	if !strings.Contains(stdout.String(), "\x1b[") {
		t.Error("no colour")
	}
}

// The pages in docs/controls are those that the catalogue gives.
func TestPagesAreCurrent(t *testing.T) {
	const dir = "../../docs/controls"
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, e := range entries {
		got[e.Name()] = content(t, filepath.Join(dir, e.Name()))
	}
	want := map[string]string{}
	for name, page := range pages(catalog.Controls()) {
		want[name] = string(page)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("run go run ./cmd/ecsentry controls --format markdown --dir docs/controls (-want +got):\n%s", d)
	}
}

func TestProgress(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := &progress{out: &out, now: func() time.Time { return now }, last: now}
	p.resources(1) // too early to be worth a look
	now = now.Add(time.Second)
	p.resources(500)
	p.resources(501)
	now = now.Add(time.Second)
	p.live(live.Progress{Clusters: live.Count{Listed: 20, Read: 3}, Calls: 25, Throttled: 2})
	p.done()
	want := clearLine + "scanning: 500 resources" +
		clearLine + "scanning: 3/20 clusters, 0/0 services, 0/0 task definitions; 25 calls, 2 throttled" + clearLine
	if d := cmp.Diff(want, out.String()); d != "" {
		t.Errorf("progress (-want +got):\n%s", d)
	}
	var none *progress
	none.resources(1)
	none.done()
	if isTerminal(io.Discard) || newProgress(Process{Stderr: &out}, false) != nil {
		t.Error("progress is for terminals only")
	}
}

func TestClosest(t *testing.T) {
	words := []string{"text", "compact", "json", "asff", "sarif", "exclude", "ECS.1", "ECS.12", "ECS.5"}
	for word, want := range map[string]string{
		"jsno": "json", "JSON": "json", "txt": "text", "srif": "sarif", "excl": "exclude", "exclde": "exclude",
		"ecs.5": "ECS.5", "ECS.51": "", "ECS.6": "", "ecs5": "ECS.5", "yaml": "", "x": "", "": "",
	} {
		if got := closest(word, words); got != want {
			t.Errorf("closest to %q is %q, want %q", word, got, want)
		}
	}
}
