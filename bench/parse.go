package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ecsentry/ecsentry/internal/document"
)

const parserCommand = "read-and-parse"

// parser reads and parses the files of a folder, one after the other, and writes
// how many nanoseconds that took, without the start of the process and the
// listing of the folder. It is what a scan is compared with.
func parser(args []string, stdout io.Writer) error {
	names, err := filepath.Glob(filepath.Join(args[0], "*"))
	if err != nil {
		return err
	}
	begin := now()
	for _, name := range names {
		data, err := os.ReadFile(name) //nolint:gosec // in the folder that the bench has made
		if err != nil {
			return err
		}
		if _, err := document.Parse(name, data, document.Options{}); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(stdout, now().Sub(begin).Nanoseconds())
	return err
}
