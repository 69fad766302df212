package cloudformation

import (
	"errors"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// judged reads a template and judges its resources: outcome by "Resource ECS.5".
func judged(t *testing.T, template string, overrides map[string]string, nested map[string]string) (map[string]string, ecsentry.Coverage) {
	t.Helper()
	f, err := document.Parse("t.yaml", []byte(template), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	open := func(name string) (*document.File, error) {
		text, ok := nested[name]
		if !ok {
			return nil, errors.New("no such file")
		}
		return document.Parse(name, []byte(text), document.Options{})
	}
	out := map[string]string{}
	in := files.NewInput(f, f.Documents, open)
	c, err := (&Format{Parameters: overrides}).Read(t.Context(), in, func(r *ecsentry.Resource) error {
		for _, c := range catalog.Controls() {
			if c.ResourceType == r.Type {
				v := ecsentry.Judge(c, r, c.Defaults())
				out[r.ID+" "+c.ID] = v.Outcome.String()
				for _, reason := range v.Reasons {
					if reason.Outcome == v.Outcome {
						out[r.ID+" "+c.ID+" why"] = reason.Message + " " + reason.When
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, c
}

// user wraps an expression for the user of a container on the host's network,
// so that ECS.1 tells whether it is root: "root" fails, "app" passes.
func user(expression string) string {
	return `
Resources:
  T:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: host
      ContainerDefinitions:
        - Name: a
          User: ` + expression + "\n"
}

const declared = `
Transform: AWS::LanguageExtensions
Parameters:
  Closed: {Type: String, Default: app}
  Root: {Type: String, Default: root}
  Open: {Type: String}
  Two: {Type: String, AllowedValues: [app, web]}
  Three: {Type: String, AllowedValues: [app, web, root]}
  Users: {Type: CommaDelimitedList, Default: "app, root"}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: app}
Mappings:
  ByRegion:
    us-east-1: {user: app, all: [app, root]}
    eu-west-1: {user: web, all: [web, root]}
  Mixed:
    us-east-1: {user: app}
    eu-west-1: {user: root}
Conditions:
  Always: !Equals [a, a]
  Never: !Not [!Condition Always]
  IsApp: !Equals [!Ref Open, app]
  NotApp: !Not [{Condition: IsApp}]
  Ring: !And [{Condition: Round}, {Condition: Always}]
  Round: !Not [{Condition: Ring}]
  Both: !And [{Condition: IsApp}, {Condition: NotApp}]
  Either: !Or [{Condition: IsApp}, {Condition: NotApp}]
`

func TestResolution(t *testing.T) {
	for _, tt := range []struct{ name, expression, want string }{
		{"literal", "app", "PASSED"},
		{"literal root", "root", "FAILED"},
		{"number", "0", "FAILED"},
		{"number with group", `"0:0"`, "FAILED"},
		{"octal zero", "00", "FAILED"},
		{"default", "!Ref Closed", "PASSED"},
		{"default root", "{Ref: Root}", "FAILED"},
		{"open", "!Ref Open", "UNKNOWN"},
		{"allowed values agree", "!Ref Two", "PASSED"},
		{"allowed values differ", "!Ref Three", "UNKNOWN"},
		{"stored default does not count", "!Ref Stored", "UNKNOWN"},
		{"undefined name", "!Ref Nothing", "UNKNOWN"},
		{"no value", "!Ref AWS::NoValue", "FAILED"},
		{"sub", `!Sub "${Closed}"`, "PASSED"},
		{"sub with literal", `!Sub "${!x}${Closed}"`, "PASSED"},
		{"sub keeps what is known", `!Sub "root:${Open}"`, "FAILED"},
		{"sub keeps what is known, safe", `!Sub "app:${Open}"`, "PASSED"},
		{"sub of an open name", `!Sub "${Open}:0"`, "UNKNOWN"},
		{"sub with variables", `!Sub ["${U}:1", {U: !Ref Root}]`, "FAILED"},
		{"sub of an attribute", `!Sub "app-${T.Arn}"`, "PASSED"},
		{"join", `!Join [":", [!Ref Root, "1"]]`, "FAILED"},
		{"join leaves out what is removed", `!Join [":", [!Ref AWS::NoValue, app]]`, "PASSED"},
		{"join of a list parameter", `!Join [":", !Ref Users]`, "PASSED"},
		{"select", `!Select [1, !Ref Users]`, "FAILED"},
		{"select by a string", `!Select ["0", [app, root]]`, "PASSED"},
		{"select beyond", `!Select [2, [app, root]]`, "UNKNOWN"},
		{"split", `!Select [1, !Split [":", "a:root"]]`, "FAILED"},
		{"split of a part", `!Select [0, !Split [":", !Sub "app:${Open}"]]`, "PASSED"},
		{"split keeps how the unknown part starts", `!Select [1, !Split ["/", !Sub "x/app${Open}"]]`, "PASSED"},
		{"split at an unknown part", `!Select [1, !Split [":", !Sub "app:${Open}"]]`, "UNKNOWN"},
		{"if", "!If [Always, app, root]", "PASSED"},
		{"if not", "!If [Never, app, root]", "FAILED"},
		{"if open", "!If [IsApp, app, root]", "UNKNOWN"},
		{"if open, both safe", "!If [IsApp, app, web]", "PASSED"},
		{"if open, the value excluded", "!If [IsApp, !Ref Open, web]", "PASSED"},
		{"both can not hold", "!If [Both, root, app]", "PASSED"},
		{"one must hold", "!If [Either, root, app]", "FAILED"},
		{"consistent branches", "!If [IsApp, !If [NotApp, root, app], web]", "PASSED"},
		{"undefined condition", "!If [Nobody, app, app]", "UNKNOWN"},
		{"condition in a ring", "!If [Ring, app, root]", "UNKNOWN"},
		{"find in map", "!FindInMap [ByRegion, us-east-1, user]", "PASSED"},
		{"find in map, region open", "!FindInMap [ByRegion, !Ref AWS::Region, user]", "PASSED"},
		{"find in map, values differ", "!FindInMap [Mixed, !Ref AWS::Region, user]", "UNKNOWN"},
		{"find a list in a map", "!Select [1, !FindInMap [ByRegion, !Ref AWS::Region, all]]", "FAILED"},
		{"find in map, default", "!FindInMap [ByRegion, ap-south-1, user, {DefaultValue: root}]", "FAILED"},
		{"find in map, no key", "!FindInMap [ByRegion, ap-south-1, user]", "UNKNOWN"},
		{"find in map, no key, beside an open one", `!Join [":", [!FindInMap [ByRegion, ap-south-1, user], !FindInMap [Mixed, !Ref AWS::Region, user]]]`, "UNKNOWN"},
		{"find in map, none of the allowed keys", "!FindInMap [ByRegion, !Ref Two, user]", "UNKNOWN"},
		{"find in no map", "!FindInMap [None, a, b]", "UNKNOWN"},
		{"import", "!ImportValue x", "UNKNOWN"},
		{"attribute", "!GetAtt T.Arn", "UNKNOWN"},
		{"dynamic reference", `"{{resolve:ssm:/user}}"`, "UNKNOWN"},
		{"dynamic reference in a part", `"app:{{resolve:ssm:/group}}"`, "PASSED"},
		{"dynamic reference put together", `!Sub "{{resolve:ssm:/${Closed}}}"`, "UNKNOWN"},
		{"base64", "!Base64 root", "PASSED"},
		{"length", "!Length [a, b]", "PASSED"},
		{"length of nothing", "!Length []", "FAILED"},
		{"to json", "!ToJsonString {a: root}", "PASSED"},
		{"transform", `{"Fn::Transform": {Name: X}}`, "UNKNOWN"},
		{"unknown function", "!Frobnicate x", "UNKNOWN"},
		{"wrong type", "[root]", "UNKNOWN"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := judged(t, declared+user(tt.expression), nil, nil)
			if got["T ECS.1"] != tt.want {
				t.Errorf("user %s: %s, want %s (%s)", tt.expression, got["T ECS.1"], tt.want, got["T ECS.1 why"])
			}
		})
	}
}

func TestOverrides(t *testing.T) {
	for _, tt := range []struct {
		name, expression string
		overrides        map[string]string
		want             string
	}{
		{"open parameter", "!Ref Open", map[string]string{"Open": "root"}, "FAILED"},
		{"beats the default", "!Ref Closed", map[string]string{"Closed": "root"}, "FAILED"},
		{"stored", "!Ref Stored", map[string]string{"Stored": "app"}, "PASSED"},
		{"list", "!Select [0, !Ref Users]", map[string]string{"Users": "root,app"}, "FAILED"},
		{"pseudo parameter", "!FindInMap [Mixed, !Ref AWS::Region, user]", map[string]string{"AWS::Region": "eu-west-1"}, "FAILED"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := judged(t, declared+user(tt.expression), tt.overrides, nil)
			if got["T ECS.1"] != tt.want {
				t.Errorf("%s, want %s (%s)", got["T ECS.1"], tt.want, got["T ECS.1 why"])
			}
		})
	}
}

func TestNestedStacks(t *testing.T) {
	parent := `
Parameters: {Env: {Type: String}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Cluster: {Type: AWS::ECS::Cluster, Properties: {DefaultCapacityProviderStrategy: [{CapacityProvider: FARGATE}]}}
  Tasks:
    Type: AWS::CloudFormation::Stack
    Condition: Prod
    Properties:
      TemplateURL: ./child.yaml
      Parameters: {User: root, Stage: !Ref Env, Cluster: !Ref Cluster}
  Remote: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://example.com/t.yaml"}}
  Lost: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: lost.yaml}}
`
	child := `
Parameters: {User: {Type: String}, Stage: {Type: String}, Cluster: {Type: String}}
Conditions: {Dev: !Not [!Equals [!Ref Stage, prod]]}
Resources:
  T:
    Type: AWS::ECS::TaskDefinition
    Properties: {NetworkMode: host, PidMode: !If [Dev, host, task], ContainerDefinitions: [{Name: a, User: !Ref User}]}
  S:
    Type: AWS::ECS::Service
    Properties: {Cluster: !Ref Cluster, TaskDefinition: !Ref T, PlatformVersion: 1.3.0}
`
	got, c := judged(t, parent, nil, map[string]string{"child.yaml": child})
	for key, want := range map[string]string{
		"Tasks/T ECS.1":  "FAILED",
		"Tasks/T ECS.3":  "PASSED", // the stack is only there in prod
		"Tasks/S ECS.10": "FAILED", // on Fargate by the parent's cluster
		"Cluster ECS.12": "FAILED",
	} {
		if got[key] != want {
			t.Errorf("%s: %s, want %s (%s)", key, got[key], want, got[key+" why"])
		}
	}
	if !strings.Contains(got["Tasks/T ECS.1 why"], "condition Prod") {
		t.Errorf("reason %q does not say when the stack is created", got["Tasks/T ECS.1 why"])
	}
	if len(c.NotCovered) != 1 || len(c.Gaps) != 1 {
		t.Errorf("not covered %v, gaps %v, want the remote and the lost template", c.NotCovered, c.Gaps)
	}
}

func TestResourceConditions(t *testing.T) {
	template := func(condition string) string {
		return declared + `
Resources:
  T: {Type: AWS::ECS::TaskDefinition, Condition: ` + condition + `, Properties: {PidMode: !If [IsApp, host, task]}}
`
	}
	for condition, want := range map[string]string{
		"Always": "UNKNOWN",
		"Never":  "",
		"IsApp":  "FAILED",
		"NotApp": "PASSED",
		"Both":   "",
		"Ring":   "UNKNOWN",
		"Nobody": "UNKNOWN",
	} {
		if got, _ := judged(t, template(condition), nil, nil); got["T ECS.3"] != want {
			t.Errorf("condition %s: %q, want %q (%s)", condition, got["T ECS.3"], want, got["T ECS.3 why"])
		}
	}
}

// The place of an indirect value is that of its use; the message names what it
// comes from.
func TestIndirectValuesNameTheirSource(t *testing.T) {
	for expression, want := range map[string]string{
		"!Ref Root":                           "parameter Root",
		`!Sub ["${U}:1", {U: !Ref Root}]`:     "parameter Root",
		"!FindInMap [Mixed, eu-west-1, user]": "mapping Mixed",
	} {
		got, _ := judged(t, declared+user(expression), nil, nil)
		if !strings.Contains(got["T ECS.1 why"], want) {
			t.Errorf("%s: %q does not name %s", expression, got["T ECS.1 why"], want)
		}
	}
}

func TestLoopsThatAreNotRead(t *testing.T) {
	many := strings.Repeat("x,", maxLoops)
	for _, loop := range []string{"[Name, [" + many + "last], {\"T${Name}\": {Type: AWS::ECS::Cluster}}]", "[Name, [a]]"} {
		_, c := judged(t, "Transform: AWS::LanguageExtensions\nResources: {\"Fn::ForEach::L\": "+loop+"}\n", nil, nil)
		if len(c.Gaps) != 1 {
			t.Errorf("%d gaps, want 1: %v", len(c.Gaps), c.Gaps)
		}
	}
}

func TestForEach(t *testing.T) {
	got, _ := judged(t, `
Transform: AWS::LanguageExtensions
Parameters: {Open: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::Tasks:
    - Name
    - [Root, App]
    - "Task${Name}":
        Type: AWS::ECS::TaskDefinition
        Properties: {NetworkMode: host, ContainerDefinitions: [{Name: a, User: !FindInMap [Users, !Ref Name, user]}]}
  Fn::ForEach::More:
    - Other
    - !Ref Open
    - "More${Other}": {Type: AWS::ECS::TaskDefinition, Properties: {PidMode: host}}
Mappings: {Users: {Root: {user: root}, App: {user: app}}}
`, nil, nil)
	for key, want := range map[string]string{"TaskRoot ECS.1": "FAILED", "TaskApp ECS.1": "PASSED", "More${Other} ECS.3": "FAILED"} {
		if got[key] != want {
			t.Errorf("%s: %q, want %q", key, got[key], want)
		}
	}
}
