package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A Disk is what a scan needs of a file system. Names are the operating system's.
type Disk interface {
	Stat(name string) (fs.FileInfo, error)      // of what a link leads to
	ReadDir(name string) ([]fs.DirEntry, error) // in the order of names
	Open(name string) (fs.File, error)
	Resolve(name string) (string, error) // absolute, without links
}

// OS is the operating system's own files.
func OS() Disk { return osDisk{} }

type osDisk struct{}

func (osDisk) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (osDisk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (osDisk) Open(name string) (fs.File, error)          { return os.Open(name) }

func (osDisk) Resolve(name string) (string, error) {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

// trouble says in words what a file system's error is, without the path.
func trouble(err error) string {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "cannot be read: permission denied"
	case errors.As(err, &p):
		return "cannot be read: " + p.Err.Error()
	default:
		return "cannot be read: " + err.Error()
	}
}
