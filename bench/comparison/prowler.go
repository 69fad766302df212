package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func prowler() peer {
	return peer{
		name: "Prowler", command: "prowler", version: []string{"--version"},
		how: "`prowler aws --service ecs` over an emulated account (moto) in which the same resources were made through the API of Amazon ECS. It reads accounts, not files. What the emulator " +
			"doesn't tell, such as a service's platform family, isn't asked.",
		ask: askProwler,
	}
}

// prowlerCheck is the check of a control.
func prowlerCheck(control string) string {
	return map[string]string{
		"ECS.1":  "ecs_task_definitions_host_networking_mode_users",
		"ECS.2":  "ecs_service_no_assign_public_ip",
		"ECS.3":  "ecs_task_definitions_host_namespace_not_shared",
		"ECS.4":  "ecs_task_definitions_no_privileged_containers",
		"ECS.5":  "ecs_task_definitions_containers_readonly_access",
		"ECS.8":  "ecs_task_definitions_no_environment_secrets",
		"ECS.9":  "ecs_task_definitions_logging_enabled",
		"ECS.10": "ecs_service_fargate_latest_platform_version",
		"ECS.12": "ecs_cluster_container_insights_enabled",
	}[control]
}

func askProwler(ctx context.Context, j job) (map[string][]answer, error) {
	account, err := emulate(ctx, j.root)
	if err != nil {
		return nil, err
	}
	defer account.stop()
	for _, c := range j.cases {
		if err := account.make(ctx, c, j.dir); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	cmd := exec.CommandContext(ctx, j.program, "aws", "--service", "ecs", "--filter-region", emulatedRegion, "--output-formats", "csv", //nolint:gosec // found by name
		"--output-directory", j.dir, "--output-filename", "answers", "--no-banner", "--ignore-exit-code-3")
	cmd.Dir, cmd.Env = j.dir, account.env
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, &stderr)
	}
	table, err := os.ReadFile(filepath.Join(j.dir, "answers.csv"))
	if err != nil {
		return nil, err
	}
	return readProwler(table, j.cases)
}

func readProwler(table []byte, all []aCase) (map[string][]answer, error) {
	r := csv.NewReader(bytes.NewReader(table))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = ';', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, errors.New("it wrote an empty table")
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, name := range []string{"CHECK_ID", "STATUS", "STATUS_EXTENDED", "RESOURCE_UID"} {
		if _, ok := column[name]; !ok {
			return nil, fmt.Errorf("its table has no column %s", name)
		}
	}
	out := map[string][]answer{}
	for _, c := range all {
		if c.account == "" {
			out[c.name] = []answer{{Said: "reads accounts only"}}
			if c.notInAccount != "" {
				out[c.name][0].Said = c.notInAccount
			}
			continue
		}
		check := prowlerCheck(c.control)
		for _, row := range rows[1:] {
			if len(row) == len(rows[0]) && row[column["CHECK_ID"]] == check && names(row[column["RESOURCE_UID"]], c.account) {
				out[c.name] = append(out[c.name], answer{Said: row[column["STATUS"]], Rule: check, Words: row[column["STATUS_EXTENDED"]]})
			}
		}
		if out[c.name] == nil {
			out[c.name] = []answer{{Said: "no answer", Rule: check}}
		}
	}
	return out, nil
}

// names says whether an ARN is that of a resource, of whichever revision.
func names(arn, name string) bool {
	last := arn[strings.LastIndex(arn, "/")+1:]
	own, _, _ := strings.Cut(last, ":")
	return own == name
}
