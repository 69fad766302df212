package fix_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ecsentry/ecsentry/test/program"
)

// A kill while files are written leaves each of them as it was or as it is to be,
// whole; what else is left is no input to anybody, and another fix ends the work.
func TestKillLeavesWholeFiles(t *testing.T) {
	ecsentry := program.Build(t)
	before, wanted := map[string]string{}, map[string]string{}
	filler := strings.Repeat("# A line that makes the file long enough to be written in parts.\n", 300)
	for i := range 60 {
		name := fmt.Sprintf("d%d/task%02d.yaml", i%4, i)
		text := fmt.Sprintf("family: task%02d\ncontainerDefinitions:\n  - name: app\n    logConfiguration: {logDriver: awslogs}\n", i)
		before[name] = text + filler
		wanted[name] = text + "    readonlyRootFilesystem: true\n" + filler
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		t.Chdir(t.TempDir())
		put(t, before)
		killed(t, ecsentry, before, time.Duration(r.IntN(8000))*time.Microsecond)
		old, mended := 0, 0
		for name, text := range there(t) {
			switch {
			case before[name] == "" && strings.HasSuffix(name, ".tmp"): // half of a file, at most
			case text == before[name]:
				old++
			case text == wanted[name]:
				mended++
			default:
				t.Fatalf("%s is neither old nor new: %d bytes of %d or %d", name, len(text), len(before[name]), len(wanted[name]))
			}
		}
		if old+mended != len(before) {
			t.Fatalf("%d files of %d are left", old+mended, len(before))
		}
		if old == 0 || mended == 0 {
			continue // it was too early or too late
		}
		ends(t, wanted)
		return
	}
	t.Fatal("no kill came while files were written")
}

// killed starts a fix, waits until it writes, and some time more, and kills it.
func killed(t *testing.T, p *program.Program, before map[string]string, after time.Duration) {
	t.Helper()
	cmd := exec.Command(p.Path, "fix", "--write", "--unsafe", ".")
	cmd.Env = program.CleanEnv()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	first := filepath.FromSlash("d0/task00.yaml")
	for deadline := time.Now().Add(time.Minute); ; {
		text, err := os.ReadFile(first)
		if err != nil {
			t.Errorf("a file is gone for a while: %v", err)
		}
		if string(text) != before["d0/task00.yaml"] || len(done) > 0 || time.Now().After(deadline) {
			break
		}
	}
	time.Sleep(after)
	_ = cmd.Process.Signal(syscall.SIGKILL)
	<-done
}

// ends fixes what is left, beside what a killed fix may leave.
func ends(t *testing.T, wanted map[string]string) {
	t.Helper()
	for name, text := range wanted {
		half := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".1234567890.tmp")
		if err := os.WriteFile(half, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	report := run("", "scan", "--format", "json", ".").Report(t)
	if len(report.Verdicts()) != len(wanted) || len(report.Gaps) > 0 || !report.Scan.Complete {
		t.Errorf("%d resources of %d, gaps %v", len(report.Verdicts()), len(wanted), report.Gaps)
	}
	if got := run("", "fix", "--write", "--unsafe", "."); got.Code != 0 {
		t.Fatalf("another fix: exit code %d\n%s", got.Code, got.Stderr)
	}
	now := there(t)
	for name, text := range wanted {
		if now[name] != text {
			t.Errorf("%s is not mended by another fix", name)
		}
	}
}
