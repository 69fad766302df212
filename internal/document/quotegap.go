package document

import (
	"bytes"
	"strings"
)

// gap writes what stands between two scalars on one line: structural characters,
// tags, anchors and aliases. A comment is left out, and anything else that should
// not be there is hidden with the rest of the gap. It reports false if nothing
// may follow on this line.
func (q *quoter) gap(at, to, stop int32) bool {
	data := q.file.Data
	for at < to {
		q.marks(at)
		c := data[at]
		switch {
		case isBlank(c):
			q.out = append(q.out, ' ')
			at++
		case c == '#':
			return false
		case strings.IndexByte("-:,[]{}?", c) >= 0:
			q.out = append(q.out, rune(c))
			at++
		case c == '!' || c == '&' || c == '*':
			next := at + 1
			for next < stop && (isAlphanumeric(data[next]) || c == '!' && strings.IndexByte("!:./", data[next]) >= 0 ||
				data[next] == '_' || data[next] == '-') {
				next++
			}
			if next-at > 64 {
				return q.hideRest(to)
			}
			q.text(data[at:next])
			at = next
		case bytes.HasPrefix(data[at:to], []byte("<<")):
			q.text(data[at : at+2])
			at += 2
		case bytes.HasPrefix(data[at:to], []byte("...")):
			q.text(data[at : at+3])
			at += 3
		case bytes.HasPrefix(data[at:], []byte(byteOrderMark)):
			at += int32(len(byteOrderMark))
		default:
			return q.hideRest(to)
		}
	}
	q.marks(to)
	return true
}

func (q *quoter) hideRest(to int32) bool {
	q.out = append(q.out, []rune(hiddenScalar)...)
	q.marks(to)
	return true
}
