package terraform

import "github.com/ecsentry/ecsentry"

// concealed are the parts of a file that no output may show.
func (w *rewriter) concealed(name string) []ecsentry.Span { return w.hidden[name] }
