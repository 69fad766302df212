package worldstest

import (
	"encoding/json"
	"strconv"
	"strings"
)

// asJSON writes a template as JSON.
func asJSON(n node) []byte {
	var b strings.Builder
	writeJSON(&b, n, "\n")
	b.WriteByte('\n')
	return []byte(b.String())
}

func writeJSON(b *strings.Builder, n node, indent string) {
	switch n := n.(type) {
	case *object:
		b.WriteByte('{')
		for i, f := range n.fields {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(indent + "  " + quoteJSON(f.key) + ": ")
			writeJSON(b, f.val, indent+"  ")
		}
		if len(n.fields) > 0 {
			b.WriteString(indent)
		}
		b.WriteByte('}')
	case *list:
		b.WriteByte('[')
		for i, item := range n.items {
			if i > 0 {
				b.WriteString(", ")
			}
			writeJSON(b, item, indent+"  ")
		}
		b.WriteByte(']')
	case bool:
		b.WriteString(strconv.FormatBool(n))
	case int:
		b.WriteString(strconv.Itoa(n))
	case string:
		b.WriteString(quoteJSON(n))
	}
}

func quoteJSON(s string) string {
	q, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings are always JSON
	}
	return string(q)
}
