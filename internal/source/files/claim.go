package files

import (
	"errors"
	"path"
)

// stdin is the name of what is read from the standard input.
const stdin = "-"

var errNoNested = errors.New("is not read together with other files")

// nestedName is the name of a file that another one pulls in.
func nestedName(from, rel string) (string, error) {
	if path.IsAbs(rel) {
		return path.Clean(rel), nil
	}
	if from == stdin {
		return "", errors.New("its folder is not known: the template was read from the standard input")
	}
	return path.Join(path.Dir(from), rel), nil
}
