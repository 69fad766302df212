package worldstest

import (
	"context"
	"fmt"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/cloudformation"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// A found is what ecsentry says of one resource and control.
type found struct {
	verdict string
	hint    map[string]string // the parameters that would decide it
}

// scan is what ecsentry says of a template, by "Resource ECS.5".
func scan(text []byte, overrides map[string]string) (map[string]found, error) {
	f, err := document.Parse("template", text, document.Options{})
	if err != nil {
		return nil, err
	}
	out := map[string]found{}
	format := &cloudformation.Format{Parameters: overrides}
	for _, doc := range f.Documents {
		if !format.Recognise(doc) {
			return nil, fmt.Errorf("the template is not recognised")
		}
	}
	c, err := format.Read(context.Background(), files.NewInput(f, f.Documents, nil), func(r *ecsentry.Resource) error {
		for _, c := range catalog.Controls() {
			if c.ResourceType != r.Type {
				continue
			}
			v := ecsentry.Judge(c, r, c.Defaults())
			one := found{verdict: v.Outcome.String()}
			if v.Outcome == ecsentry.Unknown {
				one.hint = hinted(ecsentry.HowToDecide(c, r, c.Defaults()))
			}
			out[r.ID+" "+c.ID] = one
		}
		return nil
	})
	if err == nil && len(c.Gaps)+len(c.Refused) > 0 {
		err = fmt.Errorf("gaps: %v", c)
	}
	return out, err
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
