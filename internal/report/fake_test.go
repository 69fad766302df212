package report

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A fakeText is a document of which only show is fit to print.
type fakeText struct {
	name  string
	raw   string
	show  string // as raw, line by line, with what may be secret hidden
	asked func() // called when a position is computed
}

func (t *fakeText) Position(off int32) value.Position {
	if t.asked != nil {
		t.asked()
	}
	before := t.raw[:min(int(off), len(t.raw))]
	line := strings.LastIndexByte(before, '\n') + 1
	return value.Position{
		File: t.name, Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(before[line:]) + 1,
	}
}

// A quotingText can show its lines: the one with the value, and the one before.
type quotingText struct{ *fakeText }

func (t quotingText) Quote(off, end int32) []value.Line {
	from, to := t.Position(off), t.Position(end)
	lines := strings.Split(t.show, "\n")
	var out []value.Line
	if from.Line > 1 && strings.Contains(lines[from.Line-2], ":") && t.name == "two.yaml" {
		out = append(out, value.Line{Number: from.Line - 1, Text: lines[from.Line-2]})
	}
	l := value.Line{Number: from.Line, Text: lines[from.Line-1], Mark: from.Column - 1}
	if l.MarkEnd = utf8.RuneCountInString(l.Text); to.Line == from.Line {
		l.MarkEnd = to.Column - 1
	}
	return append(out, l)
}

// at is the place of the n-th occurrence of what in a text.
func at(t value.Text, raw, what string, parent *value.Place, name string) *value.Place {
	off := strings.Index(raw, what)
	if off < 0 {
		panic("no " + what)
	}
	return &value.Place{In: t, Off: int32(off), End: int32(off + len(what)), Parent: parent, Name: name}
}

func missing(p *value.Place, name string) *value.Place {
	return &value.Place{In: p.In, Off: p.Off, End: p.End, Parent: p, Name: name, Missing: true}
}

// path makes a place without a text, as live resources have.
func path(names ...string) *value.Place {
	p := &value.Place{}
	for _, n := range names {
		p = &value.Place{Parent: p, Name: n}
	}
	return p
}

func control(id string, s ecsentry.Severity, t ecsentry.ResourceType, title string) *ecsentry.Control {
	return &ecsentry.Control{
		ID: id, Title: title, Severity: s, ResourceType: t,
		Description:  "Fails if " + id + " is not kept.",
		Rationale:    "Why " + id + " matters.",
		Remediation:  "Keep " + id + ".",
		ConfigRule:   "rule-of-" + strings.ToLower(id),
		Requirements: []string{"NIST.800-53.r5 AC-3"},
	}
}

var (
	started  = time.Date(2026, 3, 4, 5, 6, 7, 8e6, time.UTC)
	finished = started.Add(1234 * time.Millisecond)
)

func finding(c *ecsentry.Control, id *ecsentry.Identity, reasons ...ecsentry.Reason) ecsentry.Finding {
	f := ecsentry.Finding{ID: ecsentry.FindingID(c, id), Control: c, Resource: id, Severity: c.Severity}
	for _, r := range reasons {
		f.Verdict.Join(r)
	}
	return f
}

const webYAML = `Resources:
  WebTask:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      ContainerDefinitions:
        - Name: app
          Image: hunter2
        - Name: log
          Privileged: !Ref AgentPrivileged
`

// sample is a report with something of everything.
func sample() *ecsentry.Report {
	var (
		readonly = control("ECS.5", ecsentry.High, ecsentry.TaskDefinition, "ECS containers should be limited to read-only access to root filesystems")
		nonpriv  = control("ECS.4", ecsentry.High, ecsentry.TaskDefinition, "ECS containers should run as non-privileged")
		publicIP = control("ECS.2", ecsentry.High, ecsentry.Service, "ECS services should not have public IP addresses assigned to them automatically")
		platform = control("ECS.10", ecsentry.Medium, ecsentry.Service, "ECS Fargate services should run on the latest Fargate platform version")
		insights = control("ECS.12", ecsentry.Medium, ecsentry.Cluster, "ECS clusters should use Container Insights")
	)
	text := quotingText{&fakeText{
		name: "examples/web.yaml", raw: webYAML, show: strings.ReplaceAll(webYAML, "hunter2", "‹hidden›"),
	}}
	root := at(text, webYAML, "Family: web\n", nil, "")
	list := &value.Place{In: text, Off: root.Off, End: root.End, Parent: root, Name: "containerDefinitions"}
	app := at(text, webYAML, "Name: app", list, "0")
	log := at(text, webYAML, "Name: log", list, "1")
	task := &ecsentry.Identity{
		Type: ecsentry.TaskDefinition, ID: "WebTask", Name: "web", Source: ecsentry.SourceCloudFormation, Partition: "aws",
		At: at(text, webYAML, "Type: AWS::ECS::TaskDefinition", nil, ""),
	}
	service := &ecsentry.Identity{
		Type: ecsentry.Service, ID: "arn:aws:ecs:eu-west-1:123456789012:service/main/web", Name: "web",
		Source: ecsentry.SourceLive, Partition: "aws", Account: "123456789012", Region: "eu-west-1",
		Running: "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:6",
	}
	cluster := &ecsentry.Identity{
		Type: ecsentry.Cluster, ID: "arn:aws:ecs:eu-west-1:123456789012:cluster/main", Name: "main",
		Source: ecsentry.SourceLive, Partition: "aws", Account: "123456789012", Region: "eu-west-1",
	}
	excepted := finding(insights, cluster, ecsentry.Reason{
		Outcome: ecsentry.Failed, Message: "does not use Container Insights", At: path("settings"),
		Detail: "settings is [\"containerInsights\"]",
		Hint:   "set containerInsights to enhanced or enabled in `settings`; CloudWatch charges for it",
	})
	excepted.Exception = &ecsentry.Exception{Reason: "we watch it otherwise", Owner: "platform team", Expires: "2026-12-31"}
	old := *cluster
	old.ID, old.Name = "arn:aws:ecs:eu-west-1:123456789012:cluster/old", "old"

	return &ecsentry.Report{
		Version: "1.2.3", Started: started, Finished: finished, Resources: 4, OlderRevisions: 2,
		Findings: ecsentry.Hold(
			finding(nonpriv, task,
				ecsentry.Reason{Outcome: ecsentry.Passed, Subject: "app", Scope: app, Message: "is not privileged", At: missing(app, "privileged")},
				ecsentry.Reason{
					Outcome: ecsentry.Unknown, Subject: "log", Scope: log, Message: "cannot tell whether it is privileged: !Ref AgentPrivileged",
					Hint: "--parameter AgentPrivileged=false", Detail: "Privileged is !Ref AgentPrivileged",
					At: at(text, webYAML, "!Ref AgentPrivileged", log, "privileged"),
				}),
			finding(readonly, task,
				ecsentry.Reason{
					Outcome: ecsentry.Failed, Subject: "app", Scope: app, Message: "can write to its root filesystem",
					Detail: "ReadonlyRootFilesystem is absent: Amazon ECS takes false",
					Hint:   "add `ReadonlyRootFilesystem: true`; check first where app writes", At: missing(app, "readonlyRootFilesystem"),
				},
				ecsentry.Reason{
					Outcome: ecsentry.Failed, Subject: "log", Scope: log, Message: "can write to its root filesystem", When: "when Env is prod",
					At: missing(log, "readonlyRootFilesystem"),
				}),
			finding(publicIP, service, ecsentry.Reason{
				Outcome: ecsentry.Failed, Message: "assigns public IP addresses", Detail: "assignPublicIp is ENABLED",
				Hint: "set `assignPublicIp: DISABLED`", At: path("networkConfiguration", "awsvpcConfiguration", "assignPublicIp"),
			}),
			finding(platform, service, ecsentry.Reason{
				Outcome: ecsentry.Passed, Message: "runs on the latest Fargate platform version", At: path("platformVersion"),
			}),
			excepted,
			finding(insights, &old, ecsentry.Reason{Outcome: ecsentry.NotApplicable, Message: "is INACTIVE"}),
		),
		Coverage: ecsentry.Coverage{
			Files:      1,
			Gaps:       []ecsentry.Gap{{Scope: "arn:aws:ecs:eu-west-1:123456789012:task-definition/api", Reason: "AccessDeniedException"}},
			Refused:    []ecsentry.Gap{{Scope: "broken.json", Reason: "broken.json:3:1: ends too early"}},
			NotCovered: []ecsentry.Gap{{Scope: "examples/web.yaml", Reason: "nested stack at a URL: Child"}},
			Skipped:    []ecsentry.Gap{{Scope: "values.yaml", Reason: "holds nothing of Amazon ECS"}, {Scope: "tsconfig.json", Reason: "is no JSON"}},
		},
	}
}
