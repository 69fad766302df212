package main

import (
	"bytes"
	_ "embed" // the template of templates
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"text/template"
)

const (
	fleetSize    = 1000
	ecsResources = 6
	findingsEach = 2*6 + 2*2 + 2*1 // of task definitions, services and clusters

	// seed makes the same fleet every time.
	seed = 20241118
)

//go:embed fleet.yaml.tmpl
var fleetTemplate string

// A stack is what varies from template to template: names and numbers, what is
// right and wrong in it, and what is left open.
type stack struct {
	Name, Team, Stage, Insights string
	Privileged                  string
	Closed, Spot                bool // Closed: the stage has a default
	Count, More, Days           int
	Tasks                       []task
}

type task struct {
	ID, Family, Network, Platform, PublicIP string
	CPU, Memory                             int
	Containers                              []container
}

type container struct {
	Name, Image, Variable, Value       string
	Driver, User, Privileged, ReadOnly string // "" is absent
	Port                               int
}

// writeFleet writes the templates into a new folder.
func writeFleet(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	t, err := template.New("").Parse(fleetTemplate)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(seed, seed)) //nolint:gosec // the same fleet every time is what is wanted
	for i := range fleetSize {
		var b bytes.Buffer
		if err := t.Execute(&b, newStack(random, i)); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("stack-%04d.yaml", i)), b.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func newStack(r *rand.Rand, i int) stack {
	name := pick(r, "orders", "billing", "search", "mail", "catalog", "login") + "-" + strconv.Itoa(i)
	s := stack{
		Name: name, Team: pick(r, "green", "blue", "payments", "platform"),
		Stage: pick(r, "dev", "test", "prod"), Closed: r.IntN(3) == 0, Spot: r.IntN(2) == 0,
		Insights: pick(r, "enabled", "disabled", "enhanced", "!If [IsProd, enabled, disabled]",
			"!FindInMap [Sizes, !Ref Stage, Insights]"),
		Privileged: pick(r, "false", "false", "true"),
		Count:      1 + r.IntN(3), More: 3 + r.IntN(9), Days: 1 + r.IntN(90),
	}
	for _, id := range []string{"Web", "Api"} {
		s.Tasks = append(s.Tasks, newTask(r, id, fmt.Sprintf("%s-%s", name, id)))
	}
	return s
}

func newTask(r *rand.Rand, id, family string) task {
	size := 256 << r.IntN(3)
	return task{
		ID: id, Family: family, CPU: 2 * size, Memory: 4 * size,
		Network:  pick(r, "awsvpc", "awsvpc", "awsvpc", "host"),
		Platform: pick(r, "!If [IsProd, 1.4.0, LATEST]", "1.4.0", "LATEST", "1.3.0", "!If [IsProd, 1.4.0, 1.3.0]"),
		PublicIP: pick(r, "DISABLED", "DISABLED", "ENABLED", "!If [IsProd, DISABLED, ENABLED]"),
		Containers: []container{
			{
				Name: "app", Image: family, Variable: pick(r, "LOG_LEVEL", "LOG_LEVEL", "LOG_LEVEL", "AWS_SECRET_ACCESS_KEY"),
				Value: pick(r, "info", "debug", "!Ref Vpc"), Port: 8000 + r.IntN(100), Driver: "awslogs",
				User: pick(r, "", `"1000"`, `"1000:1000"`, "root"), ReadOnly: pick(r, "", "true", "!If [IsProd, true, false]", "false"),
				Privileged: pick(r, "", "", "!Ref Privileged"),
			},
			{
				Name: "proxy", Image: "envoy:v1." + strconv.Itoa(20+r.IntN(12)), Variable: "ENVOY_UID", Value: strconv.Itoa(r.IntN(2000)),
				Port: 9000 + r.IntN(100), Driver: pick(r, "awslogs", "awslogs", "awslogs", "!If [IsProd, awslogs, awsfirelens]"),
				User: `"1337"`, ReadOnly: pick(r, "true", "true", "!If [IsProd, true, false]"),
			},
		},
	}
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }
