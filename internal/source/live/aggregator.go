package live

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	config "github.com/aws/aws-sdk-go-v2/service/configservice"
	"github.com/aws/aws-sdk-go-v2/service/configservice/types"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
)

// rowPage is how many rows AWS Config gives at once at most.
const rowPage = 100

// The actions of AWS Config that a scan of an aggregator needs.
const (
	selectRows    = "config:SelectAggregateResourceConfig"
	describeState = "config:DescribeConfigurationAggregatorSourcesStatus"
)

// An aggregator reads what a configuration aggregator of AWS Config knows of all
// its accounts and Regions. One call gives the configurations of 100 resources.
type aggregator struct {
	*scan
	name, region string
	client       *config.Client
	limiter      *limiter

	mu   sync.Mutex
	seen map[string]bool // ARNs: rows move between pages when resources come and go
}

// aggregate reads the aggregator. An error means that there is none of the name.
func (s *scan) aggregate(ctx context.Context, cfg aws.Config) error {
	region := homeRegion(cfg, s.config.Regions)
	if len(s.config.Regions) > 0 {
		region = s.config.Regions[0]
	}
	a := &aggregator{
		scan: s, name: s.config.Aggregator, region: region, limiter: newLimiter(), seen: map[string]bool{},
		client: config.NewFromConfig(cfg, func(o *config.Options) {
			o.Region = region
			o.Retryer = aws.NopRetryer{}
			o.Protocol = tap{o.Protocol}
			o.HTTPClient = packed{o.HTTPClient}
		}),
	}
	if err := a.sources(ctx); err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, t := range []ecsentry.ResourceType{ecsentry.TaskDefinition, ecsentry.Service, ecsentry.Cluster} {
		wg.Go(func() { a.read(ctx, t) })
	}
	wg.Wait()
	return nil
}

// sources makes gaps of accounts and Regions that the aggregator could not reach:
// what it knows of them may be old, or nothing.
func (a *aggregator) sources(ctx context.Context) error {
	in := &config.DescribeConfigurationAggregatorSourcesStatusInput{
		ConfigurationAggregatorName: &a.name, Limit: rowPage,
		UpdateStatus: []types.AggregatedSourceStatusType{types.AggregatedSourceStatusTypeFailed, types.AggregatedSourceStatusTypeOutdated},
	}
	err := a.pages(ctx, "AggregatedSourceStatusList", func(ctx context.Context, token *string) (*node, error) {
		in.NextToken = token
		return ask(ctx, a.client.DescribeConfigurationAggregatorSourcesStatus, in, "AggregatedSourceStatusList")
	}, func(n *node) {
		reason := "AWS Config could not bring the aggregator up to date"
		if code := n.field("LastErrorCode").string(); code != "" {
			reason += ": " + code + ": " + n.field("LastErrorMessage").string()
		}
		where := n.field("SourceId").string()
		if region := n.field("AwsRegion").string(); region != "" {
			where += ", Region " + region
		}
		a.gap("source "+where+" of aggregator "+a.name, reason)
	})
	switch {
	case codeOf(err) == "NoSuchConfigurationAggregatorException":
		return fmt.Errorf("read the configuration aggregator %q%s: %s; `aws configservice describe-configuration-aggregators` lists them",
			a.name, a.where(a.region), explain(err))
	case err != nil:
		a.fail(ctx, describeState+" of aggregator "+a.name+a.where(a.region), describeState, err)
	}
	return nil
}

// read reads the resources of a type.
func (a *aggregator) read(ctx context.Context, t ecsentry.ResourceType) {
	rows := awsconfig.Rows{Tags: a.config.Tags}
	columns := "arn, accountId, awsRegion, resourceId, resourceName, resourceType, configuration"
	if len(rows.Tags) > 0 {
		columns += ", tags"
	}
	query := "SELECT " + columns + " WHERE resourceType = '" + string(t) + "'"
	scope := selectRows + " of " + string(t) + " in aggregator " + a.name + a.where(a.region)
	bad := 0
	err := a.pages(ctx, "Results", func(ctx context.Context, token *string) (*node, error) {
		in := &config.SelectAggregateResourceConfigInput{
			ConfigurationAggregatorName: &a.name, Expression: &query, Limit: rowPage, NextToken: token,
		}
		return ask(ctx, a.client.SelectAggregateResourceConfig, in, "Results")
	}, func(n *node) {
		r, err := rows.Resource(n.string())
		if err != nil || r.Type != t {
			bad++
			return
		}
		a.take(r)
	})
	if bad > 0 {
		a.gap(scope, fmt.Sprintf("%s: %d rows are not what the AWS Config API promises", selectRows, bad))
	}
	if err != nil {
		a.fail(ctx, scope, selectRows, err)
	}
}

// take hands on a resource, once.
func (a *aggregator) take(r *ecsentry.Resource) {
	a.mu.Lock()
	again := a.seen[r.ID]
	a.seen[r.ID] = true
	a.mu.Unlock()
	if again {
		return
	}
	a.note(func(p *Progress) {
		c := &p.TaskDefinitions
		switch r.Type {
		case ecsentry.Service:
			c = &p.Services
		case ecsentry.Cluster:
			c = &p.Clusters
		}
		c.Listed++
		c.Read++
	})
	r.Source = ecsentry.SourceLive
	a.yield(r)
}

// pages reads the pages of a list.
func (a *aggregator) pages(ctx context.Context, list string, call func(context.Context, *string) (*node, error), each func(*node)) error {
	var token *string
	for used := map[string]bool{}; ; {
		var n *node
		err := a.caller.do(ctx, a.limiter, func(ctx context.Context) (err error) {
			n, err = call(ctx, token)
			return err
		})
		if err != nil {
			return err
		}
		for _, item := range n.field(list).items() {
			each(item)
		}
		next := n.field("NextToken").string()
		switch {
		case next == "":
			return nil
		case used[next]:
			return errSameToken
		}
		used[next] = true
		token = &next
	}
}

// CheckAggregator says what is wrong with a configuration that names one.
func (c Config) CheckAggregator() error {
	switch {
	case c.Aggregator == "":
		return nil
	case len(c.Regions) > 1 || len(c.Regions) == 1 && c.Regions[0] == AllRegions:
		return errors.New("a configuration aggregator is in one Region: name that one")
	case strings.TrimSpace(c.Aggregator) == "":
		return errors.New("a configuration aggregator has a name")
	}
	return nil
}
