package report

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compile(t *testing.T, doc any) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func parse(t *testing.T, text []byte) any {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func parseFile(t *testing.T, name string) any {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, text)
}

const schemaFile = "../../docs/schema/scan-1.schema.json"

// strict forbids what the schema does not name, so that every field that is
// written is described.
func strict(schema any) {
	switch s := schema.(type) {
	case object:
		if _, ok := s["properties"]; ok && s["type"] == "object" {
			s["additionalProperties"] = false
		}
		for _, v := range s {
			strict(v)
		}
	case []any:
		for _, v := range s {
			strict(v)
		}
	}
}

func TestJSONMatchesItsSchema(t *testing.T) {
	schema := parseFile(t, schemaFile)
	strict(schema)
	s := compile(t, schema)
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			if err := s.Validate(parse(t, write(t, "json", r, Options{}))); err != nil {
				t.Error(err)
			}
		})
	}
}

// The schema says no where the contract does.
func TestSchemaBites(t *testing.T) {
	s := compile(t, parseFile(t, schemaFile))
	first := func(doc object) object { return doc["findings"].([]any)[0].(object) }
	reason := func(doc object) object { return first(doc)["reasons"].([]any)[0].(object) }
	for name, breakIt := range map[string]func(doc object){
		"another schema":         func(d object) { d["schema"] = "ecsentry.scan/2" },
		"gaps null":              func(d object) { d["gaps"] = nil },
		"not_covered missing":    func(d object) { delete(d, "not_covered") },
		"complete with gaps":     func(d object) { d["scan"].(object)["complete"] = true },
		"a time that is none":    func(d object) { d["scan"].(object)["started"] = "yesterday" },
		"a negative count":       func(d object) { d["summary"].(object)["passed"] = json.Number("-1") },
		"no exception":           func(d object) { delete(first(d), "exception") },
		"no status of that name": func(d object) { first(d)["status"] = "OK" },
		"severity as on a page":  func(d object) { first(d)["severity"] = "High" },
		"no source of that name": func(d object) { first(d)["resource"].(object)["source"] = "helm" },
		"a file without a place": func(d object) { delete(first(d)["resource"].(object), "location") },
		"a worse reason":         func(d object) { reason(d)["status"] = "FAILED" },
		"a pass without reason":  func(d object) { first(d)["status"] = "PASSED" },
		"no pointer":             func(d object) { reason(d)["path"] = "containerDefinitions" },
		"line 0":                 func(d object) { reason(d)["location"].(object)["line"] = json.Number("0") },
		"half an end":            func(d object) { delete(reason(d)["location"].(object), "end_line") },
		"an empty scope":         func(d object) { d["gaps"].([]any)[0].(object)["scope"] = "" },
	} {
		t.Run(name, func(t *testing.T) {
			doc := parse(t, write(t, "json", sample(), Options{})).(object)
			if err := s.Validate(doc); err != nil {
				t.Fatal(err)
			}
			breakIt(doc)
			if s.Validate(doc) == nil {
				t.Error("the schema takes it")
			}
		})
	}
}

// The schema of SARIF is of a draft that names it so.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	schema := parseFile(t, "testdata/sarif-schema-2.1.0.json").(object)
	if !strings.Contains(schema["id"].(string), "sarif-schema-2.1.0") {
		t.Fatalf("id %v", schema["id"])
	}
	delete(schema, "id")
	return compile(t, schema)
}
