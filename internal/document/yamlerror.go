package document

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yamlProblems are what the library says, without its quotes of the input, and
// what we say instead.
var yamlProblems = [...]struct{ theirs, ours string }{ //nolint:gochecknoglobals // never written
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

// parserProblems are found among tokens, not characters. The library names the
// line before the one where the collection around the problem starts.
var parserProblems = [...]string{ //nolint:gochecknoglobals // never written
	"',' or ']'", "',' or '}'", "expected '-'", "expected key", "expected node content",
	"<document start>", "undefined tag handle",
}

// translateYAML makes an error of the library one of ours: the library's may
// quote the input.
func (f *File) translateYAML(err error) *Error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		number, problem, _ := strings.Cut(rest, ": ")
		text = problem
		line, _ = strconv.Atoi(number)
	}
	out := &Error{File: f.Name, Message: "is not valid YAML", Hint: hint(f.Data)}
	for _, p := range yamlProblems {
		if strings.Contains(text, p.theirs) {
			out.Message = p.ours
			break
		}
	}
	at := f.yamlLine(line)
	switch {
	case strings.HasPrefix(text, "exceeded max depth"):
		at = f.problem() - 1
	case strings.HasPrefix(text, "unknown anchor '"):
		name, _, _ := strings.Cut(text[len("unknown anchor '"):], "'")
		at = bytes.Index(f.Data, []byte("*"+name))
	case strings.HasPrefix(text, "control characters"):
		at = bytes.IndexFunc(f.Data, isRefused)
	case strings.Contains(text, "tab character"):
		at = bytes.LastIndexByte(f.Data[:f.problem()], '\t')
	case containsAny(text, parserProblems[:]):
		at = len(bytes.TrimRight(f.Data[:f.problem()], " \t\r\n")) - 1
	}
	p := f.Position(int32(max(0, at)))
	out.File, out.Line = p.File, p.Line
	return out
}

func containsAny(text string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// isRefused tells the characters that YAML does not allow.
func isRefused(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f || r > 0x7f && r < 0xa0 && r != 0x85 ||
		r == 0xfffe || r == 0xffff
}

// yamlLine is the offset of a line as YAML counts them.
func (f *File) yamlLine(line int) int {
	c := newCursor(f.Data)
	c.to(line, 1)
	return min(c.off, len(f.Data))
}

// problem finds where the library gives up: it looks only a few characters
// ahead, so that is where it stops to read.
func (f *File) problem() int {
	const most = 4 << 20
	r := &slowReader{data: f.Data[:min(len(f.Data), most)]}
	func() {
		defer func() { _ = recover() }()
		library := yaml.NewDecoder(r)
		for {
			var document yaml.Node
			if err := library.Decode(&document); err != nil {
				return
			}
		}
	}()
	return r.read
}

// A slowReader gives one byte at a time.
type slowReader struct {
	data []byte
	read int
}

func (r *slowReader) Read(p []byte) (int, error) {
	if r.read == len(r.data) {
		return 0, io.EOF
	}
	n := copy(p[:min(1, len(p))], r.data[r.read:])
	r.read += n
	return n, nil
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
		if values > maxNodes {
			return f.errorAt(i, "has too many values")
		}
	}
	return nil
}
