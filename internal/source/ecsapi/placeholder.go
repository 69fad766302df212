package ecsapi

import (
	"strings"

	"github.com/ecsentry/ecsentry/value"
)

// renderFirst is how to decide what a placeholder leaves open.
const renderFirst = "render the file first, then scan what was rendered"

// placeholders says why a text with placeholders is unknown, nil if it has none.
// Placeholders are {{…}}, ${…}, %NAME% and <NAME>, and those of a few more tools.
//
// What stands around them is known, unless they are statements rather than
// values: what stands around an {{if}} may not be there.
func placeholders(s string) *value.Why {
	if !strings.ContainsAny(s, "{$%<") {
		return nil
	}
	if len(s) > maxText {
		return &value.Why{Text: "is too long to look for placeholders in it"}
	}
	t := template{text: s}
	var pieces, shown []string
	whole, from := true, 0
	for i := 0; i < len(s); {
		p, ok := t.at(i)
		if !ok {
			i++
			continue
		}
		start, end := p.start, p.end
		for p.doubled && start > from && s[start-1] == s[start] && end < len(s) && s[end] == s[end-1] {
			start, end = start-1, end+1 // %%NAME%%, <<NAME>>
		}
		pieces = append(pieces, s[from:start])
		if len(shown) < 3 {
			shown = append(shown, p.shown)
		}
		whole = whole && !p.statement
		i, from = end, end
	}
	if shown == nil {
		return nil
	}
	why := &value.Why{Text: "the placeholder " + shown[0] + " is not filled in", Hint: renderFirst}
	if len(shown) > 1 {
		why.Text = "the placeholders " + strings.Join(shown, ", ") + " are not filled in"
	}
	if whole {
		why.Partial.Pieces = append(pieces, s[from:])
	}
	return why
}

// maxText is how long a text may be that has placeholders: no property that a
// control reads is nearly that long.
const maxText = 1 << 16
