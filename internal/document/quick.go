package document

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
