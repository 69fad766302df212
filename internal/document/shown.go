package document

import (
	"bytes"
	"unicode/utf8"
)

// shownAtMost is how many characters of a scalar a quote shows.
const shownAtMost = 80

// A clip is a part of a scalar that a quote replaces by an ellipsis.
type clip struct{ from, to int }

// clips are what a quote does not show of a scalar that it shows: what
// placeholders hold beside their names, which may be a default and a secret; what
// is written in escapes that may spell a placeholder; and what is too long.
func clips(data []byte) (out []clip) {
	end := len(data)
	for i, n := 0, 0; i < len(data); n++ {
		if n == shownAtMost {
			end = i
			break
		}
		_, size := utf8.DecodeRune(data[i:])
		i += size
	}
	for i := 0; i < end; {
		if data[0] == '"' && data[i] == '\\' && i+1 < len(data) {
			if bytes.IndexByte([]byte("uUx\r\n"), data[i+1]) >= 0 {
				return append(out, clip{i, len(data)})
			}
			i += 2
			continue
		}
		opening, closing := delimiters(data[i:])
		if opening == 0 {
			i++
			continue
		}
		c := hole(data, i+opening, closing)
		if c.from < c.to {
			out = append(out, c)
		}
		i = c.to
	}
	if end < len(data) {
		for len(out) > 0 && out[len(out)-1].to >= end {
			end, out = min(end, out[len(out)-1].from), out[:len(out)-1]
		}
		out = append(out, clip{end, len(data)})
	}
	return out
}

// delimiters tells how long what opens a placeholder is, 0 if there is none, and
// what closes it.
func delimiters(data []byte) (opening int, closing string) {
	for _, d := range [...][2]string{
		{"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}, {"<%", "%>"}, {"%{", "}"}, {"${", "}"}, {"#{", "}"}, {"$(", ")"}, {"$[", "]"},
	} {
		if bytes.HasPrefix(data, []byte(d[0])) {
			return len(d[0]), d[1]
		}
	}
	return 0, ""
}

// hole is what is not to be shown of a placeholder whose inside begins at an
// offset. Where it is more than a name nobody knows which delimiter closes it: it
// then reaches to the last one.
func hole(data []byte, inside int, closing string) clip {
	i := inside
	for i < len(data) && bytes.IndexByte([]byte("{!-~=#/^>&*$. \t"), data[i]) >= 0 {
		i++
	}
	begin := i
	for i < len(data) && (isAlphanumeric(data[i]) || data[i] == '_' || i > begin && (data[i] == '.' || data[i] == ':')) {
		if data[i] == ':' { // AWS::Region
			if i+2 >= len(data) || data[i+1] != ':' || !isAlphanumeric(data[i+2]) {
				break
			}
			i++
		}
		i++
	}
	from := i
	for i < len(data) && bytes.IndexByte([]byte("-~ \t"), data[i]) >= 0 {
		i++
	}
	if bytes.HasPrefix(data[i:], []byte(closing)) {
		return clip{i, i}
	}
	to := bytes.LastIndex(data[from:], []byte(closing))
	if to < 0 {
		return clip{from, len(data)}
	}
	return clip{from, from + to}
}
