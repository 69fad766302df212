package files

import (
	"fmt"
	"path"
	"strings"
)

// A glob is a pattern of --exclude, one element for each folder of the path. An
// element ** stands for any number of folders, none too.
type glob []string

// parseGlob reads a pattern, which may have alternatives: {a,b}.
func parseGlob(pattern string) ([]glob, error) {
	alternatives, ok := expand(pattern)
	if !ok {
		return nil, fmt.Errorf("exclude %q: want at most %d alternatives in balanced braces", pattern, maxAlternatives)
	}
	var out []glob
	for _, p := range alternatives {
		p = path.Clean(strings.ReplaceAll(p, "[!", "[^"))
		if p == "." || strings.HasPrefix(p, "/") || p == ".." || strings.HasPrefix(p, "../") {
			return nil, fmt.Errorf("exclude %q: want a glob of paths below the scanned path, such as **/testdata", pattern)
		}
		g := glob(strings.Split(p, "/"))
		for _, element := range g {
			if _, err := path.Match(element, ""); err != nil {
				return nil, fmt.Errorf("exclude %q: want a glob such as **/testdata or *.bak.json: %w", pattern, err)
			}
		}
		out = append(out, g)
	}
	return out, nil
}

const maxAlternatives = 256

// expand writes out the alternatives in braces.
func expand(pattern string) ([]string, bool) {
	out := []string{pattern}
	for i := 0; i < len(out); {
		open := strings.IndexByte(out[i], '{')
		if open < 0 {
			if strings.IndexByte(out[i], '}') >= 0 {
				return nil, false
			}
			i++
			continue
		}
		p := out[i]
		parts, end := alternatives(p[open+1:])
		if end < 0 || len(out)+len(parts) > maxAlternatives {
			return nil, false
		}
		more := make([]string, 0, len(out)+len(parts))
		more = append(more, out[:i]...)
		for _, part := range parts {
			more = append(more, p[:open]+part+p[open+1+end+1:])
		}
		out = append(more, out[i+1:]...)
	}
	return out, true
}

// alternatives splits what follows an opening brace at the commas that are not in
// inner braces; end is where the closing brace is, -1 if there is none.
func alternatives(s string) (parts []string, end int) {
	depth, from := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case ',':
			if depth == 0 {
				parts = append(parts, s[from:i])
				from = i + 1
			}
		case '}':
			if depth == 0 {
				return append(parts, s[from:i]), i
			}
			depth--
		}
	}
	return nil, -1
}

// match tells whether the whole path matches. It takes time in proportion to the
// elements of both.
func (g glob) match(name string) bool {
	elements := strings.Split(name, "/")
	// at[j]: the pattern so far matches the first j elements.
	at := make([]bool, len(elements)+1)
	at[0] = true
	for _, p := range g {
		if p == "**" {
			for j := 1; j < len(at); j++ {
				at[j] = at[j] || at[j-1]
			}
			continue
		}
		for j := len(at) - 1; j > 0; j-- {
			at[j] = at[j-1]
			if at[j] {
				at[j], _ = path.Match(p, elements[j-1])
			}
		}
		at[0] = false
	}
	return at[len(at)-1]
}
