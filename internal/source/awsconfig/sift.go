package awsconfig

import (
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// maxNesting is how deep messages may lie in messages: an item in a notification
// of Amazon SNS in a message of Amazon SQS is a usual thing.
const maxNesting = 8

// get is the property with the name, in whatever case; twice if there are several.
func get(n *document.Node, name string) (v *document.Node, twice bool) {
	if n == nil || n.Kind != document.Map {
		return nil, false
	}
	for i := range n.Fields {
		if key := n.Fields[i].Key.Value; len(key) == len(name) && strings.EqualFold(key, name) {
			if v != nil {
				return v, true
			}
			v = n.Fields[i].Value
		}
	}
	return v, false
}

func has(n *document.Node, name string) bool {
	v, _ := get(n, name)
	return v != nil
}

// word is a property that is a string or a number, "" for anything else.
func word(n *document.Node, names ...string) string {
	for _, name := range names {
		if v, _ := get(n, name); v != nil && (v.Kind == document.String || v.Kind == document.Number) && v.Value != "" {
			return v.Value
		}
	}
	return ""
}

// isItem tells a configuration item, or a row of a query.
func isItem(n *document.Node) bool {
	if n.Kind != document.Map {
		return false
	}
	if has(n, "configurationItemStatus") || has(n, "configurationItemCaptureTime") {
		return has(n, "resourceType") || has(n, "arn")
	}
	return isRow(n) && (strings.HasPrefix(word(n, "resourceType"), "AWS::") || strings.HasPrefix(word(n, "arn"), "arn:"))
}

// isRow tells a row that names a resource, as one that counts some does not.
func isRow(n *document.Node) bool {
	if has(n, "Properties") || has(n, "Type") { // a template's
		return false
	}
	return has(n, "configuration") || has(n, "arn") && has(n, "resourceType") ||
		has(n, "resourceId") && has(n, "resourceType") && (has(n, "accountId") || has(n, "awsRegion"))
}

// A holder is what a property may hold items in.
type holder uint8

const (
	none     holder = iota
	itemList        // items
	results         // rows, as JSON text
	inner           // something that holds items
	message         // the same as JSON text, after prose or not
	theItem
	summary // an item without its configuration
)

func holderOf(key string) holder {
	switch strings.ToLower(key) {
	case "configurationitems", "baseconfigurationitems":
		return itemList
	case "results":
		return results
	case "detail", "records", "messages", "sns":
		return inner
	case "message", "body", "invokingevent":
		return message
	case "configurationitem":
		return theItem
	case "configurationitemsummary":
		return summary
	}
	return none
}

// holdsItems tells whether a document is ours.
func holdsItems(n *document.Node, depth int) bool {
	switch {
	case depth > maxNesting:
		return false
	case n.Kind == document.List:
		for i, e := range n.Items {
			if holdsItems(e, depth+1) || depth < 2 && isResult(e) {
				return true
			}
			if i == 8 { // a list of ours has nothing else
				return false
			}
		}
		return false
	case n.Kind != document.Map:
		return false
	case isItem(n):
		return true
	}
	for _, field := range n.Fields {
		v := field.Value
		switch h := holderOf(field.Key.Value); {
		case h == itemList && v.Kind == document.List:
			return true
		case h == results && v.Kind == document.List:
			if has(n, "QueryInfo") || len(v.Items) > 0 && (isResult(v.Items[0]) || isItem(v.Items[0])) {
				return true
			}
		case (h == inner || h == message && v.Kind == document.Map) && holdsItems(v, depth+1):
			return true
		case h == message && v.Kind == document.String && strings.Contains(v.Value, "configurationItem"):
			return true
		case (h == theItem || h == summary) && isItem(v):
			return true
		}
	}
	return false
}

// isResult tells the row of a query, which is JSON text.
func isResult(n *document.Node) bool {
	if n.Kind != document.String || !strings.HasPrefix(n.Value, "{") {
		return false
	}
	return strings.Contains(n.Value, "AWS::") || strings.Contains(n.Value, "arn:aws")
}

// A sifter finds the items of a document.
type sifter struct {
	file       *document.File // the outermost
	gap        func(f *document.File, n *document.Node, reason string) ecsentry.Gap
	items      []*item
	embedded   []*document.File
	gaps       []ecsentry.Gap
	refused    []ecsentry.Gap
	notCovered []ecsentry.Gap
	nameless   int // rows that do not say what they are
}

// release drops the trees of embedded texts; places need the texts only.
func (s *sifter) release() {
	for _, f := range s.embedded {
		f.Release()
	}
}

func (s *sifter) sift(f *document.File, n *document.Node, q *query, depth int) {
	switch {
	case depth > maxNesting:
		s.refused = append(s.refused, s.gap(f, n, "has messages in messages that are nested too deeply"))
	case n.Kind == document.List:
		for _, e := range n.Items {
			switch {
			case e.Kind == document.String && isResult(e):
				s.embed(f, e, unknownQuery(q), depth)
			case e.Kind == document.Map || e.Kind == document.List:
				s.sift(f, e, q, depth+1)
			}
		}
	case n.Kind == document.Map && isItem(n):
		s.items = append(s.items, &item{sifter: s, file: f, node: n, query: q.of(n)})
	case n.Kind == document.Map:
		s.fields(f, n, q, depth)
	}
}

func (s *sifter) fields(f *document.File, n *document.Node, q *query, depth int) {
	for _, field := range n.Fields {
		v := field.Value
		switch h := holderOf(field.Key.Value); {
		case h == results && v.Kind == document.List:
			s.rows(f, v, queryOf(n), depth)
			if token := word(n, "NextToken"); token != "" {
				s.gaps = append(s.gaps, s.gap(f, n, "the answer has further pages, which are not here (run the query without --max-items)"))
			}
		case h == itemList:
			s.sift(f, v, wholeItems(), depth+1)
		case h == inner, h == message && v.Kind == document.Map:
			s.sift(f, v, q, depth+1)
		case h == message && v.Kind == document.String && strings.Contains(v.Value, "configurationItem"):
			s.embed(f, v, q, depth)
		case h == theItem && isItem(v):
			s.sift(f, v, wholeItems(), depth+1)
		case h == summary && isItem(v):
			s.items = append(s.items, &item{sifter: s, file: f, node: v, summary: n})
		case isUnprocessed(field.Key.Value):
			s.unprocessed(f, v)
		}
	}
}

// rows are those of a query.
func (s *sifter) rows(f *document.File, list *document.Node, q *query, depth int) {
	nameless := s.nameless
	for _, e := range list.Items {
		if e.Kind == document.String {
			s.embed(f, e, q, depth)
			continue
		}
		s.row(f, e, q)
	}
	if n := s.nameless - nameless; n > 0 {
		s.notCovered = append(s.notCovered, s.gap(f, list,
			"rows that say neither a type nor an ARN, so that nobody can tell what they are: "+strconv.Itoa(n)+" (select resourceType and arn)"))
	}
}

// row takes a row that may be of Amazon ECS.
func (s *sifter) row(f *document.File, n *document.Node, q *query) {
	switch {
	case rowType(n) != "":
		s.items = append(s.items, &item{sifter: s, file: f, node: n, query: q.of(n)})
	case word(n, "resourceType", "arn") == "" && !isAggregate(n):
		s.nameless++
	}
}

// embed looks into JSON text.
func (s *sifter) embed(f *document.File, n *document.Node, q *query, depth int) {
	from := strings.IndexAny(n.Value, "{[")
	if from < 0 {
		return
	}
	inside, err := f.EmbeddedFrom(n, from)
	if err != nil {
		s.refused = append(s.refused, ecsentry.Gap{Scope: s.file.Name, Reason: files.Reason(err)})
		return
	}
	s.embedded = append(s.embedded, inside)
	for _, doc := range inside.Documents {
		if q != nil {
			s.row(inside, doc, q)
			continue
		}
		s.sift(inside, doc, nil, depth+1)
	}
}

// isUnprocessed tells the lists of resources that the two batch calls failed for.
func isUnprocessed(key string) bool {
	return strings.EqualFold(key, "unprocessedResourceKeys") || strings.EqualFold(key, "UnprocessedResourceIdentifiers")
}

// unprocessed are resources that an answer could not say anything of.
func (s *sifter) unprocessed(f *document.File, list *document.Node) {
	for _, key := range list.Items {
		typ, id := word(key, "resourceType"), word(key, "resourceId")
		if !isOurs(typ) {
			continue
		}
		g := s.gap(f, key, "the answer says of a resource only that AWS Config did not process it: ask for it again")
		if isName(id) {
			g.Scope, g.Reason = id, f.Name+", "+g.Reason
		}
		s.gaps = append(s.gaps, g)
	}
}

// isName tells whether a text can be an ARN or a name, which no secret is.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(":/_-.", c) >= 0) {
			return false
		}
	}
	return s != "" && len(s) <= 512
}
