package terraform

import (
	"context"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// Format is the form of plans and states.
type Format struct{}

var _ files.Format = (*Format)(nil)

// Name is "terraform".
func (*Format) Name() ecsentry.SourceName { return ecsentry.SourceTerraform }

// Recognise tells plans and states by their keys.
func (*Format) Recognise(doc *document.Node) bool { return isPlan(doc) || isRawState(doc) }

// Read yields the resources of the plans and states in a file.
func (*Format) Read(ctx context.Context, in *files.Input, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	var all ecsentry.Coverage
	ordinals := map[string]int{}
	for _, doc := range in.Documents {
		if !isPlan(doc) {
			all.Refused = append(all.Refused, (&plan{text: planText{in.File}}).gap(doc, unreadable(doc)))
			continue
		}
		p := newPlan(in.File, doc)
		all.Add(p.coverage)
		for _, planned := range p.resources {
			if err := ctx.Err(); err != nil {
				return all, err
			}
			r := planned.resource()
			r.Ordinal = ordinals[r.ID]
			ordinals[r.ID]++
			if err := yield(r); err != nil {
				return all, err
			}
		}
	}
	return all, nil
}

func unreadable(doc *document.Node) string {
	if isRawState(doc) {
		return "is a state file as Terraform stores it (print it for ecsentry: terraform show -json)"
	}
	return "is neither a plan nor a state as terraform show -json prints it"
}
