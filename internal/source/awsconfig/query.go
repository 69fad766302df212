package awsconfig

import (
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A query is what a saved answer of select-resource-config was asked for. A nil
// query asks for whole items.
type query struct {
	columns map[string]bool // in lower case; nil if the answer does not say
	whole   bool            // it is none: whole items are listed
}

// wholeItems stands for the query of what AWS Config lists as items.
func wholeItems() *query { return &query{whole: true} }

// of is the query that an item comes from: one that stands by itself, and has
// nothing that only whole items have, may be the row of a query that nobody knows.
func (q *query) of(n *document.Node) *query {
	switch {
	case q != nil && q.whole:
		return nil
	case q != nil || isWhole(n):
		return q
	}
	return &query{}
}

// isWhole tells an item by what every item has and few queries select.
func isWhole(n *document.Node) bool {
	return has(n, "configurationItemCaptureTime") || has(n, "configurationItemStatus") || has(n, "configurationStateId") ||
		has(n, "version") || has(n, "configurationItemVersion") || has(n, "relatedEvents")
}

// queryOf reads the QueryInfo of an answer.
func queryOf(answer *document.Node) *query {
	info, _ := get(answer, "QueryInfo")
	list, _ := get(info, "SelectFields")
	if list == nil || list.Kind != document.List {
		return &query{}
	}
	q := &query{columns: map[string]bool{}}
	for _, field := range list.Items {
		if name := word(field, "Name"); name != "" && name != "*" { // the star selects no configuration
			q.columns[strings.ToLower(name)] = true
		}
	}
	return q
}

// unknownQuery is the query of rows that stand by themselves.
func unknownQuery(q *query) *query {
	if q != nil {
		return q
	}
	return &query{}
}

// selects tells whether a column is selected in full.
func (q *query) selects(path string) bool {
	if q == nil {
		return true
	}
	for path = strings.ToLower(path); ; {
		if q.columns[path] {
			return true
		}
		i := strings.LastIndexByte(path, '.')
		if i < 0 {
			return false
		}
		path = path[:i]
	}
}

// selectsIn tells whether columns are selected that lie in an object.
func (q *query) selectsIn(path string) bool {
	path = strings.ToLower(path) + "."
	for column := range q.columns {
		if strings.HasPrefix(column, path) {
			return true
		}
	}
	return false
}

// why says why a column is unknown.
func (q *query) why(path string) *value.Why {
	if q.columns == nil {
		return &value.Why{
			Text: "the saved answer does not say whether its query selected " + path,
			Hint: "save the whole answer of aws configservice select-resource-config, with its QueryInfo",
		}
	}
	return &value.Why{Text: "the query did not select " + path, Hint: "select configuration in the query"}
}
