package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ecsentry/ecsentry/internal/inert"
)

// lasting refuses what can be read only once, such as a pipe that has a name: an
// edit is judged before it is shown, and there is nothing to put in its place.
func (x *fixer) lasting() error {
	for _, path := range x.paths {
		info, err := x.disk.Stat(path)
		if path != "-" && err == nil && !info.Mode().IsRegular() && !info.IsDir() {
			return badUsage("ecsentry fix - reads standard input and writes the mended document", "%s is no file that could be mended", path)
		}
	}
	return nil
}

// within bounds the whole of it by --timeout.
func (x *fixer) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if x.flags.timeoutSet && x.flags.timeout > 0 {
		return context.WithTimeout(ctx, x.flags.timeout)
	}
	return context.WithCancel(ctx)
}

// cutShort says that an interruption or a deadline came before everything was
// proved. What is not proved is not made.
func (x *fixer) cutShort(ctx context.Context) bool {
	if ctx.Err() == nil {
		return false
	}
	why := "interrupted"
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		why = "the time was over"
	}
	fmt.Fprintf(x.process.Stderr, "gap: %s: %s before the edits were proved: nothing is mended\n", inert.Text(strings.Join(x.paths, " ")), why)
	return true
}

// giveBack writes the document of standard input as it came: an editor gets its
// text back whatever happens.
func (x *fixer) giveBack(w io.Writer) error {
	if !x.piped() {
		return nil
	}
	_, err := w.Write(x.stdin)
	return err
}
