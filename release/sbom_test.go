package main

import (
	"bytes"
	"debug/buildinfo"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func inventory(t *testing.T, p Platform) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(release(t).out, "ecsentry_1.2.3_"+p.OS+"_"+p.Arch+".cdx.json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The inventory names every module that is in the binary, once, and nothing else; what
// only tests or the release need is not in it.
func TestInventory(t *testing.T) {
	eachBinary(t, func(t *testing.T, p Platform, binary []byte) {
		info, err := buildinfo.Read(bytes.NewReader(binary))
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"std " + info.GoVersion}
		for _, d := range info.Deps {
			want = append(want, d.Path+" "+d.Version)
		}
		var b struct {
			Metadata struct {
				Timestamp string
				Component struct{ Name, Version, PURL string }
			}
			Components   []struct{ Name, Version, PURL string }
			Dependencies []struct{ DependsOn []string }
		}
		if err := json.Unmarshal(inventory(t, p), &b); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range b.Components {
			got = append(got, c.Name+" "+c.Version)
			if !strings.HasPrefix(c.PURL, "pkg:golang/"+c.Name+"@") {
				t.Errorf("%s has the URL %s", c.Name, c.PURL)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("components (-want +got):\n%s", d)
		}
		main := b.Metadata.Component
		if main.Name != module || main.Version != version || b.Metadata.Timestamp != "2026-03-04T05:06:07Z" {
			t.Errorf("is about %+v at %s", main, b.Metadata.Timestamp)
		}
		for _, name := range []string{"github.com/google/rpmpack", "github.com/google/go-cmp", "github.com/rogpeppe/go-internal"} {
			if bytes.Contains(inventory(t, p), []byte(name)) {
				t.Errorf("names %s", name)
			}
		}
	})
}

// The inventory is one by CycloneDX's own schema, as its library for Python brings it.
func TestInventoryKeepsItsSchema(t *testing.T) {
	found, err := filepath.Glob("../.venv/lib/python3*/site-packages/cyclonedx/schema/_res/bom-1.6.SNAPSHOT.schema.json")
	if err != nil || len(found) != 1 {
		t.Fatalf("the schema is not in .venv (make venv): %v %v", found, err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for _, name := range []string{"bom-1.6", "spdx", "jsf-0.82"} {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(found[0]), name+".SNAPSHOT.schema.json"))
		if err != nil {
			t.Fatal(err)
		}
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, url := range []string{"http://cyclonedx.org/schema/" + name + ".schema.json", "http://cyclonedx.org/schema/" + name + ".SNAPSHOT.schema.json"} {
			if err := c.AddResource(url, schema); err != nil {
				t.Fatal(err)
			}
		}
	}
	schema, err := c.Compile("http://cyclonedx.org/schema/bom-1.6.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	validate := func(text []byte) error {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(value)
	}
	eachBinary(t, func(t *testing.T, p Platform, _ []byte) {
		text := inventory(t, p)
		if err := validate(text); err != nil {
			t.Error(err)
		}
		// The schema is one that can say no.
		if validate(bytes.Replace(text, []byte(`"type": "library"`), []byte(`"type": "books"`), 1)) == nil {
			t.Error("the schema takes a component of an unknown type")
		}
	})
}
