package awsconfig

import (
	"errors"
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
)

// Rows makes resources of the rows of a query that selected whole configurations,
// as the API answers them. The zero Rows is ready to use, by one goroutine.
type Rows struct {
	Tags   []string // the keys of the tags that are wanted; the query has to select tags
	reader reader
}

// errNoItem says that a row is not what was asked for. It names no detail, since a
// detail might quote a secret.
var errNoItem = errors.New("a row of the answer is not what the AWS Config API promises")

// Resource makes the resource of a row. It is in no text.
func (r *Rows) Resource(row string) (*ecsentry.Resource, error) {
	f, err := document.Parse("", []byte(row), document.Options{JSONOnly: true})
	if err != nil || len(f.Documents) != 1 || !isItem(f.Documents[0]) {
		return nil, errNoItem
	}
	r.reader.tags = r.Tags
	it := item{sifter: &sifter{file: f, gap: r.reader.gap}, file: f, node: f.Documents[0], memory: true}
	res, _ := it.resource(&r.reader)
	if res == nil || res.ID == "" {
		return nil, errNoItem
	}
	res.At, res.State = nil, nil // a query answers the latest state
	return res, nil
}

// rowType is the type of the resource that a row is about: what it says, or what
// an ARN in it does; "" if it says neither, or only counts resources of a type.
func rowType(n *document.Node) string {
	configuration, _ := get(n, "configuration")
	for _, arn := range []string{word(n, "arn"), word(n, "resourceId"), word(configuration, "taskDefinitionArn", "serviceArn", "arn")} {
		if typ := typeOf(arn); typ != "" {
			return typ
		}
	}
	if typ := word(n, "resourceType"); typ != "" && !isAggregate(n) {
		return typ
	}
	return ""
}

// isAggregate tells a row that counts resources, or sums up something of theirs.
func isAggregate(n *document.Node) bool {
	return n.Kind == document.Map && slices.ContainsFunc(n.Fields, func(f document.Field) bool { return strings.HasSuffix(f.Key.Value, ")") })
}
