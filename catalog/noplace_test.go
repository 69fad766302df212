package catalog_test

import (
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// TestWithoutPlaces: values that people feed the engine themselves come from no
// text. They are judged all the same, and what fails is for a person to mend.
func TestWithoutPlaces(t *testing.T) {
	t.Parallel()
	td := func(c ecs.Container) any {
		return &ecs.TaskDefinition{
			NetworkMode: value.Known("host", nil), PidMode: value.Known("host", nil),
			Containers: value.List[ecs.Container]{Set: true, Items: []ecs.Container{c}},
		}
	}
	root := td(ecs.Container{
		Name:        value.Known("app", nil),
		Environment: value.List[ecs.Variable]{Set: true, Items: []ecs.Variable{{Name: value.Known("AWS_ACCESS_KEY_ID", nil)}}},
	})
	service := &ecs.Service{
		LaunchType: value.Known("FARGATE", nil), PlatformVersion: value.Known("1.3.0", nil), AssignPublicIP: value.Known("ENABLED", nil),
	}
	resources := map[string]any{
		"ECS.1": root, "ECS.2": service, "ECS.3": root, "ECS.4": td(ecs.Container{Privileged: value.Known(true, nil)}), "ECS.5": root,
		"ECS.8": root, "ECS.9": root, "ECS.10": service, "ECS.12": &ecs.Cluster{},
	}
	for _, c := range catalog.Controls() {
		r := &ecsentry.Resource{Variants: []ecsentry.Variant{{Data: resources[c.ID]}}}
		v := ecsentry.Judge(c, r, c.Defaults())
		if v.Outcome != ecsentry.Failed {
			t.Errorf("%s: %v, want failed", c.ID, v.Outcome)
			continue
		}
		if a := v.Advise(); a == nil || a.Safety != ecsentry.Manual || a.Text == "" {
			t.Errorf("%s: advice %v, want a manual one", c.ID, a)
		}
	}
}
