package report

import (
	"bufio"
	"io"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// writeCompact writes file:line:col: FAILED ECS.5 app: message for each failed
// and unknown reason; an ARN stands where there is no file. Excepted failures
// count as neither.
func writeCompact(w io.Writer, r *ecsentry.Report, _ Options) error {
	out := bufio.NewWriterSize(w, buffered)
	for f, reason := range open(r) {
		who := reason.Subject
		if who == "" {
			who = name(f.Resource)
		}
		more := ""
		if known(f, reason) {
			more = " (known)"
		}
		if where := home(f, reason); where != "" {
			more += "; in " + inert.Clip(where, maxPath)
		}
		if judged := JudgedWith(f.Control); judged != "" {
			more += "; " + judged
		}
		if _, err := out.WriteString(inert.Text(address(f, reason)) + ": " + reason.Outcome.String() + " " +
			f.Control.ID + " " + inert.Clip(who, maxShown) + ": " + inert.Cut(message(reason), maxMessage) + more + "\n"); err != nil {
			return err
		}
	}
	return out.Flush()
}

// address is where a reason was decided: file:line:column, else the resource.
func address(f *ecsentry.Finding, r *ecsentry.Reason) string {
	if at := place(f, r); at != nil {
		return at.Position().String()
	}
	return f.Resource.ID
}
