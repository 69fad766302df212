package conformance_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/ecstest"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
	"github.com/ecsentry/ecsentry/internal/source/cloudformation"
	"github.com/ecsentry/ecsentry/internal/source/ecsapi"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/internal/source/live"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

const (
	account = "111122223333"
	region  = "eu-west-1"
)

// A source is one spelling of the dozen resources.
type source struct {
	name   string
	form   ecsentry.SourceName
	open   func(t *testing.T) ecsentry.Source
	lacks  []lack
	others []ecsentry.ResourceType // besides the dozen
}

// A lack is a property that a source cannot know.
type lack struct{ field, why string }

// What sources cannot know, and why. All else is wanted of every source.
func lacks() (inputs, templates, plans, states, items []lack) {
	const (
		made     = "Amazon ECS makes it when the resource is made"
		answered = "only answers of the ECS API have it"
	)
	inputs = []lack{
		{"TaskDefinition.ARN", made}, {"TaskDefinition.Revision", made}, {"TaskDefinition.Status", made},
		{"Service.ARN", made}, {"Service.Status", made}, {"Service.PlatformFamily", answered},
		{"Cluster.ARN", made}, {"Cluster.Status", made},
	}
	templates, plans = inputs, inputs // they are of what is not made yet
	states = []lack{
		{"TaskDefinition.Status", "what a state has is active"},
		{"Service.Status", "what a state has is active"}, {"Service.PlatformFamily", "the provider's resource has no such attribute"},
		{"Cluster.Status", "what a state has is active"},
	}
	items = []lack{
		{"TaskDefinition.Revision", "items have none: the ARN ends in it"},
		{"Service.Status", "the schema of the item has none: ResourceDeleted ends it"}, {"Service.PlatformFamily", "the schema of the item has none"},
		{"Cluster.Status", "the schema of the item has none: ResourceDeleted ends it"},
	}
	return inputs, templates, plans, states, items
}

// sources are all, each with its resources written by itself, but for the live
// ones: they are given the saved answers and rows through the SDK.
func sources() []source {
	inputs, templates, plans, states, items := lacks()
	taskSet := []ecsentry.ResourceType{"AWS::ECS::TaskSet"}
	all := []ecsentry.ResourceType{"AWS::ECS::CapacityProvider", "AWS::ECS::TaskSet"}
	associations := []ecsentry.ResourceType{
		"AWS::ECS::CapacityProvider", "AWS::ECS::ClusterCapacityProviderAssociations",
		"AWS::ECS::ClusterCapacityProviderAssociations", "AWS::ECS::ClusterCapacityProviderAssociations", "AWS::ECS::TaskSet",
	}
	return []source{
		{"ecs-api-input", ecsentry.SourceECSAPI, saved("ecs-api-input"), inputs, taskSet},
		{"ecs-api-yaml", ecsentry.SourceECSAPI, saved("ecs-api-yaml"), inputs, taskSet},
		{"ecs-api-answers", ecsentry.SourceECSAPI, saved("ecs-api-answers"), nil, taskSet},
		{"cloudformation-yaml", ecsentry.SourceCloudFormation, saved("cloudformation-yaml"), templates, all},
		{"cloudformation-json", ecsentry.SourceCloudFormation, saved("cloudformation-json"), templates, all},
		{"sam", ecsentry.SourceCloudFormation, saved("sam"), templates, all},
		{"cdk", ecsentry.SourceCloudFormation, saved("cdk"), templates, all},
		{"terraform-module", ecsentry.SourceTerraform, saved("terraform-module"), plans, associations},
		{"terraform-plan", ecsentry.SourceTerraform, saved("terraform-plan"), plans, associations},
		{"terraform-state", ecsentry.SourceTerraform, saved("terraform-state"), states, associations},
		{"config-snapshot", ecsentry.SourceAWSConfig, saved("config-snapshot"), items, all},
		{"config-stream", ecsentry.SourceAWSConfig, saved("config-snapshot", long), items, all},
		{"config-compressed", ecsentry.SourceAWSConfig, saved("config-snapshot", long, compressed), items, all},
		{"config-history", ecsentry.SourceAWSConfig, saved("config-history"), items, all},
		{"config-odd-case", ecsentry.SourceAWSConfig, saved("config-odd-case"), items, all},
		{"config-query", ecsentry.SourceAWSConfig, saved("config-query"), items, all},
		{"live", ecsentry.SourceLive, overAPI, nil, nil},
		{"live-aggregator", ecsentry.SourceLive, overAggregator, items, nil},
	}
}

// saved opens the files of an archive.
func saved(name string, as ...func(*testing.T, *txtar.File)) func(*testing.T) ecsentry.Source {
	return func(t *testing.T) ecsentry.Source {
		t.Helper()
		dir := t.TempDir()
		for _, f := range archive(t, name) {
			for _, change := range as {
				change(t, &f)
			}
			to := filepath.Join(dir, filepath.FromSlash(f.Name))
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := files.New(files.Options{
			Paths: []string{dir},
			Formats: []files.Format{
				&cloudformation.Format{Tags: wantedTags()}, awsconfig.Format{Tags: wantedTags()},
				tagged(terraform.New(terraform.Variables{})), taggedAPI(ecsapi.New()),
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// long makes a file so long that it is read as a stream.
func long(_ *testing.T, f *txtar.File) { f.Data = append(f.Data, bytes.Repeat([]byte(" "), 70<<10)...) }

func compressed(t *testing.T, f *txtar.File) {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(f.Data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f.Name, f.Data = f.Name+".gz", out.Bytes()
}

// wantedTags are the keys of the tag that all resources have.
func wantedTags() []string { return []string{"team"} }

func tagged(f *terraform.Format) *terraform.Format {
	f.Tags = wantedTags()
	return f
}

func taggedAPI(f *ecsapi.Format) *ecsapi.Format {
	f.Tags = wantedTags()
	return f
}

func archive(t *testing.T, name string) []txtar.File {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Files) == 0 {
		t.Fatalf("%s has no files", name)
	}
	return a.Files
}

// scanned is a live source that talks to a server with the given world.
func scanned(t *testing.T, w *ecstest.World, c live.Config) ecsentry.Source {
	t.Helper()
	server := ecstest.Start(w)
	t.Cleanup(server.Close)
	for name, v := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": ecstest.AccessKey(account), "AWS_SECRET_ACCESS_KEY": "secret",
		"AWS_REGION": region, "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
	} {
		t.Setenv(name, v)
	}
	c.Tags = wantedTags()
	return live.New(c)
}
