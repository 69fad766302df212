package live

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestList(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pages map[string]string // by token
		want  []string
		err   error
	}{
		{"pages", map[string]string{"": `{"l":["a","b"],"nextToken":"1"}`, "1": `{"l":["c"]}`}, []string{"a", "b", "c"}, nil},
		{"an empty page", map[string]string{"": `{"l":[],"nextToken":"1"}`, "1": `{"l":["c"],"nextToken":null}`}, []string{"c"}, nil},
		{"a list that moved", map[string]string{"": `{"l":["a","b"],"nextToken":"1"}`, "1": `{"l":["b","c"],"nextToken":""}`}, []string{"a", "b", "c"}, nil},
		{"a ring", map[string]string{"": `{"l":["a"],"nextToken":"1"}`, "1": `{"l":["b"],"nextToken":"2"}`, "2": `{"l":["a"],"nextToken":"1"}`}, []string{"a", "b"}, errSameToken},
		{"not strings", map[string]string{"": `{"l":["a",1]}`}, nil, errMalformed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &region{scan: &scan{caller: caller{slots: make(chan struct{}, 1), tries: 1, tally: func(bool, kind) {}}}}
			var got []string
			err := r.list(t.Context(), newLimiter(), "l", func(_ context.Context, token *string) (*node, error) {
				if token == nil {
					token = new(string)
				}
				return parse(strings.NewReader(tt.pages[*token]))
			}, func(items []string) { got = append(got, items...) })
			if !errors.Is(err, tt.err) || !slices.Equal(got, tt.want) {
				t.Errorf("%v, %v; want %v, %v", got, err, tt.want, tt.err)
			}
		})
	}
}
