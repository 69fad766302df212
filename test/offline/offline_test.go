package offline

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/test/program"
)

// scans are scans of files, in all ways to name them and to have a report.
var scans = [][]string{
	{"scan", "--fail-on", "never", "-v", "examples/"},
	{"scan", "--fail-on", "never", "--format", "json", "examples/describe", "examples/cloudformation"},
	{"scan", "--fail-on", "never", "--format", "sarif", "examples/.aws/task-definition.json"},
	{"scan", "--fail-on", "never", "--format", "asff", "--parameter", "AWS::Region=eu-central-1", "examples/cloudformation"},
}

func TestFileScanOpensNoSocket(t *testing.T) {
	p := program.Build(t)
	p.Dir = program.Root(t)
	trace := filepath.Join(t.TempDir(), "trace")
	strace := []string{need(t, "strace"), "-f", "-qq", "-e", "trace=network", "-e", "signal=none", "-o", trace}
	for _, args := range scans {
		if r := p.Wrapped(t, strace, "", args...); r.Code != 0 || r.Stdout == "" {
			t.Fatalf("strace ecsentry %v: exit code %d\n%s", args, r.Code, r.Stderr)
		}
		for line := range strings.Lines(read(t, trace)) {
			if !strings.Contains(line, "???(") { // strace let go of a thread that was ending: it saw no call
				t.Errorf("ecsentry %v asked for the network: %s", args, line)
			}
		}
	}
}

// A scan of AWS does open sockets, and strace sees it: the test above can fail.
func TestStraceSeesSockets(t *testing.T) {
	p := program.Build(t)
	p.Dir = t.TempDir()
	p.Env = []string{
		"AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none", "AWS_REGION=eu-central-1",
		"AWS_ENDPOINT_URL=http://127.0.0.1:1",
	}
	trace := filepath.Join(t.TempDir(), "trace")
	strace := []string{need(t, "strace"), "-f", "-qq", "-e", "trace=network", "-e", "signal=none", "-o", trace}
	p.Wrapped(t, strace, "", "scan", "--aws", "--timeout", "2s")
	if !strings.Contains(read(t, trace), "socket(") {
		t.Error("a scan of AWS opened no socket that strace saw")
	}
}

func TestFileScanRunsWithoutNetwork(t *testing.T) {
	p := program.Build(t)
	p.Dir = program.Root(t)
	unshare := withoutNetwork(t)
	for _, args := range scans {
		online := p.Run(t, args...)
		offline := p.Wrapped(t, unshare, "", args...)
		if offline.Code != 0 {
			t.Fatalf("ecsentry %v without a network: exit code %d\n%s", args, offline.Code, offline.Stderr)
		}
		if diff := cmp.Diff(timeless(online.Stdout), timeless(offline.Stdout)); diff != "" {
			t.Errorf("ecsentry %v reports something else without a network (-with +without):\n%s", args, diff)
		}
	}
}

// withoutNetwork is a command that runs another where there is no network.
func withoutNetwork(t *testing.T) []string {
	t.Helper()
	unshare := need(t, "unshare")
	for _, by := range [][]string{{unshare, "--net"}, {unshare, "--map-root-user", "--net"}} {
		if exec.Command(by[0], append(by[1:], "true")...).Run() == nil {
			return by
		}
	}
	t.Fatal("unshare may not make a network namespace here; make test leaves this package out then, and says so")
	return nil
}

func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%v; make test leaves this package out then, and says so", err)
	}
	return path
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// moment matches what differs between two runs: times and durations.
var moment = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]+Z|[0-9.]+ ?(µs|ms|s)\b`)

func timeless(report string) string { return moment.ReplaceAllString(report, "TIME") }
