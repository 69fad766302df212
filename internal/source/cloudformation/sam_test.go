package cloudformation

import (
	"strings"
	"testing"
)

// The Serverless Application Model's transform leaves the resources of Amazon ECS
// as they are written; its globals are those of its own resources.
func TestSAM(t *testing.T) {
	const resources = `
Globals:
  Function: {Timeout: 3, Environment: {Variables: {AWS_ACCESS_KEY_ID: x}}}
Parameters: {Root: {Type: String, Default: root}}
Resources:
  Api: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: src/}}
  Cluster: {Type: AWS::ECS::Cluster}
  T: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: host, ContainerDefinitions: [{Name: a, User: !Ref Root}]}}
  S: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, PlatformVersion: 1.3.0, TaskDefinition: !Ref T}}
`
	for transform, opaque := range map[string]bool{
		"AWS::Serverless-2016-10-31":                                                    false,
		"[AWS::Serverless-2016-10-31]":                                                  false,
		"[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]":                         false,
		"[AWS::Serverless-2016-10-31, Company::Macro]":                                  true,
		"[AWS::Serverless-2016-10-31, {Name: AWS::Include, Parameters: {Location: x}}]": true,
	} {
		got, c := judged(t, "Transform: "+transform+resources, nil, nil)
		want := map[string]string{
			"Cluster ECS.12": "FAILED", "T ECS.1": "FAILED", "T ECS.3": "PASSED", "T ECS.5": "FAILED", "T ECS.8": "PASSED", "S ECS.2": "PASSED", "S ECS.10": "FAILED",
		}
		if opaque { // what is written stays, what is missing may be added: Windows too
			want = map[string]string{"Cluster ECS.12": "UNKNOWN", "T ECS.1": "UNKNOWN", "T ECS.3": "UNKNOWN", "T ECS.5": "UNKNOWN", "S ECS.10": "UNKNOWN"}
		}
		for key, w := range want {
			if got[key] != w {
				t.Errorf("%s: %s: %s, want %s (%s)", transform, key, got[key], w, got[key+" why"])
			}
		}
		if (len(c.NotCovered) > 0) != opaque || len(c.Gaps) > 0 {
			t.Errorf("%s: coverage %+v", transform, c)
		}
	}
}

// An application at a local path is a nested stack.
func TestNestedApplications(t *testing.T) {
	got, c := judged(t, `
Transform: AWS::Serverless-2016-10-31
Parameters: {Mode: {Type: String, Default: host}}
Resources:
  Tasks: {Type: AWS::Serverless::Application, Properties: {Location: ./tasks.yaml, Parameters: {User: root, Mode: !Ref Mode}}}
  Out: {Type: AWS::ECS::TaskDefinition, Properties: {PidMode: !GetAtt Tasks.Outputs.Pid}}
  Published:
    Type: AWS::Serverless::Application
    Properties: {Location: {ApplicationId: "arn:aws:serverlessrepo:us-east-1:111122223333:applications/x", SemanticVersion: 1.0.0}}
  Remote: {Type: AWS::Serverless::Application, Properties: {Location: "https://example.com/x.yaml"}}
  Lost: {Type: AWS::Serverless::Application, Properties: {Location: lost.yaml}}
`, nil, map[string]string{"tasks.yaml": `
Transform: AWS::Serverless-2016-10-31
Parameters: {User: {Type: String}, Mode: {Type: String}}
Resources:
  T: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: !Ref Mode, ContainerDefinitions: [{Name: a, User: !Ref User}]}}
Outputs: {Pid: {Value: host}}
`})
	for key, want := range map[string]string{"Tasks/T ECS.1": "FAILED", "Out ECS.3": "FAILED"} {
		if got[key] != want {
			t.Errorf("%s: %q, want %s (%s)", key, got[key], want, got[key+" why"])
		}
	}
	if len(c.NotCovered) != 2 || len(c.Gaps) != 1 {
		t.Fatalf("not covered %v, gaps %v, want the published and the remote one, and the lost one", c.NotCovered, c.Gaps)
	}
	if !strings.Contains(c.NotCovered[0].Reason, "Location") || !strings.HasSuffix(c.NotCovered[0].Scope, "Published") {
		t.Errorf("not covered %v", c.NotCovered)
	}
}
