package live

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

const clusterNotFound = "ClusterNotFoundException"

// readClusters reads the clusters and, beside them, their services. Services of
// a cluster that cannot be read are read all the same.
func (r *region) readClusters(ctx context.Context) {
	listing, describing := newWorkers(), newWorkers()
	var waiting []string
	flush := func(least int) {
		for len(waiting) >= least && len(waiting) > 0 {
			n := min(clusterBatch, len(waiting))
			arns := slices.Clone(waiting[:n])
			waiting = waiting[n:]
			describing.run(func() { r.describe(ctx, r.clusterBatch(), arns) })
		}
	}
	err := r.list(ctx, r.clusterReads, "clusterArns", func(ctx context.Context, token *string) (*node, error) {
		in := &sdk.ListClustersInput{MaxResults: aws.Int32(listPage), NextToken: token}
		return ask(ctx, r.client.ListClusters, in, "clusterArns")
	}, func(arns []string) {
		r.note(func(p *Progress) { p.Clusters.Listed += len(arns) })
		waiting = append(waiting, arns...)
		flush(clusterBatch)
		for _, arn := range arns {
			listing.run(func() { r.readServices(ctx, arn, describing) })
		}
	})
	flush(1)
	if err != nil {
		r.fail(ctx, "ecs:ListClusters"+r.where(r.name), "ecs:ListClusters", err)
	}
	listing.wait()
	describing.wait()
	for _, arn := range r.vanished { // one that was not described either is a gap already
		if r.clusters[arn] {
			r.gap("ecs:ListServices of "+arn+r.where(r.name), "ecs:ListServices: the cluster was deleted after it was listed")
		}
	}
}

func (r *region) clusterBatch() batch {
	return batch{
		action: "ecs:DescribeClusters", limiter: r.clusterReads, list: "clusters", name: "clusterArn",
		call: func(ctx context.Context, arns []string) (*node, error) {
			in := &sdk.DescribeClustersInput{
				Clusters: arns,
				Include:  []types.ClusterField{types.ClusterFieldSettings, types.ClusterFieldTags},
			}
			return ask(ctx, r.client.DescribeClusters, in, "clusters")
		},
		got: func(n *node) {
			c := ecs.DecodeCluster(n)
			arn, _ := c.ARN.Get()
			r.mu.Lock()
			r.clusters[arn] = true
			r.mu.Unlock()
			r.note(func(p *Progress) { p.Clusters.Read++ })
			res := r.resource(ecsentry.Cluster, arn, c.Name, c)
			res.Tags = r.tags(n)
			r.yield(res)
		},
	}
}

// readServices lists the services of a cluster and has them described.
func (r *region) readServices(ctx context.Context, cluster string, describing *workers) {
	var waiting []string
	flush := func(least int) {
		for len(waiting) >= least && len(waiting) > 0 {
			n := min(serviceBatch, len(waiting))
			arns := slices.Clone(waiting[:n])
			waiting = waiting[n:]
			describing.run(func() { r.describe(ctx, r.serviceBatch(cluster), arns) })
		}
	}
	err := r.list(ctx, r.serviceReads, "serviceArns", func(ctx context.Context, token *string) (*node, error) {
		in := &sdk.ListServicesInput{Cluster: &cluster, MaxResults: aws.Int32(listPage), NextToken: token}
		return ask(ctx, r.client.ListServices, in, "serviceArns")
	}, func(arns []string) {
		r.note(func(p *Progress) { p.Services.Listed += len(arns) })
		waiting = append(waiting, arns...)
		flush(serviceBatch)
	})
	flush(1)
	switch {
	case codeOf(err) == clusterNotFound:
		r.mu.Lock()
		r.vanished = append(r.vanished, cluster)
		r.mu.Unlock()
	case err != nil:
		r.fail(ctx, "ecs:ListServices of "+cluster+r.where(r.name), "ecs:ListServices", err)
	}
}

func (r *region) serviceBatch(cluster string) batch {
	return batch{
		action: "ecs:DescribeServices", limiter: r.serviceReads, list: "services", name: "serviceArn",
		call: func(ctx context.Context, arns []string) (*node, error) {
			in := &sdk.DescribeServicesInput{
				Cluster: &cluster, Services: arns,
				Include: []types.ServiceField{types.ServiceFieldTags},
			}
			return ask(ctx, r.client.DescribeServices, in, "services")
		},
		got: func(n *node) {
			s := ecs.DecodeService(n)
			r.mu.Lock()
			r.services = append(r.services, s)
			if tags := r.tags(n); tags != nil {
				arn, _ := s.ARN.Get()
				r.tagged[arn] = tags
			}
			r.mu.Unlock()
			r.note(func(p *Progress) { p.Services.Read++ })
		},
	}
}

// yieldServices hands on the services, when all that they may refer to has been
// read or is a gap. Who collects links them; only he who reads can tell what is
// missing from what could not be read.
func (r *region) yieldServices() {
	arn := func(s *ecs.Service) string { a, _ := s.ARN.Get(); return a }
	slices.SortFunc(r.services, func(a, b *ecs.Service) int { return strings.Compare(arn(a), arn(b)) })
	for _, s := range r.services {
		if cluster, _ := s.ClusterRef.Get(); !r.clusters[cluster] {
			s.Cluster.Why = &value.Why{Text: "its cluster could not be read"}
		}
		res := r.resource(ecsentry.Service, arn(s), s.Name, s)
		res.Running, res.Tags = r.running(s), r.tagged[arn(s)]
		r.yield(res)
	}
}

// running is the ARN of the revision that a service runs, if that certainly is
// not its family's latest active one.
func (r *region) running(s *ecs.Service) string {
	ref, ok := s.TaskDefinitionRef.Get()
	if !ok || ref == "" {
		return "" // it is left to the service's task sets
	}
	name, _ := ecs.FamilyRevision(ref)
	latest, listed := r.families[name]
	switch {
	case listed && latest == ref:
		return ""
	case listed && latest == "", !listed && !r.allKnown:
		s.TaskDefinition.Why = &value.Why{Text: "its task definition could not be read"}
		return ""
	default:
		return ref
	}
}

func (r *region) resource(t ecsentry.ResourceType, arn string, name value.Of[string], data any) *ecsentry.Resource {
	id := ecsentry.Identity{Type: t, ID: arn, Source: ecsentry.SourceLive, Region: r.name}
	if id.Name, _ = name.Get(); id.Name == "" {
		id.Name = ecs.LastName(arn)
	}
	if a, ok := ecs.ParseARN(arn); ok {
		id.Account, id.Partition = a.Account, a.Partition
		r.learn(a.Account, a.Partition)
	}
	return &ecsentry.Resource{Identity: id, Variants: []ecsentry.Variant{{Data: data}}}
}
