package cloudformation

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// available is the condition of the CDK's statistics, as it is synthesised.
const available = `"CDKMetadataAvailable": {"Fn::Or": [{"Fn::Or": [
  {"Fn::Equals": [{"Ref": "AWS::Region"}, "af-south-1"]}, {"Fn::Equals": [{"Ref": "AWS::Region"}, "ap-east-1"]},
  {"Fn::Equals": [{"Ref": "AWS::Region"}, "ap-northeast-1"]}, {"Fn::Equals": [{"Ref": "AWS::Region"}, "ap-northeast-2"]},
  {"Fn::Equals": [{"Ref": "AWS::Region"}, "ap-south-1"]}, {"Fn::Equals": [{"Ref": "AWS::Region"}, "ca-central-1"]}]},
 {"Fn::Or": [
  {"Fn::Equals": [{"Ref": "AWS::Region"}, "cn-north-1"]}, {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-central-1"]},
  {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}, {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}]}]}`

const statistics = `"CDKMetadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": "v2:deflate64:H4sIAAAA"},
  "Metadata": {"aws:cdk:path": "Web/CDKMetadata/Default"}, "Condition": "CDKMetadataAvailable"}`

// bootstrap is what the CDK adds for its bootstrap stack.
const bootstrap = `
 "Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk-bootstrap/hnb659fds/version"}},
 "Rules": {"CheckBootstrapVersion": {"Assertions": [{"Assert": {"Fn::Not": [{"Fn::Contains": [["1", "2"], {"Ref": "BootstrapVersion"}]}]}}]}}`

const synthesised = `{"Resources": {
 "ClusterEB0386A7": {"Type": "AWS::ECS::Cluster",
  "Properties": {"ClusterSettings": [{"Name": "containerInsights", "Value": "enabled"}]},
  "Metadata": {"aws:cdk:path": "Web/Cluster/Resource"}},
 "Inner.Stack745E041B": {"Type": "AWS::CloudFormation::Stack",
  "Properties": {
   "Parameters": {"referencetoWebClusterRef": {"Ref": "ClusterEB0386A7"}, "referencetoWebTopicRef": {"Ref": "TopicBFC7AF6E"}},
   "TemplateURL": {"Fn::Join": ["", ["https://s3.", {"Ref": "AWS::Region"}, ".", {"Ref": "AWS::URLSuffix"}, "/",
    {"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"}, "/dd858ad6.json"]]}},
  "Metadata": {"aws:cdk:path": "Web/Inner.NestedStack/Inner.NestedStackResource",
   "aws:asset:path": "WebInner1F2F1681.nested.template.json", "aws:asset:property": "TemplateURL"}},
 "TopicBFC7AF6E": {"Type": "AWS::SNS::Topic"},
 ` + statistics + `},
 "Conditions": {` + available + `},` + bootstrap + `}`

const synthesisedInner = `{"Resources": {
 "Task79114B6B": {"Type": "AWS::ECS::TaskDefinition",
  "Properties": {
   "ContainerDefinitions": [{"Name": "app", "ReadonlyRootFilesystem": true,
    "Image": {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/cdk-hnb659fds-container-assets:0a1b"},
    "LogConfiguration": {"LogDriver": "awslogs", "Options": {"awslogs-region": {"Ref": "AWS::Region"}}}}],
   "NetworkMode": "awsvpc"},
  "Metadata": {"aws:cdk:path": "Web/Inner/Task/Resource"}},
 "SvcServiceE0738BDC": {"Type": "AWS::ECS::Service",
  "Properties": {"Cluster": {"Ref": "referencetoWebClusterRef"}, "LaunchType": "FARGATE", "PlatformVersion": "1.3.0",
   "NetworkConfiguration": {"AwsvpcConfiguration": {"AssignPublicIp": "DISABLED"}}, "TaskDefinition": {"Ref": "Task79114B6B"}},
  "Metadata": {"aws:cdk:path": "Web/Inner/Svc/Service"}},
 ` + statistics + `},
 "Conditions": {` + available + `},
 "Parameters": {"referencetoWebClusterRef": {"Type": "String"}, "referencetoWebTopicRef": {"Type": "String"}}}`

// A nested stack is followed by its metadata, though its URL is known only where
// it is deployed.
func TestSynthesised(t *testing.T) {
	got, c := judged(t, synthesised, nil, map[string]string{"WebInner1F2F1681.nested.template.json": synthesisedInner})
	for key, want := range map[string]string{
		"ClusterEB0386A7 ECS.12":                        "PASSED",
		"Inner.Stack745E041B/Task79114B6B ECS.5":        "PASSED",
		"Inner.Stack745E041B/Task79114B6B ECS.9":        "PASSED",
		"Inner.Stack745E041B/SvcServiceE0738BDC ECS.2":  "PASSED",
		"Inner.Stack745E041B/SvcServiceE0738BDC ECS.10": "FAILED",
	} {
		if got[key] != want {
			t.Errorf("%s: %q, want %s (%s)", key, got[key], want, got[key+" why"])
		}
	}
	if len(c.NotCovered)+len(c.Gaps)+len(c.Refused) > 0 {
		t.Errorf("coverage %+v", c)
	}
}

func TestNestedStackOfCDK(t *testing.T) {
	for metadata, want := range map[string]string{
		`{"aws:asset:path": "in.json", "aws:asset:property": "TemplateURL"}`: "in.json",
		`{"aws:asset:path": "in.json"}`:                                      "in.json",
		`{"aws:asset:path": "in.json", "aws:asset:property": "Code"}`:        "",
		`{"aws:asset:path": {"Ref": "P"}}`:                                   "",
		`{}`:                                                                 "",
	} {
		template := `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Metadata": ` + metadata + `,
			"Properties": {"TemplateURL": {"Fn::Sub": "https://s3.${AWS::Region}.amazonaws.com/x.json"}}}}}`
		f, err := document.Parse("t.json", []byte(template), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := (&Format{}).Nested(f.Documents[0])
		if len(got) == 0 && want == "" || slices.Equal(got, []string{want}) {
			continue
		}
		t.Errorf("%s: nests %v, want %q", metadata, got, want)
	}
}

func TestConstruct(t *testing.T) {
	f, err := document.Parse("t.json", []byte(synthesised), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	inner, err := document.Parse("inner.json", []byte(synthesisedInner), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := files.NewInput(f, f.Documents, func(string) (*document.File, error) { return inner, nil })
	got := map[string]string{}
	if _, err := (&Format{}).Read(t.Context(), in, func(r *ecsentry.Resource) error {
		got[r.ID] = r.Construct
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"ClusterEB0386A7":                        "Web/Cluster/Resource",
		"Inner.Stack745E041B/Task79114B6B":       "Web/Inner/Task/Resource",
		"Inner.Stack745E041B/SvcServiceE0738BDC": "Web/Inner/Svc/Service",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The Regions in which the CDK has statistics are no matter of a resource that
// depends on the Region and much else.
func TestStatisticsOpenNoWorlds(t *testing.T) {
	template := func(condition string) string {
		return `{"Parameters": {"A": {"Type": "String"}, "B": {"Type": "String"}, "C": {"Type": "String"}},
 "Conditions": {` + available + `, "Here": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]},
  "A": {"Fn::Equals": [{"Ref": "A"}, "x"]}, "B": {"Fn::Equals": [{"Ref": "B"}, "x"]}, "C": {"Fn::Equals": [{"Ref": "C"}, "x"]}},
 "Resources": {` + statistics + `, "T": {"Type": "AWS::ECS::TaskDefinition"` + condition + `, "Properties": {"ContainerDefinitions": [
  {"Name": "a", "Privileged": {"Fn::If": ["Here", {"Fn::If": ["Here", "false", "true"]}, "false"]}},
  {"Name": "b", "Privileged": {"Fn::If": ["A", {"Fn::If": ["A", "false", "true"]}, "false"]}},
  {"Name": "c", "Privileged": {"Fn::If": ["B", {"Fn::If": ["B", "false", "true"]}, "false"]}},
  {"Name": "d", "Privileged": {"Fn::If": ["C", {"Fn::If": ["C", "false", "true"]}, "false"]}}]}}}}`
	}
	got, _ := judged(t, template(""), nil, nil)
	if got["T ECS.4"] != "PASSED" {
		t.Errorf("%s, want PASSED (%s)", got["T ECS.4"], got["T ECS.4 why"])
	}
	// Where a resource asks for the condition, it counts as any other does.
	used, _ := judged(t, `{"Conditions": {`+available+`},
 "Resources": {`+statistics+`, "T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
  "PidMode": {"Fn::If": ["CDKMetadataAvailable", {"Fn::If": ["CDKMetadataAvailable", "task", "host"]}, "task"]}}}}}`, nil, nil)
	if used["T ECS.3"] != "PASSED" {
		t.Errorf("%s, want PASSED (%s)", used["T ECS.3"], used["T ECS.3 why"])
	}
	used, _ = judged(t, `{"Conditions": {`+available+`},
 "Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Condition": "CDKMetadataAvailable", "Properties": {"PidMode": "host"}}}}`,
		map[string]string{"AWS::Region": "xx-nowhere-1"}, nil)
	if len(used) != 0 {
		t.Errorf("%v, want nothing: the condition does not hold there", used)
	}
}

func TestIndexed(t *testing.T) {
	for manifest, want := range map[string]string{
		`{"version": "55.0.0", "artifacts": {
		  "assembly-Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod", "displayName": "Prod"}},
		  "Web.assets": {"type": "cdk:asset-manifest", "properties": {"file": "Web.assets.json"}},
		  "Web": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-west-1", "properties": {"templateFile": "Web.template.json"}},
		  "Again": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Web.template.json"}},
		  "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}}}}`: "assembly-Prod WebInner1F2F1681.nested.template.json Web.template.json Web.template.json",
		`{"version": "55.0.0", "artifacts": {}}`:              "",
		`{"version": "55.0.0"}`:                               "none",
		`{"artifacts": {}}`:                                   "none",
		`{"version": 3, "artifacts": []}`:                     "none",
		`{"version": "1", "artifacts": {"a": {"kind": "x"}}}`: "none",
		`{"name": "an extension", "manifest_version": 3, "version": "1.0", "permissions": ["storage"]}`: "none",
	} {
		f, err := document.Parse("manifest.json", []byte(manifest), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		names, ok := (&Format{}).Indexed(f.Documents[0], func(name string) *document.Node {
			if name != "Web.assets.json" {
				return nil
			}
			assets, err := document.Parse(name, []byte(`{"version": "55.0.0", "files": {
				"5ae60df1": {"source": {"path": "asset.5ae60df1", "packaging": "zip"}},
				"dd858ad6": {"source": {"path": "WebInner1F2F1681.nested.template.json", "packaging": "file"}},
				"9b8a0e3f": {"source": {"path": "Web.template.json", "packaging": "file"}}}}`), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			return assets.Documents[0]
		})
		got := "none"
		if ok {
			got = strings.Join(names, " ")
		}
		if got != want {
			t.Errorf("%s: %s, want %s", manifest, got, want)
		}
	}
}

// Where the CDK lacks a value that it would look up, it goes on with a dummy: the
// text of that decides nothing.
func TestDummyValues(t *testing.T) {
	got, _ := judged(t, `{"Resources": {
 "T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"PidMode": "dummy-value-for-/app/pid", "NetworkMode": "host", "ContainerDefinitions": [
   {"Name": "a", "Image": "registry.example.com/a:dummy-value-for-/app/tag", "User": {"Fn::Join": ["", ["dummy-value-for-/app/user", ":0"]]}}]}},
 "S": {"Type": "AWS::ECS::Service", "Properties": {"LaunchType": "FARGATE", "PlatformVersion": "dummy-value-for-/app/version"}}}}`, nil, nil)
	for key, want := range map[string]string{
		"T ECS.1": "UNKNOWN", "T ECS.3": "UNKNOWN", "T ECS.5": "FAILED", "S ECS.10": "UNKNOWN",
	} {
		if got[key] != want {
			t.Errorf("%s: %q, want %s (%s)", key, got[key], want, got[key+" why"])
		}
	}
	if why := got["T ECS.3 why"]; !strings.Contains(why, "the CDK could not look its value up") {
		t.Errorf("why: %s", why)
	}
}
