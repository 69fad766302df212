package ecsapi_test

import (
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
)

// verdict judges the first resource of a text by a control.
func verdict(t *testing.T, control, text string) ecsentry.Verdict {
	t.Helper()
	resources, c := read(t, text)
	if len(resources) == 0 {
		t.Fatalf("no resource: %+v", c)
	}
	for _, ctl := range catalog.Controls() {
		if ctl.ID == control {
			if ctl.ResourceType != resources[0].Type {
				t.Fatalf("%s is about %s, the text about %s", control, ctl.ResourceType, resources[0].Type)
			}
			return ecsentry.Judge(ctl, resources[0], ctl.Defaults())
		}
	}
	t.Fatalf("no control %s", control)
	return ecsentry.Verdict{}
}

// host, one, service and answer write the parts that stay the same.
func host(container string) string {
	return `{"networkMode":"host","containerDefinitions":[{"name":"app",` + container + `}]}`
}

func one(container string) string {
	return `{"containerDefinitions":[{"name":"app",` + container + `}]}`
}

func fargate(rest string) string {
	return `{"serviceName":"web","taskDefinition":"web","launchType":"FARGATE",` + rest + `}`
}

func public(assign string) string {
	return `{"serviceName":"web","networkConfiguration":{"awsvpcConfiguration":{` + assign + `}}}`
}

func TestVerdicts(t *testing.T) {
	const passed, failed, unknown, none = ecsentry.Passed, ecsentry.Failed, ecsentry.Unknown, ecsentry.NotApplicable
	for _, tt := range []struct {
		control string
		want    ecsentry.Outcome
		text    string
	}{
		{"ECS.1", passed, one(`"user":"root"`)},
		{"ECS.1", passed, `{"networkMode":"awsvpc","containerDefinitions":[{"name":"a"}]}`},
		{"ECS.1", passed, `{"networkMode":"<default>","containerDefinitions":[{"name":"a"}]}`},
		{"ECS.1", passed, host(`"user":"1000"`)},
		{"ECS.1", passed, host(`"user":1000`)},
		{"ECS.1", passed, host(`"privileged":true`)},
		{"ECS.1", passed, host(`"user":"app:${GROUP}"`)},
		{"ECS.1", passed, host(`"user":"10{{ .Id }}"`)},
		{"ECS.1", failed, host(`"image":"x"`)},
		{"ECS.1", failed, host(`"user":null`)},
		{"ECS.1", failed, host(`"user":""`)},
		{"ECS.1", failed, host(`"user":"root"`)},
		{"ECS.1", failed, host(`"user":0`)},
		{"ECS.1", failed, host(`"user":0.0`)}, // a number is its digits
		{"ECS.1", failed, host(`"user":-0`)},
		{"ECS.1", failed, host(`"user":0e5`)},
		{"ECS.1", passed, host(`"user":1e1`)},
		{"ECS.1", passed, host(`"user":0.5`)},
		{"ECS.1", passed, host(`"user":1e999999999`)},
		{"ECS.1", failed, host(`"user":"0:${GROUP}"`)},
		{"ECS.1", failed, host(`"user":"root:${GROUP:-s3cret}"`)},
		{"ECS.1", failed, "networkMode: host\ncontainerDefinitions:\n  - name: app\n    user: 0x0\n"},
		{"ECS.1", failed, host(`"user":"root"},{"name":"b","user":"${USER}"`)},
		{"ECS.1", unknown, host(`"user":"${USER}"`)},
		{"ECS.1", unknown, host(`"user":"{{ must_env ` + "`USER`" + ` }}"`)},
		{"ECS.1", unknown, host(`"user":"%USER%"`)},
		{"ECS.1", unknown, host(`"user":"<USER>"`)},
		{"ECS.1", unknown, host(`"user":"{{#if prod}}1000{{/if}}"`)},
		{"ECS.1", unknown, host(`"user":"{{{ID}}}"`)},
		{"ECS.1", unknown, host(`"user":"%%ID%%"`)},
		{"ECS.1", unknown, host(`"user":["root"]`)},
		{"ECS.1", unknown, host(`"user":true`)},
		{"ECS.1", unknown, host(`"privileged":"true"`)},
		{"ECS.1", unknown, host(`"{{ extra }}":1`)},
		{"ECS.1", unknown, `{"networkMode":"${MODE}","containerDefinitions":[{"name":"a"}]}`},
		{"ECS.1", none, `{"networkMode":"host","containerDefinitions":[]}`},
		{"ECS.1", none, `{"family":"a","networkMode":"host"}`},

		{"ECS.2", passed, public(`"assignPublicIp":"DISABLED"`)},
		{"ECS.2", passed, public(`"subnets":[]`)},
		{"ECS.2", passed, fargate(`"desiredCount":1`)},
		{"ECS.2", passed, `{"serviceArn":"` + serviceARN + `","status":"ACTIVE"}`},
		{"ECS.2", failed, public(`"assignPublicIp":"ENABLED"`)},
		{"ECS.2", unknown, public(`"assignPublicIp":"${IP}"`)},
		{"ECS.2", unknown, public(`"assignPublicIp":true`)},
		{"ECS.2", unknown, `{"serviceName":"web","networkConfiguration":"${NETWORK}"}`},
		{"ECS.2", unknown, `{"serviceName":"web","networkConfiguration":["x"]}`},
		{"ECS.2", none, `{"serviceArn":"` + serviceARN + `","status":"INACTIVE","networkConfiguration":{"awsvpcConfiguration":{"assignPublicIp":"ENABLED"}}}`},

		{"ECS.3", passed, `{"family":"a","networkMode":"host"}`},
		{"ECS.3", passed, `{"family":"a","pidMode":"task"}`},
		{"ECS.3", passed, `{"family":"a","pidMode":null,"containerDefinitions":[]}`},
		{"ECS.3", failed, `{"family":"a","pidMode":"host"}`},
		{"ECS.3", failed, `{"family":"a","pidMode":"host","containerDefinitions":[]}`},
		{"ECS.3", unknown, `{"family":"a","pidMode":"${PID}"}`},
		{"ECS.3", unknown, "containerDefinitions: []\npidMode: !include pid.yaml\n"},
		{"ECS.3", none, `{"family":"a","status":"INACTIVE","pidMode":"host"}`},

		{"ECS.4", passed, one(`"privileged":false`)},
		{"ECS.4", passed, one(`"image":"x"`)},
		{"ECS.4", failed, one(`"privileged":true`)},
		{"ECS.4", failed, "containerDefinitions: [{name: a, privileged: True}]"},
		{"ECS.4", unknown, one(`"privileged":"${PRIVILEGED}"`)},
		{"ECS.4", unknown, one(`"privileged":"true"`)},
		{"ECS.4", unknown, "containerDefinitions: [{name: a, privileged: yes}]"},
		{"ECS.4", unknown, `{"containerDefinitions":"${CONTAINERS}"}`},
		{"ECS.4", unknown, `{"containerDefinitions":["${CONTAINER}"]}`},
		{"ECS.4", unknown, `{"containerDefinitions":{"a":{"privileged":false}}}`},
		{"ECS.4", none, `{"containerDefinitions":[]}`},

		{"ECS.5", passed, one(`"readonlyRootFilesystem":true`)},
		{"ECS.5", failed, one(`"readonlyRootFilesystem":false`)},
		{"ECS.5", failed, one(`"readonlyRootFilesystem":null`)},
		{"ECS.5", failed, one(`"image":"x"`)},
		{"ECS.5", unknown, one(`"readonlyRootFilesystem":"{{ .ReadOnly }}"`)},
		{"ECS.5", unknown, one(`"${KEY}":true`)},
		{"ECS.5", none, `{"family":"a","containerDefinitions":null}`},

		{"ECS.8", passed, one(`"environment":[{"name":"HOME","value":"x"}]`)},
		{"ECS.8", passed, one(`"environment":[{"name":"aws_access_key_id","value":"x"}]`)},
		{"ECS.8", passed, one(`"environment":[{"name":"APP_${X}","value":"x"}]`)},
		{"ECS.8", passed, one(`"environment":[{"name":"A","value":"${AWS_ACCESS_KEY_ID}"}]`)},
		{"ECS.8", passed, one(`"secrets":[{"name":"AWS_SECRET_ACCESS_KEY","valueFrom":"x"}]`)},
		{"ECS.8", failed, one(`"environment":[{"name":"AWS_ACCESS_KEY_ID","value":"x"}]`)},
		{"ECS.8", failed, one(`"environment":[{"name":"ECS_ENGINE_AUTH_DATA","value":"${X}"}]`)},
		{"ECS.8", unknown, one(`"environment":[{"name":"${NAME}","value":"x"}]`)},
		{"ECS.8", unknown, one(`"environment":[{"name":"AWS_${X}","value":"x"}]`)},
		{"ECS.8", unknown, one(`"environment":"${ENVIRONMENT}"`)},
		{"ECS.8", unknown, one(`"environment":{"AWS_ACCESS_KEY_ID":"x"}`)},
		{"ECS.8", none, `{"containerDefinitions":[]}`},

		{"ECS.9", passed, one(`"logConfiguration":{"logDriver":"awslogs"}`)},
		{"ECS.9", passed, one(`"logConfiguration":{"logDriver":"aws${X}"}`)},
		{"ECS.9", failed, one(`"logConfiguration":{"logDriver":""}`)},
		{"ECS.9", failed, one(`"logConfiguration":{}`)},
		{"ECS.9", failed, one(`"firelensConfiguration":{"type":"fluentbit"}`)},
		{"ECS.9", unknown, one(`"logConfiguration":{"logDriver":"${DRIVER}"}`)},
		{"ECS.9", unknown, one(`"logConfiguration":{"logDriver":"{{if .Logs}}awslogs{{end}}"}`)},
		{"ECS.9", unknown, one(`"logConfiguration":"awslogs"`)},
		{"ECS.9", none, `{"containerDefinitions":[]}`},

		{"ECS.10", passed, fargate(`"desiredCount":1`)},
		{"ECS.10", passed, fargate(`"platformVersion":"LATEST"`)},
		{"ECS.10", passed, fargate(`"platformVersion":"1.4.0"`)},
		{"ECS.10", passed, fargate(`"platformVersion":"1.10.0"`)},
		{"ECS.10", passed, "serviceName: web\nlaunchType: FARGATE\nplatformVersion: \"1.4\"\n"},
		{"ECS.10", unknown, "serviceName: web\nlaunchType: FARGATE\nplatformVersion: 1.4\n"}, // a number, and no string
		{"ECS.10", failed, fargate(`"platformVersion":"1.3.0"`)},
		{"ECS.10", failed, fargate(`"platformVersion":"latest"`)},
		{"ECS.10", failed, fargate(`"platformVersion":"1.3.${PATCH}","platformFamily":"Linux"`)},
		{"ECS.10", failed, `{"serviceArn":"` + serviceARN + `","platformFamily":"Linux","platformVersion":"1.3.0","capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT"}]}`},
		{"ECS.10", unknown, fargate(`"platformVersion":"${VERSION}"`)},
		{"ECS.10", unknown, fargate(`"platformVersion":"1.0.0"`)}, // perhaps Windows
		{"ECS.10", unknown, `{"serviceName":"web","launchType":"${TYPE}","platformVersion":"1.3.0"}`},
		{"ECS.10", unknown, `{"serviceName":"web","cluster":"prod","taskDefinition":"web","platformVersion":"1.3.0"}`},
		{"ECS.10", none, `{"serviceName":"web","launchType":"EC2","platformVersion":"1.3.0"}`},
		{"ECS.10", none, fargate(`"platformVersion":"1.3.0","deploymentController":{"type":"EXTERNAL"}`)},
		{"ECS.10", none, `{"serviceArn":"` + serviceARN + `","status":"INACTIVE","launchType":"FARGATE","platformVersion":"1.3.0"}`},

		{"ECS.12", passed, `{"clusterName":"a","settings":[{"name":"containerInsights","value":"enabled"}]}`},
		{"ECS.12", passed, `{"clusterArn":"` + clusterARN + `","clusterName":"prod","settings":[{"name":"containerInsights","value":"enhanced"}]}`},
		{"ECS.12", failed, `{"clusterName":"a"}`},
		{"ECS.12", failed, `{"clusterName":"a","settings":[]}`},
		{"ECS.12", failed, `{"clusterName":"a","status":"ACTIVE","settings":[{"name":"containerInsights","value":"disabled"}]}`},
		{"ECS.12", failed, `{"clusterName":"a","status":"ACTIVE","settings":[{"name":"other","value":"enabled"}]}`},
		{"ECS.12", unknown, `{"clusterName":"a","status":"ACTIVE"}`},
		{"ECS.12", unknown, `{"clusterName":"a","status":"ACTIVE","settings":[]}`},
		{"ECS.12", unknown, `{"clusterName":"a","status":"ACTIVE","settings":null}`},
		{"ECS.12", unknown, `{"clusters":[{"clusterArn":"` + clusterARN + `"}],"failures":[]}`},
		{"ECS.12", unknown, `{"clusterName":"a","settings":[{"name":"containerInsights","value":"<INSIGHTS>"}]}`},
		{"ECS.12", unknown, `{"clusterName":"a","settings":{"containerInsights":"enabled"}}`},
		{"ECS.12", none, `{"clusterName":"a","status":"INACTIVE"}`},
	} {
		t.Run(tt.control+" "+tt.want.String()+" "+tt.text, func(t *testing.T) {
			if v := verdict(t, tt.control, tt.text); v.Outcome != tt.want {
				t.Errorf("%s, want %s: %+v", v.Outcome, tt.want, v.Reasons)
			}
		})
	}
}

func TestClusterStrategyOfAnswers(t *testing.T) {
	// What the answer does not say is unknown; what it says to be empty is empty.
	for text, open := range map[string]bool{
		`{"clusterName":"a","status":"ACTIVE"}`:                                                            true,
		`{"clusterName":"a","status":"ACTIVE","defaultCapacityProviderStrategy":[]}`:                       false,
		`{"clusterName":"a","settings":[]}`:                                                                false,
		`{"clusterName":"a","defaultCapacityProviderStrategy":"${STRATEGY}"}`:                              true,
		`{"clusterName":"a","status":"ACTIVE","defaultCapacityProviderStrategy":null}`:                     true,
		`{"clusterName":"a","capacityProviders":["FARGATE"]}`:                                              false,
		`{"clusterName":"a","status":"ACTIVE","defaultCapacityProviderStrategy":[{"capacityProvider":1}]}`: false,
	} {
		resources, _ := read(t, text)
		if got := strategy(t, resources[0]).Rest != nil; got != open {
			t.Errorf("%s: open %v, want %v", text, got, open)
		}
	}
}

// TestReasons: what a reason says, where, and how to decide it.
func TestReasons(t *testing.T) {
	for _, tt := range []struct {
		control, text string
		message, hint string
		path          string
		line, column  int
	}{
		{
			"ECS.1", host(`"user":"${DB_PASS:-s3cret}"`),
			"the placeholder ${DB_PASS} is not filled in", "render the file first, then scan what was rendered",
			"/containerDefinitions/0/user", 1, 68,
		},
		{
			"ECS.12", "{\"clusters\": [\n  {\"clusterArn\": \"" + clusterARN + "\",\n   \"settings\": []}]}",
			"the saved answer was not asked for settings", "--include SETTINGS", "/settings", 3, 16,
		},
		{
			"ECS.5", "containerDefinitions:\n  - name: app\n", "can write to its root filesystem", "readonlyRootFilesystem: true",
			"/containerDefinitions/0/readonlyRootFilesystem", 2, 5,
		},
		{
			"ECS.4", one(`"privileged":"s3cret"`), "is a string, want a boolean", "",
			"/containerDefinitions/0/privileged", 1, 53,
		},
	} {
		t.Run(tt.control, func(t *testing.T) {
			r := verdict(t, tt.control, tt.text).Reasons[0]
			if !strings.Contains(r.Message, tt.message) || !strings.Contains(r.Hint, tt.hint) {
				t.Errorf("message %q, hint %q", r.Message, r.Hint)
			}
			p := r.At.Position()
			if r.At.Path() != tt.path || p.Line != tt.line || p.Column != tt.column {
				t.Errorf("at %s, %d:%d", r.At.Path(), p.Line, p.Column)
			}
			if strings.Contains(r.Message+r.Hint+r.Detail, "s3cret") {
				t.Errorf("shows a secret: %+v", r)
			}
		})
	}
}
