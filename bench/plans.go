package main

import (
	"context"
	_ "embed" // the plan
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	planFiles     = 5000
	planResources = 5
	planFindings  = 15
	planRounds    = 3
	planMost      = 8 // rounds on a busy machine
	planWait      = 30 * time.Second
	planTimeout   = 60 * time.Second
	planLimit     = 3.0 // of the time that decoding takes
)

//go:embed plan.json.tmpl
var planTemplate string

// plans measures a folder of Terraform plans against decoding them with
// encoding/json.
func plans(ctx context.Context, l *lab) ([]row, error) {
	dir := filepath.Join(l.dir, "plans")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the lab's folder goes at the end
	for i := range planFiles {
		text := strings.ReplaceAll(planTemplate, "NAME", "api-"+strconv.Itoa(i))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("plan-%04d.json", i)), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	out := filepath.Join(l.dir, "report.json")
	samples, err := l.run(ctx, job{Commands: []command{
		l.command("", []string{"GOMAXPROCS=2"}, l.self, plansCommand, dir),
		l.command(out, []string{"GOMAXPROCS=2"}, l.ecsentry, "scan", "--format", "json", dir),
	}, Rounds: planRounds, Most: planMost, Wait: planWait, Timeout: planTimeout})
	if err != nil {
		return nil, err
	}
	if err := check(out, planFiles*planResources, planFiles*planFindings); err != nil {
		return nil, err
	}
	decoding, err := parsed(samples[0])
	if err != nil {
		return nil, err
	}
	took := shortest(samples[1])
	return []row{{
		figure: "5,000 Terraform plans, json report: time on 2 cores", target: fmt.Sprintf("≤ %.0f × encoding/json", planLimit),
		measured: fmt.Sprintf("%.2f ×", ratio(took, decoding)), met: ratio(took, decoding) <= planLimit, disturbed: disturbed(samples[0]) || disturbed(samples[1]),
		note: fmt.Sprintf("%s against %s, the shortest of %s, in turns (processor time %s)", seconds(took), seconds(decoding),
			runs(samples[1]), seconds(leastCPU(samples[1]))),
	}}, nil
}

const plansCommand = "decode-plans"

// A plainPlan is what a scan needs of a plan.
type plainPlan struct {
	PlannedValues struct {
		RootModule plainModule `json:"root_module"`
	} `json:"planned_values"`
	ResourceChanges []struct {
		Address string
		Change  struct {
			Actions      []string
			AfterUnknown any `json:"after_unknown"`
		}
	} `json:"resource_changes"`
	Configuration any
}

type plainModule struct {
	Resources []struct {
		Address, Mode, Type, Name string
		Values                    struct {
			ContainerDefinitions string `json:"container_definitions"`
			Family               string
			NetworkMode          string                  `json:"network_mode"`
			PidMode              string                  `json:"pid_mode"`
			LaunchType           string                  `json:"launch_type"`
			PlatformVersion      string                  `json:"platform_version"`
			NetworkConfiguration []struct{ Assign bool } `json:"network_configuration"`
			Setting              []struct{ Name, Value string }
		}
	}
	ChildModules []plainModule `json:"child_modules"`
}

// decodePlans reads and decodes the plans of a folder, with the JSON in them, one
// after the other, and writes how many nanoseconds that took.
func decodePlans(args []string, stdout io.Writer) error {
	names, err := filepath.Glob(filepath.Join(args[0], "*"))
	if err != nil {
		return err
	}
	begin := now()
	for _, name := range names {
		data, err := os.ReadFile(name) //nolint:gosec // in the folder that the bench has made
		if err != nil {
			return err
		}
		var p plainPlan
		if err := json.Unmarshal(data, &p); err != nil {
			return err
		}
		if err := p.PlannedValues.RootModule.containers(); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(stdout, now().Sub(begin).Nanoseconds())
	return err
}

func (m *plainModule) containers() error {
	for _, r := range m.Resources {
		var containers []plainContainer
		if text := r.Values.ContainerDefinitions; text != "" {
			if err := json.Unmarshal([]byte(text), &containers); err != nil {
				return err
			}
		}
	}
	for i := range m.ChildModules {
		if err := m.ChildModules[i].containers(); err != nil {
			return err
		}
	}
	return nil
}
