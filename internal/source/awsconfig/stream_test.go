package awsconfig_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
)

const containers = `"ContainerDefinitions": [{"Name": "app", "User": 0, "Environment": [{"Name": "AWS_ACCESS_KEY_ID", "Value": "x"}]}, {"name": "söphie", "PRIVILEGED": true, "readonlyRootFilesystem": "true", "LogConfiguration": {"LogDriver": "awslogs"}}]`

// A stream says what a held text says, positions included, however the text is
// laid out.
func TestStreamAgrees(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := drawText(rt)
		want, wantCoverage := resources(t, text, false)
		got, coverage := resources(t, text, true)
		if d := cmp.Diff(want, got); d != "" {
			rt.Fatalf("%s\n(-held +stream):\n%s", text, d)
		}
		if d := cmp.Diff(wantCoverage, coverage); d != "" {
			rt.Fatalf("%s\n(-held +stream):\n%s", text, d)
		}
	})
}

func drawText(t *rapid.T) string {
	space := rapid.SampledFrom([]string{"", "", " ", "\n", "\r\n", "\r", "\n\t "})
	var items []string
	for i := range rapid.IntRange(1, 5).Draw(t, "items") {
		properties := fmt.Sprintf(`{"TaskDefinitionArn": "%stask-definition/f%d:%d", "Family": "f%d", "NetworkMode": "host", %s}`, inEU, i, i+1, i, containers)
		typ := rapid.SampledFrom([]string{"TaskDefinition", "TaskDefinition", "Service", "Cluster", "TaskSet", "Novelty"}).Draw(t, "type")
		if rapid.Bool().Draw(t, "text") {
			b, _ := json.Marshal(properties)
			properties = string(b)
		}
		it := item(typ, fmt.Sprintf("%stask-definition/f%d:%d", inEU, i, i+1), "2026-01-02T03:04:05.678Z",
			rapid.SampledFrom([]string{"OK", "ResourceDiscovered", "ResourceDeleted", "ResourceNotRecorded"}).Draw(t, "status"), properties, `"Ünïcode": "ü"`)
		if rapid.IntRange(0, 3).Draw(t, "foreign") == 0 {
			it = `{"resourceType": "AWS::EC2::Instance", "arn": "arn:aws:ec2:::x", "configuration": {"x": ["}", "\"", "\\"]}}`
		}
		items = append(items, it)
	}
	text := `{"fileVersion": "1.0", "configurationItems": [` + strings.Join(items, ",") + `], "unprocessedResourceKeys": [{"resourceType": "AWS::ECS::Service", "resourceId": "x"}]}`
	switch rapid.IntRange(0, 2).Draw(t, "form") {
	case 0:
		text = strings.Join(items, "\n")
	case 1:
		text = "[" + strings.Join(items, ",") + "]"
	}
	var out strings.Builder
	quoted, escaped := false, false
	for _, c := range text { // other white space between tokens
		if c == '"' && !escaped {
			quoted = !quoted
		}
		escaped = c == '\\' && !escaped
		if !quoted && strings.ContainsRune(",:[]{}", c) {
			out.WriteString(space.Draw(t, "space"))
			out.WriteRune(c)
			out.WriteString(space.Draw(t, "space"))
		} else {
			out.WriteRune(c)
		}
	}
	return out.String()
}

func TestStreams(t *testing.T) {
	web := item("Service", inEU+"service/a/web", "2026-01-02T03:04:05Z", "OK", "{}")
	for name, tt := range map[string]struct {
		head string
		want bool
	}{
		"a snapshot":                 {`{"fileVersion":"1.0","configurationItems":[{"a":`, true},
		"a snapshot with a mark":     {"\xef\xbb\xbf{\"fileVersion\":\"1.0\",\n\"ConfigurationItems\" : [", true},
		"batch-get-resource-config":  {`{"baseConfigurationItems": [`, true},
		"one item a line":            {web + "\n" + web[:40], true},
		"a list of items":            {"[" + web + ", {", true},
		"a query":                    {`{"Results": ["{\"arn\":\"arn:aws:ecs:`, false},
		"a query in a list":          {`[{"Results": ["{\"arn\":\"arn:aws:ecs:\"}"]}, {`, false},
		"rows":                       {`["{\"arn\":\"arn:aws:ecs:\"}", "`, false},
		"one item that does not end": {web[:60], false},
		"something else":             {`{"Resources":{"configurationItems":{`, false},
		"a template of words":        {`{"Description":"\"configurationItems\":[`, false},
		"no JSON":                    {"configurationItems:\n- a", false},
		"nothing":                    {"", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := (awsconfig.Format{}).Streams([]byte(tt.head)); got != tt.want {
				t.Errorf("%v", got)
			}
		})
	}
}
