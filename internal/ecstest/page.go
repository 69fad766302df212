package ecstest

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// paged is what every list call may say about pages.
type paged struct {
	MaxResults *int   `json:"maxResults"`
	NextToken  string `json:"nextToken"`
}

// page cuts one page out of all. Scope is what the token is good for: a token
// from another call, or one that was made up, is refused. The answer for the same
// token is the same, so a test can see a page that was fetched twice.
func page[T any](p paged, scope string, def, most int, all []T) (items []T, next string, err *failure) {
	size := def
	if p.MaxResults != nil {
		size = *p.MaxResults
		if size < 1 || size > most {
			return nil, "", invalid("maxResults must be between 1 and %d", most)
		}
	}
	from := 0
	if p.NextToken != "" {
		n, ok := openToken(p.NextToken, scope)
		if !ok || n > len(all) {
			return nil, "", invalid("Invalid token %q", p.NextToken)
		}
		from = n
	}
	to := min(from+size, len(all))
	if to < len(all) {
		next = makeToken(to, scope)
	}
	return append([]T{}, all[from:to]...), next, nil
}

func makeToken(n int, scope string) string {
	return base64.URLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%x", n, tokenSum(n, scope)))
}

func openToken(token, scope string) (int, bool) {
	raw, err := base64.URLEncoding.DecodeString(token)
	if err != nil {
		return 0, false
	}
	digits, sum, _ := strings.Cut(string(raw), ".")
	n, err := strconv.Atoi(digits)
	return n, err == nil && sum == fmt.Sprintf("%x", tokenSum(n, scope))
}

func tokenSum(n int, scope string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d\x00%s", n, scope)
	return h.Sum64()
}
