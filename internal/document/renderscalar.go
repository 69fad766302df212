package document

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// plainSafe reports whether YAML 1.1 and 1.2 both read s as itself if it is
// written without quotes. In doubt it is not.
func (l *look) plainSafe(s string) bool {
	if s == "" || l.json || strings.ContainsRune("-?:,[]{}#&*!|>'\"%@`=<~ ", rune(s[0])) || strings.HasSuffix(s, " ") {
		return false
	}
	for i, c := range s {
		switch {
		case !unicode.IsGraphic(c) || c == 0xfeff || unicode.IsSpace(c) && c != ' ':
			return false
		case l.flow && strings.ContainsRune(",[]{}?", c):
			return false
		case c == ':' && (i+1 == len(s) || s[i+1] == ' '):
			return false
		case c == '#' && s[i-1] == ' ':
			return false
		}
	}
	return !readsOtherwise(s)
}

// readsOtherwise reports whether some YAML takes a text for a number, a date, a
// truth or null. YAML 1.1 knows yes and no, numbers of base 60 such as 1000:1000,
// and by its letter takes 1.4.0 for a number.
func readsOtherwise(s string) bool {
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", ".nan", "+.inf":
		return true
	}
	if strings.ContainsRune("+.0123456789", rune(s[0])) && (strings.Trim(s, "+-.,:_0123456789abcdefABCDEFxXoO") == "" || isDate(s)) {
		return true
	}
	n := yaml.Node{Kind: yaml.ScalarNode, Value: s}
	return n.ShortTag() != "!!str"
}

func isDate(s string) bool {
	ok, err := regexp.MatchString(`^\d{4}-\d\d?-\d\d?([Tt \t]|$)`, s)
	return ok || err != nil
}

// inQuotes writes a string in quotes: single ones if that is asked for and they
// can hold it.
func inQuotes(s string, style Style) string {
	if style == SingleQuoted {
		simple := true
		for _, c := range s {
			if c != ' ' && (!unicode.IsGraphic(c) || unicode.IsSpace(c)) || c == 0xfeff {
				simple = false
			}
		}
		if simple {
			return "'" + strings.ReplaceAll(s, "'", "''") + "'"
		}
	}
	var out strings.Builder
	out.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			out.WriteByte('\\')
			out.WriteRune(c)
		case c == '\n':
			out.WriteString(`\n`)
		case c == '\r':
			out.WriteString(`\r`)
		case c == '\t':
			out.WriteString(`\t`)
		case c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff:
			fmt.Fprintf(&out, `\u%04x`, c)
		default:
			out.WriteRune(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}
