//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// largestResidentSet is the peak memory of a process that has ended, in bytes.
func largestResidentSet(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss) //nolint:unconvert // not 64 bits everywhere
	}
	return int64(usage.Maxrss) << 10 //nolint:unconvert // not 64 bits everywhere
}
