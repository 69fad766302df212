package document

import (
	"strconv"
	"strings"
)

// yamlProblems are what the library says, without its quotes of the input, and
// what we say instead.
var yamlProblems = [...]struct{ theirs, ours string }{
	{"mapping values are not allowed", "is not valid YAML: a colon where no map can be; a quote or a line break may be missing"},
	{"mapping keys are not allowed", "is not valid YAML: a key where no map can be"},
	{"block sequence entries are not allowed", "is not valid YAML: a dash where no list can be"},
	{"could not find expected ':'", "is not valid YAML: a colon is missing"},
	{"did not find expected ',' or ']'", "is not valid YAML: a comma or ] is missing"},
	{"did not find expected ',' or '}'", "is not valid YAML: a comma or } is missing"},
	{"did not find expected '-'", "is not valid YAML: want a dash; the indentation may be wrong"},
	{"did not find expected key", "is not valid YAML: want a key; the indentation may be wrong"},
	{"did not find expected node content", "is not valid YAML: a value is missing"},
	{"did not find expected <document start>", "is not valid YAML: want the end of the document or ---"},
	{"did not find expected alphabetic or numeric", "is not valid YAML: an anchor or alias has no name"},
	{"did not find expected whitespace or line break", "is not valid YAML: white space is missing behind a tag"},
	{"found a tab character", "is not valid YAML: a tab is used for indentation"},
	{"cannot start any token", "is not valid YAML: an unquoted value cannot start with this character"},
	{"found unexpected end of stream", "is not valid YAML: a quote is not closed"},
	{"found unexpected document indicator", "is not valid YAML: a quote is not closed before ---"},
	{"found unknown escape character", "is not valid YAML: an escape in double quotes is not known"},
	{"unknown anchor", "is not valid YAML: an alias has no anchor"},
	{"exceeded max depth", "is nested too deeply"},
	{"control characters are not allowed", "is not valid YAML: it has a control character"},
	{"found undefined tag handle", "is not valid YAML: a tag's handle is not defined"},
}

// translateYAML makes an error of the library one of ours: the library's may
// quote the input.
func (f *File) translateYAML(err error) *Error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	out := &Error{File: f.Name, Message: "is not valid YAML", Hint: hint(f.Data)}
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		number, problem, _ := strings.Cut(rest, ": ")
		text = problem
		if line, err := strconv.Atoi(number); err == nil {
			c := newCursor(f.Data)
			if c.to(line, 1) || c.off > 0 {
				p := f.Position(int32(c.off))
				out.File, out.Line = p.File, p.Line
			}
		}
	}
	for _, p := range yamlProblems {
		if strings.Contains(text, p.theirs) {
			out.Message = p.ours
			break
		}
	}
	return out
}

// checkYAML refuses what the library would take long for.
func (f *File) checkYAML() *Error {
	values := 0
	for i, c := range f.Data {
		switch c {
		case ',', '[', '{':
			values++
		case '-', ':', '?':
			if i+1 == len(f.Data) || f.Data[i+1] <= ' ' {
				values++
			}
		}
	}
	if values > maxNodes {
		return &Error{File: f.Name, Message: "has too many values"}
	}
	return nil
}
