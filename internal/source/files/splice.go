package files

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
)

// Splices are what an editor has done to a file, as a patch has it.
func Splices(f *document.File, made []document.Splice) []ecsentry.Splice {
	out := make([]ecsentry.Splice, len(made))
	for i, s := range made {
		out[i] = ecsentry.Splice{
			File: f.Name, Original: f.Data, Span: ecsentry.Span{Start: s.Start, End: s.End}, New: string(s.New),
		}
	}
	return out
}
