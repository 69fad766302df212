package terraform

import (
	"path"
	"regexp"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// fileexists tells whether a file is there, in the scanned folder.
func (r *run) fileexists() function.Function {
	return r.named(1, func(names []string) cty.Value {
		found, err := r.folder.Exists(joinPath(r.folder.Name, names[0]))
		if err != nil {
			return unresolved("the file that it looks for " + err.Error())
		}
		return cty.BoolVal(found)
	})
}

// fileset is the set of the files below a folder that match a pattern.
func (r *run) fileset() function.Function {
	return r.named(2, func(names []string) cty.Value {
		pattern, ok := globPattern(path.Clean(names[1]))
		if !ok {
			return unresolved("a pattern of fileset is not understood here")
		}
		dir := joinPath(r.folder.Name, names[0])
		all, seen := r.below[dir]
		if !seen {
			all.names, all.err = r.folder.Below(dir)
			r.below[dir] = all
		}
		if all.err != nil {
			return unresolved("the folder that fileset lists " + all.err.Error())
		}
		var out []cty.Value
		for _, name := range all.names {
			if pattern.MatchString(name) {
				out = append(out, cty.StringVal(name))
			}
		}
		if len(out) == 0 {
			return cty.SetValEmpty(cty.String)
		}
		return cty.SetVal(out)
	})
}

// A listing is the files below a folder.
type listing struct {
	names []string
	err   error
}

// named is a function of strings that looks at files.
func (r *run) named(want int, f func(names []string) cty.Value) function.Function {
	return variadic(func(args []cty.Value) cty.Value {
		if len(args) != want {
			return cty.NilVal
		}
		var names []string
		var all []cty.ValueMarks
		for _, a := range args {
			v, marks := a.Unmark()
			all = append(all, marks)
			if !v.IsKnown() {
				return cty.DynamicVal.WithMarks(all...)
			}
			if !isString(v) {
				return cty.NilVal
			}
			names = append(names, v.AsString())
		}
		return f(names).WithMarks(all...)
	})
}

// globPattern is a pattern of fileset as a regular expression.
func globPattern(glob string) (*regexp.Regexp, bool) {
	if len(glob) > 1000 || strings.ContainsAny(glob, `\`) || strings.HasPrefix(glob, "../") || glob == ".." || path.IsAbs(glob) {
		return nil, false
	}
	var out strings.Builder
	out.WriteString(`\A`)
	braces := 0
	for i := 0; i < len(glob); i++ {
		switch c := glob[i]; {
		case strings.HasPrefix(glob[i:], "**/") && (i == 0 || glob[i-1] == '/'):
			out.WriteString(`(?:.*/)?`)
			i += 2
		case glob[i:] == "**" && (i == 0 || glob[i-1] == '/'):
			out.WriteString(`.*`)
			i++
		case c == '*':
			out.WriteString(`[^/]*`)
		case c == '?':
			out.WriteString(`[^/]`)
		case c == '{':
			out.WriteString(`(?:`)
			braces++
		case c == '}' && braces > 0:
			out.WriteString(`)`)
			braces--
		case c == ',' && braces > 0:
			out.WriteString(`|`)
		case c == '[' || c == ']' || c == '}':
			return nil, false
		default:
			out.WriteString(regexp.QuoteMeta(glob[i : i+1]))
		}
	}
	out.WriteString(`\z`)
	if braces > 0 {
		return nil, false
	}
	p, err := regexp.Compile("(?s)" + out.String())
	return p, err == nil
}
