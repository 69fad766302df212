//go:build unix

package remedy

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives a file the owner and group of another, where it may: who mends
// files as root does not take them.
func keepOwner(f *os.File, as fs.FileInfo) {
	if s, ok := as.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(s.Uid), int(s.Gid)) // what only its owner may do is left
	}
}
