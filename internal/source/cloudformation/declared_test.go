package cloudformation

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

func TestUndeclared(t *testing.T) {
	doc, err := document.Parse("t.yaml", []byte("Parameters: {Stage: {Type: String}}\nResources: {C: {Type: AWS::ECS::Cluster}}\n"), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := &Format{Parameters: map[string]string{"Stge": "prod", "AWS::Region": "eu-west-1"}}
	if _, err := f.Read(t.Context(), files.NewInput(doc, doc.Documents, nil), func(*ecsentry.Resource) error { return nil }); err != nil {
		t.Fatal(err)
	}
	unknown, known := f.Undeclared()
	if d := cmp.Diff([]string{"Stge"}, unknown); d != "" {
		t.Errorf("undeclared (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"Stage"}, known); d != "" {
		t.Errorf("declared (-want +got):\n%s", d)
	}
}
