package cli

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
)

// What cannot be written to standard output is an error, also where it is help.
func TestStdoutThatFails(t *testing.T) {
	for _, args := range []string{
		"", "--help", "help", "help scan", "scan --help", "scan --format json -", "scan -", "controls", "controls ECS.5",
		"controls --format json", "version", "--version", "iam", "iam scan", "completion bash", "completion",
	} {
		t.Run(args, func(t *testing.T) {
			p, _, stderr := process(failing, strings.Fields(args)...)
			p.Stdout = full{}
			if code := Main(context.Background(), p); code != exitUsage {
				t.Errorf("exit code %d, want %d", code, exitUsage)
			}
			if n := strings.Count(stderr.String(), "no space left on device"); n != 1 {
				t.Errorf("standard error says it %d times: %s", n, stderr)
			}
		})
	}
}

// A standard output that is closed takes nothing.
func TestStdoutThatIsClosed(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/out")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	p, _, stderr := process(failing, "scan", "-")
	p.Stdout = f
	if code := Main(context.Background(), p); code != exitUsage || !strings.Contains(stderr.String(), os.ErrClosed.Error()) {
		t.Errorf("exit code %d, standard error %s", code, stderr)
	}
}

// Nobody who reads help any more is no error.
func TestHelpInABrokenPipe(t *testing.T) {
	p, _, stderr := process("", "--help")
	p.Stdout = broken{}
	if code := Main(context.Background(), p); code != exitOK || stderr.Len() > 0 {
		t.Errorf("exit code %d, standard error %s", code, stderr)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.Join(syscall.EPIPE) }
