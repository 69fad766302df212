package cloudformation

import (
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// Whatever a template is, reading it ends, and each of its resources is judged.
// A template nests itself under every name.
func FuzzTemplate(f *testing.F) {
	f.Add([]byte(synthesised))
	f.Add([]byte(synthesisedInner))
	f.Add([]byte(declared + user("!Ref Root")))
	f.Add([]byte(`{"version": "1", "artifacts": {"Web": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Web.template.json"}},
		"A": {"type": "cdk:asset-manifest", "properties": {"file": "A"}}}, "files": {"x": {"source": {"path": "x.nested.template.json"}}}}`))
	f.Add([]byte(`
Transform: [AWS::Serverless-2016-10-31]
Resources:
  Fn::ForEach::Tasks: [N, [A, B], {"T${N}": {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: !Sub "${N}"}]}}}]
  App: {Type: AWS::Serverless::Application, Properties: {Location: self.yaml, Parameters: {P: x}}}
`))
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := document.Parse("t.yaml", text, document.Options{MaxBytes: 1 << 16})
		if err != nil {
			return
		}
		format := &Format{}
		var ours []*document.Node
		for _, doc := range file.Documents {
			if format.Recognise(doc) {
				ours = append(ours, doc)
			}
			if names, ok := format.Indexed(doc, func(string) *document.Node { return doc }); !ok && len(names) > 0 {
				t.Errorf("lists %v, and is no list", names)
			}
			format.Nested(doc)
		}
		in := files.NewInput(file, ours, func(string) (*document.File, error) { return file, nil })
		if _, err := format.Read(t.Context(), in, func(r *ecsentry.Resource) error {
			if r.ID == "" || r.At.Position().Line < 1 {
				t.Errorf("resource %q at %v", r.ID, r.At.Position())
			}
			for _, c := range catalog.Controls() {
				if c.ResourceType == r.Type {
					ecsentry.Judge(c, r, c.Defaults())
				}
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
}
