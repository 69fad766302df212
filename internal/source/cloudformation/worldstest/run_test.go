package worldstest

import (
	"context"
	"fmt"
	"strings"
	"testing/fstest"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/internal/source/cloudformation"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// A found is what ecsentry says of one resource and control.
type found struct {
	verdict string
	hint    map[string]string // the parameters that would decide it
}

// memory is a disk that holds templates.
type memory struct{ fstest.MapFS }

func (memory) Resolve(name string) (string, error) { return "/" + name, nil }

// scanned is what ecsentry says of a template, by "Resource ECS.5": the way from
// a file to the findings of a report.
func scanned(text []byte, overrides map[string]string) (map[string]found, error) {
	name := "template.yaml"
	if text[0] == '{' {
		name = "template.json"
	}
	return scanFiles(map[string][]byte{name: text}, name, overrides)
}

func scanFiles(texts map[string][]byte, name string, overrides map[string]string) (map[string]found, error) {
	disk := memory{fstest.MapFS{}}
	for file, text := range texts {
		disk.MapFS[file] = &fstest.MapFile{Data: text}
	}
	source, err := files.New(files.Options{
		Paths:   []string{name},
		Formats: []files.Format{&cloudformation.Format{Parameters: overrides}},
		Disk:    disk,
	})
	if err != nil {
		return nil, err
	}
	report, err := scan.Run(context.Background(), scan.Options{
		Sources:  []ecsentry.Source{source},
		Controls: catalog.Controls(),
		Now:      func() time.Time { return time.Time{} },
	})
	if err != nil {
		return nil, err
	}
	if c := report.Coverage; len(c.Gaps)+len(c.Refused)+len(c.Skipped) > 0 || c.Files != 1 {
		return nil, fmt.Errorf("not read: %v", c)
	}
	out := map[string]found{}
	for f := range report.Findings.All() {
		one := found{verdict: f.Verdict.Outcome.String()}
		for _, r := range f.Verdict.Reasons {
			if f.Verdict.Outcome == ecsentry.Unknown && r.Outcome == ecsentry.Unknown && len(one.hint) == 0 {
				one.hint = hinted(r.Hint)
			}
		}
		out[f.Resource.ID+" "+f.Control.ID] = one
	}
	return out, nil
}

// hinted reads the parameters out of a hint: "--parameter Env=prod".
func hinted(hint string) map[string]string {
	out := map[string]string{}
	words := strings.Fields(hint)
	for i := 1; i < len(words); i++ {
		if words[i-1] != "--parameter" {
			continue
		}
		if name, v, ok := strings.Cut(words[i], "="); ok {
			out[name] = v
		}
	}
	return out
}
