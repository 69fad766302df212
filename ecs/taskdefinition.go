package ecs

import (
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A TaskDefinition is one revision of a task definition, or one that would
// become a revision.
type TaskDefinition struct {
	At          *value.Place
	ARN         value.Of[string]
	Family      value.Of[string]
	Revision    value.Of[string] // digits
	Status      value.Of[string] // ACTIVE, INACTIVE, DELETE_IN_PROGRESS
	NetworkMode value.Of[string]
	PidMode     value.Of[string]
	OSFamily    value.Of[string] // runtimePlatform.operatingSystemFamily
	Containers  value.List[Container]
}

// A Container is a container definition.
type Container struct {
	At                     *value.Place
	Name                   value.Of[string]
	Image                  value.Of[string] // decides nothing, and is worth no choice
	User                   value.Of[string]
	Privileged             value.Of[bool]
	ReadonlyRootFilesystem value.Of[bool]
	Environment            value.List[Variable]
	LogDriver              value.Of[string] // logConfiguration.logDriver
	Firelens               value.Of[string] // firelensConfiguration.type
}

// A Variable is an environment variable of a container, without its value.
type Variable struct {
	At   *value.Place
	Name value.Of[string]
}

// DecodeTaskDefinition reads the taskDefinition of the ECS API out of a node.
func DecodeTaskDefinition(n value.Node) *TaskDefinition {
	d := object(n, nil, "")
	td := &TaskDefinition{
		At:          d.at,
		ARN:         d.text("taskDefinitionArn"),
		Family:      d.text("family"),
		Revision:    d.digits("revision"),
		Status:      d.text("status"),
		NetworkMode: d.text("networkMode"),
		PidMode:     d.text("pidMode"),
		OSFamily:    d.child("runtimePlatform").text("operatingSystemFamily"),
	}
	td.Containers = listOf(d, "containerDefinitions", container)
	return td
}

// DecodePlatform reads of a task definition only what a service that runs it
// needs to know: asking for more would open choices that decide nothing.
func DecodePlatform(n value.Node) *TaskDefinition {
	d := object(n, nil, "")
	return &TaskDefinition{At: d.at, OSFamily: d.child("runtimePlatform").text("operatingSystemFamily")}
}

func container(d decoder) Container {
	return Container{
		At:                     d.at,
		Name:                   d.text("name"),
		Image:                  d.text("image"),
		User:                   d.digits("user"),
		Privileged:             d.truth("privileged"),
		ReadonlyRootFilesystem: d.truth("readonlyRootFilesystem"),
		Environment: listOf(d, "environment", func(d decoder) Variable {
			return Variable{At: d.at, Name: d.text("name")}
		}),
		LogDriver: d.child("logConfiguration").text("logDriver"),
		Firelens:  d.child("firelensConfiguration").text("type"),
	}
}

// Windows tells whether the tasks run on Windows. A task definition without a
// runtime platform runs on Linux.
func (td *TaskDefinition) Windows() value.Truth {
	return windows(td.OSFamily.Or("LINUX"))
}

func windows(family value.Of[string]) value.Truth {
	const prefix = "WINDOWS"
	return value.Match(family,
		func(s string) bool {
			return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
		},
		func(p value.Partial) value.Level {
			known := strings.ToUpper(p.Prefix())
			switch {
			case strings.HasPrefix(known, prefix):
				return value.Yes
			case !strings.HasPrefix(prefix, known):
				return value.No
			default:
				return value.Maybe
			}
		})
}

// Subject names the container for people: its name, or where it stands in the
// list if its name is not known.
func (c *Container) Subject() string {
	if name, ok := c.Name.Get(); ok && name != "" && !masked(c.Name) {
		return name
	}
	if c.At == nil || c.At.Parent == nil || c.At.Parent.Name != "containerDefinitions" {
		return ""
	}
	return "containerDefinitions[" + c.At.Name + "]"
}

// about says that a reason is about the container.
func (c *Container) about(r ecsentry.Reason) ecsentry.Reason {
	r = r.About(c.Subject(), c.At, c.At)
	r.Image = c.image()
	return r
}

// image is what is known of the container's image, "" for nothing.
func (c *Container) image() string {
	if masked(c.Image) {
		return ""
	}
	name, ok := c.Image.Get()
	if !ok {
		name = strings.Join(c.Image.Partial().Pieces, "*")
	}
	at := c.Image.At()
	if !isImage(name) || at != nil && at.Via != "" && !strings.ContainsAny(name, "/:") {
		return ""
	}
	return name
}

// isImage tells whether a text can be the name of an image, with * for parts that
// nobody knows. What is none may be anything, a secret too, and is not repeated;
// nor is a lone word that a parameter brought.
func isImage(s string) bool {
	const most = 512
	known := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			known = true
		case strings.IndexByte("._-/:@*", c) >= 0:
		default:
			return false
		}
	}
	return known && len(s) <= most
}

// masked tells whether a value is not to be shown.
func masked(s value.Of[string]) bool { return s.At() != nil && s.At().Masked }

// TaskDefinitions makes a check of a function over task definitions.
func TaskDefinitions(check func(*TaskDefinition, ecsentry.Params) ecsentry.Verdict) ecsentry.Check {
	return func(resource any, p ecsentry.Params) ecsentry.Verdict {
		return check(resource.(*TaskDefinition), p)
	}
}

// EachContainer makes a check of a function over single containers.
func EachContainer(check func(*TaskDefinition, *Container) ecsentry.Reason) ecsentry.Check {
	return TaskDefinitions(func(td *TaskDefinition, _ ecsentry.Params) ecsentry.Verdict {
		return td.EachContainer(func(c *Container) ecsentry.Reason { return check(td, c) })
	})
}

// EachContainer judges every container; the worst outcome is that of the task
// definition. Without containers there is nothing to judge.
func (td *TaskDefinition) EachContainer(check func(*Container) ecsentry.Reason) ecsentry.Verdict {
	v := td.verdict()
	for i := range td.Containers.Items {
		c := &td.Containers.Items[i]
		v.Join(c.about(check(c)))
	}
	if c := td.Containers.Rest; c != nil {
		v.Join(c.about(check(c)))
	}
	return td.orNone(v)
}

// EveryContainer is EachContainer for checks that have several things to say of
// a container.
func (td *TaskDefinition) EveryContainer(check func(c *Container, say func(ecsentry.Reason))) ecsentry.Verdict {
	said := struct {
		of *Container
		ecsentry.Verdict
	}{Verdict: td.verdict()}
	say := func(r ecsentry.Reason) { said.Join(said.of.about(r)) }
	for i := range td.Containers.Items {
		said.of = &td.Containers.Items[i]
		check(said.of, say)
	}
	if said.of = td.Containers.Rest; said.of != nil {
		check(said.of, say)
	}
	return td.orNone(said.Verdict)
}

// verdict is one that has room for a reason a container.
func (td *TaskDefinition) verdict() ecsentry.Verdict {
	n := len(td.Containers.Items)
	if td.Containers.Rest != nil {
		n++
	}
	return ecsentry.Verdict{Reasons: make([]ecsentry.Reason, 0, n)}
}

func (td *TaskDefinition) orNone(v ecsentry.Verdict) ecsentry.Verdict {
	if len(v.Reasons) > 0 {
		return v
	}
	return ecsentry.Reason{
		Outcome: ecsentry.NotApplicable,
		Message: "has no container definitions",
		At:      td.Containers.At,
	}.Verdict()
}
