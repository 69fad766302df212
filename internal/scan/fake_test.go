package scan_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/value"
)

// A source is one that yields what it was given.
type source struct {
	resources []*ecsentry.Resource
	coverage  ecsentry.Coverage
	err       error
	after     func() // called when all is yielded
}

func (s *source) Collect(_ context.Context, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	for _, r := range s.resources {
		if err := yield(r); err != nil {
			return s.coverage, err
		}
	}
	if s.after != nil {
		s.after()
	}
	return s.coverage, s.err
}

func now() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }

func run(t testing.TB, resources ...*ecsentry.Resource) *ecsentry.Report {
	t.Helper()
	r, err := scan.Run(context.Background(), options(&source{resources: resources}))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func options(sources ...ecsentry.Source) scan.Options {
	return scan.Options{Sources: sources, Controls: catalog.Controls(), Version: "test", Now: now}
}

// A file is a text whose lines are 1,000 bytes long; a template spells names as
// CloudFormation does.
type file string

func (f file) Position(off int32) value.Position {
	return value.Position{File: string(f), Line: int(off)/1000 + 1, Column: int(off)%1000 + 1}
}

type template struct{ file }

func (template) Spell(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// A node is decoded JSON. The string "?" is a value that nobody knows.
type node struct {
	v   any
	has bool
	in  value.Text
	off int32
}

func (n node) Kind() value.Kind {
	switch v := n.v.(type) {
	case nil:
		if n.has {
			return value.Null
		}
		return value.Nothing
	case bool:
		return value.Boolean
	case float64:
		return value.Number
	case string:
		if v == "?" {
			return value.Opaque
		}
		return value.String
	case []any:
		return value.Sequence
	default:
		return value.Object
	}
}

func (n node) Span() (value.Text, int32, int32) { return n.in, n.off, n.off + 1 }
func (n node) AsBool() (bool, bool)             { b, ok := n.v.(bool); return b, ok }
func (n node) Rest() *value.Why                 { return nil }

func (n node) AsString() (string, bool) {
	if f, ok := n.v.(float64); ok {
		return strconv.Itoa(int(f)), true
	}
	s, ok := n.v.(string)
	return s, ok
}

func (n node) Why() *value.Why {
	if n.Kind() != value.Opaque {
		return nil
	}
	return &value.Why{Text: "!Ref Open"}
}

func (n node) Field(name string) value.Node {
	if n.Kind() == value.Opaque {
		return n
	}
	o, _ := n.v.(map[string]any)
	v, has := o[name]
	return node{v, has, n.in, n.off}
}

func (n node) Items() iter.Seq2[int, value.Node] {
	return func(yield func(int, value.Node) bool) {
		list, _ := n.v.([]any)
		for i, v := range list {
			if !yield(i, node{v, true, n.in, n.off}) {
				return
			}
		}
	}
}

// at says where a resource of the API stands: in which file, on which line.
type at struct {
	text value.Text
	line int
}

func line(name string, n int) at { return at{file(name), n} }

func taskDefinition(where at, text string) *ecsentry.Resource {
	n := where.node(text)
	td := ecs.DecodeTaskDefinition(n)
	return where.resource(ecsentry.TaskDefinition, td.At, td.ARN, td.Family, td)
}

func service(where at, text string) *ecsentry.Resource {
	s := ecs.DecodeService(where.node(text))
	return where.resource(ecsentry.Service, s.At, s.ARN, s.Name, s)
}

func cluster(where at, text string) *ecsentry.Resource {
	c := ecs.DecodeCluster(where.node(text))
	return where.resource(ecsentry.Cluster, c.At, c.ARN, c.Name, c)
}

func (a at) node(text string) node {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(fmt.Sprintf("%v in %s", err, text))
	}
	return node{v: v, has: true, in: a.text, off: int32(a.line-1) * 1000}
}

func (a at) resource(typ ecsentry.ResourceType, place *value.Place, arn, name value.Of[string], data any) *ecsentry.Resource {
	id := ecsentry.Identity{Type: typ, Source: ecsentry.SourceECSAPI, Partition: "aws", At: place}
	id.Name, _ = name.Get()
	id.ID = id.Name
	if s, ok := arn.Get(); ok {
		if a, ok := ecs.ParseARN(s); ok {
			id.ID, id.Account, id.Region, id.Partition = s, a.Account, a.Region, a.Partition
		}
	}
	if id.ID == "" {
		id.ID = id.File()
	}
	return &ecsentry.Resource{Identity: id, Variants: []ecsentry.Variant{{Data: data}}}
}

// find is the finding of a control on a resource at a line of any file.
func find(t testing.TB, r *ecsentry.Report, control, id string) *ecsentry.Finding {
	t.Helper()
	var found *ecsentry.Finding
	for f := range r.Findings.All() {
		if f.Control.ID == control && f.Resource.ID == id {
			if found != nil {
				t.Fatalf("%s has several findings on %s", control, id)
			}
			found = f
		}
	}
	if found == nil {
		t.Fatalf("%s has no finding on %s", control, id)
	}
	return found
}

const (
	inIreland = "arn:aws:ecs:eu-west-1:111122223333:"
	inOhio    = "arn:aws:ecs:us-east-2:111122223333:"
)
