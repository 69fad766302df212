package ecsapi

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// Format is the form of saved inputs and answers of the ECS API.
type Format struct {
	Tags   []string // the keys of the tags that are wanted
	shapes [kinds]shape
}

var _ files.Format = (*Format)(nil)

// New makes the format.
func New() *Format {
	f := &Format{}
	f.shapes[taskDefinition] = taskDefinitionShape()
	f.shapes[service] = serviceShape()
	f.shapes[cluster] = clusterShape()
	f.shapes[taskSet] = taskSetShape()
	return f
}

// Name is "ecs-api".
func (*Format) Name() ecsentry.SourceName { return ecsentry.SourceECSAPI }

// Recognise tells inputs and answers of the ECS API by their keys.
func (f *Format) Recognise(doc *document.Node) bool {
	s := sifter{shapes: &f.shapes, quick: true}
	return s.sift(doc, 0)
}

// Read yields the task definitions, services, clusters and task sets of a file.
func (f *Format) Read(ctx context.Context, in *files.Input, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	r := reader{file: &text{File: in.File}, ordinals: map[string]int{}, tags: f.Tags}
	for _, doc := range in.Documents {
		s := sifter{shapes: &f.shapes}
		if !s.sift(doc, 0) {
			s = sifter{shapes: &f.shapes, lenient: true}
			if !s.sift(doc, 0) {
				r.coverage.Refused = append(r.coverage.Refused,
					r.gap(doc, "is neither an input nor an answer of the ECS API that ecsentry reads"))
				continue
			}
		}
		if key := s.capital(); key != nil {
			r.coverage.Refused = append(r.coverage.Refused, r.gap(key, fmt.Sprintf(
				"%s is no name of the ECS API, %s is (the API's names begin with a small letter; CloudFormation's "+
					"begin with a capital, and belong in a template)", key.Value, apiName(key.Value))))
			continue
		}
		r.beside = nil
		if td := get(doc, "taskDefinition"); td != nil && td.Kind == document.Map {
			r.beside = get(doc, "tags") // an answer has them beside the task definition
		}
		for _, e := range s.found {
			if err := ctx.Err(); err != nil {
				return r.coverage, err
			}
			if err := r.read(e, yield); err != nil {
				return r.coverage, err
			}
		}
	}
	return r.coverage, nil
}

// apiName is the API's name for a key that is spelt as CloudFormation does.
func apiName(key string) string {
	if key == templateSettings {
		return "settings"
	}
	return uncapital(key)
}

// capital is the first key of the document that is spelt with a capital.
func (s *sifter) capital() *document.Node {
	for _, e := range s.found {
		if e.kind == capitalised {
			return e.node
		}
		if key := capitalKey(e.node, s.shapes[e.kind]); key != nil {
			return key
		}
	}
	return nil
}

// A reader reads one file.
type reader struct {
	tags     []string       // the keys of those that are wanted
	beside   *document.Node // tags that stand beside a resource
	file     *text
	coverage ecsentry.Coverage
	ordinals map[string]int // how many resources had the ID so far
}

func (r *reader) read(e element, yield func(*ecsentry.Resource) error) error {
	switch e.kind {
	case foreign:
		r.coverage.Skipped = append(r.coverage.Skipped, r.gap(e.node, "this part of the document is not ours"))
		return nil
	case misfit:
		r.coverage.Gaps = append(r.coverage.Gaps, r.gap(e.node, "is no object, so nothing can be told of it"))
		return nil
	case unlisted:
		r.coverage.Gaps = append(r.coverage.Gaps, r.gap(e.node, "is no list, so nothing can be told of what the answer should list"))
		return nil
	case failure:
		r.coverage.Gaps = append(r.coverage.Gaps, r.failure(e.node))
		return nil
	}
	res := resource(r.file, e)
	res.Tags = files.Tags(cmp.Or(get(e.node, "tags"), r.beside), r.tags)
	res.Ordinal = r.ordinals[res.ID]
	r.ordinals[res.ID]++
	return yield(res)
}

// gap is about a place in the file.
func (r *reader) gap(n *document.Node, reason string) ecsentry.Gap {
	p := r.file.Position(n.Start)
	return ecsentry.Gap{Scope: r.file.Name, Reason: fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, reason)}
}

// failure is a resource that the answer says nothing of but why.
func (r *reader) failure(n *document.Node) ecsentry.Gap {
	g := r.gap(n, "the answer says of a resource only that it failed")
	if n.Kind != document.Map {
		return g
	}
	if reason := n.Get("reason"); reason != nil && isWord(reason.Value) {
		g.Reason += ": " + reason.Value
	}
	if arn := n.Get("arn"); arn != nil && isName(arn.Value) {
		g.Scope, g.Reason = arn.Value, r.file.Name+", "+g.Reason
	}
	return g
}

// isWord tells whether a text is one of the API's reasons, such as MISSING.
func isWord(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
}

// isName tells whether a text can be an ARN or a name.
func isName(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) && !isDigit(s[i]) && strings.IndexByte(":/_-.", s[i]) < 0 {
			return false
		}
	}
	return s != "" && len(s) <= 512
}
