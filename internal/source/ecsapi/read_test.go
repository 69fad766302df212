package ecsapi_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/ecsapi"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// read reads a file as if the user had forced the format.
func read(t *testing.T, text string) ([]*ecsentry.Resource, ecsentry.Coverage) {
	t.Helper()
	f, err := document.Parse("dir/x.json", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []*ecsentry.Resource
	c, err := ecsapi.New().Read(context.Background(), files.NewInput(f, f.Documents, nil), func(r *ecsentry.Resource) error {
		out = append(out, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, c
}

// However an integer is written, it is one: 10.0 is revision 10.
func TestRevision(t *testing.T) {
	for written, want := range map[string]string{
		"10": "10", "10.0": "10", "1e1": "10", "1.0E+1": "10", "100e-1": "10", `"10"`: "10", "10.5": "10.5", "1e400": "1e400",
	} {
		resources, _ := read(t, `{"family":"web","containerDefinitions":[],"revision":`+written+`}`)
		td := resources[0].Variants[0].Data.(*ecs.TaskDefinition)
		if got, ok := td.Revision.Get(); !ok || got != want {
			t.Errorf("%s is %q, %v; want %q", written, got, ok, want)
		}
	}
}

func TestIdentity(t *testing.T) {
	type identity struct {
		Type, ID, Name, Account, Region, Partition string
		Ordinal                                    int
		At                                         string
	}
	const file = "dir/x.json"
	for name, tt := range map[string]struct {
		text string
		want []identity
	}{
		"family": {
			`{"family":"web","containerDefinitions":[]}`,
			[]identity{{"TaskDefinition", "web", "web", "", "", "aws", 0, "1:1"}},
		},
		"no family": {
			"{\"containerDefinitions\":[]}\n{\"containerDefinitions\":[]}",
			[]identity{
				{"TaskDefinition", file, file, "", "", "aws", 0, "1:1"},
				{"TaskDefinition", file, file, "", "", "aws", 1, "2:1"},
			},
		},
		"family with a placeholder": {
			`{"family":"web-${STAGE}","containerDefinitions":[]}`,
			[]identity{{"TaskDefinition", file, file, "", "", "aws", 0, "1:1"}},
		},
		"revision": {
			`{"taskDefinition":{"taskDefinitionArn":"` + webARN + `","family":"web","revision":3,"containerDefinitions":[]}}`,
			[]identity{{"TaskDefinition", webARN, "web", "111122223333", "eu-west-1", "aws", 0, "1:19"}},
		},
		"revision without family": {
			`{"taskDefinition":{"taskDefinitionArn":"` + webARN + `"}}`,
			[]identity{{"TaskDefinition", webARN, "web", "111122223333", "eu-west-1", "aws", 0, "1:19"}},
		},
		"ARN with placeholders": {
			`{"taskDefinitionArn":"arn:aws:ecs:${R}:${A}:task-definition/web:3","family":"web","containerDefinitions":[]}`,
			[]identity{{"TaskDefinition", "web", "web", "", "", "aws", 0, "1:1"}},
		},
		"account blacked out": {
			`{"taskDefinitionArn":"arn:aws-cn:ecs:cn-north-1:xxxxxxxxxxxx:task-definition/web:3","containerDefinitions":[]}`,
			[]identity{{
				"TaskDefinition", "arn:aws-cn:ecs:cn-north-1:xxxxxxxxxxxx:task-definition/web:3", "web", "", "cn-north-1", "aws-cn",
				0, "1:1",
			}},
		},
		"service answer": {
			`{"services":[{"serviceArn":"` + serviceARN + `","serviceName":"web","clusterArn":"` + clusterARN + `"}],"failures":[]}`,
			[]identity{{"Service", serviceARN, "web", "111122223333", "eu-west-1", "aws", 0, "1:14"}},
		},
		"service input": {
			`{"serviceName":"web","cluster":"prod","taskDefinition":"web"}`,
			[]identity{{"Service", "web", "web", "", "", "aws", 0, "1:1"}},
		},
		"service input with the cluster's ARN": {
			`{"serviceName":"web","cluster":"` + clusterARN + `","taskDefinition":"web"}`,
			[]identity{{"Service", "web", "web", "111122223333", "eu-west-1", "aws", 0, "1:1"}},
		},
		"service input with the task definition's ARN": {
			`{"serviceName":"web","taskDefinition":"` + webARN + `"}`,
			[]identity{{"Service", "web", "web", "111122223333", "eu-west-1", "aws", 0, "1:1"}},
		},
		"service without a name": {
			`{"launchType":"FARGATE","desiredCount":1}`,
			[]identity{{"Service", file, file, "", "", "aws", 0, "1:1"}},
		},
		"cluster answer": {
			`{"cluster":{"clusterArn":"` + clusterARN + `","clusterName":"prod"}}`,
			[]identity{{"Cluster", clusterARN, "prod", "111122223333", "eu-west-1", "aws", 0, "1:12"}},
		},
		"cluster input": {
			`{"clusterName":"demo"}`,
			[]identity{{"Cluster", "demo", "demo", "", "", "aws", 0, "1:1"}},
		},
		"task sets": {
			`{"taskSets":[{"taskSetArn":"` + taskSetARN + `"}],"failures":[]}
			{"service":"web","cluster":"` + clusterARN + `","taskDefinition":"web:3"}`,
			[]identity{
				{"TaskSet", taskSetARN, taskSetARN[strings.LastIndexByte(taskSetARN, '/')+1:], "111122223333", "eu-west-1", "aws", 0, "1:14"},
				{"TaskSet", file, file, "111122223333", "eu-west-1", "aws", 0, "2:4"},
			},
		},
		"the same ARN at two places": {
			`[{"taskDefinitionArn":"` + webARN + `","containerDefinitions":[]},
{"taskDefinitionArn":"` + webARN + `","containerDefinitions":[]}]`,
			[]identity{
				{"TaskDefinition", webARN, "web", "111122223333", "eu-west-1", "aws", 0, "1:2"},
				{"TaskDefinition", webARN, "web", "111122223333", "eu-west-1", "aws", 1, "2:1"},
			},
		},
		"a service with its task definition inside": {
			`{"serviceName":"web","desiredCount":1,"taskDefinition":{"family":"app","containerDefinitions":[]}}`,
			[]identity{
				{"Service", "web", "web", "", "", "aws", 0, "1:1"},
				{"TaskDefinition", "app", "app", "", "", "aws", 0, "1:56"},
			},
		},
		"answers beside each other": {
			`{"taskDefinition":{"family":"web","containerDefinitions":[]},"service":{"serviceArn":"` + serviceARN + `","status":"ACTIVE"}}`,
			[]identity{
				{"TaskDefinition", "web", "web", "", "", "aws", 0, "1:19"},
				{"Service", serviceARN, "web", "111122223333", "eu-west-1", "aws", 0, "1:72"},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			resources, c := read(t, tt.text)
			var got []identity
			for _, r := range resources {
				p := r.At.Position()
				got = append(got, identity{
					strings.TrimPrefix(string(r.Type), "AWS::ECS::"), r.ID, r.Name, r.Account, r.Region, r.Partition, r.Ordinal,
					strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column),
				})
				if r.Source != "ecs-api" || p.File != file {
					t.Errorf("source %s, file %s", r.Source, p.File)
				}
				if len(r.Variants) != 1 {
					t.Errorf("%d variants, want 1", len(r.Variants))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(ecsentry.Coverage{}, c); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOutside(t *testing.T) {
	resources, _ := read(t, `[
		{"family":"a","status":"INACTIVE","containerDefinitions":[]},
		{"family":"a","status":"DELETE_IN_PROGRESS","containerDefinitions":[]},
		{"family":"a","status":"ACTIVE","containerDefinitions":[]},
		{"serviceArn":"`+serviceARN+`","status":"INACTIVE"},
		{"serviceArn":"`+serviceARN+`","status":"DRAINING"},
		{"clusterArn":"`+clusterARN+`","status":"INACTIVE"},
		{"clusterArn":"`+clusterARN+`","status":"PROVISIONING"}]`)
	var got []string
	for _, r := range resources {
		got = append(got, r.Outside)
	}
	want := []string{"is INACTIVE", "is DELETE_IN_PROGRESS", "", "is INACTIVE", "", "is INACTIVE", ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCoverage(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want ecsentry.Coverage
	}{
		"failures": {
			`{"services":[],"failures":[{"arn":"` + serviceARN + `","reason":"MISSING","detail":"s3cret"}]}`,
			ecsentry.Coverage{Gaps: []ecsentry.Gap{{
				Scope:  serviceARN,
				Reason: "dir/x.json, line 1, column 28: the answer says of a resource only that it failed: MISSING",
			}}},
		},
		"failure with no more than a secret": {
			`{"services":[],"failures":[{"arn":"not an ARN","reason":"s3cret"}]}`,
			ecsentry.Coverage{Gaps: []ecsentry.Gap{{
				Scope:  "dir/x.json",
				Reason: "line 1, column 28: the answer says of a resource only that it failed",
			}}},
		},
		"a resource that is none": {
			`{"services":["s3cret"],"failures":[]}`,
			ecsentry.Coverage{Gaps: []ecsentry.Gap{{
				Scope:  "dir/x.json",
				Reason: "line 1, column 14: is no object, so nothing can be told of it",
			}}},
		},
		"no list of resources": {
			`{"clusters":{"clusterArn":"s3cret"},"failures":[{"reason":"MISSING"}]}`,
			ecsentry.Coverage{Gaps: []ecsentry.Gap{
				{Scope: "dir/x.json", Reason: "line 1, column 13: is no list, so nothing can be told of what the answer should list"},
				{Scope: "dir/x.json", Reason: "line 1, column 49: the answer says of a resource only that it failed: MISSING"},
			}},
		},
		"a list that is null": {`{"services":null,"failures":[]}`, ecsentry.Coverage{}},
		"something else in an array": {
			`[{"containerDefinitions":[]},{"name":"x"}]`,
			ecsentry.Coverage{Skipped: []ecsentry.Gap{{
				Scope:  "dir/x.json",
				Reason: "line 1, column 30: this part of the document is not ours",
			}}},
		},
		"something else, forced": {
			`{"name":"x"}`,
			ecsentry.Coverage{Refused: []ecsentry.Gap{{
				Scope:  "dir/x.json",
				Reason: "line 1, column 1: is neither an input nor an answer of the ECS API that ecsentry reads",
			}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, c := read(t, tt.text)
			if diff := cmp.Diff(tt.want, c); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLenient: with --type a document needs to say less.
func TestLenient(t *testing.T) {
	for text, want := range map[string]ecsentry.ResourceType{
		"clusterName: prod\n":   ecsentry.Cluster,
		"serviceName: web\n":    ecsentry.Service,
		`{"family":"web"}`:      ecsentry.TaskDefinition,
		`{"serviceName":"web"}`: ecsentry.Service,
	} {
		resources, c := read(t, text)
		if len(resources) != 1 || resources[0].Type != want {
			t.Errorf("%s: %v, %v; want %s", text, resources, c, want)
		}
	}
}

func TestYieldStops(t *testing.T) {
	f, err := document.Parse("x.json", []byte(`[{"clusterName":"a"},{"clusterName":"b"}]`), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	_, err = ecsapi.New().Read(context.Background(), files.NewInput(f, f.Documents, nil), func(*ecsentry.Resource) error {
		calls++
		return context.Canceled
	})
	if err != context.Canceled || calls != 1 {
		t.Errorf("%v after %d calls, want yield's error after 1", err, calls)
	}
}
