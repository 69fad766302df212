package remedy

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrReadOnly says that a file has no write bit: somebody does not want it
// changed, whoever else could.
var ErrReadOnly = errors.New("the file is read-only")

// ErrChanged says that a file is not what was read.
var ErrChanged = errors.New("the file has changed since it was read")

// kept are the bits of a file's mode that stay.
const kept = os.ModePerm | os.ModeSetuid | os.ModeSetgid | os.ModeSticky

// Writable tells whether a file, or what a link leads to, may be written.
func Writable(name string) error {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return fmt.Errorf("look at it: %w", errors.Unwrap(err))
	case info.Mode().Perm()&0o222 == 0:
		return ErrReadOnly
	}
	// A folder may let everybody replace a file that they may not write.
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("open it: %w", errors.Unwrap(err))
	}
	return f.Close()
}

// Write puts a text in the place of a file, or of what a link leads to: whoever
// reads it meanwhile, or after a crash, finds the old text or the new one, whole.
func Write(f File) (err error) {
	if err := Writable(f.Name); err != nil {
		return err
	}
	target, err := filepath.EvalSymlinks(f.Name)
	if err != nil {
		return fmt.Errorf("follow the link: %w", err)
	}
	now, err := os.ReadFile(target)
	if err != nil {
		return fmt.Errorf("read it again: %w", errors.Unwrap(err))
	}
	if string(now) != string(f.Before) {
		return ErrChanged
	}
	info, err := os.Stat(target)
	if err != nil {
		return fmt.Errorf("look at it: %w", errors.Unwrap(err))
	}
	temp, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*.tmp")
	if err != nil {
		return fmt.Errorf("make a temporary file beside it: %w", errors.Unwrap(err))
	}
	defer func() {
		if err != nil {
			_ = temp.Close()
			_ = os.Remove(temp.Name())
		}
	}()
	if _, err = temp.Write(f.After); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	keepOwner(temp, info)
	if err = temp.Chmod(info.Mode() & kept); err != nil {
		return fmt.Errorf("keep its mode: %w", err)
	}
	if err = temp.Sync(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	if err = temp.Close(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	if err = os.Rename(temp.Name(), target); err != nil {
		return fmt.Errorf("replace it: %w", errors.Unwrap(err))
	}
	return nil
}
