//go:build !unix

package main

import "os"

// largestResidentSet is not known here.
func largestResidentSet(*os.ProcessState) int64 { return 0 }
