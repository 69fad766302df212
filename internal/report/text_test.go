package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// lines is a text that shows the same lines whatever is asked for.
type lines struct {
	fakeText
	quote []value.Line
}

func (l *lines) Quote(int32, int32) []value.Line { return l.quote }

func one(r ecsentry.Reason, id *ecsentry.Identity) *ecsentry.Report {
	return &ecsentry.Report{Findings: ecsentry.Hold(
		finding(control("ECS.5", ecsentry.High, ecsentry.TaskDefinition, "t"), id, r),
	)}
}

// The sample of the scanner's issue, to the letter.
func TestTextIsAsPromised(t *testing.T) {
	const want = "FAILED   ECS.5 High   container app can write to its root filesystem\n" +
		"  --> examples/cloudformation/web.yaml:21:11   WebTask\n" +
		"   |\n" +
		"21 |         - Name: app\n" +
		"   |           ^^^^^^^^^ ReadonlyRootFilesystem is absent: Amazon ECS takes false\n" +
		"   = add `ReadonlyRootFilesystem: true`; check first where app writes\n\n"
	raw := strings.Repeat("#\n", 20) + "        - Name: app\n          Image: nginx\n"
	text := &lines{fakeText{name: "examples/cloudformation/web.yaml", raw: raw}, []value.Line{
		{Number: 21, Text: "        - Name: app", Mark: 10, MarkEnd: 19},
		{Number: 22, Text: "          Image: ‹hidden›", Mark: 10, MarkEnd: 25}, // the container goes on
	}}
	app := at(text, raw, "Name: app\n          Image: nginx", &value.Place{In: text}, "0")
	id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "WebTask", Name: "web", Source: ecsentry.SourceCloudFormation, At: app}
	got := string(write(t, "text", one(ecsentry.Reason{
		Outcome: ecsentry.Failed, Subject: "app", Message: "can write to its root filesystem", At: missing(app, "readonlyRootFilesystem"),
		Detail: "ReadonlyRootFilesystem is absent: Amazon ECS takes false",
		Hint:   "add `ReadonlyRootFilesystem: true`; check first where app writes",
	}, id), Options{Quiet: true}))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Below a lone bracket stands what it is the bracket of.
func TestMissingInAnObject(t *testing.T) {
	raw := "[\n {\n  \"name\": \"app\",\n  \"image\": \"i\"\n }\n]"
	text := &lines{fakeText{name: "a.json", raw: raw}, []value.Line{
		{Number: 1, Text: "["},
		{Number: 2, Text: " {", Mark: 1, MarkEnd: 2},
		{Number: 3, Text: "  \"name\": \"app\",", Mark: 2, MarkEnd: 16},
		{Number: 4, Text: "  \"image\": ‹hidden›", Mark: 2, MarkEnd: 19},
	}}
	app := at(text, raw, "{\n  \"name\": \"app\",\n  \"image\": \"i\"\n }", &value.Place{In: text}, "0")
	id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "web", Name: "web", At: app}
	got := string(write(t, "text", one(ecsentry.Reason{
		Outcome: ecsentry.Failed, Subject: "app", Message: "m", At: missing(app, "readonlyRootFilesystem"), Detail: "absent",
	}, id), Options{Quiet: true}))
	const want = "FAILED   ECS.5 High   container app m\n  --> a.json:2:2   web\n" +
		"   |\n 1 | [\n 2 |  {\n   |  ^ absent\n 3 |   \"name\": \"app\",\n\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSourceLines(t *testing.T) {
	for name, tc := range map[string]struct {
		quote []value.Line
		want  string
	}{
		"lines around, and a gap": {
			[]value.Line{{Number: 8, Text: "a:"}, {Number: 9, Text: "  b: 1", Mark: 2, MarkEnd: 6}, {Number: 100, Text: "c:"}},
			"    |\n  8 | a:\n  9 |   b: 1\n    |   ^^^^ why\n...\n100 | c:\n",
		},
		"several lines are one value": {
			[]value.Line{{Number: 1, Text: "a:", Mark: 0, MarkEnd: 2}, {Number: 2, Text: "  b", Mark: 2, MarkEnd: 3}},
			"   |\n 1 | a:\n   | ^^ why\n 2 |   b\n",
		},
		"no mark":            {[]value.Line{{Number: 1, Text: "a"}}, "   |\n 1 | a\n   | why\n"},
		"an empty line":      {[]value.Line{{Number: 1, Text: ""}, {Number: 2, Text: "a", MarkEnd: 1}}, "   |\n 1 |\n 2 | a\n   | ^ why\n"},
		"wide characters":    {[]value.Line{{Number: 1, Text: "東京é: x", Mark: 5, MarkEnd: 6}}, "   |\n 1 | 東京é: x\n   |        ^ why\n"},
		"wide below":         {[]value.Line{{Number: 1, Text: "a: 東京", Mark: 3, MarkEnd: 5}}, "   |\n 1 | a: 東京\n   |    ^^^^ why\n"},
		"a mark beyond":      {[]value.Line{{Number: 1, Text: "a", Mark: 5, MarkEnd: 9}}, "   |\n 1 | a\n   |  ^ why\n"},
		"a tab":              {[]value.Line{{Number: 1, Text: "\ta", Mark: 1, MarkEnd: 2}}, "   |\n 1 |  a\n   |  ^ why\n"},
		"nothing to show":    {nil, "   | why\n"},
		"an escape sequence": {[]value.Line{{Number: 1, Text: "\x1b[31ma", Mark: 5, MarkEnd: 6}}, "   |\n 1 | ␛[31ma\n   |      ^ why\n"},
	} {
		t.Run(name, func(t *testing.T) {
			text := &lines{fakeText{name: "f", raw: "abc"}, tc.quote}
			p := at(text, text.raw, "b", &value.Place{}, "x")
			id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "T", Name: "T", At: p}
			got := string(write(t, "text", one(ecsentry.Reason{Outcome: ecsentry.Failed, Message: "m", Detail: "why", At: p}, id), Options{Quiet: true}))
			_, got, _ = strings.Cut(got, "f:1:2   T\n")
			if diff := cmp.Diff(tc.want+"\n", got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSentence(t *testing.T) {
	task := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "arn:aws:ecs:r:a:task-definition/web:3", Name: "web"}
	nameless := &ecsentry.Identity{Type: ecsentry.Service, ID: "arn:aws:ecs:r:a:service/main/api"}
	for _, tc := range []struct {
		id   *ecsentry.Identity
		r    ecsentry.Reason
		want string
	}{
		{task, ecsentry.Reason{Subject: "app", Message: "is privileged"}, "container app is privileged"},
		{task, ecsentry.Reason{Message: "shares the host's process namespace"}, "task definition web shares the host's process namespace"},
		{nameless, ecsentry.Reason{Message: "assigns public IP addresses"}, "service main/api assigns public IP addresses"},
		{task, ecsentry.Reason{Subject: "containerDefinitions[1]", Message: "is privileged"}, "containerDefinitions[1] is privileged"},
		{task, ecsentry.Reason{Subject: "app", Message: "is privileged", When: "when Env is prod"}, "container app is privileged when Env is prod"},
		{task, ecsentry.Reason{Subject: "log", Message: "cannot tell whether it is privileged: !Ref X"}, "cannot tell whether container log is privileged: !Ref X"},
		{
			task, ecsentry.Reason{Message: "cannot tell: its condition is not defined"},
			"task definition web: cannot tell: its condition is not defined",
		},
		{
			nameless, ecsentry.Reason{Message: "cannot tell whether the control applies to it (runs on an old version)"},
			"service main/api: cannot tell whether the control applies to it (runs on an old version)",
		},
	} {
		f := ecsentry.Finding{Resource: tc.id}
		if got := sentence(&f, &tc.r); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}

func TestCompact(t *testing.T) {
	const want = "examples/web.yaml:10:23: UNKNOWN ECS.4 log: cannot tell whether it is privileged: !Ref AgentPrivileged\n" +
		"examples/web.yaml:7:11: FAILED ECS.5 app: can write to its root filesystem\n" +
		"examples/web.yaml:9:11: FAILED ECS.5 log: can write to its root filesystem when Env is prod\n" +
		"arn:aws:ecs:eu-west-1:123456789012:service/main/web: FAILED ECS.2 web: assigns public IP addresses\n"
	for _, o := range []Options{{}, {Quiet: true}, {Verbose: true}} {
		if diff := cmp.Diff(want, string(write(t, "compact", sample(), o))); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", o, diff)
		}
	}
}

// A failed finding's unknown reasons are told as well.
func TestUnknownReasonsOfAFailure(t *testing.T) {
	id := &ecsentry.Identity{Type: ecsentry.TaskDefinition, ID: "arn:x", Source: ecsentry.SourceLive}
	r := &ecsentry.Report{Findings: ecsentry.Hold(finding(
		control("ECS.4", ecsentry.High, ecsentry.TaskDefinition, "t"), id,
		ecsentry.Reason{Outcome: ecsentry.Unknown, Subject: "a", Message: "cannot tell whether it is privileged"},
		ecsentry.Reason{Outcome: ecsentry.Failed, Subject: "b", Message: "is privileged"},
	))}
	for _, format := range []string{"text", "compact", "sarif"} {
		out := string(write(t, format, r, Options{Quiet: true}))
		if !strings.Contains(out, "cannot tell whether") {
			t.Errorf("%s: %s", format, out)
		}
	}
	out := string(write(t, "text", r, Options{Quiet: true}))
	if strings.Index(out, "FAILED") > strings.Index(out, "UNKNOWN") {
		t.Errorf("unknowns come first:\n%s", out)
	}
}

func TestCompareIDs(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"ECS.9", "ECS.10", -1}, {"ECS.10", "ECS.9", 1}, {"ECS.1", "ECS.1", 0}, {"CUSTOM.20", "ECS.1", -1},
		{"own", "pwn", -1}, {"ECS.1", "ECS.x", -1},
	} {
		if got := compareIDs(tc.a, tc.b); got != tc.want {
			t.Errorf("compareIDs(%q, %q) = %d, want %d", tc.a, tc.b, got, tc.want)
		}
	}
}

func TestInterruptedSaysSo(t *testing.T) {
	r := sample()
	r.Coverage.Gaps, r.Coverage.Refused = nil, nil
	if got := string(write(t, "text", r, Options{})); !strings.HasSuffix(got, "; incomplete\n") {
		t.Errorf("totals of an interrupted run: %q", got[len(got)-80:])
	}
	r.Complete = true
	if got := string(write(t, "text", r, Options{})); strings.Contains(got, "incomplete") {
		t.Error("a complete run is said to be incomplete")
	}
}
