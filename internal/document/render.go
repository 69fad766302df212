package document

import "strings"

// A look is how a text is written around a place.
type look struct {
	json    bool
	flow    bool // the place lies in brackets
	multi   bool // collections in brackets have an entry a line
	lists   bool // but not lists of scalars
	maps    bool // and not maps in lists
	calls   bool // nor calls of a template's functions
	aligned int  // how far behind its key a value of this map stands, if all stand so
	newline string
	unit    string // one level of indentation
	list    string // how much further than its key a block list stands
	dash    string // between a dash and what follows
	colon   string // with the spaces around it
	comma   string // between entries on a line
	pad     string // inside braces
	padList string // inside brackets
	keys    Style
	strings Style // Plain: quoted only where need be
	quote   Style // where need be
}

func (l *look) key(key string) string {
	if l.keys == Plain && (l.plainSafe(key) && len(key) <= 128) {
		return key
	}
	quote := l.keys
	if quote == Plain {
		quote = l.quote
	}
	return inQuotes(key, quote)
}

// scalar writes what is no collection, or an empty one; false for others.
func (l *look) scalar(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "null", true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	case string:
		if l.strings == Plain && l.plainSafe(v) {
			return v, true
		}
		quote := l.strings
		if quote == Plain {
			quote = l.quote
		}
		return inQuotes(v, quote), true
	case Array:
		return "[]", len(v) == 0
	case Object:
		return "{}", len(v) == 0
	case Tagged:
		in := *l
		if !l.json {
			in.strings = Plain // as in !Ref Name, however the texts around are quoted
		}
		text, ok := in.scalar(v.Value)
		return v.Tag + " " + text, ok
	}
	return number(v)
}

// inline writes any value so that it can stand behind a colon, in brackets if it
// is a collection. margin is the indentation of the line.
func (l *look) inline(v any, margin string) string {
	if text, ok := l.scalar(v); ok {
		return text
	}
	var parts []string
	opening, closing, pad := "{", "}", l.pad
	in := l.within()
	switch v := v.(type) {
	case Tagged:
		return v.Tag + " " + l.inline(v.Value, margin)
	case Array:
		opening, closing, pad = "[", "]", l.padList
		if l.multi && l.lists && areScalars(v) {
			in.multi = false
		}
		item := *in
		item.multi = in.multi && !in.maps
		for _, value := range v {
			parts = append(parts, item.inline(value, margin+l.unit))
		}
	case Object:
		if l.calls && isCall(v) {
			in.multi = false
		}
		for _, entry := range v {
			parts = append(parts, in.pair(entry, margin+l.unit))
		}
	}
	if !in.multi {
		return opening + pad + strings.Join(parts, l.comma) + pad + closing
	}
	line := l.newline + margin
	return opening + line + l.unit + strings.Join(parts, ","+line+l.unit) + line + closing
}

func areScalars(list Array) bool {
	for _, item := range list {
		switch item.(type) {
		case Array, Object, Tagged:
			return false
		}
	}
	return true
}

// isCall recognises the long form of a call of a template's function.
func isCall(v any) bool {
	o, ok := v.(Object)
	return ok && len(o) == 1 && callKey(o[0].Key)
}

func callKey(key string) bool { return key == "Ref" || strings.HasPrefix(key, "Fn::") }

// within is the look inside of brackets.
func (l *look) within() *look {
	in := *l
	in.flow = true
	return &in
}

// pair writes a key and its value in brackets.
func (l *look) pair(entry Entry, margin string) string {
	key := l.key(entry.Key)
	return key + l.colonBehind(key) + l.inline(entry.Value, margin)
}

// colonBehind is the colon behind a key. Without a quote or a space it would be
// part of the key.
func (l *look) colonBehind(key string) string {
	if l.json || len(l.colon) > 1 && l.colon[len(l.colon)-1] != ':' || l.flow && key[0] == '"' {
		return l.colon
	}
	return l.colon + " "
}

// block writes a collection that is not empty on lines of its own, of which the
// first one has its margin already.
func (l *look) block(v any, margin string) string {
	var out strings.Builder
	switch v := v.(type) {
	case Array:
		for i, item := range v {
			if i > 0 {
				out.WriteString(l.newline + margin)
			}
			out.WriteString(l.item(item, margin))
		}
	case Object:
		for i, entry := range v {
			if i > 0 {
				out.WriteString(l.newline + margin)
			}
			out.WriteString(l.line(entry, margin))
		}
	}
	return out.String()
}

// line writes a key and its value in a block map.
func (l *look) line(entry Entry, margin string) string {
	key := l.key(entry.Key)
	if text, ok := l.scalar(entry.Value); ok {
		colon := l.colonBehind(key)
		if spaces := l.aligned - len(key) - len(colon); spaces > 0 {
			colon += strings.Repeat(" ", spaces)
		}
		return key + colon + text
	}
	if l.calls && isCall(entry.Value) {
		return key + l.colonBehind(key) + l.within().inline(entry.Value, "")
	}
	return key + strings.TrimRight(l.colon, " \t") + l.below(entry.Value, margin)
}

// below writes a collection on the lines below its key.
func (l *look) below(v any, margin string) string {
	tag := ""
	if t, ok := v.(Tagged); ok {
		tag, v = " "+t.Tag, t.Value
	}
	in := *l
	in.aligned = 0
	if _, ok := v.(Array); ok {
		margin += l.list
	} else {
		margin += l.unit
	}
	return tag + l.newline + margin + in.block(v, margin)
}

// item writes an element of a block list.
func (l *look) item(v any, margin string) string {
	if text, ok := l.scalar(v); ok {
		return "-" + l.dash + text
	}
	if t, ok := v.(Tagged); ok {
		in := margin + l.unit
		return "-" + l.dash + t.Tag + l.newline + in + l.block(t.Value, in)
	}
	if _, ok := v.(Object); ok && l.maps {
		return "-" + l.dash + l.within().inline(v, "")
	}
	return "-" + l.dash + l.block(v, margin+" "+l.dash)
}
