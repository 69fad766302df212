package live

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func TestParse(t *testing.T) {
	n, err := parse(strings.NewReader(`{"taskDefinition": {
		"taskDefinitionArn": "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7", "family": "web", "revision": 7,
		"containerDefinitions": [{"name": "app", "privileged": false, "user": null, "logConfiguration": {"logDriver": "awslogs"},
			"environment": [{"name": "A", "value": "hidden"}, {"value": {"odd": "hidden"}, "name": "B"}]}]},
		"tags": [{"key": "k", "value": "kept"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	td := ecs.DecodeTaskDefinition(n.field("taskDefinition"))
	c := td.Containers.Items[0]
	if revision, _ := td.Revision.Get(); revision != "7" {
		t.Errorf("revision %q", revision)
	}
	if v, ok := c.Privileged.Get(); v || !ok {
		t.Errorf("privileged %v", c.Privileged)
	}
	if c.User.State() != value.IsAbsent || c.ReadonlyRootFilesystem.State() != value.IsAbsent || td.NetworkMode.State() != value.IsAbsent {
		t.Errorf("what is absent is not absent")
	}
	if name, _ := c.Environment.Items[1].Name.Get(); name != "B" {
		t.Errorf("second variable %q", name)
	}
	if at := c.LogDriver.At(); at.In != nil || at.Path() != "/containerDefinitions/0/logConfiguration/logDriver" {
		t.Errorf("place %q in %v", at.Path(), at.In)
	}
	hidden := n.field("taskDefinition").field("containerDefinitions").parts[0].field("environment").parts[0].Field("value")
	if text, ok := hidden.AsString(); ok || hidden.Kind() != value.Opaque || hidden.Why() == nil || hidden.Field("x").Kind() != value.Opaque {
		t.Errorf("an environment value: %q", text)
	}
	if got := n.field("tags").parts[0].field("value").string(); got != "kept" {
		t.Errorf("a tag's value: %q", got)
	}
}

func TestParseBad(t *testing.T) {
	for _, text := range []string{
		``, `{`, `{"a":`, `{"a":1`, `[1,2`, `{"a" 1}`, `{"a":1}}`, `{"a":1} x`, `{"a":1,"a":2}`, `<html>`, "\xff", `{"environment":[{"value":`,
	} {
		if n, err := parse(strings.NewReader(text)); !errors.Is(err, errMalformed) {
			t.Errorf("%q: %v, %v", text, n, err)
		}
	}
	cut := io.MultiReader(strings.NewReader(`{"a":[1,`), failing{io.ErrUnexpectedEOF})
	if _, err := parse(cut); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a cut connection: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func FuzzParse(f *testing.F) {
	f.Add(`{"services":[{"serviceArn":"arn:aws:ecs:r:a:service/c/s","events":[{"message":"canary"}]}],"failures":[]}`)
	f.Add(`{"taskDefinition":{"containerDefinitions":[{"environment":[{"name":"A","value":"canary"}]}]}}`)
	f.Add(strings.Repeat("[", 20000))
	f.Fuzz(func(t *testing.T, text string) {
		n, err := parse(strings.NewReader(text))
		if err != nil {
			if n != nil || !errors.Is(err, errMalformed) {
				t.Errorf("%v, %v", n, err)
			}
			return
		}
		ecs.DecodeTaskDefinition(n.Field("taskDefinition"))
		ecs.DecodeService(n)
		ecs.DecodeCluster(n)
	})
}
