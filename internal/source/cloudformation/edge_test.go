package cloudformation

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Small templates whose expressions double must not take for ever.
func TestDoublingEnds(t *testing.T) {
	double := func(n int, inner string) string {
		return strings.Repeat(`{"Fn::Sub": ["${A}${A}", {"A": `, n) + inner + strings.Repeat(`}]}`, n)
	}
	for name, expression := range map[string]string{
		"sub":  double(50, `"x"`),
		"join": strings.Repeat(`{"Fn::Join": ["", [`, 50) + `"x"` + strings.Repeat(`, "y"]]}`, 50),
		"json": strings.Repeat(`{"Fn::ToJsonString": [`, 50) + `"x"` + strings.Repeat(`]}`, 50),
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := judged(t, declared+user(expression), nil, nil)
			if got["T ECS.1"] == "" {
				t.Error("no verdict")
			}
		})
	}
	nested := map[string]string{"child.yaml": `
Parameters: {P: {Type: String}}
Resources:
  T: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: host, ContainerDefinitions: [{Name: a, User: !Sub "${P}"}]}}
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child2.yaml, Parameters: {P: !Sub "${P}${P}"}}}
`}
	judged(t, `
Resources:
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {P: x}}}
`, nil, nested)
}

func container(properties string) string {
	return declared + "\nResources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: a, " + properties + "}]}}}\n"
}

// When something holds is said truly: every world of which it is true has it, no
// other.
func TestWhen(t *testing.T) {
	const conditions = `
Parameters:
  A: {Type: String}
  B: {Type: String}
  Env: {Type: String, AllowedValues: [dev, qa, prod, live]}
  Key: {Type: String, NoEcho: true}
Conditions:
  A: !Equals [!Ref A, x]
  B: !Equals [!Ref B, y]
  AB: !And [!Condition A, !Condition B]
  Prod: !Equals [!Ref Env, prod]
  Secret: !Equals [!Ref Key, hunter2]
Resources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: a, Privileged: `
	for expression, want := range map[string]string{
		"!If [A, true, false]":                  "when A is x",
		"!If [A, false, true]":                  "when A is not x",
		"!If [AB, true, false]":                 "when A is x and B is y",
		"!If [A, !If [B, true, false], false]":  "when A is x and B is y",
		"!If [Prod, true, false]":               "when Env is prod",
		"!If [Prod, false, true]":               "when Env is not prod",
		"!If [Secret, true, false]":             "when Key has a certain value",
		"!If [A, false, !If [B, true, false]]":  "when A is not x and B is y",
		`!If [Prod, !Ref "AWS::NoValue", true]`: "when Env is not prod",
	} {
		got, _ := judged(t, conditions+expression+"}]}}}", nil, nil)
		if why := got["T ECS.4 why"]; got["T ECS.4"] != "UNKNOWN" || !strings.HasSuffix(why, want) || strings.Contains(why, "hunter2") {
			t.Errorf("%s: %s %q, want it to end in %q", expression, got["T ECS.4"], why, want)
		}
	}
}

func TestVerdictsAtTheEdges(t *testing.T) {
	service := func(cluster, task string) string {
		return declared + `
  Windows: !Equals [a, a]
Resources:
  Far: {Type: AWS::ECS::Cluster, Properties: {DefaultCapacityProviderStrategy: [{CapacityProvider: FARGATE}]}}
  Win: {Type: AWS::ECS::TaskDefinition, Properties: {Family: win, RuntimePlatform: {OperatingSystemFamily: WINDOWS_SERVER_2019_CORE}}}
  Own: {Type: AWS::ECS::CapacityProvider, Properties: {}}
  S: {Type: AWS::ECS::Service, Properties: {` + cluster + `, TaskDefinition: ` + task + `, PlatformVersion: 1.2.0}}
`
	}
	for _, tt := range []struct{ name, template, key, want string }{
		{"link through Sub", service("LaunchType: FARGATE", `!Sub "${Win}"`), "S ECS.10", "PASSED"},
		{"link through Join", service("LaunchType: FARGATE", `!Join ["", [!Ref Win]]`), "S ECS.10", "PASSED"},
		{"link through Sub of an attribute", service("LaunchType: FARGATE", `!Sub "${Win.TaskDefinitionArn}"`), "S ECS.10", "PASSED"},
		{"link by family", service("LaunchType: FARGATE", "win"), "S ECS.10", "PASSED"},
		{"another revision of the family", service("LaunchType: FARGATE", `"win:1"`), "S ECS.10", "FAILED"},
		{"cluster through Sub", service(`Cluster: !Sub "${Far}"`, "x"), "S ECS.10", "FAILED"},
		{"own capacity provider is not Fargate", service("CapacityProviderStrategy: [{CapacityProvider: !Ref Own}]", "x"), "S ECS.10", "NOT_APPLICABLE"},
		{"Base64 of what may be empty", declared + user("{'Fn::Base64': !Ref Open}"), "T ECS.1", "UNKNOWN"},
		{"Base64 of nothing", declared + user(`{'Fn::Base64': ""}`), "T ECS.1", "FAILED"},
		{"Length, long form of a short form", declared + user("{'Fn::Length': !Ref Users}"), "T ECS.1", "PASSED"},
		{"loop over an open list may add a property", strings.Replace(container(`"Fn::ForEach::P": [K, !Ref OpenList, {"${K}": true}]`), "Parameters:", "Parameters:\n  OpenList: {Type: CommaDelimitedList}", 1), "T ECS.5", "UNKNOWN"},
		{"loop over a known list adds a property", container(`"Fn::ForEach::P": [K, [ReadonlyRootFilesystem], {"${K}": true}]`), "T ECS.5", "PASSED"},
		{"transform beside the type", "Resources: {C: {Type: AWS::ECS::Cluster, Fn::Transform: {Name: X}}}", "C ECS.12", "UNKNOWN"},
		{"transform in a mapping", strings.Replace(container("Privileged: !FindInMap [M, a, b, {DefaultValue: true}]"), "Mappings:", "Mappings:\n  M: {a: {Fn::Transform: {Name: x}, k: false}}", 1), "T ECS.4", "UNKNOWN"},
		{"properties in lower case", "Resources: {C: {Type: AWS::ECS::Cluster, properties: {}}}", "C ECS.12", "UNKNOWN"},
		{"inline condition", container("Privileged: !If [!Equals [a, a], true, false]"), "T ECS.4", "UNKNOWN"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, _ := judged(t, tt.template, nil, nil); got[tt.key] != tt.want {
				t.Errorf("%s: %q, want %s (%s)", tt.key, got[tt.key], tt.want, got[tt.key+" why"])
			}
		})
	}
}

// What the parent gives as AWS::NoValue is not given.
func TestNoValueForAParameterOfANestedStack(t *testing.T) {
	child := map[string]string{"child.yaml": `
Parameters: {P: {Type: String, Default: true}}
Resources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: a, Privileged: !Ref P}]}}}
`}
	got, _ := judged(t, `
Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {P: !Ref AWS::NoValue}}}}
`, nil, child)
	if got["N/T ECS.4"] != "FAILED" {
		t.Errorf("%s, want FAILED by the default", got["N/T ECS.4"])
	}
}

// A value that the template does not allow is no value: nothing is judged by it.
func TestParametersThatAreNotAllowed(t *testing.T) {
	template := `
Parameters: {Mode: {Type: String, AllowedValues: [task, none]}}
Resources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {PidMode: !Ref Mode}}}
`
	got, c := judged(t, template, map[string]string{"Mode": "host"}, nil)
	if got["T ECS.3"] != "PASSED" || len(c.Gaps) != 1 {
		t.Errorf("%s with gaps %v, want PASSED and a gap", got["T ECS.3"], c.Gaps)
	}
	if _, c := judged(t, template, map[string]string{"Mode": "task"}, nil); len(c.Gaps) != 0 {
		t.Errorf("gaps %v for an allowed value", c.Gaps)
	}
}

func TestLogicalIDsOfLoops(t *testing.T) {
	got, _ := judged(t, `
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::A: [Name, [a.x], {"C&{Name}": {Type: AWS::ECS::Cluster}}]
`, nil, nil)
	if got["Cax ECS.12"] != "FAILED" {
		t.Errorf("want a cluster Cax: %v", got)
	}
}

// The same template gives the same answer every time.
func TestOrderOfAnswers(t *testing.T) {
	template := `
Parameters: {Env: {Type: String}}
Conditions:
  Prod: !Equals [!Ref Env, prod]
  Dev: !Equals [dev, !Ref Env]
  Test: !Equals [test, !Ref Env]
` + "Resources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: a, Privileged: !If [Prod, true, !If [Dev, true, false]]}]}}}"
	first, _ := judged(t, template, nil, nil)
	for range 30 {
		if again, _ := judged(t, template, nil, nil); again["T ECS.4 why"] != first["T ECS.4 why"] {
			t.Fatalf("%q and %q", first["T ECS.4 why"], again["T ECS.4 why"])
		}
	}
}

// What may bring resources that the template does not have is not passed over.
func TestWhatBringsResources(t *testing.T) {
	_, c := judged(t, `
Resources:
  Web: {Type: "Company::Fargate::Service::MODULE", Properties: {Port: 80}}
  All: {Type: AWS::CloudFormation::StackSet, Properties: {TemplateURL: "https://example.com/x.yaml"}}
  Topic: {Type: AWS::SNS::Topic}
`, nil, nil)
	var got []string
	for _, g := range c.NotCovered {
		_, id, _ := strings.Cut(g.Scope, ": ")
		what, _, _ := strings.Cut(g.Reason, ",")
		got = append(got, id+" "+what)
	}
	if diff := cmp.Diff([]string{"Web a module", "All a stack set"}, got); diff != "" {
		t.Error(diff)
	}
}
