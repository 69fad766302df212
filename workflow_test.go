package ecsentry_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// A workflow is a file of .github/workflows or action.yml, as far as the rules below
// are about it.
type workflow struct {
	Permissions map[string]string
	Jobs        map[string]struct {
		Permissions map[string]string
		Timeout     int `yaml:"timeout-minutes"`
		Steps       []workflowStep
	}
	Runs struct{ Steps []workflowStep }
}

type workflowStep struct {
	Uses, Run, Shell string
	With, Env        map[string]string
}

// What runs on GitHub is pinned, may do little, and takes no text of others into a
// script.
func TestWorkflows(t *testing.T) {
	files, err := filepath.Glob(".github/workflows/*.y*ml")
	if err != nil || len(files) < 2 {
		t.Fatalf("workflows: %v, %v", files, err)
	}
	pinned := regexp.MustCompile(`(?m)uses: ([\w./-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$`)
	for _, name := range append(files, "action.yml") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var w workflow
		if err := yaml.Unmarshal(text, &w); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		steps := w.Runs.Steps
		if name != "action.yml" && w.Permissions == nil {
			t.Errorf("%s says no permissions", name)
		}
		for id, job := range w.Jobs {
			if job.Timeout == 0 {
				t.Errorf("%s: the job %s has no timeout-minutes", name, id)
			}
			steps = append(steps, job.Steps...)
		}
		uses := 0
		for _, s := range steps {
			if strings.Contains(s.Run, "${{") {
				t.Errorf("%s takes an expression into a script: %s", name, s.Run)
			}
			if s.Run != "" && name == "action.yml" && s.Shell != "bash" {
				t.Errorf("%s: a step has the shell %q", name, s.Shell)
			}
			if s.Uses != "" {
				uses++
			}
			if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
				t.Errorf("%s: a checkout leaves its credentials", name)
			}
		}
		if n := len(pinned.FindAll(text, -1)); n != uses || uses == 0 {
			t.Errorf("%s: %d of %d actions are pinned to a commit, with the version behind", name, n, uses)
		}
	}
}

// Only publishing may write, and it runs nothing of ours.
func TestOnlyPublishingWrites(t *testing.T) {
	files, err := filepath.Glob(".github/workflows/*.y*ml")
	if err != nil {
		t.Fatal(err)
	}
	writers := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var w workflow
		if err := yaml.Unmarshal(text, &w); err != nil {
			t.Fatal(err)
		}
		if writes(w.Permissions) {
			t.Errorf("%s may write everywhere", name)
		}
		for id, job := range w.Jobs {
			if !writes(job.Permissions) {
				continue
			}
			writers++
			for _, s := range job.Steps {
				if filepath.Base(name) != "release.yml" || strings.HasPrefix(s.Uses, "actions/checkout@") || regexp.MustCompile(`\b(make|go|bash)\b`).MatchString(s.Run) {
					t.Errorf("%s: the job %s may write, and runs %s%s", name, id, s.Uses, s.Run)
				}
			}
		}
	}
	if writers != 1 {
		t.Errorf("%d jobs may write, want one", writers)
	}
}

func writes(permissions map[string]string) bool {
	for _, access := range permissions {
		if access != "read" && access != "none" {
			return true
		}
	}
	return false
}

// Each input and output of the action is described, each input is used, and outputs
// come from steps that are there.
func TestAction(t *testing.T) {
	text, err := os.ReadFile("action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs  map[string]struct{ Description string }
		Outputs map[string]struct{ Description, Value string }
	}
	made := func(script []byte, name string) bool {
		return regexp.MustCompile(`(\bprintf '|\\n)` + regexp.QuoteMeta(name) + `=`).Match(script)
	}
	if err := yaml.Unmarshal(text, &action); err != nil {
		t.Fatal(err)
	}
	docs, err := os.ReadFile("docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range action.Inputs {
		if len(in.Description) < 20 || !strings.Contains(string(text), "inputs."+name) || !strings.Contains(string(docs), "`"+name+"`") {
			t.Errorf("the input %s is not described, not used, or not in docs/ci.md", name)
		}
	}
	for name, out := range action.Outputs {
		m := regexp.MustCompile(`^\$\{\{ steps\.(install|scan)\.outputs\.([a-z-]+) \}\}$`).FindStringSubmatch(out.Value)
		if m == nil {
			t.Fatalf("the output %s is %s", name, out.Value)
		}
		script, err := os.ReadFile("action/" + m[1] + ".sh")
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Description) < 10 || !made(script, m[2]) || !strings.Contains(string(docs), "`"+name+"`") {
			t.Errorf("the output %s is not described, not made, or not in docs/ci.md", name)
		}
	}
	if len(action.Inputs) < 5 || len(action.Outputs) < 5 {
		t.Error("the action has lost its inputs or outputs")
	}
}
