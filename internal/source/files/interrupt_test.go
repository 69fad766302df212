package files_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// soon is the end of a scan that waits for what does not come.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

const late = "the time for the scan was over before all of it was read"

// A pipe that nobody writes to, and one that nobody closes, end with the scan. The
// other files are read all the same, those of other pipes too.
func TestPipesThatHang(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("no named pipes in folders there")
		return
	}
	tree(t, map[string]string{"a.json": mine("a")})
	for _, name := range []string{"none.json", "open.json", "good.json"} {
		if err := syscall.Mkfifo(name, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, text string) *os.File {
		w, err := os.OpenFile(name, os.O_RDWR, 0) // which waits for nobody
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
		return w
	}
	open, good := write("open.json", mine("open")), write("good.json", mine("good"))
	defer open.Close()
	go func() {
		time.Sleep(100 * time.Millisecond) // the scan has opened it by then
		good.Close()
	}()
	got := collectIn(t, soon(t), files.Options{Paths: []string{"none.json", "open.json", "good.json", "a.json"}})
	write("none.json", "").Close() // lets go who waits
	want := scan{[]string{"a.json:a", "good.json:good"}, ecsentry.Coverage{
		Files: 2, Gaps: []ecsentry.Gap{{Scope: "none.json", Reason: late}, {Scope: "open.json", Reason: late}},
	}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(scan{})); diff != "" {
		t.Error(diff)
	}
}

// A standard input that does not end holds nothing back.
func TestStdinThatHangs(t *testing.T) {
	contents, want := map[string]string{}, []string(nil)
	for i := range 50 {
		name := fmt.Sprintf("r/%02d.json", i)
		contents[name] = mine("x")
		want = append(want, name+":x")
	}
	tree(t, contents)
	r, w := io.Pipe()
	defer w.Close()
	got := collectIn(t, soon(t), files.Options{Paths: []string{"-", "r"}, Stdin: r, Workers: 1})
	if diff := cmp.Diff(scan{want, ecsentry.Coverage{Files: 50, Gaps: []ecsentry.Gap{{Scope: "-", Reason: late}}}}, got, cmp.AllowUnexported(scan{})); diff != "" {
		t.Error(diff)
	}
}

// Of many files that were not read a few are named and the others counted.
func TestManyUnread(t *testing.T) {
	contents := map[string]string{}
	for i := range 40 {
		contents[fmt.Sprintf("r/%02d.json", i)] = mine("x")
	}
	tree(t, contents)
	s, err := files.New(files.Options{Paths: []string{"r"}, Formats: []files.Format{format{"mine"}}, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var read []string
	c, err := s.Collect(ctx, func(r *ecsentry.Resource) error {
		read = append(read, r.File())
		cancel()
		return nil
	})
	if err != nil || len(c.Gaps) != 21 {
		t.Fatalf("%v, gaps %v", err, c.Gaps)
	}
	last := c.Gaps[20]
	n := 0
	if _, err := fmt.Sscanf(last.Reason, "the scan was interrupted before %d more files were read", &n); err != nil || last.Scope != "r" {
		t.Errorf("the last gap is %v", last)
	}
	if 20+n > 39 || c.Files+20+n < 40 || len(read) == 0 || slices.Contains(read, "r/39.json") {
		t.Errorf("%d files read, 20 named, %d counted, want 40 together, or a few twice: some were read in part", c.Files, n)
	}
}

var errStop = errors.New("stop")

func TestYieldStops(t *testing.T) {
	contents := map[string]string{}
	for i := range 50 {
		contents[fmt.Sprintf("r/%d.json", i)] = strings.Repeat(mine("a"), 100)
	}
	tree(t, contents)
	s, err := files.New(files.Options{Paths: []string{"r"}, Formats: []files.Format{format{"mine"}}})
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	_, err = s.Collect(context.Background(), func(*ecsentry.Resource) error {
		if calls++; calls == 150 {
			return errStop
		}
		return nil
	})
	if !errors.Is(err, errStop) || calls != 150 {
		t.Errorf("%v after %d calls, want yield's error after 150", err, calls)
	}
}

func TestInterruption(t *testing.T) {
	contents := map[string]string{}
	for i := range 10 {
		contents[fmt.Sprintf("r/%d.json", i)] = strings.Repeat(mine("a"), 100)
	}
	tree(t, contents)
	s, err := files.New(files.Options{Paths: []string{"r"}, Formats: []files.Format{format{"mine"}}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	calls := 0
	c, err := s.Collect(ctx, func(*ecsentry.Resource) error {
		if calls++; calls == 250 {
			cancel()
		}
		return nil
	})
	var want []ecsentry.Gap
	for i := 2; i < 10; i++ {
		want = append(want, ecsentry.Gap{Scope: fmt.Sprintf("r/%d.json", i), Reason: "the scan was interrupted before all of it was read"})
	}
	if err != nil || calls < 250 || calls > 600 {
		t.Errorf("%v after %d calls", err, calls)
	}
	if diff := cmp.Diff(want, c.Gaps); diff != "" {
		t.Error(diff)
	}
}

// TestInterruptedBefore: nothing was read, and that is said; a standard input
// that never ends is not waited for.
func TestInterruptedBefore(t *testing.T) {
	tree(t, map[string]string{"r/a.json": mine("a")})
	ctx, cancel := context.WithTimeoutCause(context.Background(), time.Nanosecond, context.DeadlineExceeded)
	defer cancel()
	<-ctx.Done()
	r, w := io.Pipe()
	defer w.Close()
	got := collectIn(t, ctx, files.Options{Paths: []string{"-", "r"}, Stdin: r})
	want := []ecsentry.Gap{
		{Scope: "- r", Reason: "the time for the scan was over before all files were found"},
		{Scope: "-", Reason: "the time for the scan was over before all of it was read"},
	}
	if diff := cmp.Diff(want, got.coverage.Gaps); diff != "" || got.resources != nil {
		t.Error(diff, got.resources)
	}
	got = collectIn(t, ctx, files.Options{Paths: []string{"r"}})
	want = []ecsentry.Gap{{Scope: "r", Reason: "the time for the scan was over before all files were found"}}
	if diff := cmp.Diff(want, got.coverage.Gaps); diff != "" || got.resources != nil {
		t.Error(diff, got.resources)
	}
}
