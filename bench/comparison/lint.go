package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// The tools of this file are asked for whatever they say of an input: their rules
// are not those of the controls.

const nothing = "nothing"

func cfnLint() peer {
	return peer{
		name: "cfn-lint", command: "cfn-lint", version: []string{"--version"},
		how: "`cfn-lint --format json TEMPLATE`. It checks templates for what CloudFormation would refuse, not for the controls; whatever it says of the template is listed.",
		ask: func(ctx context.Context, j job) (map[string][]answer, error) {
			return each(j, formCloudFormation, func(c aCase) ([]answer, error) {
				cmd := exec.CommandContext(ctx, j.program, "--format", "json", filepath.Join(c.input(), "template.yaml")) //nolint:gosec // found by name
				cmd.Dir = j.root
				printed, err := output(cmd)
				if err != nil {
					return nil, err
				}
				return readLint(printed)
			})
		},
	}
}

func readLint(printed []byte) ([]answer, error) {
	var matches []struct {
		Level   string
		Message string
		Rule    struct{ ID string }
	}
	if err := json.Unmarshal(printed, &matches); err != nil {
		return nil, err
	}
	out := []answer{}
	for _, m := range matches {
		out = append(out, answer{Said: m.Level, Rule: m.Rule.ID, Words: m.Message})
	}
	return out, nil
}

func trivy() peer {
	return peer{
		name: "Trivy", command: "trivy", version: []string{"--version"},
		how: "`trivy config --format json --skip-check-update FOLDER`; whatever it reports of the input is listed.",
		ask: func(ctx context.Context, j job) (map[string][]answer, error) {
			return each(j, "", func(c aCase) ([]answer, error) {
				cmd := exec.CommandContext(ctx, j.program, "config", "--format", "json", "--quiet", "--skip-check-update", c.input()) //nolint:gosec // found by name
				cmd.Dir = j.root
				printed, err := output(cmd)
				if err != nil {
					return nil, err
				}
				return readTrivy(printed)
			})
		},
	}
}

func readTrivy(printed []byte) ([]answer, error) {
	var report struct {
		Results []struct {
			Misconfigurations []struct{ ID, Title, Status string }
		}
	}
	if err := json.Unmarshal(printed, &report); err != nil {
		return nil, err
	}
	out := []answer{}
	for _, r := range report.Results {
		for _, m := range r.Misconfigurations {
			out = append(out, answer{Said: m.Status, Rule: m.ID, Words: m.Title})
		}
	}
	return out, nil
}

func kics() peer {
	return peer{
		name: "KICS", command: "kics", version: []string{"version"},
		how: "`kics scan -p FOLDER --report-formats json`; whatever it reports of the input is listed.",
		ask: func(ctx context.Context, j job) (map[string][]answer, error) {
			return each(j, "", func(c aCase) ([]answer, error) {
				cmd := exec.CommandContext(ctx, j.program, "scan", "-p", c.input(), "-o", j.dir, "--report-formats", "json", //nolint:gosec // found by name
					"--no-progress", "--ignore-on-exit", "results", "--disable-full-descriptions")
				cmd.Dir = j.root
				if _, err := output(cmd); err != nil {
					return nil, err
				}
				report, err := os.ReadFile(filepath.Join(j.dir, "results.json"))
				if err != nil {
					return nil, err
				}
				return readKICS(report)
			})
		},
	}
}

func readKICS(report []byte) ([]answer, error) {
	var r struct {
		Queries []struct {
			Name     string     `json:"query_name"`
			ID       string     `json:"query_id"`
			Severity string     `json:"severity"`
			Files    []struct{} `json:"files"`
		} `json:"queries"`
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return nil, err
	}
	out := []answer{}
	for _, q := range r.Queries {
		for range q.Files {
			out = append(out, answer{Said: q.Severity, Rule: q.ID, Words: q.Name})
		}
	}
	return out, nil
}

// each asks for each case of a form, or of any that is a file of other tools too.
func each(j job, form string, ask func(aCase) ([]answer, error)) (map[string][]answer, error) {
	out := map[string][]answer{}
	for _, c := range j.cases {
		if form != "" && c.form != form || c.form == formAPI {
			out[c.name] = []answer{{Said: "does not read this form"}}
			continue
		}
		got, err := ask(c)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		if len(got) == 0 {
			got = []answer{{Said: nothing}}
		}
		out[c.name] = got
	}
	return out, nil
}
