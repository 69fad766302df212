package ecsapi_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/ecsapi"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

// canary is a secret that is no name of anything, so that nothing may show it.
const canary = "§CANARY§"

// canaries are documents with a secret wherever one can be.
func canaries() []string {
	container := `{"name":"app","image":"` + canary + `","user":"` + canary + `","command":["` + canary + `"],
		"entryPoint":["` + canary + `"],"environment":[{"name":"A","value":"` + canary + `"},
		{"name":"AWS_ACCESS_KEY_ID","value":"` + canary + `"},{"value":"` + canary + `"},"` + canary + `",
		{"name":["` + canary + `"]},{"name":"x${B:-` + canary + `}","value":1}],
		"healthCheck":{"command":["CMD","` + canary + `"]},"dockerLabels":{"` + canary + `":"` + canary + `"},
		"logConfiguration":{"logDriver":"{{ env "A" ` + "`" + canary + "`" + ` }}","options":{"` + canary + `":"` + canary + `"}},
		"secrets":[{"name":"B","valueFrom":"` + canary + `"}],"` + canary + `":"` + canary + `"}`
	container = strings.ReplaceAll(container, `env "A"`, "env `A`")
	return []string{
		`{"family":"web","networkMode":"host","containerDefinitions":[` + container + `]}`,
		`{"family":"web","networkMode":"` + canary + `","pidMode":["` + canary + `"],"containerDefinitions":[` + container + `]}`,
		`{"family":"web","containerDefinitions":{"` + canary + `":"` + canary + `"}}`,
		`{"family":"web","containerDefinitions":["` + canary + `"]}`,
		`{"family":"web","containerDefinitions":[{"name":"a","environment":{"` + canary + `":"` + canary + `"},
			"privileged":"` + canary + `","readonlyRootFilesystem":"${` + canary + `}","logConfiguration":"<` + canary + `>"}]}`,
		`{"family":"web","containerDefinitions":[{"Name":"` + canary + `"}]}`,
		"family: web\nnetworkMode: host\ncontainerDefinitions:\n  - name: app\n    user: !" + canary + " " + canary + "\n" +
			"    environment:\n      - {name: A, value: " + canary + "}\n    command: |\n      " + canary + "\n",
		`{"services":[{"serviceArn":"` + canary + `","status":"` + canary + `","launchType":"` + canary + `",
			"platformVersion":"` + canary + `","networkConfiguration":{"awsvpcConfiguration":{"assignPublicIp":"` + canary + `"}}},
			"` + canary + `"],"failures":[{"arn":"` + canary + `","reason":"` + canary + `","detail":"` + canary + `"}]}`,
		`{"clusterName":"a","status":"` + canary + `","settings":[{"name":"` + canary + `","value":"` + canary + `"}]}`,
		`{"name":"` + canary + `"}`,
		`[{"clusterName":"a"},{"x":"` + canary + `"},"` + canary + `"]`,
	}
}

// messages is all that the source and the controls say of a text, but for names.
func messages(t testing.TB, text string) []string {
	f, err := document.Parse("x", []byte(text), document.Options{MaxBytes: 1 << 20})
	if err != nil {
		return []string{err.Error()}
	}
	format := ecsapi.New()
	for _, doc := range f.Documents {
		format.Recognise(doc)
	}
	controls := catalog.Controls()
	var out []string
	c, err := format.Read(context.Background(), files.NewInput(f, f.Documents, nil), func(r *ecsentry.Resource) error {
		if r.ID == "" || r.Name == "" || r.At.Position().Line < 1 {
			t.Errorf("a resource without ID, name or place: %+v", r.Identity)
		}
		out = append(out, r.Account, r.Region)
		for _, ctl := range controls {
			if ctl.ResourceType != r.Type {
				continue
			}
			for _, reason := range ecsentry.Judge(ctl, r, ctl.Defaults()).Reasons {
				out = append(out, reason.Message, reason.Hint, reason.Detail, reason.When, reason.Key, reason.At.Path())
			}
		}
		return nil
	})
	if err != nil {
		t.Errorf("read: %v", err)
	}
	return append(out, fmt.Sprintf("%+v", c))
}

func FuzzRead(f *testing.F) {
	for _, text := range canaries() {
		f.Add(text)
	}
	for _, text := range []string{
		`{"taskDefinition":{"taskDefinitionArn":"` + webARN + `","containerDefinitions":[{}]}}`,
		`{"clusters":[{"clusterArn":"` + clusterARN + `"}],"failures":[]}`,
		"a: &a {name: x}\ncontainerDefinitions: [*a, *a]\n",
		`[[[[[{"containerDefinitions":[]}]]]]]`,
		"null", `""`, "[]", "{}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range messages(t, text) {
			if strings.Contains(m, canary) {
				t.Errorf("%q shows a secret", m)
			}
		}
	})
}

// TestCanary looks at the lines that a report shows.
func TestCanary(t *testing.T) {
	secrets := `{
	"networkMode": "host", "pidMode": "host", "containerDefinitions": [{"name": "app", "privileged": true,
		"environment": [{"name": "AWS_ACCESS_KEY_ID", "value": "` + canary + `"}, {"value": "` + canary + `", "name": "A"}],
		"command": ["` + canary + `"], "dockerLabels": {"a": "` + canary + `"}, "entryPoint": ["` + canary + `"],
		"healthCheck": {"command": ["CMD", "` + canary + `"]},
		"logConfiguration": {"options": {"a": "` + canary + `"}}}, {"name": "b"}]}`
	for _, text := range []string{secrets, strings.Join(strings.Fields(secrets), "")} {
		f, err := document.Parse("x", []byte(text), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		lines := 0
		_, err = ecsapi.New().Read(context.Background(), files.NewInput(f, f.Documents, nil), func(r *ecsentry.Resource) error {
			for _, ctl := range catalog.Controls() {
				if ctl.ResourceType != r.Type {
					continue
				}
				for _, reason := range ecsentry.Judge(ctl, r, ctl.Defaults()).Reasons {
					for _, line := range reason.At.In.(value.Quoter).Quote(reason.At.Off, reason.At.End) {
						lines++
						if strings.Contains(line.Text, canary) {
							t.Errorf("%s shows a secret: %s", ctl.ID, line.Text)
						}
					}
				}
			}
			return nil
		})
		if err != nil || lines == 0 {
			t.Errorf("%v, %d lines; want some", err, lines)
		}
	}
}
