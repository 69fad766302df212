// Package controls_test holds each control against cases in the spelling of each
// source. The expectations in the archives were written from the text of the
// controls, which stands at the head of each.
package controls_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
	"github.com/ecsentry/ecsentry/internal/source/cloudformation"
	"github.com/ecsentry/ecsentry/internal/source/ecsapi"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

func TestControls(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) != len(catalog.Controls()) {
		t.Fatalf("%d archives, want one for each of %d controls (%v)", len(archives), len(catalog.Controls()), err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			control := controlOf(t, name)
			cases := expectations(string(archive.Comment))
			everyOutcome(t, cases)
			got := scanEach(t, control, archive)
			for _, c := range cases {
				key := c.file + " " + c.resource
				if got[key] != c.want {
					t.Errorf("%s: %s, want %s", key, got[key], c.want)
				}
				delete(got, key)
			}
			for key, outcome := range got {
				if !strings.HasPrefix(key, "template.yaml ") && !strings.HasPrefix(key, "with-cluster.json ") {
					t.Errorf("%s: %s, and the archive does not expect it", key, outcome)
				}
			}
		})
	}
}

type expectation struct{ file, resource, want string }

// expectations are the lines of three words that end in an outcome.
func expectations(comment string) []expectation {
	var out []expectation
	for line := range strings.Lines(comment) {
		words := strings.Fields(line)
		if len(words) == 3 && slices.Contains([]string{"PASSED", "FAILED", "UNKNOWN", "NOT_APPLICABLE"}, words[2]) {
			out = append(out, expectation{words[0], words[1], words[2]})
		}
	}
	return out
}

// everyOutcome demands cases that pass, fail and are unknown from every source,
// and one that is not applicable.
func everyOutcome(t *testing.T, cases []expectation) {
	t.Helper()
	have := map[string]bool{}
	for _, c := range cases {
		source := "ecs-api "
		switch c.file {
		case "template.yaml":
			source = "cloudformation "
		case "sam.yaml":
			source = "sam "
		case "Web.template.json":
			source = "cdk "
		case "plan.json":
			source = "plan "
		case "main.tf":
			source = "module "
		case "config-snapshot.json", "config-query.json":
			source = "config "
		}
		have[source+c.want], have[c.want] = true, true
	}
	for _, want := range []string{
		"ecs-api PASSED", "ecs-api FAILED", "ecs-api UNKNOWN",
		"cloudformation PASSED", "cloudformation FAILED", "cloudformation UNKNOWN",
		"sam PASSED", "sam FAILED", "sam UNKNOWN",
		"cdk PASSED", "cdk FAILED", "cdk UNKNOWN",
		"plan PASSED", "plan FAILED", "plan UNKNOWN",
		"module PASSED", "module FAILED", "module UNKNOWN",
		"config PASSED", "config FAILED", "config UNKNOWN",
	} {
		if !have[want] {
			t.Errorf("no case for %s", want)
		}
	}
}

func controlOf(t *testing.T, archive string) *ecsentry.Control {
	t.Helper()
	var number int
	if _, err := fmt.Sscanf(filepath.Base(archive), "ecs%d.txtar", &number); err != nil {
		t.Fatal(err)
	}
	for _, c := range catalog.Controls() {
		if c.ID == fmt.Sprintf("ECS.%d", number) {
			return c
		}
	}
	t.Fatalf("%s is of no control", archive)
	return nil
}

// scanEach scans each file of the archive by itself.
func scanEach(t *testing.T, control *ecsentry.Control, archive *txtar.Archive) map[string]string {
	t.Helper()
	dir := t.TempDir()
	got := map[string]string{}
	for _, f := range archive.Files {
		name := filepath.Join(dir, f.Name)
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		source, err := files.New(files.Options{
			Paths:   []string{name},
			Formats: []files.Format{&cloudformation.Format{}, awsconfig.Format{}, terraform.New(terraform.Variables{}), ecsapi.New()},
		})
		if err != nil {
			t.Fatal(err)
		}
		report, err := scan.Run(context.Background(), scan.Options{
			Sources: []ecsentry.Source{source}, Controls: []*ecsentry.Control{control}, Version: "test", Now: time.Now,
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, gap := range slices.Concat(report.Coverage.Gaps, report.Coverage.Refused, report.Coverage.Skipped) {
			t.Errorf("%s: %s", f.Name, gap.Reason)
		}
		for finding := range report.Findings.All() {
			got[f.Name+" "+finding.Resource.ID] = finding.Verdict.Outcome.String()
		}
	}
	return got
}
