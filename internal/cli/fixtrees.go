package cli

import (
	"bytes"
	"sync"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
)

// keptTrees is of how many bytes of text the trees of a scan stay: parsing a text
// again for each question about it would take longer than the rest.
const keptTrees = 6 << 20

// trees are the files as the scans of a fix have read them.
type trees struct {
	mutex sync.Mutex
	files map[string][]*document.File
}

// most is how many texts of one file are remembered: what it is, and what became
// of it.
const mostTexts = 3

func (t *trees) add(f *document.File) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.files == nil {
		t.files = map[string][]*document.File{}
	}
	all := append(t.files[f.Name], f)
	if len(all) > mostTexts {
		all = append(all[:1:1], all[2:]...)
	}
	t.files[f.Name] = all
}

// of is a text of a file with its tree.
func (t *trees) of(name string, text []byte) (*document.File, error) {
	t.mutex.Lock()
	for _, f := range t.files[name] {
		if bytes.Equal(f.Data, text) {
			t.mutex.Unlock()
			return f.Tree(), nil
		}
	}
	t.mutex.Unlock()
	f, bad := document.ParseAll(name, text, document.Options{})
	if len(bad) > 0 {
		return nil, bad[0]
	}
	return f, nil
}

// sameBut says what else than the edits changed in a file of YAML or JSON.
func (x *fixer) sameBut(name string, before, after []byte, edits []ecsentry.Splice) error {
	if inHCL(name) {
		return sameHCL(name, before, after, edits)
	}
	old, err := x.trees.of(name, before)
	if err != nil {
		return nil //nolint:nilerr // a template that a Terraform module reads is no document
	}
	now, err := x.trees.of(name, after)
	if err != nil {
		return err
	}
	splices := make([]document.Splice, len(edits))
	for i, e := range edits {
		splices[i] = document.Splice{Start: e.Start, End: e.End, New: []byte(e.New)}
	}
	return document.SameBut(old, now, splices)
}
