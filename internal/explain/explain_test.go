package explain

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func control(t *testing.T, id string) *ecsentry.Control {
	t.Helper()
	for _, c := range catalog.Controls() {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no control %s", id)
	return nil
}

// Every control has a table, and every column of it is known for its type.
func TestColumnsAreKnown(t *testing.T) {
	data := map[ecsentry.ResourceType]any{
		ecsentry.TaskDefinition: &ecs.TaskDefinition{Containers: value.List[ecs.Container]{Items: make([]ecs.Container, 1)}},
		ecsentry.Service:        &ecs.Service{},
		ecsentry.Cluster:        &ecs.Cluster{},
	}
	for _, c := range catalog.Controls() {
		if c.TruthTable == nil {
			t.Errorf("%s has no truth table", c.ID)
			continue
		}
		r := &ecsentry.Resource{Variants: []ecsentry.Variant{{Data: data[c.ResourceType]}}}
		got := Rows(c, r, c.Defaults())
		if len(got) != 1 || len(got[0].Cells) != len(c.TruthTable.Columns)-1 {
			t.Errorf("%s has the rows %+v", c.ID, got)
			continue
		}
		for _, cell := range got[0].Cells {
			if cell.Value == "?" {
				t.Errorf("%s: the column %s is not known", c.ID, cell.Column)
			}
		}
	}
}

func place(name string, parent *value.Place) *value.Place {
	return &value.Place{Name: name, Parent: parent}
}

// A task definition in two worlds: in one it uses the host's network.
func worlds() *ecsentry.Resource {
	root := &value.Place{}
	list := place("containerDefinitions", root)
	make1 := func(mode string) *ecs.TaskDefinition {
		td := &ecs.TaskDefinition{At: root, NetworkMode: value.Known(mode, place("networkMode", root)), Containers: value.List[ecs.Container]{At: list, Set: true}}
		for i, name := range []string{"app", "log"} {
			at := place(fmt.Sprint(i), list)
			c := ecs.Container{
				At: at, Name: value.Known(name, place("name", at)),
				Privileged: value.Absent[bool](place("privileged", at)), User: value.Absent[string](place("user", at)),
			}
			if name == "log" {
				hidden := place("user", at)
				hidden.Why = &value.Why{Text: "!Ref User", Partial: value.Partial{Pieces: []string{"app:", ""}}}
				c.User = value.Unknown[string](hidden)
			}
			td.Containers.Items = append(td.Containers.Items, c)
		}
		return td
	}
	return &ecsentry.Resource{Variants: []ecsentry.Variant{
		{When: []ecsentry.Choice{{Term: "Mode", Phrase: "Mode is host"}}, Data: make1("host")},
		{When: []ecsentry.Choice{{Term: "Mode", Phrase: "Mode is bridge"}}, Data: make1("bridge")},
	}}
}

func TestRows(t *testing.T) {
	type row struct {
		Subject, When, Outcome string
		Cells                  []string
	}
	var got []row
	for _, r := range Rows(control(t, "ECS.1"), worlds(), nil) {
		x := row{Subject: r.Subject, When: r.When, Outcome: r.Outcome.String()}
		for _, c := range r.Cells {
			mark := ""
			if c.Decides {
				mark = "> "
			}
			x.Cells = append(x.Cells, mark+c.Column+" "+c.Value)
		}
		got = append(got, x)
	}
	const (
		privileged = "privileged absent: Amazon ECS takes false"
		user       = "user absent: Amazon ECS takes the image's user, root unless the image says otherwise"
		open       = "user unknown: !Ref User"
	)
	want := []row{
		{"app", "Mode is host", "FAILED", []string{"networkMode host", privileged, "> " + user}},
		{"app", "Mode is bridge", "PASSED", []string{"> networkMode bridge", privileged, user}},
		{"log", "Mode is host", "PASSED", []string{"networkMode host", privileged, "> " + open}},
		{"log", "Mode is bridge", "PASSED", []string{"> networkMode bridge", privileged, open}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// What is the same in all worlds stands there once.
	if got := Rows(control(t, "ECS.5"), worlds(), nil); len(got) != 2 || got[0].When != "" {
		t.Errorf("got %+v", got)
	}
}

func TestOutsideHasNoRows(t *testing.T) {
	r := worlds()
	r.Outside = "is INACTIVE"
	if got := Rows(control(t, "ECS.1"), r, nil); got != nil {
		t.Errorf("got %v", got)
	}
}

// A value that may be a secret is not shown.
func TestShown(t *testing.T) {
	via := &value.Place{Via: "variable password"}
	for _, tc := range []struct {
		value, property string
		at              *value.Place
		want            string
	}{
		{"host", "networkMode", nil, "host"},
		{"", "user", nil, "empty"},
		{"1000:1000", "user", nil, "1000:1000"},
		{"nginx", "user", nil, "nginx"},
		{"nginx", "user", via, "something else (by variable password)"},
		{"root", "user", via, "root (by variable password)"},
		{"hunter2", "platformVersion", nil, "something else"},
		{"1.4.0", "platformVersion", nil, "1.4.0"},
		{"A secret, long", "user", nil, "something else"},
	} {
		if got := shown(tc.value, tc.property, tc.at); got != tc.want {
			t.Errorf("%q is shown as %q, want %q", tc.value, got, tc.want)
		}
	}
}

// What a source marks as sensitive is judged, not shown.
func TestSensitiveIsHidden(t *testing.T) {
	if got := of(value.Known(true, &value.Place{Masked: true}), "privileged"); got.Value != "hidden" {
		t.Errorf("got %q", got.Value)
	}
}
