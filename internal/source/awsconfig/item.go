package awsconfig

import (
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

// Types that no control judges.
const (
	typeTaskSet          ecsentry.ResourceType = "AWS::ECS::TaskSet"
	typeCapacityProvider ecsentry.ResourceType = "AWS::ECS::CapacityProvider"
)

const ourTypes = "AWS::ECS::"

func isOurs(typ string) bool { return strings.HasPrefix(typ, ourTypes) }

// An item is a configuration item, or the row of a query.
type item struct {
	sifter  *sifter
	reader  *reader
	file    *document.File // the text that it is in
	node    *document.Node
	summary *document.Node // the message that has only a summary of the item
	query   *query         // nil for an item as AWS Config delivers it
	text    *text          // stands for a file that is not held; nil where it is
	memory  bool           // it is in no text at all
}

// span is where a node is, in a text that stays.
func (it *item) span(f *document.File, n *document.Node) (value.Text, int32, int32) {
	switch {
	case it.memory:
		return nil, 0, 0
	case it.text == nil:
		return f, n.Start, n.End
	}
	_, off := f.Outer(n.Start)
	_, end := f.Outer(n.End)
	it.text.note(off)
	it.text.note(end)
	return it.text, off, end
}

// keep is a string that may outlive the text.
func (it *item) keep(s string) string {
	if it.text == nil && !it.memory {
		return s
	}
	if len(s) <= 16 { // most are names that many items have
		return it.reader.word(s)
	}
	return strings.Clone(s)
}

// show makes a node. Nodes live until the item is decoded; their memory is used
// for one item after the other.
func (it *item) show(n node) *node {
	r := it.reader
	if r.shown == len(r.nodes) {
		r.nodes, r.shown = make([]node, 256), 0
	}
	out := &r.nodes[r.shown]
	r.shown++
	*out = n
	return out
}

// resource makes a resource of the item, nil if it is none of ours. missing is
// what is ours and not covered.
func (it *item) resource(r *reader) (res *ecsentry.Resource, missing *ecsentry.Gap) {
	it.reader, r.shown = r, 0
	arn := word(it.node, "arn")
	typ := word(it.node, "resourceType")
	switch {
	case typ != "":
	case it.query != nil:
		typ = rowType(it.node)
	default:
		typ = typeOf(arn)
	}
	if !isOurs(typ) {
		return nil, nil
	}
	res = &ecsentry.Resource{Identity: ecsentry.Identity{
		Type: ecsentry.ResourceType(r.word(typ)), Source: ecsentry.SourceAWSConfig, Partition: "aws",
		Account: r.word(account(word(it.node, "accountId", "awsAccountId"))), Region: r.word(region(word(it.node, "awsRegion"))),
	}}
	if !known(res.Type) {
		g := r.gap(it.file, it.node, "is of type "+string(res.Type)+", which no control reads")
		return nil, &g
	}
	data := it.decode(res)
	it.identify(r, res, data)
	it.state(res)
	if it.text != nil {
		it.text.seal()
	}
	if res.State == nil && it.gone() {
		return nil, nil // nobody can tell what it ends
	}
	res.Variants = []ecsentry.Variant{{Data: data}}
	res.Streamed = it.text != nil
	if tags, twice := get(it.node, "tags"); !twice {
		res.Tags = files.Tags(tags, r.tags)
	}
	return res, nil
}

func known(t ecsentry.ResourceType) bool {
	switch t {
	case ecsentry.TaskDefinition, ecsentry.Service, ecsentry.Cluster, typeTaskSet, typeCapacityProvider:
		return true
	}
	return false
}

// typeOf is the type of an ARN, "" if it is none of ours.
func typeOf(arn string) string {
	parsed, ok := ecs.ParseARN(arn)
	if !ok {
		return ""
	}
	switch parsed.Kind {
	case "task-definition":
		return string(ecsentry.TaskDefinition)
	case "service":
		return string(ecsentry.Service)
	case "cluster":
		return string(ecsentry.Cluster)
	case "task-set":
		return string(typeTaskSet)
	case "capacity-provider":
		return string(typeCapacityProvider)
	}
	return ""
}

// decode reads the properties, as far as a control needs them.
func (it *item) decode(res *ecsentry.Resource) any {
	switch res.Type {
	case ecsentry.TaskDefinition:
		td := ecs.DecodeTaskDefinition(it.properties("taskDefinitionArn"))
		res.At = td.At
		return td
	case ecsentry.Service:
		s := ecs.DecodeService(it.properties("serviceArn"))
		res.At = s.At
		return s
	case ecsentry.Cluster:
		c := ecs.DecodeCluster(it.properties("clusterArn"))
		res.At = c.At
		return c
	}
	at := &value.Place{}
	at.In, at.Off, at.End = it.span(it.file, it.node)
	res.At = at
	return nil
}

// properties are those of the resource. arn is the API's name for its ARN.
func (it *item) properties(arn string) configuration {
	n := it.show(node{item: it, file: it.file, up: it.node})
	if it.query != nil {
		n.path = "configuration"
	}
	out := configuration{node: n, arn: arn}
	v, twice := get(it.node, "configuration")
	status := strings.ToLower(word(it.node, "configurationItemStatus"))
	switch {
	case it.summary != nil:
		n.why = it.oversized()
	case strings.HasSuffix(status, "notrecorded"):
		n.why = &value.Why{Text: "AWS Config has stopped to record it", Hint: "scan the account with --aws"}
	case twice:
		n.why = &value.Why{Text: "its configuration is written twice, in different case"}
	case v != nil && v.Kind == document.String && strings.HasPrefix(strings.TrimSpace(v.Value), "{"):
		it.within(n, v)
	case v != nil && v.Kind == document.Map:
		n.doc = v
	case it.query != nil && (v == nil || v.Kind == document.Null) && it.query.selectsIn("configuration"):
		// What was selected is absent.
	case it.query != nil && !it.query.selects("configuration") && (v == nil || v.Kind == document.Null):
		n.why = it.query.why("configuration")
	case v == nil || v.Kind == document.Null || v.Kind == document.String && v.Value == "":
		n.why = &value.Why{Text: "its item holds no configuration"}
	default:
		n.doc, n.why = v, &value.Why{Text: "its configuration is neither an object nor JSON text"}
	}
	return out
}

// within looks into a configuration that is JSON text.
func (it *item) within(n *node, text *document.Node) {
	f, err := it.file.Embedded(text)
	if err != nil || len(f.Documents) != 1 || f.Documents[0].Kind != document.Map {
		n.doc, n.why = text, &value.Why{Text: "its configuration is text that is not valid JSON"}
		return
	}
	it.sifter.embedded = append(it.sifter.embedded, f)
	n.file, n.doc = f, f.Documents[0]
}

// oversized says why a summary has no configuration, and where it is.
func (it *item) oversized() *value.Why {
	why := &value.Why{Text: "its item is too large for the notification, which has only a summary"}
	delivery, _ := get(it.summary, "s3DeliverySummary")
	if at := word(delivery, "s3BucketLocation"); isName(strings.ReplaceAll(at, "=", "-")) {
		why.Hint = "scan the object s3://" + it.keep(at)
	}
	return why
}

// identify gives the resource its ARN and its name.
func (it *item) identify(r *reader, res *ecsentry.Resource, data any) {
	id := &res.Identity
	arn, name := value.Known(it.keep(word(it.node, "arn")), nil), value.Of[string]{}
	switch d := data.(type) {
	case *ecs.TaskDefinition:
		arn, name = d.ARN, d.Family
	case *ecs.Service:
		arn, name = d.ARN, d.Name
	case *ecs.Cluster:
		arn, name = d.ARN, d.Name
	}
	id.ID, _ = arn.Get()
	id.Name, _ = name.Get()
	parsed, ok := ecs.ParseARN(id.ID)
	if ok {
		if id.Account == "" {
			id.Account = r.word(account(parsed.Account))
		}
		if id.Region == "" {
			id.Region = r.word(region(parsed.Region))
		}
		if parsed.Partition != "" {
			id.Partition = r.word(parsed.Partition)
		}
	} else {
		id.ID = it.keep(word(it.node, "resourceId", "resourceName"))
	}
	if id.Name == "" && ok {
		id.Name = ecs.LastName(id.ID)
		if id.Type == ecsentry.TaskDefinition {
			id.Name, _ = ecs.FamilyRevision(id.ID)
		}
	}
	if id.ID == "" {
		id.ID = r.name
	}
	if id.Name == "" {
		id.Name = id.ID
	}
}

// account is an account ID, "" for what is none.
func account(s string) string {
	if len(s) != 12 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

func region(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return ""
	}
	return s
}
