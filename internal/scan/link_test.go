package scan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
)

const (
	onFargate = `"defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE"}]`
	onEC2     = `"defaultCapacityProviderStrategy": [{"capacityProvider": "my-instances"}]`
)

// ECS.10 tells which cluster a service was linked with: an old version fails on
// Fargate, is not applicable on instances, and unknown where nobody knows.
func TestClusterLinks(t *testing.T) {
	prod := inIreland + "cluster/prod"
	for _, tt := range []struct {
		name     string
		service  string
		clusters []string
		want     ecsentry.Outcome
		why      string // part of the reason
	}{
		{"by ARN", ref("cluster", prod), []string{clusterOf(prod, onFargate)}, ecsentry.Failed, "old"},
		{"by ARN, on instances", ref("cluster", prod), []string{clusterOf(prod, onEC2)}, ecsentry.NotApplicable, "does not run on Fargate"},
		{"by ARN, without a strategy", ref("cluster", prod), []string{clusterOf(prod, `"status": "ACTIVE"`)}, ecsentry.NotApplicable, "does not run on Fargate"},
		{
			"another ARN with the same name", ref("cluster", inOhio+"cluster/prod"),
			[]string{clusterOf(prod, onFargate)},
			ecsentry.Unknown, "not in the input",
		},
		{"by name", ref("cluster", "prod"), []string{clusterOf(prod, onFargate)}, ecsentry.Failed, "old"},
		{"by name, to an input", ref("cluster", "prod"), []string{`{"clusterName": "prod", ` + onFargate + `}`}, ecsentry.Failed, "old"},
		{"by name, not in the input", ref("cluster", "prod"), []string{clusterOf(inIreland+"cluster/test", onFargate)}, ecsentry.Unknown, "not in the input"},
		{
			"by name, in two Regions", ref("cluster", "prod"),
			[]string{clusterOf(prod, onFargate), clusterOf(inOhio+"cluster/prod", onEC2)},
			ecsentry.Unknown, "ambiguous",
		},
		{
			"by name, in two Regions, and all the same", ref("cluster", "prod"),
			[]string{clusterOf(prod, onFargate), clusterOf(inOhio+"cluster/prod", onFargate)},
			ecsentry.Failed, "old",
		},
		{
			"by name, of the service's own Region",
			`{"serviceArn": "` + inOhio + `service/prod/web", "clusterArn": "prod", "platformVersion": "1.3.0", "platformFamily": "Linux"}`,
			[]string{clusterOf(prod, onEC2), clusterOf(inOhio+"cluster/prod", onFargate)},
			ecsentry.Failed, "old",
		},
		{
			"an inactive namesake does not count", ref("cluster", "prod"),
			[]string{clusterOf(prod, onFargate), clusterOf(inOhio+"cluster/prod", `"status": "INACTIVE"`)},
			ecsentry.Failed, "old",
		},
		{
			"twice the same", ref("cluster", prod), []string{clusterOf(prod, onFargate), clusterOf(prod, onFargate)},
			ecsentry.Failed, "old",
		},
		{
			"twice, with differences", ref("cluster", prod), []string{clusterOf(prod, onFargate), clusterOf(prod, onEC2)},
			ecsentry.Unknown, "differ",
		},
		{
			"no cluster named is the default one", ref("family", "x"),
			[]string{clusterOf(inIreland+"cluster/default", onFargate)},
			ecsentry.Failed, "old",
		},
		{"a cluster without a name is the default one", ref("family", "x"), []string{`{` + onEC2 + `}`}, ecsentry.NotApplicable, "does not run on Fargate"},
		{
			"an answer that does not say its cluster",
			`{"serviceArn": "` + inOhio + `service/web", "platformVersion": "1.3.0", "platformFamily": "Linux"}`,
			[]string{clusterOf(inOhio+"cluster/default", onFargate)},
			ecsentry.Unknown, "not in the input",
		},
		{"a reference that nobody knows", ref("cluster", "?"), []string{clusterOf(prod, onFargate)}, ecsentry.Unknown, "its cluster is not known: !Ref Open"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := []*ecsentry.Resource{service(line("service.json", 1), tt.service)}
			for i, c := range tt.clusters {
				in = append(in, cluster(line("clusters.json", i+1), c))
			}
			expect(t, run(t, in...), tt.want, tt.why)
		})
	}
}

// ECS.10 tells which task definition a service was linked with: 1.0.0 is the
// latest version of Windows, and an old one of Linux.
func TestTaskDefinitionLinks(t *testing.T) {
	web := inIreland + "task-definition/web"
	for _, tt := range []struct {
		name  string
		ref   string
		tasks []string
		want  ecsentry.Outcome
		why   string
	}{
		{"not in the input", web + ":3", nil, ecsentry.Unknown, "not in the input"},
		{"by ARN", web + ":3", []string{task(web+":3", "LINUX")}, ecsentry.Failed, "old"},
		{"by ARN, Windows", web + ":3", []string{task(web+":3", "WINDOWS_SERVER_2022_CORE")}, ecsentry.Passed, "latest"},
		{"by ARN, no platform", web + ":3", []string{revision(web+":3", "ACTIVE")}, ecsentry.Failed, "old"},
		{"by ARN, another revision", web + ":3", []string{task(web+":4", "LINUX")}, ecsentry.Unknown, "not in the input"},
		{"by family and revision", "web:3", []string{task(web+":3", "LINUX"), task(web+":4", "WINDOWS_SERVER_2022_CORE")}, ecsentry.Failed, "old"},
		{"by family, the latest", "web", []string{task(web+":9", "LINUX"), task(web+":10", "WINDOWS_SERVER_2022_CORE")}, ecsentry.Passed, "latest"},
		{"by an ARN of a family", web, []string{task(web+":9", "LINUX"), task(web+":10", "WINDOWS_SERVER_2022_CORE")}, ecsentry.Passed, "latest"},
		{"by family, an input", "web", []string{`{"family": "web", "runtimePlatform": {"operatingSystemFamily": "LINUX"}}`}, ecsentry.Failed, "old"},
		{"by family and revision, an input", "web:3", []string{`{"family": "web", "runtimePlatform": {"operatingSystemFamily": "LINUX"}}`}, ecsentry.Unknown, "not in the input"},
		{"by family, two inputs", "web", []string{`{"family": "web"}`, `{"family": "web"}`}, ecsentry.Failed, "old"},
		{"by family, an input and a revision", "web", []string{`{"family": "web"}`, task(web+":3", "WINDOWS_SERVER_2022_CORE")}, ecsentry.Unknown, "ambiguous"},
		{"by family, in two Regions", "web", []string{task(web+":3", "LINUX"), task(inOhio+"task-definition/web:3", "WINDOWS_SERVER_2022_CORE")}, ecsentry.Unknown, "ambiguous"},
		{"no such revision", "web:latest", []string{task(web+":3", "LINUX")}, ecsentry.Unknown, "not in the input"},
		{"a reference that nobody knows", "?", []string{task(web+":3", "LINUX")}, ecsentry.Unknown, "its task definition is not known: !Ref Open"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := []*ecsentry.Resource{service(line("service.json", 1), fmt.Sprintf(
				`{"serviceName": "web", "launchType": "FARGATE", "platformVersion": "1.0.0", "taskDefinition": %q}`, tt.ref))}
			for i, td := range tt.tasks {
				in = append(in, taskDefinition(line("tasks.json", i+1), td))
			}
			expect(t, run(t, in...), tt.want, tt.why)
		})
	}
}

func ref(name, to string) string {
	return fmt.Sprintf(`{"serviceName": "web", "platformVersion": "1.3.0", "taskDefinition": "web", %q: %q}`, name, to)
}

func clusterOf(arn, rest string) string { return fmt.Sprintf(`{"clusterArn": %q, %s}`, arn, rest) }

func task(arn, system string) string {
	return fmt.Sprintf(`{"taskDefinitionArn": %q, "runtimePlatform": {"operatingSystemFamily": %q}}`, arn, system)
}

// expect looks at the service's finding of ECS.10: it is decided in the service,
// wherever the values come from.
func expect(t *testing.T, r *ecsentry.Report, want ecsentry.Outcome, why string) {
	t.Helper()
	for f := range r.Findings.All() {
		if f.Control.ID != "ECS.10" {
			continue
		}
		reason := f.Verdict.Reasons[0]
		if f.Verdict.Outcome != want || !strings.Contains(reason.Message, why) {
			t.Errorf("%s: %s; want %s: …%s…", f.Verdict.Outcome, reason.Message, want, why)
		}
		if file := reason.At.Position().File; file != "service.json" {
			t.Errorf("the reason stands in %q, want the service's file", file)
		}
		return
	}
	t.Error("no finding of ECS.10")
}

// A template has followed its own references, in each of its worlds.
func TestTemplatesAreLeftAlone(t *testing.T) {
	s := service(line("service.json", 1), ref("cluster", "prod"))
	s.Source = ecsentry.SourceCloudFormation
	expect(t, run(t, s, cluster(line("c.json", 1), `{"clusterName": "prod", `+onFargate+`}`)), ecsentry.Unknown, "not in the input")
}

// A cluster that is different in different worlds cannot be followed.
func TestOpenTargets(t *testing.T) {
	open := cluster(line("c.yaml", 1), `{"clusterName": "prod", `+onFargate+`}`)
	other := cluster(line("c.yaml", 1), `{"clusterName": "prod", `+onEC2+`}`)
	open.Variants = append(open.Variants, other.Variants...)
	expect(t, run(t, service(line("service.json", 1), ref("cluster", "prod")), open), ecsentry.Unknown, "open choices")
}

func TestRunning(t *testing.T) {
	web := inIreland + "task-definition/web:"
	answer := func(td string) *ecsentry.Resource {
		return service(line("services.json", 1), fmt.Sprintf(
			`{"serviceArn": "%sservice/prod/web", "taskDefinition": %q}`, inIreland, td))
	}
	for _, tt := range []struct {
		name    string
		service *ecsentry.Resource
		tasks   []string
		want    string
	}{
		{"the latest", answer(web + "10"), []string{revision(web+"10", "ACTIVE"), revision(web+"9", "ACTIVE")}, ""},
		{"an older one", answer(web + "9"), []string{revision(web+"10", "ACTIVE")}, web + "9"},
		{"one that was deregistered", answer(web + "11"), []string{revision(web+"11", "INACTIVE"), revision(web+"10", "ACTIVE")}, web + "11"},
		{"the latest is not in the input", answer(web + "9"), []string{revision(web+"9", "INACTIVE")}, ""},
		{"the family of another Region", answer(web + "9"), []string{revision(inOhio+"task-definition/web:10", "ACTIVE")}, ""},
		{"an input does not run", service(line("s.json", 1), fmt.Sprintf(`{"serviceName": "web", "taskDefinition": %q}`, web+"9")), []string{revision(web+"10", "ACTIVE")}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := []*ecsentry.Resource{tt.service}
			for i, td := range tt.tasks {
				in = append(in, taskDefinition(line("tasks.json", i+1), td))
			}
			if got := find(t, run(t, in...), "ECS.2", tt.service.ID).Resource.Running; got != tt.want {
				t.Errorf("running is %q, want %q", got, tt.want)
			}
		})
	}
}
