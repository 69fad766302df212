package report

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// An encoder appends values as JSON, to the byte as encoding/json does without
// escapes for HTML, but with all characters escaped that do not show themselves,
// so that a report does no harm on a terminal. It knows the types that reports are
// made of, which is what makes it fast; all others it leaves to encoding/json.
type encoder struct {
	known map[reflect.Type]appender
}

// An appender appends values of one type.
type appender func(b []byte, v reflect.Value) ([]byte, error)

func (e *encoder) append(b []byte, v any) ([]byte, error) {
	if v == nil {
		return append(b, "null"...), nil
	}
	return e.of(reflect.TypeOf(v))(b, reflect.ValueOf(v))
}

func (e *encoder) of(t reflect.Type) appender {
	if a, ok := e.known[t]; ok {
		return a
	}
	if e.known == nil {
		e.known = map[reflect.Type]appender{}
	}
	// A type may hold itself: until it is known, it is looked up when it is met.
	e.known[t] = func(b []byte, v reflect.Value) ([]byte, error) { return e.known[t](b, v) }
	e.known[t] = e.make(t)
	return e.known[t]
}

func (e *encoder) make(t reflect.Type) appender {
	if special(t) {
		return appendOther
	}
	switch t.Kind() {
	case reflect.String:
		return func(b []byte, v reflect.Value) ([]byte, error) { return appendString(b, v.String()), nil }
	case reflect.Bool:
		return func(b []byte, v reflect.Value) ([]byte, error) { return strconv.AppendBool(b, v.Bool()), nil }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(b []byte, v reflect.Value) ([]byte, error) { return strconv.AppendInt(b, v.Int(), 10), nil }
	case reflect.Pointer:
		to := e.of(t.Elem())
		return func(b []byte, v reflect.Value) ([]byte, error) {
			if v.IsNil() {
				return append(b, "null"...), nil
			}
			return to(b, v.Elem())
		}
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			return e.list(t)
		}
	case reflect.Struct:
		return e.object(t)
	}
	return appendOther
}

// special tells types that write themselves.
func special(t reflect.Type) bool {
	for _, own := range []reflect.Type{reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()} {
		if t.Implements(own) || reflect.PointerTo(t).Implements(own) {
			return true
		}
	}
	return false
}

func (e *encoder) list(t reflect.Type) appender {
	element := e.of(t.Elem())
	return func(b []byte, v reflect.Value) (_ []byte, err error) {
		if v.IsNil() {
			return append(b, "null"...), nil
		}
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = element(b, v.Index(i)); err != nil {
				return b, err
			}
		}
		return append(b, ']'), nil
	}
}

// A member is a field of a struct.
type member struct {
	index     int
	name      string // with quotes and colon
	omitEmpty bool
	append    appender
}

// object appends structs of which encoding/json writes each exported field under
// its own name; others it leaves to that.
func (e *encoder) object(t reflect.Type) appender {
	var members []member
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case f.Anonymous || options != "" && options != "omitempty" || strings.ContainsFunc(name, unusual):
			return appendOther
		case !f.IsExported() || tag == "-":
			continue
		case name == "":
			name = f.Name
		}
		members = append(members, member{i, string(appendString(nil, name)) + ":", options != "", e.of(f.Type)})
	}
	return func(b []byte, v reflect.Value) (_ []byte, err error) {
		b = append(b, '{')
		first := true
		for i := range members {
			m := &members[i]
			field := v.Field(m.index)
			if m.omitEmpty && isEmpty(field) {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			b = append(b, m.name...)
			if b, err = m.append(b, field); err != nil {
				return b, err
			}
		}
		return append(b, '}'), nil
	}
}

// unusual tells characters that encoding/json may not take in a name.
func unusual(r rune) bool {
	return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// isEmpty tells what omitempty leaves out.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	default:
		return v.IsZero()
	}
}

// appendOther leaves a value to encoding/json.
func appendOther(b []byte, v reflect.Value) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v.Interface()); err != nil {
		return b, err
	}
	return appendEscaped(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))), nil
}

// appendEscaped appends JSON with all characters escaped that do not show
// themselves. Such characters stand in strings only, and encoding/json has escaped
// those below space already.
func appendEscaped(b, text []byte) []byte {
	start := 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf && text[i] != 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if !unicode.IsPrint(r) {
			b = appendUnicode(append(b, text[start:i]...), r)
			start = i + size
		}
		i += size
	}
	return append(b, text[start:]...)
}

func appendUnicode(b []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	for _, unit := range utf16.AppendRune(nil, r) {
		b = append(b, '\\', 'u', hex[unit>>12], hex[unit>>8&15], hex[unit>>4&15], hex[unit&15])
	}
	return b
}

// appendString appends a string with its quotes.
func appendString(b []byte, s string) []byte {
	b = slices.Grow(b, len(s)+2)
	b = append(b, '"')
	start, i := 0, 0
	for i < len(s) {
		if i += plainBytes(s[i:]); i == len(s) {
			break
		}
		if c := s[i]; c < utf8.RuneSelf {
			b = appendControl(append(b, s[start:i]...), c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || !unicode.IsPrint(r) {
			b = appendUnicode(append(b, s[start:i]...), r)
			start = i + size
		}
		i += size
	}
	return append(append(b, s[start:]...), '"')
}

// plainBytes counts the bytes at the start of a string that stand for themselves:
// printable ASCII but for quotes and backslashes. It looks at eight at once.
func plainBytes(s string) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		x := eightBytes(s[i:])
		quote, slash, del := x^ones*'"', x^ones*'\\', x^ones*0x7f
		control := x - ones*' '
		odd := x | control | // not ASCII, or below space
			(quote-ones)&^quote | (slash-ones)&^slash | (del-ones)&^del // zero where one of the three is
		if odd&tops != 0 {
			break
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

// eightBytes are the first of a string; the compiler makes one load of it.
func eightBytes(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// appendControl appends an ASCII character that does not stand for itself.
func appendControl(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, '\\', 'b')
	case '\f':
		return append(b, '\\', 'f')
	case '\n':
		return append(b, '\\', 'n')
	case '\r':
		return append(b, '\\', 'r')
	case '\t':
		return append(b, '\\', 't')
	default:
		return appendUnicode(b, rune(c))
	}
}
