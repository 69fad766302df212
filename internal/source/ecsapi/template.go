package ecsapi

import "strings"

// A template is a text in which placeholders are looked for. All of it together
// takes time in proportion to its length.
type template struct {
	text   string
	last   map[string]int // where a closing delimiter is for the last time
	braces []int32        // where the bracket is closed that opens here, 0 if it is not
	parens []int32
}

// A placeholder is one found in a text. What is shown of it is its name at most:
// a default may be a secret.
type placeholder struct {
	start, end int
	shown      string
	statement  bool // it may make its neighbours vanish
	doubled    bool // people double its delimiters
}

// at tells whether a placeholder starts at i.
func (t *template) at(i int) (placeholder, bool) {
	p := placeholder{start: i}
	rest := t.text[i:]
	switch {
	case strings.HasPrefix(rest, "{{"):
		return t.moustache(i)
	case strings.HasPrefix(rest, "{%"):
		return t.statement(i, "%}", "{% … %}")
	case strings.HasPrefix(rest, "{#"):
		return t.statement(i, "#}", "{# … #}")
	case strings.HasPrefix(rest, "<%"):
		return t.statement(i, "%>", "<% … %>")
	case strings.HasPrefix(rest, "%{"):
		return t.statement(i, "}", "%{ … }")
	case strings.HasPrefix(rest, "${"), strings.HasPrefix(rest, "$("), strings.HasPrefix(rest, "#{"):
		return t.bracketed(i)
	case rest[0] == '$':
		if name := identifier(rest[1:]); name != "" {
			p.end, p.shown = i+1+len(name), "$"+show(name)
			return p, true
		}
	case rest[0] == '%':
		if name := identifier(rest[1:]); name != "" && strings.HasPrefix(rest[1+len(name):], "%") {
			p.end, p.shown, p.doubled = i+len(name)+2, "%"+show(name)+"%", true
			return p, true
		}
	case rest[0] == '<':
		plus := 0
		if strings.HasPrefix(rest, "<+") { // Harness
			plus = 1
		}
		if name := words(rest[1+plus:]); name != "" && strings.HasPrefix(rest[1+plus+len(name):], ">") {
			p.end, p.shown, p.doubled = i+plus+len(name)+2, "<"+show(name)+">", true
			return p, true
		}
	}
	return p, false
}

// closing finds a closing delimiter from i on, -1 if there is none.
func (t *template) closing(i int, delimiter string) int {
	last, ok := t.last[delimiter]
	if !ok {
		if t.last == nil {
			t.last = map[string]int{}
		}
		last = strings.LastIndex(t.text, delimiter)
		t.last[delimiter] = last
	}
	if last < i {
		return -1
	}
	return i + strings.Index(t.text[i:], delimiter)
}

func (t *template) statement(i int, delimiter, shown string) (placeholder, bool) {
	end := t.closing(i+2, delimiter)
	return placeholder{start: i, end: end + len(delimiter), shown: shown, statement: true}, end >= 0
}

// bracketed reads ${…}, $(…) and #{…}, with brackets inside.
func (t *template) bracketed(i int) (placeholder, bool) {
	p := placeholder{start: i}
	var end int
	if t.text[i+1] == '(' {
		if t.parens == nil {
			t.parens = brackets(t.text, '(', ')')
		}
		end = int(t.parens[i+1])
	} else {
		if t.braces == nil {
			t.braces = brackets(t.text, '{', '}')
		}
		end = int(t.braces[i+1])
	}
	if end == 0 {
		return p, false
	}
	p.shown = t.text[i:i+2] + show(identifier(t.text[i+2:end])) + t.text[end:end+1]
	p.end = end + 1
	if t.text[i] == '#' && strings.HasPrefix(t.text[p.end:], "#") {
		p.end++ // #{NAME}#
	}
	return p, true
}

// brackets tells for each opening bracket where it is closed.
func brackets(s string, opening, closing byte) []int32 {
	out := make([]int32, len(s))
	var open []int32
	for i := range len(s) {
		switch s[i] {
		case opening:
			open = append(open, int32(i))
		case closing:
			if n := len(open); n > 0 {
				out[open[n-1]], open = int32(i), open[:n-1]
			}
		}
	}
	return out
}

// moustache reads {{…}} and {{{…}}}.
func (t *template) moustache(i int) (placeholder, bool) {
	p := placeholder{start: i}
	closed := t.closing(i+2, "}}")
	if closed < 0 {
		return p, false
	}
	inner := t.text[i+2 : closed]
	p.end = closed + 2
	for strings.HasPrefix(inner, "{") {
		inner = inner[1:]
		if p.end < len(t.text) && t.text[p.end] == '}' {
			p.end++
		}
	}
	p.statement = isStatement(inner)
	p.shown = "{{" + show(reference(inner)) + "}}"
	return p, true
}

// isStatement tells whether what stands in braces is no value, or one that trims
// the text around it.
func isStatement(inner string) bool {
	if inner == "" || strings.IndexByte("-~", inner[0]) >= 0 || strings.IndexByte("-~", inner[len(inner)-1]) >= 0 {
		return true
	}
	inner = strings.TrimSpace(inner)
	if inner == "" || strings.IndexByte("#/^!>*", inner[0]) >= 0 {
		return true
	}
	switch identifier(inner) {
	case "if", "else", "end", "range", "with", "block", "define", "template", "break", "continue", "for", "unless", "each":
		return true
	}
	return false
}

// reference is what braces refer to: a variable or a function; of functions that
// read the environment, the variable.
func reference(inner string) string {
	inner = strings.TrimLeft(inner, "-~ \t\r\n")
	if strings.HasPrefix(inner, "!") || strings.HasPrefix(inner, "/*") {
		return "" // a comment
	}
	inner = strings.TrimLeft(inner, "#/^>&*$. \t\r\n")
	name := identifier(inner)
	switch name {
	case "env", "must_env", "mustEnv", "requiredEnv":
		if v := identifier(strings.TrimLeft(inner[len(name):], " \t(\"'`")); v != "" {
			return name + " " + v
		}
	}
	return name
}

// identifier is the name that a text starts with: letters, digits, underscores
// and dots, "" if there is none. Two colons join names: AWS::Region.
func identifier(s string) string {
	i := 0
	for i < len(s) {
		switch c := s[i]; {
		case isLetter(c) || c == '_', i > 0 && (isDigit(c) || c == '.'):
			i++
		case i > 0 && i+2 < len(s) && s[i:i+2] == "::" && isLetter(s[i+2]):
			i += 3
		default:
			return strings.TrimRight(s[:i], ".")
		}
	}
	return strings.TrimRight(s, ".")
}

// words are what people write in angle brackets: <NAME>, <name of the user>.
func words(s string) string {
	for i := range len(s) {
		c := s[i]
		if !(isLetter(c) || c == '_' || i > 0 && (isDigit(c) || strings.IndexByte(".-: ", c) >= 0)) {
			return s[:i]
		}
	}
	return s
}

// show is a name for a message.
func show(name string) string {
	if name == "" || len(name) > 64 {
		return "…"
	}
	return name
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
