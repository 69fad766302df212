package document

import "unicode/utf8"

// quickString reads a string.
func (r *jsonReader) quickString() *Node {
	start := r.at
	end, escaped := start+1, false
	for {
		end += plainBytes(r.text[end:])
		if end == len(r.text) || r.text[end] < ' ' {
			return nil
		}
		if r.text[end] == '"' {
			break
		}
		if escaped = true; end+1 >= len(r.text) { // a backslash
			return nil
		}
		end += 2
		if end > len(r.text) {
			return nil
		}
	}
	n := r.slab.node()
	n.Kind, n.Style, n.Start, n.End = String, DoubleQuoted, int32(start), int32(end+1)
	n.Value = r.text[start+1 : end]
	if escaped {
		var ok bool
		if n.Value, ok = unescaped(n.Value); !ok {
			return nil
		}
	}
	r.at = end + 1
	return n
}

// plainBytes counts the bytes at the start of a text that stand for themselves in a
// JSON string: no quotes, backslashes and control characters. It looks at eight at
// once.
func plainBytes(s string) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		x := eightBytes(s[i:])
		quote, slash := x^ones*'"', x^ones*'\\'
		// The highest bit of each byte that is below a space, a quote or a backslash;
		// perhaps that of a byte behind such a one too.
		if odd := (x-ones*' ')&^x | (quote-ones)&^quote | (slash-ones)&^slash; odd&tops != 0 {
			break
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

// eightBytes are the first of a text; the compiler makes one load of it.
func eightBytes(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// unescaped is the text of a string with escapes. It gives up at surrogates.
func unescaped(s string) (string, bool) {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if n := plainBytes(s[i:]); n > 0 {
			out = append(out, s[i:i+n]...)
			i += n
			continue
		}
		switch s[i+1] { // quickString has seen that there is one
		case '"', '\\', '/':
			out = append(out, s[i+1])
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			c, ok := fourDigits(s[i+2:])
			if !ok || c >= 0xd800 && c < 0xe000 {
				return "", false
			}
			out = utf8.AppendRune(out, c)
			i += 4
		default:
			return "", false
		}
		i += 2
	}
	return string(out), true
}

func fourDigits(s string) (c rune, ok bool) {
	if len(s) < 4 {
		return 0, false
	}
	for i := range 4 {
		switch d := s[i]; {
		case d >= '0' && d <= '9':
			c = c<<4 | rune(d-'0')
		case d >= 'a' && d <= 'f':
			c = c<<4 | rune(d-'a'+10)
		case d >= 'A' && d <= 'F':
			c = c<<4 | rune(d-'A'+10)
		default:
			return 0, false
		}
	}
	return c, true
}
