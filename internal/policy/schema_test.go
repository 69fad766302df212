package policy_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/ecsentry/ecsentry/internal/policy"
)

// The published schema and the parser know the same keys: what one takes the
// other takes.
func TestSchemaIsThatOfTheParser(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../docs/schema/policy-1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(text string) error {
		var v any
		if err := yaml.Unmarshal([]byte(strings.ReplaceAll(text, "2027-03-31", `"2027-03-31"`)), &v); err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	if err := valid(whole); err != nil {
		t.Errorf("the schema refuses what the parser takes: %v", err)
	}
	if err := valid("version: 1\nfoo: 1"); err == nil {
		t.Error("the schema takes an unknown key")
	}
	// The parser says which keys there are when it knows none that is like one.
	said := func(text string) []string {
		_, err := policy.Parse("p.yaml", []byte(text), controls())
		mistake, ok := err.(*policy.Error) //nolint:errorlint // it is never wrapped
		if !ok {
			t.Fatalf("got %v", err)
		}
		return slices.Sorted(slices.Values(strings.Split(strings.TrimPrefix(mistake.Hint, "want one of "), ", ")))
	}
	for _, part := range []struct {
		text   string
		schema *jsonschema.Schema
	}{
		{"version: 1\nzzzzzzzzzzzz: 1", schema},
		{"version: 1\nexceptions: [{zzzzzzzzzzzz: 1}]", schema.Properties["exceptions"].Items2020},
	} {
		if got, want := slices.Sorted(maps.Keys(part.schema.Properties)), said(part.text); !slices.Equal(got, want) {
			t.Errorf("the schema has the keys %v, the parser %v", got, want)
		}
	}
}
