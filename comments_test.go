package ecsentry_test

import (
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// Where the comment of a package says what is in which file, it says so of all of
// them, and of none that is gone.
func TestPackageCommentsListTheirFiles(t *testing.T) {
	list := regexp.MustCompile(`(?m)^// Files: (?:.*\n//)*.*\npackage `)
	name := regexp.MustCompile(`\b[a-z0-9_]+\.go\b`)
	listed := map[string]map[string]bool{} // by folder
	sources := map[string]bool{}
	for _, file := range tracked(t) {
		if path.Ext(file) != ".go" {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources[file] = true
		if comment := list.Find(text); comment != nil {
			folder := path.Dir(file)
			listed[folder] = map[string]bool{path.Base(file): true}
			for _, f := range name.FindAllString(string(comment), -1) {
				listed[folder][f] = true
			}
		}
	}
	if len(listed) == 0 {
		t.Fatal("no package lists its files")
	}
	for folder, files := range listed {
		for f := range files {
			if !sources[path.Join(folder, f)] && !strings.HasSuffix(f, "_test.go") {
				t.Errorf("%s: the comment of the package names %s, which is not there", folder, f)
			}
		}
		for file := range sources {
			f := path.Base(file)
			if path.Dir(file) == folder && !files[f] && !strings.HasSuffix(f, "_test.go") {
				t.Errorf("%s: the comment of the package does not name %s", folder, f)
			}
		}
	}
}
