package awsconfig

import (
	"context"
	"fmt"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// Format is the form of configuration items.
type Format struct {
	Tags []string // the keys of the tags that are wanted
}

var _ files.Streamer = Format{}

// Name is "aws-config".
func (Format) Name() ecsentry.SourceName { return ecsentry.SourceAWSConfig }

// Recognise tells configuration items, and what holds some, by their keys.
func (Format) Recognise(doc *document.Node) bool { return holdsItems(doc, 0) }

// heldAtMost is how large a file may be whose text is held, so that reports can
// show its lines.
const heldAtMost = 64 << 10

// Read yields the resources of a file that is held.
func (f Format) Read(ctx context.Context, in *files.Input, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	r := reader{name: in.File.Name, yield: yield, tags: f.Tags}
	for _, doc := range in.Documents {
		if !holdsItems(doc, 0) {
			r.coverage.Refused = append(r.coverage.Refused, r.gap(in.File, doc, "holds no configuration items of AWS Config"))
			continue
		}
		s := sifter{file: in.File, gap: r.gap}
		s.sift(in.File, doc, nil, 0)
		r.add(&s)
		for _, it := range s.items {
			if err := ctx.Err(); err != nil {
				return r.coverage, err
			}
			if len(in.File.Data) > heldAtMost {
				it.text = &text{file: in.File.Name, within: in.File}
			}
			if err := r.item(it); err != nil {
				return r.coverage, err
			}
		}
		s.release()
	}
	return r.coverage, nil
}

// A reader makes resources of the items of one file.
type reader struct {
	name     string
	yield    func(*ecsentry.Resource) error
	tags     []string // the keys of those that are wanted
	coverage ecsentry.Coverage
	words    map[string]string // strings that many items have
	nodes    []node            // memory for those of one item
	shown    int               // how many there are
}

// add takes over what a sifter could not read.
func (r *reader) add(s *sifter) {
	r.coverage.Gaps = append(r.coverage.Gaps, s.gaps...)
	r.coverage.Refused = append(r.coverage.Refused, s.refused...)
	r.coverage.NotCovered = append(r.coverage.NotCovered, s.notCovered...)
}

// gap is about a place in the file.
func (r *reader) gap(f *document.File, n *document.Node, reason string) ecsentry.Gap {
	p := f.Position(n.Start)
	return ecsentry.Gap{Scope: r.name, Reason: fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, reason)}
}

// item yields the resource of an item, if it is one of ours.
func (r *reader) item(it *item) error {
	res, missing := it.resource(r)
	if missing != nil {
		r.coverage.NotCovered = append(r.coverage.NotCovered, *missing)
	}
	if res == nil {
		return nil
	}
	return r.yield(res)
}

// word is a string that does not hold on to the text, made once.
func (r *reader) word(s string) string {
	if w, ok := r.words[s]; ok {
		return w
	}
	if r.words == nil || len(r.words) > 1000 {
		r.words = map[string]string{}
	}
	w := string([]byte(s))
	r.words[w] = w
	return w
}
