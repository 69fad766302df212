package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/report"
)

// A faithful writer keeps the first error of writing: what the library of the
// command line writes, such as help, it does not look at errors of.
type faithful struct {
	to  io.Writer
	err error
}

func (w *faithful) Write(p []byte) (int, error) {
	if w.err == nil {
		_, w.err = w.to.Write(p)
	}
	return len(p), nil
}

// write writes a report to the file of an output, or to several if one cannot
// hold it.
func (f fileOutput) write(r *ecsentry.Report, o report.Options) error {
	for name, part := range f.Files(f.name, r) {
		err := writeFile(name, func(w io.Writer) error { return f.Write(w, part, o) })
		if err != nil {
			return fmt.Errorf("write the %s report: %w", f.Name, err)
		}
	}
	return nil
}

// writeFile writes a file so that others see the old one or the new one, never a
// half. What is no regular file, such as a pipe, is written as it is.
func writeFile(name string, write func(io.Writer) error) error {
	target := name
	if resolved, err := filepath.EvalSymlinks(name); err == nil {
		target = resolved // the link stays, what it leads to is replaced
	}
	info, err := os.Stat(target)
	if err == nil && !info.Mode().IsRegular() {
		return writeInto(target, os.O_WRONLY, write)
	}
	draft := filepath.Join(filepath.Dir(target), fmt.Sprintf(".%s.%d.tmp", filepath.Base(target), os.Getpid()))
	if err := writeInto(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, write); err != nil {
		os.Remove(draft) //nolint:errcheck // the other error says more
		return err
	}
	if info != nil {
		if err := os.Chmod(draft, info.Mode().Perm()); err != nil {
			os.Remove(draft) //nolint:errcheck // the other error says more
			return err
		}
	}
	if err := os.Rename(draft, target); err != nil {
		os.Remove(draft) //nolint:errcheck // the other error says more
		return err
	}
	return nil
}

func writeInto(name string, flag int, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, flag, 0o666) //nolint:gosec // the umask says who may read reports
	if err != nil {
		return err
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
