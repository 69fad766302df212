package awsconfig_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

const (
	account = "111122223333"
	inEU    = "arn:aws:ecs:eu-west-1:" + account + ":"
)

// item is a configuration item. Properties are JSON; more are written as
// "name": value, and come first.
func item(typ, arn, at, status, properties string, more ...string) string {
	out := "{"
	for _, m := range more {
		out += m + ", "
	}
	return out + fmt.Sprintf(`"configurationItemCaptureTime": %q, "configurationItemStatus": %q, "resourceType": "AWS::ECS::%s", `+
		`"ARN": %q, "awsAccountId": %q, "awsRegion": "eu-west-1", "configuration": %s}`, at, status, typ, arn, account, properties)
}

func snapshot(items ...string) string {
	return `{"fileVersion": "1.0", "configSnapshotId": "x", "configurationItems": [` + strings.Join(items, ", ") + `]}`
}

// scanned scans files by the controls named; all if none is.
func scanned(t *testing.T, contents map[string]string, controls ...string) *ecsentry.Report {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range contents {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	source, err := files.New(files.Options{Paths: []string{"."}, Formats: []files.Format{awsconfig.Format{}}})
	if err != nil {
		t.Fatal(err)
	}
	o := scan.Options{Sources: []ecsentry.Source{source}, Version: "test", Now: time.Now}
	for _, c := range catalog.Controls() {
		if len(controls) == 0 || strings.Contains(strings.Join(controls, " ")+" ", c.ID+" ") {
			o.Controls = append(o.Controls, c)
		}
	}
	report, err := scan.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// verdicts are the findings as "file control name STATUS", without what passed if
// there are several controls.
func verdicts(r *ecsentry.Report) (out []string) {
	for f := range r.Findings.All() {
		out = append(out, fmt.Sprintf("%s %s %s %s", f.Resource.File(), f.Control.ID, strings.TrimPrefix(f.Resource.ID, inEU), f.Verdict.Outcome))
	}
	return out
}

// resources reads a text both ways, held and as a stream, and gives all that can
// be told of the resources.
func resources(t *testing.T, text string, stream bool) (out []string, c ecsentry.Coverage) {
	t.Helper()
	yield := func(r *ecsentry.Resource) error {
		out = append(out, describe(r))
		return nil
	}
	var err error
	if stream {
		c, err = awsconfig.Format{}.Stream(context.Background(), "x.json", strings.NewReader(text), yield)
	} else {
		var f *document.File
		if f, err = document.Parse("x.json", []byte(text), document.Options{JSONOnly: true}); err == nil {
			c, err = awsconfig.Format{}.Read(context.Background(), files.NewInput(f, f.Documents, nil), yield)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return out, c
}

// describe tells of a resource what controls can see, with all positions.
func describe(r *ecsentry.Resource) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s %s %s %s %s %s", r.Type, r.ID, r.Name, r.Account, r.Region, r.Partition, r.At.Position())
	if r.State != nil {
		fmt.Fprintf(&out, " %+v", *r.State)
	}
	if r.State == nil || !r.State.Gone {
		for _, c := range catalog.Controls() {
			if c.ResourceType != r.Type {
				continue
			}
			v := ecsentry.Judge(c, r, ecsentry.Settings{}.For(c))
			for _, reason := range v.Reasons {
				end := ""
				if at := reason.At; at != nil && at.In != nil {
					end = at.In.Position(at.End).String()
				}
				fmt.Fprintf(&out, "\n  %s %s %s %s %s %s-%s", c.ID, reason.Outcome, reason.Subject, reason.Message, reason.At.Path(), reason.At.Position(), end)
			}
		}
	}
	return out.String()
}
