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
