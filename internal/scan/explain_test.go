package scan_test

import (
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/value"
)

// What is missing is named as the source spells it, with what Amazon ECS takes.
func TestAbsence(t *testing.T) {
	api := line("web.json", 1)
	cfn := at{template{"web.yaml"}, 1}
	for _, tt := range []struct {
		name    string
		r       *ecsentry.Resource
		control string
		detail  string
		hint    string // part of it
	}{
		{
			"in the API's spelling", taskDefinition(api, `{"family": "web", "containerDefinitions": [{"name": "app"}]}`), "ECS.5",
			"readonlyRootFilesystem is absent: Amazon ECS takes false", "set `readonlyRootFilesystem: true`;",
		},
		{
			"in the template's spelling", taskDefinition(cfn, `{"family": "web", "containerDefinitions": [{"name": "app"}]}`), "ECS.5",
			"ReadonlyRootFilesystem is absent: Amazon ECS takes false", "set `ReadonlyRootFilesystem: true`;",
		},
		{
			"values are not spelled", taskDefinition(cfn, `{"family": "web", "networkMode": "host", "containerDefinitions": [{"name": "app"}]}`), "ECS.1",
			"User is absent: Amazon ECS takes the image's user, root unless the image says otherwise",
			"use `NetworkMode: awsvpc` or `bridge`, or give the container a `User` that is not root",
		},
		{
			"the outermost thing that is missing", taskDefinition(cfn, `{"family": "web", "containerDefinitions": [{"name": "app"}]}`), "ECS.9",
			"LogConfiguration is absent", "add a `LogConfiguration` with a `LogDriver`",
		},
		{
			"the innermost thing that is missing", taskDefinition(api, `{"family": "web", "containerDefinitions": [{"name": "app", "logConfiguration": {}}]}`), "ECS.9",
			"logDriver is absent", "",
		},
		{
			"a pass", service(api, `{"serviceName": "web"}`), "ECS.2",
			"assignPublicIp is absent: Amazon ECS takes DISABLED", "",
		},
		{
			"what is written is not absent", taskDefinition(api, `{"family": "web", "containerDefinitions": [{"name": "app", "readonlyRootFilesystem": false}]}`), "ECS.5",
			"", "set `readonlyRootFilesystem: true`;",
		},
		{
			"what is unknown is not absent", taskDefinition(api, `{"family": "web", "containerDefinitions": ["?"]}`), "ECS.5", "", "",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := find(t, run(t, tt.r), tt.control, tt.r.ID)
			reason := f.Verdict.Reasons[0]
			if reason.Detail != tt.detail {
				t.Errorf("detail %q, want %q", reason.Detail, tt.detail)
			}
			if !strings.Contains(reason.Hint, tt.hint) {
				t.Errorf("hint %q, want …%s…", reason.Hint, tt.hint)
			}
		})
	}
}

// Every word between backquotes in the catalogue's advice is a property, which
// is spelled, or one of the values and settings below, which are not.
func TestAdviceIsSpelled(t *testing.T) {
	asIs := map[string]bool{"awsvpc": true, "bridge": true, "true": true, "DISABLED": true, "LATEST": true}
	where := at{template{"bad.yaml"}, 1}
	bad := []*ecsentry.Resource{
		taskDefinition(where, `{"family": "bad", "networkMode": "host", "pidMode": "host", "containerDefinitions": [
			{"name": "a"}, {"name": "b", "privileged": true, "environment": [{"name": "AWS_ACCESS_KEY_ID"}]}]}`),
		service(where, `{"serviceName": "bad", "launchType": "FARGATE", "platformVersion": "1.0", "platformFamily": "Linux",
			"networkConfiguration": {"awsvpcConfiguration": {"assignPublicIp": "ENABLED"}}}`),
		cluster(where, `{"clusterName": "bad"}`),
	}
	advised := map[string]bool{}
	for f := range run(t, bad...).Findings.All() {
		for _, r := range f.Verdict.Reasons {
			if r.Outcome != ecsentry.Failed {
				continue
			}
			advised[f.Control.ID] = true
			for i, span := range strings.Split(r.Hint, "`") {
				for word := range strings.FieldsSeq(strings.ReplaceAll(span, ":", " ")) {
					if i%2 == 1 && !asIs[word] && word[0] >= 'a' && word[0] <= 'z' {
						t.Errorf("%s: %s is not spelled as in a template: %s", f.Control.ID, word, r.Hint)
					}
				}
			}
		}
	}
	if len(advised) != len(catalog.Controls()) {
		t.Errorf("advice of %d controls, want all %d: %v", len(advised), len(catalog.Controls()), advised)
	}
}

// An unknown says which choice to close; a hint of the source's own stays.
func TestHowToDecide(t *testing.T) {
	where := at{template{"open.yaml"}, 1}
	open := func(privileged string) *ecsentry.Resource {
		return taskDefinition(where, `{"family": "open", "containerDefinitions": [{"name": "app", "privileged": `+privileged+`}]}`)
	}
	r := open("true")
	r.Variants = append(r.Variants, open("false").Variants...)
	r.Variants[0].When = []ecsentry.Choice{{Term: "Env", Phrase: "Env is test"}}
	r.Variants[1].When = []ecsentry.Choice{{Term: "Env", Phrase: "Env is prod"}}
	r.Open = []ecsentry.Open{{Name: "Env", Answers: []string{"test", "prod"}}}
	r.Assume = func(choices map[string]string) []ecsentry.Variant {
		switch choices["Env"] {
		case "test":
			return r.Variants[:1]
		case "prod":
			return r.Variants[1:]
		default:
			return r.Variants
		}
	}
	f := find(t, run(t, r), "ECS.4", "open")
	if f.Verdict.Outcome != ecsentry.Unknown || f.Verdict.Reasons[0].Hint != "--parameter Env=prod" {
		t.Errorf("%s, hint %q; want UNKNOWN, and the answer that passes", f.Verdict.Outcome, f.Verdict.Reasons[0].Hint)
	}
}

// Reasons without a place stand where the resource stands, and each finding has
// a reason of its own outcome.
func TestEveryFindingHasAReason(t *testing.T) {
	mute := &ecsentry.Control{ID: "X.1", ResourceType: ecsentry.Cluster, Check: func(any, ecsentry.Params) ecsentry.Verdict {
		return ecsentry.Verdict{Outcome: ecsentry.Failed}
	}}
	lost := &ecsentry.Control{ID: "X.2", ResourceType: ecsentry.Cluster, Check: func(any, ecsentry.Params) ecsentry.Verdict {
		return ecsentry.Reason{Outcome: ecsentry.Unknown, Message: "cannot tell", At: &value.Place{}}.Verdict()
	}}
	o := options(&source{resources: []*ecsentry.Resource{cluster(line("c.json", 7), `{"clusterName": "c"}`)}})
	o.Controls = []*ecsentry.Control{mute, lost}
	r := runOptions(t, o)
	for f := range r.Findings.All() {
		reason := f.Verdict.Reasons[0]
		if reason.Outcome != f.Verdict.Outcome || reason.Message == "" {
			t.Errorf("%s: %s without a reason of that outcome: %+v", f.Control.ID, f.Verdict.Outcome, reason)
		}
		if got := reason.At.Position().String(); got != "c.json:7:1" {
			t.Errorf("%s: the reason stands at %q, want the resource's place", f.Control.ID, got)
		}
	}
	if r.Findings.Len() != 2 {
		t.Errorf("%d findings, want 2", r.Findings.Len())
	}
}
