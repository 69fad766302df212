package report

import (
	"unicode/utf8"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A mender says how texts change where failures are mended. Findings come file by
// file, so the last text's rewriter is enough to keep.
type mender struct {
	text   value.Text
	writer ecsentry.Rewriter
}

// fixes is what mends a failure without asking anybody, as replacements in files;
// nothing where there is no such thing. ecsentry fix judges what it leads to.
func (m *mender) fixes(r *ecsentry.Reason) []sarifFix {
	safety := r.Fix.Safety()
	if r.Outcome != ecsentry.Failed || safety == ecsentry.Manual {
		return nil
	}
	var changes []sarifChange
	var edits []value.Edit
	for _, e := range r.Fix.Edits {
		filled, ok := e.WithDefaults()
		if !ok || e.At.In != r.Fix.Edits[0].At.In {
			return nil
		}
		edits = append(edits, filled)
	}
	if m.text != edits[0].At.In {
		m.text, m.writer = edits[0].At.In, nil
		if text, ok := m.text.(ecsentry.Editable); ok {
			m.writer, _ = text.Rewriter()
		}
	}
	if m.writer == nil {
		return nil
	}
	patch, err := m.writer.Rewrite(edits)
	if err != nil {
		return nil
	}
	for _, s := range patch.Splices {
		uri := fileURI(s.File)
		if n := len(changes); n == 0 || changes[n-1].Artifact.URI != uri {
			changes = append(changes, sarifChange{Artifact: sarifArtifact{uri}})
		}
		change := &changes[len(changes)-1]
		one := sarifReplacement{Deleted: regionOf(s.Original, s.Span)}
		if s.New != "" {
			one.Inserted = &sarifText{s.New}
		}
		change.Replacements = append(change.Replacements, one)
	}
	if len(changes) == 0 {
		return nil
	}
	what := r.Hint
	if safety == ecsentry.MayBreak {
		what += "; may break: " + r.Fix.Breaks
	}
	return []sarifFix{{Description: sarifText{plain(what)}, Changes: changes}}
}

// regionOf is a span in lines and columns, which count characters.
func regionOf(text []byte, s ecsentry.Span) sarifRegion {
	line, column := 1, 1
	var out sarifRegion
	for i := 0; ; {
		if i == int(s.Start) {
			out.StartLine, out.StartColumn = line, column
		}
		if i >= int(s.End) {
			out.EndLine, out.EndColumn = line, column
			return out
		}
		switch c := text[i]; {
		case c == '\n', c == '\r' && (i+1 >= len(text) || text[i+1] != '\n'):
			line, column = line+1, 1
			i++
		case c == '\r':
			i++ // ends the line together with what follows
		default:
			_, size := utf8.DecodeRune(text[i:])
			column++
			i += size
		}
	}
}
