package cli

import (
	"path/filepath"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/hcledit"
)

// inHCL tells files in HCL's own syntax.
func inHCL(name string) bool {
	switch filepath.Ext(name) {
	case ".tf", ".tofu", ".tfvars":
		return true
	}
	return false
}

// sameHCL says what else than the edits changed in a file of HCL.
func sameHCL(name string, before, after []byte, edits []ecsentry.Splice) error {
	splices := make([]hcledit.Splice, len(edits))
	for i, e := range edits {
		splices[i] = hcledit.Splice{Start: int(e.Start), End: int(e.End), New: e.New}
	}
	return hcledit.SameBut(name, before, after, splices)
}
