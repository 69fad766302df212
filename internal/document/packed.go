package document

import (
	"errors"
	"path"
	"strings"
)

var errPacked = errors.New("the file is compressed: unpack it, mend it, and compress it again")

// Packed says that the text cannot be written where it was read: its file is
// compressed.
func (f *File) Packed() error {
	if strings.EqualFold(path.Ext(f.Name), ".gz") {
		return errPacked
	}
	return nil
}
