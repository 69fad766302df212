package document

import "unicode/utf8"

// quick reads the values from base on into r.documents. It gives up, and reports
// false, at all that is out of the ordinary: the text is then read token by token,
// so that there is one place that knows what is wrong with a text. What it takes,
// that reads the same.
func (r *jsonReader) quick(base int) bool {
	r.at, r.documents = base, nil
	for {
		spaced := r.space()
		if r.at == len(r.text) {
			return true
		}
		if c := r.text[r.at]; c != '{' && c != '[' || len(r.documents) > 0 && !spaced {
			return false
		}
		n := r.quickValue(0)
		if n == nil {
			return false
		}
		r.documents = append(r.documents, n)
	}
}

// space passes over white space, and reports whether there was any.
func (r *jsonReader) space() bool {
	from := r.at
	for r.at < len(r.text) {
		if c := r.text[r.at]; c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			break
		}
		r.at++
	}
	return r.at > from
}

// next is the next character that is no white space, 0 at the end.
func (r *jsonReader) next() byte {
	if r.at < len(r.text) && r.text[r.at] > ' ' {
		return r.text[r.at]
	}
	r.space()
	if r.at == len(r.text) {
		return 0
	}
	return r.text[r.at]
}

// quickValue reads the value that starts at r.at; nil if it gives up.
func (r *jsonReader) quickValue(depth int) *Node {
	if r.count++; r.count > maxNodes || r.at == len(r.text) {
		return nil
	}
	switch c := r.text[r.at]; c {
	case '"':
		return r.quickString()
	case '{', '[':
		if depth >= maxDepth {
			return nil
		}
		n := r.slab.node()
		n.Style, n.Start = Flow, int32(r.at)
		r.at++
		if c == '{' {
			n.Kind = Map
			if !r.quickFields(n, depth) {
				return nil
			}
		} else {
			n.Kind = List
			if !r.quickItems(n, depth) {
				return nil
			}
		}
		n.End = int32(r.at)
		return n
	case 't':
		return r.quickWord("true", Bool)
	case 'f':
		return r.quickWord("false", Bool)
	case 'n':
		return r.quickWord("null", Null)
	default:
		return r.quickNumber()
	}
}

func (r *jsonReader) quickItems(n *Node, depth int) bool {
	from := len(r.items)
	if r.next() == ']' {
		r.at++
		return true
	}
	for {
		r.next()
		item := r.quickValue(depth + 1)
		if item == nil {
			return false
		}
		r.items = append(r.items, item)
		switch r.next() {
		case ',':
			r.at++
		case ']':
			r.at++
			n.Items = r.slab.list(r.items[from:])
			r.items = r.items[:from]
			return true
		default:
			return false
		}
	}
}

func (r *jsonReader) quickFields(n *Node, depth int) bool {
	from := len(r.fields)
	if r.next() == '}' {
		r.at++
		return true
	}
	for {
		if r.next() != '"' {
			return false
		}
		key := r.quickString()
		if key == nil || r.next() != ':' {
			return false
		}
		r.at++
		r.next()
		v := r.quickValue(depth + 1)
		if v == nil {
			return false
		}
		r.count++
		r.fields = append(r.fields, Field{Key: key, Value: v})
		switch r.next() {
		case ',':
			r.at++
		case '}':
			r.at++
			if r.keys.duplicate(r.fields[from:]) != nil {
				return false
			}
			n.Fields = r.slab.fieldList(r.fields[from:])
			r.fields = r.fields[:from]
			return true
		default:
			return false
		}
	}
}

// quickWord reads true, false or null.
func (r *jsonReader) quickWord(word string, k Kind) *Node {
	end := r.at + len(word)
	if end > len(r.text) || r.text[r.at:end] != word {
		return nil
	}
	return r.scalarTo(end, k)
}

// scalarTo makes the node of a scalar that is its own text. Something has to end
// it: the text does not.
func (r *jsonReader) scalarTo(end int, k Kind) *Node {
	if end == len(r.text) {
		return nil
	}
	switch r.text[end] {
	case ',', ']', '}', ' ', '\n', '\r', '\t':
	default:
		return nil
	}
	n := r.slab.node()
	n.Kind, n.Start, n.End, n.Value = k, int32(r.at), int32(end), r.text[r.at:end]
	r.at = end
	return n
}

// quickNumber reads -1.5e3; there is no zero before other digits.
func (r *jsonReader) quickNumber() *Node {
	i := r.at
	if r.text[i] == '-' {
		i++
	}
	whole := r.digits(i)
	if whole == i || r.text[i] == '0' && whole > i+1 {
		return nil
	}
	i = whole
	if i < len(r.text) && r.text[i] == '.' {
		end := r.digits(i + 1)
		if end == i+1 {
			return nil
		}
		i = end
	}
	if i < len(r.text) && (r.text[i] == 'e' || r.text[i] == 'E') {
		if i++; i < len(r.text) && (r.text[i] == '+' || r.text[i] == '-') {
			i++
		}
		end := r.digits(i)
		if end == i {
			return nil
		}
		i = end
	}
	return r.scalarTo(i, Number)
}

// digits passes over digits.
func (r *jsonReader) digits(i int) int {
	for i < len(r.text) && r.text[i] >= '0' && r.text[i] <= '9' {
		i++
	}
	return i
}

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
