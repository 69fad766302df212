package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
)

func checkov() peer {
	return peer{
		name: "Checkov", command: "checkov", version: []string{"--version"},
		how: "`checkov -d FOLDER -o json --skip-download` over the input's folder, with all of its frameworks. Its checks are taken for a control's where " +
			"title and NIST requirements in the check's source are the control's: CKV_AWS_333 for ECS.2, 335 for ECS.3, 334 for ECS.4, 336 for ECS.5, 332 for ECS.10 (all for Terraform), 65 for ECS.12 " +
			"(Terraform and CloudFormation); for ECS.8, which has none, whatever its scanner for secrets finds.",
		ask: askCheckov,
	}
}

// checkovRule is the check for a control on a form, "" if there is none.
func checkovRule(control, form string) string {
	terraform := form == formTerraform || form == formPlan
	switch {
	case control == "ECS.12" && (terraform || form == formCloudFormation):
		return "CKV_AWS_65"
	case control == "ECS.8":
		return "CKV_SECRET_"
	case !terraform:
		return ""
	}
	return map[string]string{
		"ECS.2": "CKV_AWS_333", "ECS.3": "CKV_AWS_335", "ECS.4": "CKV_AWS_334", "ECS.5": "CKV_AWS_336", "ECS.10": "CKV_AWS_332",
	}[control]
}

// noCheck says why a tool has no answer. A control that a tool checks in other
// forms only is told apart from one that it never checks.
func noCheck(c aCase, rule func(control, form string) string) string {
	for _, form := range []string{formTerraform, formPlan, formCloudFormation} {
		if rule(c.control, form) != "" {
			return "no check of " + c.control + " in this form"
		}
	}
	return "no check of " + c.control
}

func askCheckov(ctx context.Context, j job) (map[string][]answer, error) {
	out := map[string][]answer{}
	for _, c := range j.cases {
		rule := checkovRule(c.control, c.form)
		if rule == "" {
			out[c.name] = []answer{{Said: noCheck(c, checkovRule)}}
			continue
		}
		cmd := exec.CommandContext(ctx, j.program, "-d", c.input(), "-o", "json", "--compact", "--skip-download") //nolint:gosec // found by name
		cmd.Dir, cmd.Env = j.root, environment()
		printed, err := output(cmd)
		if err != nil {
			return nil, err
		}
		if out[c.name], err = readCheckov(printed, c, rule); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return out, nil
}

type checkovReport struct {
	Results struct {
		Passed  []checkovCheck `json:"passed_checks"`
		Failed  []checkovCheck `json:"failed_checks"`
		Skipped []checkovCheck `json:"skipped_checks"`
	} `json:"results"`
}

type checkovCheck struct {
	ID       string                  `json:"check_id"`
	Name     string                  `json:"check_name"`
	Resource string                  `json:"resource"`
	Result   struct{ Result string } `json:"check_result"`
}

// readCheckov reads one report, or a list of them, one for each framework.
func readCheckov(printed []byte, c aCase, rule string) ([]answer, error) {
	var reports []checkovReport
	printed = bytes.TrimSpace(printed)
	if bytes.HasPrefix(printed, []byte("{")) {
		printed = append(append([]byte("["), printed...), ']')
	}
	if err := json.Unmarshal(printed, &reports); err != nil {
		return nil, err
	}
	var out []answer
	for _, r := range reports {
		for _, list := range [][]checkovCheck{r.Results.Failed, r.Results.Passed, r.Results.Skipped} {
			for _, check := range list {
				ours := check.Resource == c.resource || strings.HasSuffix(check.Resource, "."+c.resource)
				if check.ID == rule && ours || strings.HasSuffix(rule, "_") && strings.HasPrefix(check.ID, rule) {
					out = append(out, answer{Said: check.Result.Result, Rule: check.ID, Words: check.Name})
				}
			}
		}
	}
	if out == nil && strings.HasSuffix(rule, "_") {
		return []answer{{Said: "no check of " + c.control + "; its scanner for secrets reports nothing"}}, nil
	}
	if out == nil {
		return []answer{{Said: "no answer", Rule: rule}}, nil
	}
	return out, nil
}
