package files

import (
	"errors"
	"fmt"

	"github.com/ecsentry/ecsentry/internal/document"
)

// Reason is an error for people who know the file: with line and column, without
// the file's name.
func Reason(err error) string {
	var e *document.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	out := e.Message
	switch {
	case e.Line > 0 && e.Column > 0:
		out = fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, out)
	case e.Line > 0:
		out = fmt.Sprintf("line %d: %s", e.Line, out)
	}
	if e.Hint != "" {
		out += " (" + e.Hint + ")"
	}
	return out
}
