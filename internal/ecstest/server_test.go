package ecstest_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/account"
	accounttypes "github.com/aws/aws-sdk-go-v2/service/account/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"

	"github.com/ecsentry/ecsentry/internal/ecstest"
)

const (
	accountID = "111122223333"
	region    = "eu-west-1"
)

func configFor(s *ecstest.Server, account string) aws.Config {
	return aws.Config{
		Region: region, BaseEndpoint: &s.URL, HTTPClient: s.Client(),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: ecstest.AccessKey(account), SecretAccessKey: "secret"}, nil
		}),
		Retryer: func() aws.Retryer { return aws.NopRetryer{} },
	}
}

// serve starts a server and the SDK's client for it.
func serve(t *testing.T, w *ecstest.World) (*ecstest.Server, *ecs.Client) {
	t.Helper()
	s := ecstest.Start(w)
	t.Cleanup(s.Close)
	return s, ecs.NewFromConfig(configFor(s, accountID))
}

func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

func TestClusters(t *testing.T) {
	var w ecstest.World
	r := w.Region(accountID, region)
	web := r.AddCluster("web", ecstest.Object{
		"settings": []any{ecstest.Object{"name": "containerInsights", "value": "enhanced"}},
		"tags":     []any{ecstest.Object{"key": "a", "value": "b"}},
	})
	r.AddCluster("old", nil).Delete()
	s, c := serve(t, &w)
	ctx := t.Context()

	list, err := c.ListClusters(ctx, &ecs.ListClustersInput{})
	if err != nil || !slices.Equal(list.ClusterArns, []string{web.ARN()}) {
		t.Fatalf("ListClusters: %v, %v", list, err)
	}
	out, err := c.DescribeClusters(ctx, &ecs.DescribeClustersInput{Clusters: []string{"web", "old", "none"}})
	if err != nil || len(out.Clusters) != 2 || len(out.Failures) != 1 {
		t.Fatalf("DescribeClusters: %+v, %v", out, err)
	}
	if got := out.Clusters[0]; got.Settings == nil || len(got.Settings) != 0 || len(got.Tags) != 0 {
		t.Errorf("settings and tags that were not asked for: %v %v", got.Settings, got.Tags)
	}
	if got := *out.Clusters[1].Status; got != "INACTIVE" {
		t.Errorf("deleted cluster is %s", got)
	}
	if got := *out.Failures[0].Reason; got != "MISSING" {
		t.Errorf("reason %s", got)
	}
	out, err = c.DescribeClusters(ctx, &ecs.DescribeClustersInput{
		Clusters: []string{web.ARN()}, Include: []types.ClusterField{"SETTINGS", "TAGS"},
	})
	if err != nil || *out.Clusters[0].Settings[0].Value != "enhanced" || *out.Clusters[0].Tags[0].Value != "b" {
		t.Errorf("DescribeClusters with settings: %+v, %v", out, err)
	}
	_, err = c.DescribeClusters(ctx, &ecs.DescribeClustersInput{Clusters: make([]string, 101)})
	if code(err) != "InvalidParameterException" {
		t.Errorf("101 clusters: %v", err)
	}
	if got, want := s.Actions(), []string{"ecs:DescribeClusters", "ecs:ListClusters"}; !slices.Equal(got, want) {
		t.Errorf("actions %v, want %v", got, want)
	}
}

func TestServices(t *testing.T) {
	var w ecstest.World
	r := w.Region(accountID, region)
	c := r.AddCluster("web", nil)
	for i := range 23 {
		c.AddService("s"+string(rune('a'+i)), ecstest.Object{"launchType": "FARGATE"})
	}
	external := c.AddService("x", ecstest.Object{"deploymentController": ecstest.Object{"type": "EXTERNAL"}},
		ecstest.Object{"id": "ecs-svc/1", "platformVersion": "1.3.0"})
	_, api := serve(t, &w)
	ctx := t.Context()

	list, err := api.ListServices(ctx, &ecs.ListServicesInput{Cluster: aws.String("web")})
	if err != nil || len(list.ServiceArns) != 10 || list.NextToken == nil {
		t.Fatalf("the default page is 10: %v, %v", list, err)
	}
	n := 0
	pages := ecs.NewListServicesPaginator(api, &ecs.ListServicesInput{Cluster: aws.String("web"), MaxResults: aws.Int32(7)})
	for pages.HasMorePages() {
		p, err := pages.NextPage(ctx)
		if err != nil {
			t.Fatal(err)
		}
		n += len(p.ServiceArns)
	}
	if n != 24 {
		t.Errorf("%d services on all pages", n)
	}
	for _, token := range []string{"nonsense", *list.NextToken + "x"} {
		_, err = api.ListServices(ctx, &ecs.ListServicesInput{Cluster: aws.String("web"), NextToken: &token})
		if code(err) != "InvalidParameterException" {
			t.Errorf("token %s: %v", token, err)
		}
	}
	if _, err = api.ListServices(ctx, &ecs.ListServicesInput{Cluster: aws.String("none")}); code(err) != "ClusterNotFoundException" {
		t.Errorf("services of no cluster: %v", err)
	}
	if _, err = api.DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: aws.String("web"), Services: make([]string, 11)}); code(err) != "InvalidParameterException" {
		t.Errorf("11 services: %v", err)
	}
	out, err := api.DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: aws.String("web"), Services: []string{external, "none"}})
	if err != nil || len(out.Services) != 1 || len(out.Failures) != 1 || len(out.Services[0].TaskSets) != 1 {
		t.Errorf("DescribeServices: %+v, %v", out, err)
	}
	sets, err := api.DescribeTaskSets(ctx, &ecs.DescribeTaskSetsInput{Cluster: aws.String("web"), Service: aws.String("x")})
	if err != nil || *sets.TaskSets[0].PlatformVersion != "1.3.0" {
		t.Errorf("DescribeTaskSets: %+v, %v", sets, err)
	}
	providers, err := api.DescribeCapacityProviders(ctx, &ecs.DescribeCapacityProvidersInput{CapacityProviders: []string{"FARGATE", "none"}})
	if err != nil || len(providers.CapacityProviders) != 1 || len(providers.Failures) != 1 {
		t.Errorf("DescribeCapacityProviders: %+v, %v", providers, err)
	}
}

func TestTaskDefinitions(t *testing.T) {
	var w ecstest.World
	r := w.Region(accountID, region)
	for range 10 {
		r.Register("web", ecstest.Object{"networkMode": "host"}, ecstest.Object{"key": "a", "value": "b"})
	}
	r.Deregister("web", 10)
	r.Register("gone", nil)
	r.Deregister("gone", 1)
	_, api := serve(t, &w)
	ctx := t.Context()

	for status, want := range map[types.TaskDefinitionFamilyStatus][]string{
		"": {"gone", "web"}, "ALL": {"gone", "web"}, "ACTIVE": {"web"}, "INACTIVE": {"gone"},
	} {
		out, err := api.ListTaskDefinitionFamilies(ctx, &ecs.ListTaskDefinitionFamiliesInput{Status: status})
		if err != nil || !slices.Equal(out.Families, want) {
			t.Errorf("families with status %q: %v, %v", status, out, err)
		}
	}
	list, err := api.ListTaskDefinitions(ctx, &ecs.ListTaskDefinitionsInput{})
	if err != nil || len(list.TaskDefinitionArns) != 9 {
		t.Errorf("ACTIVE revisions: %v, %v", list, err)
	}
	for name, want := range map[string]int32{
		"web": 9, "web:10": 10, r.ARN("task-definition/web:2"): 2, r.ARN("task-definition/web"): 9, "gone:1": 1,
	} {
		out, err := api.DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: &name})
		if err != nil || out.TaskDefinition.Revision != want || out.Tags != nil {
			t.Errorf("%s: %+v, %v", name, out, err)
		}
	}
	for _, name := range []string{"gone", "none", "web:11"} {
		if _, err := api.DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: &name}); code(err) != "ClientException" {
			t.Errorf("%s: %v", name, err)
		}
	}
	out, err := api.DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: aws.String("web"), Include: []types.TaskDefinitionField{"TAGS"}})
	if err != nil || len(out.Tags) != 1 {
		t.Errorf("tags: %+v, %v", out, err)
	}
}

func TestAccountsAndRegions(t *testing.T) {
	var w ecstest.World
	w.Region(accountID, region).AddCluster("a", nil)
	w.Region(accountID, "us-east-1").AddCluster("b", nil)
	w.OptIn(accountID, "me-south-1", "DISABLED")
	other := w.Region("444455556666", region).AddCluster("c", nil)
	s, _ := serve(t, &w)
	ctx := t.Context()

	who, err := sts.NewFromConfig(configFor(s, "444455556666")).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil || *who.Account != "444455556666" {
		t.Fatalf("GetCallerIdentity: %+v, %v", who, err)
	}
	list, err := ecs.NewFromConfig(configFor(s, "444455556666")).ListClusters(ctx, &ecs.ListClustersInput{})
	if err != nil || !slices.Equal(list.ClusterArns, []string{other.ARN()}) {
		t.Errorf("ListClusters: %+v, %v", list, err)
	}
	if _, err = sts.NewFromConfig(configFor(s, "none")).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}); code(err) != "InvalidClientTokenId" {
		t.Errorf("unknown key: %v", err)
	}
	regions, err := account.NewFromConfig(configFor(s, accountID)).ListRegions(ctx, &account.ListRegionsInput{
		RegionOptStatusContains: []accounttypes.RegionOptStatus{"ENABLED", "ENABLED_BY_DEFAULT"},
	})
	if err != nil || len(regions.Regions) != 2 || *regions.Regions[0].RegionName != region {
		t.Errorf("ListRegions: %+v, %v", regions, err)
	}
}

func TestFaults(t *testing.T) {
	var w ecstest.World
	w.Region(accountID, region).AddCluster("a", nil)
	s, api := serve(t, &w)
	call := func() error {
		_, err := api.ListClusters(t.Context(), &ecs.ListClustersInput{})
		return err
	}
	for kind, check := range map[ecstest.Kind]func(error) bool{
		ecstest.Deny:        func(err error) bool { return code(err) == "AccessDeniedException" },
		ecstest.Break:       func(err error) bool { return code(err) == "ServerException" },
		ecstest.Throttling:  func(err error) bool { return code(err) == "ThrottlingException" },
		ecstest.Expire:      func(err error) bool { return code(err) == "ExpiredTokenException" },
		ecstest.Unavailable: func(err error) bool { return err != nil },
		ecstest.Reset:       func(err error) bool { return err != nil },
		ecstest.CutShort:    func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) },
		ecstest.CutError:    func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) },
		ecstest.Empty:       func(err error) bool { return err == nil }, // the SDK takes it for an empty list
	} {
		s.Inject(ecstest.Fault{Kind: kind, Action: "ListClusters", Times: 1})
		if err := call(); !check(err) {
			t.Errorf("fault %d: %v", kind, err)
		}
		if err := call(); err != nil {
			t.Errorf("after fault %d: %v", kind, err)
		}
	}
	s.Inject(ecstest.Fault{Kind: ecstest.Hang})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := api.ListClusters(ctx, &ecs.ListClustersInput{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hang: %v", err)
	}
	s.Mend()
	if err := call(); err != nil {
		t.Errorf("mended: %v", err)
	}
}

func TestThrottle(t *testing.T) {
	var w ecstest.World
	w.Region(accountID, region)
	s, api := serve(t, &w)
	s.Throttle(ecstest.PerCategory)
	for range 60 {
		api.ListClusters(t.Context(), &ecs.ListClustersInput{})
	}
	if got := s.Count("ListClusters", ecstest.Throttled); got < 5 || got > 10 {
		t.Errorf("%d of 60 calls throttled, with a burst of 50", got)
	}
	if _, err := api.ListTaskDefinitionFamilies(t.Context(), &ecs.ListTaskDefinitionFamiliesInput{}); err != nil {
		t.Errorf("another category: %v", err)
	}
	if n := len(s.Repeated()); n < 49 {
		t.Errorf("%d repeated calls", n)
	}
	if s.Calls()[0].Region != region || !strings.Contains(s.Calls()[0].Input, "{") || s.MaxInFlight() != 1 {
		t.Errorf("recorded %+v, %d in flight", s.Calls()[0], s.MaxInFlight())
	}
}
