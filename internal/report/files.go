package report

import (
	"fmt"
	"iter"
	"path/filepath"
	"strings"

	"github.com/ecsentry/ecsentry"
)

// Files tells which files a format makes of a report that is to go to the file
// name, and what to write to each: name itself, or numbered ones where one file
// cannot hold it all.
func (f Format) Files(name string, r *ecsentry.Report) iter.Seq2[string, *ecsentry.Report] {
	return func(yield func(string, *ecsentry.Report) bool) {
		if f.Split == nil {
			yield(name, r)
			return
		}
		parts := 0
		for range f.Split(r) {
			parts++
		}
		if parts <= 1 {
			yield(name, r)
			return
		}
		n := 0
		for part := range f.Split(r) {
			n++
			if !yield(numbered(name, n, parts), part) {
				return
			}
		}
	}
}

// numbered puts a number before the extension: out.json becomes out-001.json.
func numbered(name string, n, of int) string {
	dir, base := filepath.Split(name)
	ext := filepath.Ext(base)
	if ext == base { // .json is a name, no extension
		ext = ""
	}
	digits := max(3, len(fmt.Sprint(of)))
	return fmt.Sprintf("%s%s-%0*d%s", dir, strings.TrimSuffix(base, ext), digits, n, ext)
}
