package ecsapi_test

import (
	"strings"
	"testing"
)

func TestCapitalIsAnError(t *testing.T) {
	for name, tt := range map[string]struct{ text, key, name string }{
		"task definition":       {`{"family":"web","ContainerDefinitions":[{"name":"a"}]}`, "ContainerDefinitions", ""},
		"all of it":             {`{"Family":"web","ContainerDefinitions":[{"Name":"a"}]}`, "Family", ""},
		"beside others":         {`{"containerDefinitions":[],"NetworkMode":"host"}`, "NetworkMode", ""},
		"container":             {`{"containerDefinitions":[{"name":"a"},{"name":"b","Privileged":true}]}`, "Privileged", ""},
		"environment":           {`{"containerDefinitions":[{"environment":[{"Name":"A","value":"b"}]}]}`, "Name", ""},
		"log configuration":     {`{"containerDefinitions":[{"logConfiguration":{"LogDriver":"awslogs"}}]}`, "LogDriver", ""},
		"runtime platform":      {`{"containerDefinitions":[],"runtimePlatform":{"OperatingSystemFamily":"LINUX"}}`, "OperatingSystemFamily", ""},
		"answer":                {`{"TaskDefinition":{"containerDefinitions":[]}}`, "TaskDefinition", ""},
		"service":               {`{"serviceName":"web","taskDefinition":"web","LaunchType":"FARGATE"}`, "LaunchType", ""},
		"network configuration": {`{"serviceName":"web","networkConfiguration":{"AwsvpcConfiguration":{}}}`, "AwsvpcConfiguration", ""},
		"assignPublicIp":        {`{"serviceName":"web","networkConfiguration":{"awsvpcConfiguration":{"AssignPublicIp":"ENABLED"}}}`, "AssignPublicIp", ""},
		"cluster":               {`{"clusterName":"demo","Settings":[]}`, "Settings", ""},
		"setting":               {`{"clusterName":"demo","settings":[{"name":"containerInsights","Value":"enabled"}]}`, "Value", ""},
		"strategy":              {`{"clusterName":"demo","defaultCapacityProviderStrategy":[{"CapacityProvider":"FARGATE"}]}`, "CapacityProvider", ""},
		"services":              {`{"services":[{"serviceArn":"` + serviceARN + `","Status":"ACTIVE"}],"failures":[]}`, "Status", ""},
		"task set":              {`{"service":"a","cluster":"b","taskDefinition":"c","Scale":{}}`, "Scale", ""},
		"cluster of a template": {`{"ClusterSettings":[{"Name":"containerInsights","Value":"enabled"}]}`, "ClusterSettings", "settings"},
		"service of a template": {`{"Cluster":{"Ref":"C"},"TaskDefinition":{"Ref":"T"},"DesiredCount":1,"LaunchType":"FARGATE"}`, "Cluster", ""},
		"in an array":           {`[{"clusterName":"a"},{"clusterName":"b","Settings":[]}]`, "Settings", ""},
		"beside the resources":  {`{"taskDefinition":{"containerDefinitions":[]},"Tags":[]}`, "Tags", ""},
	} {
		t.Run(name, func(t *testing.T) {
			resources, c := read(t, tt.text)
			if len(resources) != 0 {
				t.Errorf("%d resources of a document that is an error", len(resources))
			}
			if len(c.Refused) != 1 || c.Refused[0].Scope != "dir/x.json" {
				t.Fatalf("coverage %+v, want one refusal", c)
			}
			small := tt.name
			if small == "" {
				small = strings.ToLower(tt.key[:1]) + tt.key[1:]
			}
			if reason := c.Refused[0].Reason; !strings.Contains(reason, tt.key+" is no name of the ECS API, "+small+" is") {
				t.Errorf("reason %q, want one about %s", reason, tt.key)
			}
		})
	}
}

// TestCapitalOfTheUser: keys that are the user's own may be spelt as they like.
func TestCapitalOfTheUser(t *testing.T) {
	for name, text := range map[string]string{
		"docker labels":   `{"containerDefinitions":[{"dockerLabels":{"Name":"x","Privileged":"y"}}]}`,
		"log options":     `{"containerDefinitions":[{"logConfiguration":{"logDriver":"awsfirelens","options":{"Name":"es","Host":"x"}}}]}`,
		"router options":  `{"containerDefinitions":[{"firelensConfiguration":{"type":"fluentbit","options":{"Type":"x"}}}]}`,
		"driver options":  `{"containerDefinitions":[],"volumes":[{"dockerVolumeConfiguration":{"driverOpts":{"Name":"x"},"labels":{"Name":"x"}}}]}`,
		"tags":            `{"containerDefinitions":[],"tags":[{"Key":"Name","Value":"x"}]}`,
		"names of others": `{"containerDefinitions":[{"name":"a","Comment":"x"}],"Version":1}`,
	} {
		t.Run(name, func(t *testing.T) {
			if resources, c := read(t, text); len(resources) != 1 || len(c.Refused) != 0 {
				t.Errorf("%d resources, coverage %+v; want one resource", len(resources), c)
			}
		})
	}
}

// TestCapitalElsewhere: only the document that has it is an error.
func TestCapitalElsewhere(t *testing.T) {
	resources, c := read(t, `{"clusterName":"a","Settings":[]} {"clusterName":"b"}`)
	if len(resources) != 1 || resources[0].ID != "b" || len(c.Refused) != 1 {
		t.Errorf("%v, %+v; want cluster b and one refusal", resources, c)
	}
}
