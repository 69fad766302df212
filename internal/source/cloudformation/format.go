package cloudformation

import (
	"context"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// Format is the form of CloudFormation templates. Parameters are what the user
// said of parameters and pseudo parameters, by name.
type Format struct {
	Parameters map[string]string
	Tags       []string // the keys of the tags that are wanted

	declared declarations
}

var _ files.Nester = (*Format)(nil)

// Name is "cloudformation".
func (*Format) Name() ecsentry.SourceName { return ecsentry.SourceCloudFormation }

// Recognise tells templates by their resources, each of which has a type.
func (*Format) Recognise(doc *document.Node) bool { return isTemplate(doc) }

// Marks are the types of the resources that nest a template.
func (*Format) Marks() []string { return []string{typeStack, typeApplication} }

// Nested are the local templates that a template nests.
func (f *Format) Nested(doc *document.Node) []string { return f.nestedPaths(doc) }

// Read yields the resources of the templates in a file, and of the local
// templates that they nest.
func (f *Format) Read(ctx context.Context, in *files.Input, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	var all ecsentry.Coverage
	for _, doc := range in.Documents {
		if err := ctx.Err(); err != nil {
			return all, err
		}
		c, err := f.read(in, doc, yield)
		all.Add(c)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}
